"""From an article to its paragraphs: spans of its text, the furniture dropped with named reasons."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from nutgraf import furniture, layout, quotes
from nutgraf.config import Split
from nutgraf.parallel import batched, mapped
from nutgraf.records import Article, Dropped, Paragraph, Refusal, paragraph_id

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_BATCH = 64  # articles that are split at a time


def split(articles: Iterable[Article], knobs: Split, workers: int = 1) -> Iterator[Paragraph | Dropped | Refusal]:
    """Split each article, in order; every character of its text is in a paragraph, a dropped piece, or white space.

    An article of which no paragraph is left is a Refusal after its dropped pieces. Many articles are split over
    several processes (0: one a core).
    """
    yield from itertools.chain.from_iterable(
        mapped(partial(_all_pieces, knobs=knobs), batched(articles, _BATCH), workers)
    )


def _all_pieces(articles: Sequence[Article], knobs: Split) -> list[Paragraph | Dropped | Refusal]:
    found: list[Paragraph | Dropped | Refusal] = []
    for article in articles:
        here = list(pieces(article, knobs))
        found += here
        if not any(isinstance(piece, Paragraph) for piece in here):
            detail = f"article {article.id}: all of it is furniture"
            found.append(Refusal(path=article.path, reason="no_paragraph", detail=detail))
    return found


def pieces(article: Article, knobs: Split) -> Iterator[Paragraph | Dropped]:
    """The paragraphs and the dropped pieces of one article, in the order of its text."""
    text = article.text
    spans = layout.lines(text, knobs.mend)
    lines = [text[start:end] for start, end in spans]
    marked = set(article.headings)
    headings = frozenset(number for number, (start, _) in enumerate(spans) if start in marked)
    found = furniture.reasons(lines, headings, article.title) if knobs.furniture else [""] * len(lines)
    whys = [
        why or ("" if _LETTER_OR_DIGIT.search(line) else "ornament") for why, line in zip(found, lines, strict=True)
    ]
    dropped = [(span, why) for span, why in zip(spans, whys, strict=True) if why]
    kept = [span for span, why in zip(spans, whys, strict=True) if not why]
    pack = len(kept) == 1 and len(text[slice(*kept[0])].split()) >= knobs.unbroken
    kept = layout.packed(text, kept[0], knobs.packed) if pack else layout.verses(text, kept)
    quoted = quotes.quotations([text[start:end] for start, end in kept])
    paragraphs = [
        Paragraph(
            id=paragraph_id(article.id, index),
            article=article.id,
            index=index,
            start=start,
            end=end,
            text=text[start:end],
            title=article.title,
            packed=pack,
            quotes=spans,
        )
        for index, ((start, end), spans) in enumerate(zip(kept, quoted, strict=True))
    ]
    away = [Dropped(article=article.id, start=s, end=e, reason=why, text=text[s:e]) for (s, e), why in dropped]
    everything: list[Paragraph | Dropped] = [*paragraphs, *away]
    yield from sorted(everything, key=lambda piece: piece.start)
