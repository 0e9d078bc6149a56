"""From scores to calibrated probabilities and decisions, each label by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from scipy.special import expit, logit

from nutgraf.classifiers import Bools, Floats

_LEAST_EXAMPLES = 5  # of either side; with fewer, a curve fitted to them means nothing


class Calibration(Struct, frozen=True, kw_only=True):
    """One label's curve `expit(slope * logit(p) + intercept)` and the threshold of its decision."""

    slope: float = 1.0
    intercept: float = 0.0
    threshold: float = 0.5
    note: str = ""  # why a fallback was taken, if one was


def fit(
    scores: Floats, borne: Bools, names: Sequence[str], curve: bool, goal: Literal["f1", "half"]
) -> list[Calibration]:
    """Fit each label's curve and threshold on held-out scores, shape (paragraphs, labels).

    The curve is Platt's: "Probabilistic outputs for support vector machines" (1999), with his smoothed targets.
    """
    return [_fit_one(scores[:, i], borne[:, i], curve, goal) for i in range(len(names))]


def _fit_one(scores: Floats, borne: Bools, curve: bool, goal: str) -> Calibration:
    positives, negatives = int(borne.sum()), int((~borne).sum())
    if min(positives, negatives) < _LEAST_EXAMPLES:
        return Calibration(note=f"not calibrated: {positives} examples with the label, {negatives} without")
    slope, intercept = _platt(scores, borne) if curve else (1.0, 0.0)
    if goal == "half":
        return Calibration(slope=slope, intercept=intercept, threshold=0.5)
    calibrated = expit(slope * _logit(scores) + intercept)
    best, found = best_f1(calibrated, borne)
    threshold = best / 2 if curve else found
    note = ""
    if threshold <= calibrated.min():  # would give the label to every paragraph
        threshold = max(0.5, float(np.nextafter(calibrated.max(), 1)))
        note = "its scores tell nothing: no threshold parts the paragraphs that bear it from the others; never given"
    return Calibration(slope=slope, intercept=intercept, threshold=threshold, note=note)


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


def best_f1(probabilities: Floats, borne: Bools) -> tuple[float, float]:
    """The highest F1 that a threshold reaches on these examples, and that threshold.

    For calibrated probabilities the threshold of the best F1 is half that F1 (Lipton, Elkan and Naryanaswamy,
    "Optimal thresholding of classifiers to maximize F1 measure", 2014), which is steadier on few examples than the
    one found here. A threshold that gives the label to every example is passed over: it decides nothing.
    """
    from sklearn.metrics import precision_recall_curve

    precision, recall, steps = precision_recall_curve(borne, probabilities)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    if len(steps) < 2:
        return 0.0, 0.5
    best = int(np.argmax(f1[1:-1])) + 1
    return float(f1[best]), float((steps[best] + steps[best - 1]) / 2)


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
