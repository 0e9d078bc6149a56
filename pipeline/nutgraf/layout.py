"""Where paragraphs begin and end in a text: by its lines, by verses, or by sentences where it has no breaks at all."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

Span = tuple[int, int]  # start and end in the text, in code points

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# a sentence's end and a capital with no space between: "it said.Syrian state TV said"; the space after the next word
# keeps out web addresses, and two small letters before the stop, which are looked for after, keep out "U.S."
_LOST_BREAK = re.compile(r"[.?!][”\"’»]?(?=“?[A-Z][a-z]* )")
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyz")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_ITEM = re.compile(
    r"(?:[-*•–—·▪●◦>]|\(?[0-9A-Za-z]{1,3}[.):])\s|[A-Z][\w .'’-]{0,30}:\s"
)  # a list's, or a speaker's line
_VERSE_LINES, _VERSE_WORDS = 3, 12
_CHUNK = 4000  # characters


def lines(text: str, mend: bool) -> list[Span]:
    """The lines of a text without the space around them; with `mend`, parted where a break between two was lost."""
    return list(_lines(text, mend))


def _lines(text: str, mend: bool) -> Iterator[Span]:
    breaks = [found.end() for found in _LOST_BREAK.finditer(text) if _is_lost(text, found)] if mend else []
    for line in _LINE.finditer(text):
        cuts = []
        if breaks:
            here = breaks[bisect(breaks, line.start()) : bisect(breaks, line.end())]
            cuts = [_before_mark(text, line.start(), place) for place in here]
        for start, end in zip([line.start(), *cuts], [*cuts, line.end()], strict=True):
            span = _stripped(text, start, end)
            if span[0] < span[1]:
                yield span


def _is_lost(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 2) : found.start()]
    return len(before) == 2 and _SMALL.issuperset(before) and not _in_address(text, found.end())


def _in_address(text: str, cut: int) -> bool:
    word = text[text.rfind(" ", max(0, cut - 200), cut) + 1 : cut]
    return "/" in word or "@" in word or word.startswith("www.")


def _before_mark(text: str, start: int, cut: int) -> int:
    """The place to cut: before a straight mark that opens what follows, behind one that closes what went before."""
    opens = text[cut - 1] == '"' and text.count('"', start, cut) % 2 == 1
    return cut - 1 if opens else cut


def verses(text: str, spans: Sequence[Span]) -> list[Span]:
    """The same spans, the short lines of a verse or of a speech set as verse put together.

    A verse is a run of at least three lines with no blank line between, of up to twelve words each, that are no
    list and of which most do not end a sentence.
    """
    joined: list[Span] = []
    run: list[Span] = []
    for span in spans:
        fits = _fits(text[slice(*span)])
        between = text[run[-1][1] : span[0]] if run else ""
        if run and (not fits or between.count("\n") != 1 or between.strip()):  # a line between them was dropped
            joined += _joined(text, run)
            run = []
        if fits:
            run.append(span)
        else:
            joined.append(span)
    return joined + _joined(text, run)


def _fits(line: str) -> bool:
    return len(line) <= 100 and len(line.split()) <= _VERSE_WORDS and not _ITEM.match(line)


def _joined(text: str, run: list[Span]) -> list[Span]:
    open_ended = sum(not _SENTENCE_END.search(text[slice(*span)]) for span in run)
    verse = len(run) >= _VERSE_LINES and open_ended > len(run) / 2
    return [(run[0][0], run[-1][1])] if verse else run


def packed(text: str, span: Span, words: int) -> list[Span]:
    """Sentences of a span put together to about `words` words each, a quotation in curly marks kept whole if short.

    Sentences are told by the library sentencex (Wikimedia's), which knows abbreviations.
    """
    start, end = span
    made: list[Span] = []
    begin = at = start
    count = marks = 0
    for sentence in _sentences(text[start:end]):
        at += len(sentence)
        count += len(sentence.split())
        marks += sentence.count("“") - sentence.count("”")
        if count >= words and (marks <= 0 or count >= 2 * words):
            made.append(_stripped(text, begin, at))
            begin, count, marks = at, 0, 0
    if rest := text[begin:end].strip():
        if made and len(rest.split()) < words / 3:
            made[-1] = (made[-1][0], end)
        else:
            made.append(_stripped(text, begin, end))
    return [piece for piece in made if piece[0] < piece[1]]


def _sentences(text: str) -> Iterator[str]:
    """Sentences with the space after them, told a chunk at a time: the library's cost is quadratic in open marks."""
    from sentencex import segment

    at = 0
    while at < len(text):
        stop = at + _CHUNK
        cut = stop if stop >= len(text) else max(text.rfind(". ", at, stop) + 2, at + 2)
        chunk = text[at : cut if cut > at + 2 else stop]
        at += len(chunk)
        marks = sum(map(chunk.count, '“”"‘’«»„'))
        yield from [chunk] if marks > _CHUNK / 20 else segment("en", chunk)


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    bare = piece.lstrip()
    begin = end - len(bare)
    return begin, begin + len(bare.rstrip())
