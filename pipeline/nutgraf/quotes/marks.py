"""Quotation marks of one paragraph: which open, which close, and which are apostrophes, inches or arrows.

The pairs are those of the Unicode Standard, chapter 6.2, "Language-based usage of quotation marks", and the pairs of
straight characters that telex and LaTeX set.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

# opening mark -> marks that close it; further ones close it where typing was careless
PAIRS = {
    "“": "”",
    "„": "“”",
    "”": "”",
    '"': '"',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "`": "'’´",
    "``": "''",
    "''": "''",
}
_CARELESS = {"“": '"“', "„": '"', '"': "”“", "‘": "'", "'": "’", "``": '"”', "''": '"'}
CLOSERS = {
    mark: {*(closers if len(mark) == 1 else [closers]), *_CARELESS.get(mark, "")} for mark, closers in PAIRS.items()
}
_DIRECTED = {"“", "„", "«", "``"}  # open to the paragraph's end where nothing closes them
_SINGLE = {"‘", "’", "'", "‚", "`", "´"}
_SIGNS = "".join(sorted(mark for mark in {*PAIRS, *"".join(PAIRS.values())} if len(mark) == 1))
_ANY = re.compile(f"[{_SIGNS}](?:(?<=`)`|(?<=')')?")  # a set first: the engine then skips to the next mark
_OPENING_BEFORE = frozenset("([{—–-/:,;“\"‘'«>=…")
_CLOSING_AFTER = frozenset(",.;:!?)]}…")
_ENDING = frozenset(",.;:!?…")  # before a closing mark: the end of a sentence or of a clause that was spoken
_OPEN_BEFORE = re.compile(r"[:,]\s*$|[:,] ?[—–-]\s*$")  # said: "..., said, "...
_ELISION = re.compile(r"(?:\d\ds?|em|tis|twas|til|till|cause|bout|round|n|neath|s|ll|re|ve|t)(?![^\W_])", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:in|since|of|from|until|till|by|before|after|the|and|to|summer|winter|spring)\s$", re.I)

MOST = 20_000  # marks of a paragraph that are read: no prose has so many
LONGEST = 4_000  # code points: a longer span is a mark gone astray, for its words fill several columns
FARTHEST_OPEN = 1_500  # code points that a mark in the midst of a paragraph may leave open to its end
_WEAK_REACH = 400  # code points after the boys’ in which the mark that closes must stand


class Bounds(NamedTuple):
    """Where a quoted span lies in its paragraph, marks included, and whether its last mark was found."""

    start: int
    end: int
    mark: str
    closed: bool


class Marks(NamedTuple):
    """The quoted spans of a paragraph, and the marks beside them that have no partner.

    `opener` is the place of a mark behind all spans that opens and is never closed; `closer` is the place behind a
    mark before all spans that closes what was never opened.
    """

    spans: list[Bounds]
    opener: Bounds | None = None
    closer: Bounds | None = None


NOTHING = Marks([])


class _Mark(NamedTuple):
    start: int
    end: int
    glyph: str
    opens: bool
    closes: bool
    lone: bool  # a straight mark with a space on both sides, as tokenised text has it


def marks(text: str) -> Marks:
    """Find the quoted spans of one paragraph, left to right, none inside another; linear in the text's length.

    A mark that is never closed opens a span to the paragraph's end only where the paragraph begins with it, words of
    speech lead to it (said: "), or it is a directed mark: news leaves the mark open when the quotation goes on in
    the next paragraph.
    """
    if _ANY.search(text) is None:
        return NOTHING
    found = [mark for match in islice(_ANY.finditer(text), MOST) if (mark := _classified(text, match)) is not None]
    if not found:
        return NOTHING
    lead = len(text) - len(text.lstrip())  # white space before the text
    spans: list[Bounds] = []
    opener: Bounds | None = None
    closer: Bounds | None = None
    unclosed: set[str] = set()  # marks that nothing closes any more: looked for once, however often they stand
    index = 0
    while index < len(found):
        mark = found[index]
        index += 1
        if not (mark.opens or mark.lone) or mark.glyph not in PAIRS:
            if mark.closes and not spans and opener is None and closer is None and _ends(text, mark):
                closer = Bounds(mark.start, mark.end, mark.glyph, True)
            continue
        if mark.glyph not in unclosed:
            last = _closing(text, found, index)
            if last is not None:
                spans.append(Bounds(mark.start, found[last].end, mark.glyph, True))
                opener = None
                index = last + 1
                continue
            unclosed.add(mark.glyph)
        if mark.lone:
            continue
        if _stays_open(text, mark, lead):
            spans.append(Bounds(mark.start, len(text), mark.glyph, False))
            return Marks(spans, None, closer)
        opener = Bounds(mark.start, len(text), mark.glyph, False)
    return Marks(spans, opener, closer)


def _classified(text: str, match: re.Match[str]) -> _Mark | None:
    """A mark by its neighbours; None for an apostrophe inside a word, feet, inches, minutes and the like."""
    glyph = match[0]
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if glyph in "'’" and before.isalnum() and after.isalnum():
        return None
    space_before, space_after = not before or before.isspace(), not after or after.isspace()
    starts_word = not space_after and (after not in _CLOSING_AFTER or text.startswith(("...", "…"), end))
    free_before = space_before or before in _OPENING_BEFORE
    if glyph in "“„":
        opens = starts_word and (glyph == "„" or free_before or before not in _ENDING)
        closes = glyph == "“" and not space_before
    elif glyph in "«‹":
        opens = (starts_word and free_before) or (space_after and bool(after) and _french(text, start, end))
        closes = not space_before and not after.isalnum()
    elif glyph in "»›":
        opens = starts_word and free_before and before not in _ENDING
        closes = not space_before or not after.isalnum()
    elif glyph == "”":
        opens = starts_word and space_before
        closes = True
    elif glyph in _SINGLE:
        opens = starts_word and free_before and glyph not in "’´" and not _elided(text, start, end)
        closes = not space_before and not after.isalnum()
    else:  # straight double marks, and doubled ones
        opens = starts_word and free_before
        closes = not (space_before and not space_after) and (not after.isalnum() or before in _ENDING)
    lone = glyph == '"' and space_before and space_after and not text[max(0, start - 3) : start].rstrip()[-1:].isdigit()
    return _Mark(start, end, glyph, opens, closes, lone) if opens or closes or lone else None


def _french(text: str, start: int, end: int) -> bool:
    """Whether a guillemet with a space after it opens a quotation, and is not an arrow (« Previous)."""
    closing = text.find("»", end, end + LONGEST)
    if closing >= 0:
        return text[closing - 1].isspace()
    return text[end] in "\u00a0\u202f" or (
        not text[max(0, start - 3) : start].strip() and text.count(" ", end, end + 200) >= 8
    )


def _elided(text: str, start: int, end: int) -> bool:
    """Whether a single mark before a word stands for letters left out: '90s, 'em, rock 'n' roll."""
    elision = _ELISION.match(text, end)
    if elision is None:
        return False
    return not elision[0].isdigit() or bool(_YEAR_BEFORE.search(text, max(0, start - 12), start))


def _ends(text: str, mark: _Mark) -> bool:
    """Whether a closing mark without a partner is one for certain: no apostrophe, no inches."""
    before = text[mark.start - 1 : mark.start]
    if mark.glyph in _SINGLE:
        return before in _ENDING
    return before != "" and not before.isspace() and not (mark.glyph in '"”' and before.isdigit())


def _stays_open(text: str, mark: _Mark, lead: int) -> bool:
    if mark.start <= lead:
        return mark.glyph in _DIRECTED or mark.glyph in '"‘' or mark.glyph == "''"
    if len(text) - mark.start > FARTHEST_OPEN:
        return False
    if mark.glyph in _DIRECTED:
        return mark.glyph != "«" or text[mark.end : mark.end + 1].isalnum()
    return mark.glyph == '"' and bool(_OPEN_BEFORE.search(text, max(0, mark.start - 4), mark.start))


def _closing(text: str, found: list[_Mark], index: int) -> int | None:
    """The index of the mark that closes the one before `index`, or None."""
    opening = found[index - 1]
    glyph, closers = opening.glyph, CLOSERS[opening.glyph]
    inner = False  # a straight quotation inside a curly one
    nested = False  # another quotation by the same marks inside
    weak: int | None = None  # may close, or be a plural's apostrophe or a measure in inches
    for place in range(index, len(found)):
        mark = found[place]
        if mark.start - opening.start > LONGEST:
            return weak
        if weak is not None and mark.start - found[weak].start > _WEAK_REACH:
            return weak
        if mark.glyph == glyph and mark.opens and not mark.closes:
            nested = True
        if mark.glyph not in closers:
            continue
        if glyph in "“„" and mark.glyph == '"':
            if mark.opens and not mark.closes:
                inner = True
                continue
            if inner:
                inner = False
                continue
        if mark.opens and not mark.closes:
            continue
        if mark.opens and not mark.closes and weak is not None:
            return weak
        if not (mark.closes or mark.lone):
            continue
        if opening.lone and not any(map(str.isalnum, text[opening.end : mark.start])):
            return None
        if not _weak(text, mark):
            return _outer(found, place, glyph) if nested and mark.glyph != glyph else place
        weak = place if weak is None else weak
    return weak


def _outer(found: list[_Mark], place: int, glyph: str) -> int:
    """The mark that closes the outer of two nested quotations, where the one at `place` closes the inner."""
    closing = found[place].glyph
    for later in range(place + 1, len(found)):
        mark = found[later]
        if mark.glyph == glyph or mark.start - found[place].start > LONGEST:
            break
        if mark.glyph == closing and mark.closes:
            return later
    return place


def _weak(text: str, mark: _Mark) -> bool:
    """Whether a mark that may close may also be a plural's apostrophe (the boys’ school) or tell inches (12" pipe)."""
    before, after = text[mark.start - 1], text[mark.end : mark.end + 2]
    if len(after) < 2 or not after[0].isspace() or not after[1].isalnum():
        return False
    if mark.glyph == '"':
        return before.isdigit()
    return mark.glyph in "'’" and (before in "sn" or before.isdigit())
