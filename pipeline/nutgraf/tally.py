"""Sums by article, out of which every score is made: of the articles as they are, or of articles drawn anew."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from nutgraf.classifiers import Bools, Floats

Measures = dict[str, dict[str, Floats]]  # label, "macro", "micro" or "all" -> metric -> a value for each row of weights


class Judgement(Struct, frozen=True, kw_only=True):
    """What people and a model say of the same paragraphs; arrays have the shape (paragraphs, labels)."""

    borne: Bools
    given: Bools
    probabilities: Floats
    groups: NDArray[np.int64]  # the article of each paragraph, numbered from 0
    labels: tuple[str, ...]
    bins: int = 10  # of the calibration error

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return int(self.groups.max()) + 1 if len(self.groups) else 0

    def only(self, rows: NDArray[np.int64]) -> Judgement:
        """The same of some rows, in ascending order."""
        return structs.replace(
            self,
            borne=self.borne[rows],
            given=self.given[rows],
            probabilities=self.probabilities[rows],
            groups=np.unique(self.groups[rows], return_inverse=True)[1],
        )


class Tally:
    """The sums of one judgement; `decided` and `measured` take weights of the shape (draws, articles)."""

    def __init__(self, judged: Judgement) -> None:
        self.labels, self._groups, self._judged, articles = judged.labels, judged.groups, judged, judged.articles
        self._decisions = _by_article(_outcomes(judged.borne, judged.given), judged.groups, articles)
        holds = (_by_article(table, judged.groups, articles) > 0 for table in (judged.borne, judged.given))
        self._wholes = _outcomes(*holds)
        self._rows = _by_article(_by_row(judged.borne, judged.given), judged.groups, articles)

    @cached_property
    def _gaps(self) -> Floats:
        return _gaps(self._judged, self._judged.articles)

    @cached_property
    def _ranks(self) -> list[_Rank]:
        judged = self._judged
        return [_Rank(judged.borne[:, i], judged.probabilities[:, i]) for i in range(len(judged.labels))]

    def decided(self, weights: Floats) -> Measures:
        """The scores that hang on decisions alone.

        A score whose denominator is 0 is 0, as scikit-learn has it. `article_` scores are those of the articles as
        wholes, which bear a label if one of their paragraphs does. `example_f1` is the mean F1 of the paragraphs that
        bear or were given a label (Tsoumakas and Katakis, "Multi-label classification", 2007).
        """
        counts = _drawn(weights, self._decisions)
        columns = _scores(counts) | {f"article_{k}": v for k, v in _scores(_drawn(weights, self._wholes)).items()}
        paragraphs, whole, f1, told = np.moveaxis(_drawn(weights, self._rows), -1, 0)
        found = self._table(columns)
        found["micro"] = {k: v[:, 0] for k, v in _scores(counts.sum(axis=2, keepdims=True)).items()}
        found["all"] = {"exact_match": _ratio(whole, paragraphs), "example_f1": _ratio(f1, told)}
        return found

    def measured(self, weights: Floats) -> Measures:
        """All scores: those of `decided`, and those of the probabilities."""
        found = self.decided(weights)
        ranked = [rank.average_precision(weights, self._groups) for rank in self._ranks]
        paragraphs = _drawn(weights, self._rows)[:, :1]
        errors = _ratio(np.abs(_drawn(weights, self._gaps)).sum(axis=1), paragraphs)
        more = self._table({"average_precision": np.column_stack(ranked), "calibration_error": errors})
        return {name: metrics | more.get(name, {}) for name, metrics in found.items()}

    def strayed(self, weights: Floats) -> Measures:
        """The calibration error that comes by chance: how far each bin strays from what it is in the whole."""
        paragraphs = _drawn(weights, self._rows)[:, :1]
        bins = _ratio(_drawn(weights, self._gaps), paragraphs[..., None])
        whole = self._gaps.sum(axis=0) / len(self._groups)
        return self._table({"calibration_error": np.abs(bins - whole).sum(axis=1)})

    def _table(self, columns: dict[str, Floats]) -> Measures:
        table = {name: {k: v[:, i] for k, v in columns.items()} for i, name in enumerate(self.labels)}
        return table | {"macro": {k: v.mean(axis=1) for k, v in columns.items()}}


class _Rank:
    """The paragraphs in the order of one label's probability."""

    def __init__(self, borne: Bools, probabilities: Floats) -> None:
        self.order = np.argsort(-probabilities, kind="stable")
        ranked = probabilities[self.order]
        self.ends = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))  # equal ones come all at once
        self.borne = borne[self.order].astype(np.float32)

    def average_precision(self, weights: Floats, groups: NDArray[np.int64]) -> Floats:
        """For each row of weights; as scikit-learn has it, without interpolation."""
        drawn = np.take(weights.astype(np.float32), groups[self.order], axis=1)
        given: Floats = np.cumsum(drawn, axis=1)[:, self.ends].astype(float)
        right: Floats = np.cumsum(drawn * self.borne, axis=1)[:, self.ends].astype(float)
        gained = np.diff(right, axis=1, prepend=0.0)
        return _ratio((gained * _ratio(right, given)).sum(axis=1), right[:, -1])


def _outcomes(borne: Bools, given: Bools) -> Floats:
    """Right, wrong and missed, shape (rows, 3, labels)."""
    return np.stack([borne & given, ~borne & given, borne & ~given], axis=1).astype(float)


def _by_row(borne: Bools, given: Bools) -> Floats:
    """1, whether a paragraph is wholly right, its F1, and whether it bears or was given a label; shape (rows, 4)."""
    told = borne.sum(axis=1) + given.sum(axis=1)
    f1 = 2 * (borne & given).sum(axis=1) / np.maximum(told, 1)
    return np.column_stack([np.ones(len(borne)), (borne == given).all(axis=1), f1, told > 0])


def _by_article(rows: Floats | Bools, groups: NDArray[np.int64], articles: int) -> Floats:
    """Sums over the rows of each article; shape (articles, ...)."""
    found = np.zeros((articles, *rows.shape[1:]))
    np.add.at(found, groups, rows)
    return found


def bin_of(probabilities: Floats, bins: int) -> NDArray[np.int64]:
    """The bin of each probability, of bins of equal width; the last one holds 1 itself."""
    return np.minimum((probabilities * bins).astype(np.int64), bins - 1)


def _gaps(judged: Judgement, articles: int) -> Floats:
    """By how much outcomes exceed what was promised, in each bin of probability; shape (articles, bins, labels)."""
    found = np.zeros((articles, judged.bins, len(judged.labels)))
    place = bin_of(judged.probabilities, judged.bins)
    for label in range(len(judged.labels)):
        gaps = judged.borne[:, label] - judged.probabilities[:, label]
        np.add.at(found[:, :, label], (judged.groups, place[:, label]), gaps)
    return found


def _drawn(weights: Floats, sums: Floats) -> Floats:
    found: Floats = np.tensordot(weights, sums, axes=1)
    return found


def _scores(counts: Floats) -> dict[str, Floats]:
    """Precision, recall and F1 out of counts of the shape (draws, 3, labels)."""
    right, wrong, missed = np.moveaxis(counts, 1, 0)
    return {
        "precision": _ratio(right, right + wrong),
        "recall": _ratio(right, right + missed),
        "f1": _ratio(2 * right, 2 * right + wrong + missed),
    }


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)
