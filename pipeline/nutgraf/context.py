"""What a classifier gets to see of a paragraph: its text alone, or the headline and the paragraph before it, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nutgraf.config import Input
from nutgraf.records import Annotation, Paragraph, Passage


def passages(paragraphs: Iterable[Paragraph]) -> Iterator[Passage]:
    """Paragraphs as they follow one another in their articles, each with the one before it."""
    last: Paragraph | None = None
    for one in paragraphs:
        follows = last is not None and one.article and (last.article, last.index + 1) == (one.article, one.index)
        yield Passage(one.text, one.quotes, one.title, last.text if last and follows else "")
        last = one


def passages_of(annotations: Sequence[Annotation]) -> list[Passage]:
    """The same of annotations in any order: a paragraph before is looked for among all of them."""
    texts = {(one.article, one.index): one.text for one in annotations if one.article}
    return [
        Passage(one.text, one.quotes, one.title, texts.get((one.article, one.index - 1), "")) for one in annotations
    ]


def seen(texts: Iterable[str], given: Input) -> list[Passage]:
    """The passages with only what the knob `train.input` lets a classifier see."""
    return [
        Passage(
            text,
            getattr(text, "quotes", None),
            getattr(text, "headline", "") if given != "paragraph" else "",
            getattr(text, "before", "") if given == "neighbours" else "",
        )
        for text in texts
    ]


def around(text: str) -> str:
    """Headline and paragraph before, a line each, as far as the passage lets them be seen; else empty."""
    return "\n".join(part for part in (getattr(text, "headline", ""), getattr(text, "before", "")) if part)
