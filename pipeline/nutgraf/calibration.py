"""From scores to calibrated probabilities and decisions, each label by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.special import expit, logit

from nutgraf import thresholds
from nutgraf.classifiers import Bools, Floats
from nutgraf.thresholds import Goal

LEAST = 5  # examples of either side; with fewer, a curve fitted to them means nothing


class Calibration(Struct, frozen=True, kw_only=True):
    """One label's curve `expit(slope * logit(p) + intercept)`, and its threshold with a 95% interval."""

    slope: float = 1.0
    intercept: float = 0.0
    threshold: float = 0.5
    low: float = 0.5
    high: float = 0.5
    note: str = ""  # why a fallback was taken, if one was


def fit(
    scores: Floats, borne: Bools, groups: NDArray[np.int64], names: Sequence[str], curve: bool, goal: Goal
) -> list[Calibration]:
    """Fit each label's curve and threshold on held-out scores, shape (paragraphs, labels).

    `groups` numbers the article of each paragraph. The curve is Platt's: "Probabilistic outputs for support vector
    machines" (1999), with his smoothed targets.
    """
    return [_fit_one(scores[:, i], borne[:, i], groups, curve, goal) for i in range(len(names))]


def _fit_one(scores: Floats, borne: Bools, groups: NDArray[np.int64], curve: bool, goal: Goal) -> Calibration:
    positives, negatives = int(borne.sum()), int((~borne).sum())
    if min(positives, negatives) < LEAST:
        return Calibration(note=f"not calibrated: {positives} examples with the label, {negatives} without")
    slope, intercept = _platt(scores, borne) if curve else (1.0, 0.0)
    probabilities = expit(slope * _logit(scores) + intercept)
    threshold, note = thresholds.choose(probabilities, borne, goal, curve)
    low, high = thresholds.interval(probabilities, borne, groups, goal, curve)
    return Calibration(slope=slope, intercept=intercept, threshold=threshold, low=low, high=high, note=note)


def _platt(scores: Floats, borne: Bools) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    positives, negatives = borne.sum(), (~borne).sum()
    high, low = (positives + 1) / (positives + 2), 1 / (negatives + 2)
    target = np.where(borne, high, low)
    column = _logit(scores).reshape(-1, 1)
    # a soft target is two rows with its two weights
    model = LogisticRegression(C=1e6).fit(
        np.vstack([column, column]),
        np.repeat([True, False], len(target)),
        sample_weight=np.concatenate([target, 1 - target]),
    )
    slope, intercept = float(model.coef_[0, 0]), float(model.intercept_[0])
    return (slope, intercept) if slope > 0 else (1.0, 0.0)  # a falling curve would turn the ranking round


def _logit(scores: Floats) -> Floats:
    clipped: Floats = logit(np.clip(scores, 1e-6, 1 - 1e-6))
    return clipped


def apply(calibrations: Sequence[Calibration], scores: Floats) -> Floats:
    """Calibrated probabilities, shape (paragraphs, labels)."""
    slopes = np.array([c.slope for c in calibrations])
    intercepts = np.array([c.intercept for c in calibrations])
    probabilities: Floats = expit(_logit(scores) * slopes + intercepts)
    return probabilities


def decide(calibrations: Sequence[Calibration], probabilities: Floats) -> Bools:
    """Which labels are given: those whose probability reaches the label's threshold."""
    decisions: Bools = probabilities >= np.array([c.threshold for c in calibrations])
    return decisions


def unsure(calibrations: Sequence[Calibration], probabilities: Floats, band: float) -> Bools:
    """Where the probability lies so near the threshold that a person should look.

    That is within the interval of the threshold, or less than `band` away from it.
    """
    low = np.array([min(c.low, c.threshold - band) for c in calibrations])
    high = np.array([max(c.high, c.threshold + band) for c in calibrations])
    near: Bools = (probabilities > low) & (probabilities < high)
    return near
