"""Who is said to have spoken a quoted span, and by which word.

Patterns over the words around the marks, after Pouliquen, Steinberger and Best (2007), "Automatic Detection of
Quotations in Multilingual News" (marks, reporting verb and speaker in their few orders), with the kinds of cue and
source of Pareti et al. (2013), "Automatically Detecting and Attributing Indirect Quotations" (documents and groups
speak, too). What has no cue of its own has the speaker before, as in O'Keefe et al. (2012), "A Sequence Labelling
Approach to Quote Attribution".
"""

from __future__ import annotations

from nutgraf.quotes.cues import ACTING, INVERTED, PAST, SAYING, SOURCES
from nutgraf.quotes.grammar import FUNCTION
from nutgraf.quotes.marks import Bounds
from nutgraf.quotes.naming import WORD, names
from nutgraf.quotes.persons import Known, Voice
from nutgraf.quotes.phrases import Phrase, is_base, is_verb, leading, phrase_after, subject
from nutgraf.quotes.sentences import Gap, Tokens, word

_SPOKEN_ENDS = frozenset(",?!—–…-")  # the last sign inside the marks of direct speech that its clause goes on from

STOPS = frozenset(".!?…")
_PASSIVE = frozenset("was were been is are being be".split())
# what begins a clause that tells of something else than the quotation
_ELSEWHERE = frozenset("and but or after before when while because since until if although though who which".split())
_PUT = frozenset("put puts".split())  # as X put it
_BACK = frozenset("shot shoots hit hits fired fires".split())  # shot back that ...


def voices(text: str, spans: list[Bounds], known: Known) -> list[Voice | None]:
    """The voice of each span of a paragraph; None for a span that nobody is said to have spoken.

    `known` tells who was named before, and learns who is named here. A pronoun is put down as the person that the
    paragraph, or else the one before, names plainly; where none is plain, the pronoun itself is the speaker.
    """
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    gaps = [Gap(text, edges[place], edges[place + 1]) for place in range(0, len(edges), 2)]
    outside = _words_outside(gaps)
    found: list[Voice | None] = []
    for index, span in enumerate(spans):
        inside = WORD.findall(text, span.start, span.end)
        known.read(gaps[index])
        voice = None
        if inside:
            voice = _voice(text, span, inside, gaps[index], gaps[index + 1], found, known, outside)
        if voice is not None and voice.speaker:
            voice = voice._replace(speaker=known.resolve(voice.speaker))
            known.spoke(voice.speaker)
        found.append(voice)
    return found


def _voice(
    text: str,
    span: Bounds,
    inside: list[str],
    before: Gap,
    after: Gap,
    earlier: list[Voice | None],
    known: Known,
    outside: int,
) -> Voice | None:
    if not outside or (not span.closed and span.start == 0):
        return Voice() if len(inside) >= 3 else None  # all the paragraph is quotation
    last = text[span.end - 1 - len(span.mark) : span.end - len(span.mark)] if span.closed else ""
    spoken = last in _SPOKEN_ENDS
    left, right = before.last, _following(after, last)
    if names(text, span, inside) and not (spoken and not left and _verb_first(right)):
        return None
    previous = earlier[-1] if earlier else None
    follows = bool(earlier) and bool(left) and before.whole  # in one sentence with the span before
    ordered = (_behind, _ahead) if (spoken or not left) else (_ahead, _behind)
    for look in ordered:
        if look is _behind and previous is not None and follows and not spoken:
            return previous
        voice = look(text, left, right, spoken or not left, follows)
        if voice is None:
            continue
        if not spoken and len(inside) <= 2 and voice.cue not in SAYING | PAST and _modifies(text, span):
            return None  # a word held at a distance: a "safe" haven
        return voice if voice.speaker or previous is None or not follows else voice._replace(speaker=previous.speaker)
    if previous is not None and (follows or len(inside) >= 3 or last in STOPS or not span.closed):
        return previous
    return _uncued(text, inside, before, after, known, spoken or outside <= 2 or not span.closed)


def _uncued(text: str, inside: list[str], before: Gap, after: Gap, known: Known, speech: bool) -> Voice | None:
    """The voice of a span in whose sentence nothing attributes it: long ones are speech for all that."""
    if len(inside) >= 9:
        voice = _near(text, before, None)
        return voice if voice is not None and voice.speaker else Voice("", known.last or known.acting)
    if speech and len(inside) >= 3:
        return Voice("", known.last or known.acting)
    return _near(text, before, after)


def _words_outside(gaps: list[Gap]) -> int:
    """How many words stand outside the marks; a few are counted, many are only many."""
    if sum(gap.end - gap.start for gap in gaps) > 60:
        return 9
    return sum(len(WORD.findall(gap.text, gap.start, gap.end)) for gap in gaps)


def _modifies(text: str, span: Bounds) -> bool:
    """Whether a span stands as an adjective before a noun outside the marks."""
    match = WORD.match(text, span.end + 1) if text[span.end : span.end + 1] == " " else None
    return match is not None and match[0].islower() and match[0] not in FUNCTION | SAYING | ACTING


def _following(after: Gap, last: str) -> Tokens:
    """The rest of the span's sentence behind it; nothing where the span ends its sentence."""
    if last in (".", "") and after.begins_anew:
        return []
    rest = after.first
    if not rest or (last in (".", "") and rest[0].big and rest[0].low not in INVERTED):
        return []
    return next((rest[index:] for index, token in enumerate(rest) if word(token)), [])


