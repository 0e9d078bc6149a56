"""Scores of slices: of one source, kind of text, conflict, length, ... at a time, to see where a model fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from nutgraf.classifiers import Floats
from nutgraf.intervals import intervals
from nutgraf.judged import Judged, judgement
from nutgraf.metrics import Scores
from nutgraf.tally import Judgement, Measures, Tally

BY = ("source", "kind", "conflict", "length", "labels", "quotation", "pair")
_LENGTHS = ((20, "up to 20 words"), (40, "21 to 40 words"), (80, "41 to 80 words"))
_MANY = 3  # labels, from which no difference is made
_VALUES = 200  # slices of one sort at most: the largest
_ARTICLES = 5  # with fewer, drawing them anew tells nothing: the interval is all there is


class Slice(Struct, frozen=True, kw_only=True):
    """Some paragraphs of a part, and how the model does on them."""

    part: str
    by: str
    value: str
    paragraphs: int
    articles: int
    support: int  # labels that people gave
    f1: float  # over all labels (micro)
    low: float  # ends of its 95% interval
    high: float
    exact_match: float
    labels: dict[str, float]  # F1 of each


def slices(judged: Sequence[Judged], labels: tuple[str, ...], draws: int, least: int) -> Iterator[Slice]:
    """Every slice of at least `least` paragraphs that is not the whole part; intervals are by articles."""
    for part in dict.fromkeys(row.part for row in judged):
        rows = [row for row in judged if row.part == part]
        whole = judgement(rows, labels)
        for by in BY:
            held: dict[str, list[int]] = defaultdict(list)
            for number, row in enumerate(rows):
                held[_value(row, by)].append(number)
            some = {value: those for value, those in held.items() if value and least <= len(those) < len(rows)}
            for value in sorted(sorted(some, key=lambda one: -len(some[one]))[:_VALUES]):
                yield _slice(part, by, value, whole.only(np.array(some[value])), draws)


def _value(row: Judged, by: str) -> str:
    if by == "length":
        words = len(row.text.split())
        return next((name for most, name in _LENGTHS if words <= most), "over 80 words")
    if by == "labels":
        count = len(row.labels)
        return str(count) if count < _MANY else f"{_MANY} or more"
    if by == "quotation":
        return "with quotation marks" if row.quotation else "without"
    if by == "pair":
        return "of a hard pair" if row.pair else "of none"
    return {"source": row.source, "kind": row.kind, "conflict": row.group}[by]


def _slice(part: str, by: str, value: str, judged: Judgement, draws: int) -> Slice:
    labels = judged.labels
    found = Tally(judged).decided(np.ones((1, judged.articles)))
    drawn = draws and judged.articles >= _ARTICLES
    low, high = intervals(judged, draws, _micro)["micro"]["f1"] if drawn else (0.0, 1.0)
    return Slice(
        part=part,
        by=by,
        value=value,
        paragraphs=len(judged.borne),
        articles=judged.articles,
        support=int(judged.borne.sum()),
        f1=float(found["micro"]["f1"][0]),
        low=low,
        high=high,
        exact_match=float(found["all"]["exact_match"][0]),
        labels={name: float(found[name]["f1"][0]) for name in labels if judged.borne[:, labels.index(name)].any()},
    )


def _micro(tally: Tally, weights: Floats) -> Measures:
    return {"micro": {"f1": tally.decided(weights)["micro"]["f1"]}}


def worst(found: Sequence[Slice], scores: dict[str, Scores], most: int = 5) -> list[Slice]:
    """The slices that are surely worse than their part as a whole: their interval ends below its score, worst first.

    Slices without any label are left out: they have no F1.
    """
    below = [one for one in found if one.support and one.high < scores[one.part]["micro"]["f1"]]
    return sorted(below, key=lambda one: one.high - scores[one.part]["micro"]["f1"])[:most]
