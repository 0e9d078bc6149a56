"""Quotation marks: the quoted spans of a paragraph, and whether somebody is said to have spoken them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from nutgraf.records import Quotation

# opening mark -> marks that close it
PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_APOSTROPHE_LIKE = {"‘", "'"}
_MARK = re.compile(f"[{''.join(PAIRS)}]")

# verbs and nouns that attribute speech: whole words, and beginnings of words, as news uses them
_ATTRIBUTING = frozenset(
    "said say says saying told tell tells telling added adds adding according wrote write writes writing "
    "tweeted posted called calling calls termed terming argued argues arguing stated stating statement urged "
    "urges urging promised asked ask asks asking replied replies reply replying cited cites citing read reads "
    "reading denied denies denying noted notes noting observed observes reported reports reporting spoke "
    "speech cried sang joked labelled labeled labelling labeling word words message letter resolution "
    "interview leaflet leaflets banner placard placards slogan slogans sign signs think thought".split()
)
_ATTRIBUTING_STEMS = tuple(
    "describ warn insist declar announc claim denounc condemn accus prais vow pledg answer quot remark comment conclud "
    "recall explain acknowledg admit demand express stress emphasis emphasiz reject dismiss speak chant shout whisper "
    "testif appeal voic refer communiqu spokes broadcast believ".split()
)
_SPEAKING = frozenset("said say says saying told wrote writes asked replied added cried answered read reads".split())
_SPEAKING_STEMS = ("chant", "shout", "whisper", "tweet", "post", "repl", "respond")
_SMALL = frozenset("a an and at by de del for from in la le of on or the to with".split())  # small also in titles
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def attributing_words(text: str) -> int:
    """How many words of the text attribute speech: said, statement, according, ..."""
    words = _WORD.findall(text.lower())
    return sum(word in _ATTRIBUTING or word.startswith(_ATTRIBUTING_STEMS) for word in words)


# words before a span that make it a name, a title or a word held at a distance
_NAMING = re.compile(
    r"(?:\bso-?called|\bself-styled|\bnicknamed|\bdubbed|\bcode-?named|\bknown (?:locally )?as|\bnamed|\b(?:en)?titled|"
    r"\b(?:film|movie|book|novel|song|play|album|series|documentary|programme|poem|exhibition|operation|"
    r"exercise|drill|festival|magazine|game|show|ship|vessel|project|campaign|brand|painting)\s*,?(?: called)?|"
    r"\bmeaning|\bmeans|\bword|\bterm)[\s,:]*$",
    re.IGNORECASE,
)


class Span(Struct, frozen=True):
    """A quoted span: `text[start:end]` holds the marks too; `closed` tells whether its last mark was found."""

    start: int
    end: int
    mark: str
    closed: bool


def spans(text: str) -> list[Span]:
    """Find the quoted spans of one paragraph, left to right, none inside another.

    A mark that is never closed opens a span to the paragraph's end only where the paragraph begins with
    it or it is a directed mark: news leaves the mark open when the quotation goes on in the next one.
    """
    found: list[Span] = []
    unclosed: set[str] = set()  # marks that nothing closes any more: looked for once, however often they stand
    position = 0
    while (opening := _MARK.search(text, position)) is not None:
        position = opening.start()
        mark = text[position]
        if not _opens(text, position):
            position += 1
            continue
        end = None if mark in unclosed else _closing(text, position)
        if end is not None:
            found.append(Span(position, end + 1, mark, True))
            position = end + 1
        elif mark in "“„«" or (mark == '"' and not text[:position].strip()):
            found.append(Span(position, len(text), mark, False))
            break
        else:
            unclosed.add(mark)
            position += 1
    return found


def _opens(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if text[position] == "«" and after and not before.isalnum():
        return True  # French sets a space after it
    if not after or after.isspace():
        return False
    if text[position] in "“„":
        return True
    if text[position] == "»":  # opens only in the style »so«
        return not before.strip() and "«" in text[position + 1 :]
    return not before or before.isspace() or before in "([{—–-/:“\"‘'"


def _closing(text: str, start: int) -> int | None:
    mark = text[start]
    closers = PAIRS[mark]
    for position in range(start + 1, len(text)):
        if text[position] not in closers:
            continue
        before, after = text[position - 1], text[position + 1 : position + 2]
        if mark in _APOSTROPHE_LIKE and (before.isspace() or after.isalnum()):
            continue  # an apostrophe: don’t, ’90s
        if mark == '"' and before.isspace() and after.isalnum():
            continue  # another opening
        return position
    return None


def is_attributed(text: str, span: Span) -> bool:
    """Whether the paragraph gives the span to a speaker, a crowd or a document.

    A span that makes up most of its paragraph is speech: its speaker stands in a neighbour. A shorter one
    needs a word of attribution outside it, and must not be a name, a title or a word held at a distance.
    """
    inside = text[span.start : span.end]
    words = _WORD.findall(inside)
    if not words:
        return False
    before, after = text[: span.start], text[span.end :]
    if not span.closed or len(_WORD.findall(before + " " + after)) <= 2:
        return len(words) >= 3
    spoken = inside[-2:-1] in {",", "?", "!"}  # “We are leaving,” … : the comma belongs to direct speech
    if not spoken and ((_NAMING.search(before) and len(words) <= 8) or _is_title(words, text, before)):
        return False
    return len(words) >= 9 or (spoken and len(words) >= 3) or attributing_words(before + " " + after) > 0


def _is_title(words: list[str], text: str, before: str) -> bool:
    """A short span in capitals, as names and titles are, that no verb of speech leads to: a café called “The Ferry”."""
    if len(words) > 6 or text.isupper():
        return False
    capitals = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)
    leading = _WORD.findall(before.lower())[-1:]
    return capitals and leading != [] and not (leading[0] in _SPEAKING or leading[0].startswith(_SPEAKING_STEMS))


def attributed(text: str) -> list[Span]:
    """The spans of a paragraph that are attributed speech."""
    return [span for span in spans(text) if is_attributed(text, span)]


FEATURES = ("any span", "any attributed span", "share of text attributed", "spans left open", "words of attribution")


def features(text: str) -> list[float]:
    """Numbers from 0 to 1 that tell a classifier of the quotations, in the order of FEATURES; zeros without marks."""
    found = spans(text)
    if not found:
        return [0.0] * len(FEATURES)
    speech = [span for span in found if is_attributed(text, span)]
    return [
        1.0,
        float(bool(speech)),
        sum(span.end - span.start for span in speech) / len(text),
        float(any(not span.closed for span in found)),
        min(1.0, attributing_words(text) / 3),
    ]


def quotations(paragraphs: Sequence[str]) -> list[tuple[Quotation, ...]]:
    """The quotations of each of an article's paragraphs."""
    return [
        tuple(Quotation(start=s.start, end=s.end, mark=s.mark, closed=s.closed) for s in spans(text))
        for text in paragraphs
    ]
