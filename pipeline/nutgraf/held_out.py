"""Held-out articles: scores for calibration by models that did not see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nutgraf.classifiers import Classifier, Floats
from nutgraf.config import Config
from nutgraf.dataset import Rows
from nutgraf.partition import folds

_LEAST_GROUPS, _LEAST_PARAGRAPHS = 3, 30  # to stop, to calibrate and to set thresholds by


def enough(held: Rows) -> bool:
    """Whether there are articles enough to stop and to calibrate by."""
    return len(set(held.sides)) >= _LEAST_GROUPS and len(held.texts) >= _LEAST_PARAGRAPHS


def parted(learned: Rows, count: int, labels: Sequence[str], salt: str) -> tuple[Rows, Rows]:
    """The training rows without, and with only, one of `count` folds of their articles."""
    first = folds(learned.annotations, labels, count, salt)[0]
    if len(first) == len(learned.texts):  # one article: nothing can be held out
        return learned, learned.only([])
    rest = np.setdiff1d(np.arange(len(learned.texts)), first)
    return learned.only(rest.tolist()), learned.only(sorted(first))


def out_of_fold(
    new: Callable[[], Classifier],
    learned: Rows,
    labels: Sequence[str],
    knobs: Config,
    progress: Callable[[list[list[int]]], list[list[int]]],
) -> Floats:
    """Scores of each training row by a model that was trained without its article; none if there is only one."""
    held_out = folds(learned.annotations, labels, knobs.train.folds, f"{knobs.partition.salt} {knobs.train.seed}")
    if len(held_out) < 2:
        return np.zeros((0, len(labels)))
    scores = np.zeros(learned.labels.shape)
    for some in progress(held_out):
        rest = learned.only(np.setdiff1d(np.arange(len(learned.texts)), some).tolist())
        fitted = new().fit(rest.texts, rest.labels)
        scores[some] = fitted.predict_proba([learned.texts[i] for i in some])
    return scores