def _verb_first(right: Tokens) -> bool:
    return bool(right) and right[0].low in INVERTED


def _said(text: str, cue: str, phrase: Phrase | None) -> Voice:
    return Voice(cue, phrase.of(text) if phrase is not None else "")


def _behind(text: str, left: Tokens, right: Tokens, direct: bool, follows: bool) -> Voice | None:
    """The attribution behind a span: said X; X told reporters; according to X; as X put it."""
    if not right:
        return None
    first = right[0].low
    if first in INVERTED and not right[0].big:
        return _said(text, first, phrase_after(right, 1))
    if first == "according" and len(right) > 2:
        return _said(text, first, phrase_after(right, 2))
    if first == "in" and [token.low for token in right[1:4]] == ["the", "words", "of"]:
        return _said(text, "words", phrase_after(right, 4))
    for index, token in enumerate(right[1:], start=1):
        if right[index - 1].low in _PASSIVE or (is_base(token) and not direct):
            continue
        if (token.low in SAYING and is_verb(right, index) and right[index - 1].low != "to") or (
            first == "as" and token.low in _PUT
        ):
            phrase = subject(right, index)
            if phrase is None and index + 1 < len(right) and right[index - 1].low == ",":
                phrase = phrase_after(right, index + 1)  # ..., said X
            if phrase is None:
                continue
            if direct or first == "as" or _ends_sentence(right, index):
                return _said(text, token.low, phrase)
        elif token.low == "according" and index + 2 < len(right):
            return _said(text, token.low, phrase_after(right, index + 2))
    return None


def _ends_sentence(right: Tokens, verb: int) -> bool:
    """Whether the clause of the verb only attributes what its sentence tells: ..., the mayor said on Monday."""
    commas = any(token.low == "," for token in right[:verb])
    return (commas or right[0].low not in _ELSEWHERE) and not any(token.low in ("that", ":") for token in right[verb:])


def _ahead(text: str, left: Tokens, right: Tokens, direct: bool, follows: bool) -> Voice | None:
    """The attribution before a span: X said: ; X told reporters, ; a statement that spoke of ; according to X, ..."""
    for kind, base in ((SAYING, False), (SAYING, True), (ACTING, False), (ACTING, True), (SOURCES, False)):
        for index in range(len(left) - 1, -1, -1):
            low = left[index].low
            if kind is SAYING and low == "back" and index > 0 and left[index - 1].low in _BACK:
                return _said(text, left[index - 1].low, subject(left, index - 1) or leading(left, index - 1))
            if low in _PUT and any(token.low == "as" for token in left[max(0, index - 6) : index]):
                return _said(text, low, subject(left, index))
            if low not in kind or (kind is not SOURCES and (is_base(left[index]) != base or not is_verb(left, index))):
                continue
            if low == "according":
                return _said(text, low, phrase_after(left, index + 2))
            if kind is SOURCES:
                return _said(text, low, _around(left, index))
            if index == 0 or not any(map(word, left[:index])):
                return _said(text, low, phrase_after(left, index + 1))  # “...,” said X, “...”
            phrase = _parenthesis(left, index) or subject(left, index, whole=not follows)
            if left[index - 1].low in _PASSIVE:
                phrase = _agent(left, right, index) or (phrase if "quoted" in low else None)
            if phrase is None and not follows:
                phrase = leading(left, index)
            return _said(text, low, phrase)
    return None


def _parenthesis(left: Tokens, verb: int) -> Phrase | None:
    """Who speaks, where the attribution is put in between commas: the marks, says the leaflet, are ..."""
    if left[verb].low not in INVERTED or left[verb - 1].low != ",":
        return None
    commas = [index for index, token in enumerate(left) if token.low == ","]
    return phrase_after(left, verb + 1) if commas[0] == verb - 1 and len(commas) > 1 else None


def _agent(left: Tokens, right: Tokens, verb: int) -> Phrase | None:
    """Who did it, where the verb is passive: was described by X as ..."""
    for found, begin in ((left, verb + 1), (right, 0)):
        for index in range(begin, min(begin + 6, len(found) - 1)):
            if found[index].low == "by":
                return phrase_after(found, index + 1)
    return None


def _around(left: Tokens, source: int) -> Phrase | None:
    """The noun phrase of which a source is the head: a draft, its own joint statement."""
    begin = source
    while begin > 0 and source - begin < 4 and word(left[begin - 1]):
        begin -= 1
        if left[begin].low in ("a", "an", "the", "its", "his", "her", "their", "one", "another", "this", "that"):
            return Phrase(left[begin], left[source], False)
    return Phrase(left[source], left[source], False)


def _near(text: str, before: Gap, after: Gap | None) -> Voice | None:
    """A verb of saying in the sentence before or behind, where the span's own has none."""
    around = [*before.sentences()[-1:], *(after.sentences()[1:2] if after is not None else [])]
    for sentence in around:
        for index, token in enumerate(sentence):
            if token.low in SAYING and not is_base(token) and is_verb(sentence, index):
                phrase = subject(sentence, index)
                if phrase is not None:
                    return _said(text, token.low, phrase)
    return None
