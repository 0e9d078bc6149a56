"""Paragraphs with what people and what a model say of them: the rows of predictions.jsonl."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct, structs

from nutgraf.dataset import label_matrix, numbered
from nutgraf.tally import Judgement


class Judged(Struct, frozen=True, kw_only=True):
    """One paragraph with what people and what the model say of it, and what it can be sliced by."""

    id: str
    article: str
    part: str
    text: str
    labels: tuple[str, ...]
    predicted: tuple[str, ...]
    probabilities: tuple[float, ...]
    group: str = ""
    source: str = ""
    kind: str = ""
    pair: str = ""
    quotation: bool = False  # whether it holds a quoted span


class Predictions(Struct, frozen=True):
    """What one model says of paragraphs, and the order of its labels, which is that of the probabilities."""

    labels: tuple[str, ...]
    rows: list[Judged]

    def of(self, part: str) -> list[Judged]:
        """The rows of one part."""
        return [row for row in self.rows if row.part == part]

    def ordered(self, labels: tuple[str, ...]) -> Predictions:
        """The same with the labels in another order."""
        places = [self.labels.index(name) for name in labels]
        return Predictions(
            labels,
            [structs.replace(row, probabilities=tuple(row.probabilities[i] for i in places)) for row in self.rows],
        )

    def dump(self) -> str:
        """The labels, and below them a line a paragraph that was not learned from; `parse` reads it."""
        lines: list[Any] = [{"labels": self.labels}, *(row for row in self.rows if row.part != "train")]
        return "".join(f"{msgspec.json.encode(line).decode()}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Predictions:
        """Read what `dump` wrote. Raises msgspec.MsgspecError for anything else."""
        head, *rows = text.splitlines()
        labels = msgspec.json.decode(head, type=dict[str, tuple[str, ...]])["labels"]
        return cls(labels, [msgspec.json.decode(row, type=Judged) for row in rows])


def judgement(rows: Sequence[Judged], labels: tuple[str, ...], bins: int = 10) -> Judgement:
    """The rows as arrays; a paragraph of no article is one by itself."""
    return Judgement(
        borne=label_matrix([row.labels for row in rows], labels),
        given=label_matrix([row.predicted for row in rows], labels),
        probabilities=np.array([row.probabilities for row in rows], float).reshape(-1, len(labels)),
        groups=numbered([row.article or row.id for row in rows]),
        labels=labels,
        bins=bins,
    )
