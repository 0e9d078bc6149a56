"""Intervals of scores: what they might have been with other articles of the same kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.classifiers import Bools, Floats

_AT_ONCE = 2_000_000  # numbers of weights held at a time


def f1_intervals(
    borne: Bools, given: Bools, groups: Sequence[str], labels: Sequence[str], draws: int = 1000
) -> dict[str, tuple[float, float]]:
    """The 95% interval of each label's F1 and of their mean (`macro`), by drawing whole articles anew.

    Arrays have the shape (paragraphs, labels); `groups` names the article of each paragraph. Paragraphs of one article
    are alike, so that drawing single ones would make the interval too narrow: Field and Welsh, "Bootstrapping
    clustered data" (JRSS B, 2007); the ends are the percentiles.
    """
    number = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    rows = np.array([number[group] for group in groups])
    counts = np.zeros((len(number), 3, len(labels)))  # right, wrong, missed
    for kind, cells in enumerate((borne & given, ~borne & given, borne & ~given)):
        np.add.at(counts[:, kind], rows, cells)
    scores = np.concatenate(list(_drawn(counts, draws)))
    scores = np.column_stack([scores, scores.mean(axis=1)])
    low, high = np.percentile(scores, [2.5, 97.5], axis=0)
    return {name: (float(low[i]), float(high[i])) for i, name in enumerate((*labels, "macro"))}


def _drawn(counts: Floats, draws: int) -> list[NDArray[np.float64]]:
    """F1 of each label in each draw, shape (draws, labels), some draws at a time."""
    random = np.random.default_rng(0)
    found, size = [], len(counts)
    step = max(1, _AT_ONCE // size)
    for start in range(0, draws, step):
        weights = random.multinomial(size, np.full(size, 1 / size), min(step, draws - start))
        right, wrong, missed = np.moveaxis(np.tensordot(weights, counts, axes=1), 1, 0)
        found.append(2 * right / np.maximum(2 * right + wrong + missed, 1))
    return found
