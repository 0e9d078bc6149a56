"""Labelling in bulk: paragraphs in, predictions out, a chunk at a time."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nutgraf.bulk import over
from nutgraf.bundle import Bundle
from nutgraf.classifiers import Floats
from nutgraf.context import passages
from nutgraf.parallel import batched
from nutgraf.records import Paragraph, Passage, Prediction


def label(paragraphs: Iterable[Paragraph], model: Bundle, chunk: int) -> Iterator[Prediction]:
    """Label paragraphs in their order, `chunk` at a time: whatever the chunk, the answers are the same."""
    for some in batched(_both(paragraphs), chunk):
        seen = model.probabilities([passage for _, passage in some])
        yield from _predictions([paragraph for paragraph, _ in some], seen, model)


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


def _both(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, Passage]]:
    """Each paragraph with what a classifier may see of it."""
    ones, others = itertools.tee(paragraphs)
    return zip(ones, passages(others), strict=True)


def label_parallel(
    paragraphs: Iterable[Paragraph], model: Bundle, folder: Path, chunk: int, workers: int
) -> Iterator[Prediction]:
    """The same over several processes (0: one a core), which load the model from its folder once each.

    Only texts and probabilities go between the processes, and only a few chunks are under way at a time.
    """
    sent: deque[Sequence[Paragraph]] = deque()

    def texts() -> Iterator[list[Passage]]:
        for some in batched(_both(paragraphs), chunk):
            sent.append([paragraph for paragraph, _ in some])
            yield [passage for _, passage in some]

    for probabilities in over(texts(), model, folder, workers, _probabilities):
        yield from _predictions(sent.popleft(), probabilities, model)


def _probabilities(texts: Sequence[Passage], model: Bundle) -> Floats:
    return model.probabilities(texts)


def as_row(prediction: Prediction, model: Bundle, with_id: bool, band: float | None = None) -> dict[str, Any]:
    """One row of the labelled table, columns in the order of the contract.

    With a `band`, a last column names the labels whose probability lies that near the threshold, apart by spaces.
    """
    labels = model.labels
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
    if band is not None:
        near = model.unsure(np.array([prediction.probabilities]), band)[0]
        row["uncertain"] = " ".join(name for name, yes in zip(labels, near, strict=True) if yes)
    return row


def columns(labels: Sequence[str], with_id: bool, uncertain: bool = False) -> dict[str, type]:
    """The columns of the labelled table with their types, in the order of the contract."""
    return (
        ({"id": str} if with_id else {})
        | {"article_id": str, "paragraph": int, "start": int, "end": int, "text": str}
        | dict.fromkeys(labels, bool)
        | {f"p_{name}": float for name in labels}
        | ({"uncertain": str} if uncertain else {})
    )
