"""Paragraphs with what people and what a model say of them: the rows of predictions.jsonl."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, structs

from nutgraf.dataset import label_matrix
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


def in_order(rows: Sequence[Judged], known: tuple[str, ...], wanted: tuple[str, ...]) -> list[Judged]:
    """The same rows with their labels and probabilities in another order of the labels."""
    places = [known.index(name) for name in wanted]

    def ordered(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in wanted if name in names)

    return [
        structs.replace(
            row,
            labels=ordered(row.labels),
            predicted=ordered(row.predicted),
            probabilities=tuple(row.probabilities[place] for place in places),
        )
        for row in rows
    ]


def judgement(rows: Sequence[Judged], labels: tuple[str, ...], bins: int = 10) -> Judgement:
    """The rows as arrays; a paragraph of no article is one by itself."""
    articles = [row.article or row.id for row in rows]
    number = {article: i for i, article in enumerate(dict.fromkeys(articles))}
    return Judgement(
        borne=label_matrix([row.labels for row in rows], labels),
        given=label_matrix([row.predicted for row in rows], labels),
        probabilities=np.array([row.probabilities for row in rows], float).reshape(-1, len(labels)),
        groups=np.array([number[article] for article in articles], np.int64),
        labels=labels,
        bins=bins,
    )
