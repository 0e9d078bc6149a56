"""Labelling in bulk: paragraphs in, predictions out, a chunk at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from nutgraf import bundle as bundles
from nutgraf.bundle import Bundle
from nutgraf.classifiers import Floats
from nutgraf.parallel import batched, mapped
from nutgraf.records import Paragraph, Passage, Prediction


def label(paragraphs: Iterable[Paragraph], model: Bundle, chunk: int) -> Iterator[Prediction]:
    """Label paragraphs in their order, `chunk` at a time: whatever the chunk, the answers are the same."""
    for some in batched(paragraphs, chunk):
        yield from _predictions(some, model.probabilities([paragraph.passage for paragraph in some]), model)


def _predictions(paragraphs: Sequence[Paragraph], probabilities: Floats, model: Bundle) -> list[Prediction]:
    decided = model.decide(probabilities).tolist()
    return [
        Prediction(
            article_id=paragraph.article,
            paragraph=paragraph.index,
            start=paragraph.start,
            end=paragraph.end,
            text=paragraph.text,
            labels=tuple(yes),
            probabilities=tuple(values),
            id=paragraph.id,
        )
        for paragraph, yes, values in zip(paragraphs, decided, probabilities.tolist(), strict=True)
    ]


def label_parallel(
    paragraphs: Iterable[Paragraph], model: Bundle, folder: Path, chunk: int, workers: int
) -> Iterator[Prediction]:
    """The same over several processes (0: one a core), which load the model from its folder once each.

    Only texts and probabilities go between the processes, and only a few chunks are under way at a time.
    """
    sent: deque[list[Paragraph]] = deque()

    def texts() -> Iterator[list[Passage]]:
        for some in batched(paragraphs, chunk):
            sent.append(some)
            yield [paragraph.passage for paragraph in some]

    for probabilities in mapped(partial(_probabilities, folder=folder), texts(), workers, model.probabilities):
        yield from _predictions(sent.popleft(), probabilities, model)


@cache
def _loaded(folder: Path) -> Bundle:
    return bundles.load(folder)


def _probabilities(texts: Sequence[str], folder: Path) -> Floats:
    return _loaded(folder).probabilities(texts)


def as_row(prediction: Prediction, labels: Sequence[str], with_id: bool) -> dict[str, Any]:
    """One row of the labelled table, columns in the order of the contract."""
    row: dict[str, Any] = {"id": prediction.id} if with_id else {}
    row |= {
        "article_id": prediction.article_id,
        "paragraph": prediction.paragraph,
        "start": prediction.start,
        "end": prediction.end,
        "text": prediction.text,
    }
    row |= dict(zip(labels, prediction.labels, strict=True))
    row |= {f"p_{name}": value for name, value in zip(labels, prediction.probabilities, strict=True)}
    return row


def columns(labels: Sequence[str], with_id: bool) -> dict[str, type]:
    """The columns of the labelled table with their types, in the order of the contract."""
    return (
        ({"id": str} if with_id else {})
        | {"article_id": str, "paragraph": int, "start": int, "end": int, "text": str}
        | dict.fromkeys(labels, bool)
        | {f"p_{name}": float for name in labels}
    )
