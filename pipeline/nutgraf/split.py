"""From an article to its paragraphs: spans of its text, the furniture dropped with named reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nutgraf import furniture
from nutgraf.config import Split
from nutgraf.records import Article, Dropped, Paragraph, Refusal, paragraph_id

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# a sentence's end and a capital with no space between: "it said.Syrian state TV said"; the two small letters
# before the stop keep out "U.S.", the space after the next word keeps out web addresses
_LOST_BREAK = re.compile(r"(?<=[a-z]{2}[.?!])(?=“?[A-Z][a-z]* )|(?<=[a-z]{2}[.?!][”\"’»])(?=“?[A-Z][a-z]* )")


def split(articles: Iterable[Article], knobs: Split) -> Iterator[Paragraph | Dropped | Refusal]:
    """Split each article; every character of its text is in a paragraph, in a dropped piece, or white space.

    An article of which no paragraph is left is a Refusal after its dropped pieces.
    """
    for article in articles:
        left = False
        for piece in pieces(article, knobs):
            left = left or isinstance(piece, Paragraph)
            yield piece
        if not left:
            yield Refusal(
                path=article.path,
                reason="no_paragraph",
                detail=f"article {article.id}: all of it is furniture",
            )


def pieces(article: Article, knobs: Split) -> Iterator[Paragraph | Dropped]:
    """The paragraphs and the dropped pieces of one article, in the order of its text."""
    spans = list(_spans(article.text, knobs.mend))
    lines = [article.text[start:end] for start, end in spans]
    marked = set(article.headings)
    headings = frozenset(number for number, (start, _) in enumerate(spans) if start in marked)
    whys = furniture.reasons(lines, headings, article.title) if knobs.furniture else ("" for _ in lines)
    index = 0
    for (start, end), text, why in zip(spans, lines, whys, strict=True):
        why = why or ("" if _LETTER_OR_DIGIT.search(text) else "ornament")
        if why:
            yield Dropped(article=article.id, start=start, end=end, reason=why, text=text)
        else:
            yield Paragraph(
                id=paragraph_id(article.id, index),
                article=article.id,
                index=index,
                start=start,
                end=end,
                text=text,
            )
            index += 1


def _spans(text: str, mend: bool) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text):
        found = _LOST_BREAK.finditer(text, *line.span()) if mend else ()
        cuts = [_before_mark(text, line.start(), cut.start()) for cut in found]
        for start, end in zip([line.start(), *cuts], [*cuts, line.end()], strict=True):
            stripped = text[start:end].strip()
            if stripped:
                begin = text.index(stripped, start)
                yield begin, begin + len(stripped)


def _before_mark(text: str, start: int, cut: int) -> int:
    """The place to cut: before a straight mark that opens what follows, behind one that closes what went before."""
    opens = text[cut - 1] == '"' and text.count('"', start, cut) % 2 == 1
    return cut - 1 if opens else cut
