"""Thresholds: from what probability a label is given, by a stated goal, and how sure that place is."""

from __future__ import annotations

import re

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nutgraf.classifiers import Bools, Floats
from nutgraf.errors import NutgrafError

_GOAL = re.compile(r"(?P<plain>f1|half)|(?P<name>precision|recall|fbeta)=(?P<value>\d*\.?\d+)")
_DRAWS = 200  # resamples for the interval of a threshold


class Goal(Struct, frozen=True):
    """What a threshold is chosen for: `half`, or the best `fbeta`, or the least `precision` or `recall`."""

    name: str
    value: float = 0.0


def parse(text: str) -> Goal:
    """Read `f1`, `half`, `fbeta=0.5`, `precision=0.9` or `recall=0.95`. Raises NutgrafError for anything else."""
    found = _GOAL.fullmatch(text.strip())
    if not found:
        raise NutgrafError(f"{text!r} is no goal: give f1, half, fbeta=0.5, precision=0.9 or recall=0.95")
    if found["plain"]:
        return Goal("half") if found["plain"] == "half" else Goal("fbeta", 1.0)
    value = float(found["value"])
    if not value or (value > 1 and found["name"] != "fbeta"):
        raise NutgrafError(f"{text!r}: must be over 0" + (" and at most 1" if found["name"] != "fbeta" else ""))
    return Goal(found["name"], value)


def choose(probabilities: Floats, borne: Bools, goal: Goal, calibrated: bool) -> tuple[float, str]:
    """The threshold of one label by its held-out probabilities, and a note where the goal cannot be reached."""
    if goal.name == "half":
        return 0.5, ""
    precision, recall, steps = _curve(probabilities, borne)
    if not len(steps):
        return _alike(probabilities, borne)
    if goal.name == "fbeta":
        return _best_f(precision, recall, steps, probabilities, borne, goal.value, calibrated)
    reached = np.flatnonzero((precision if goal.name == "precision" else recall) >= goal.value)
    if not len(reached):
        best = int(np.argmax(precision if goal.name == "precision" else recall))
        value = (precision if goal.name == "precision" else recall)[best]
        return float(steps[best]), f"no threshold reaches {goal.name} {goal.value:g}: the best is {value:.2f}"
    # the least threshold that is precise enough, the highest that finds enough
    return float(steps[reached[0] if goal.name == "precision" else reached[-1]]), ""


def _curve(probabilities: Floats, borne: Bools) -> tuple[Floats, Floats, Floats]:
    """Precision and recall at each threshold that parts the examples, half way between two probabilities."""
    values, place = np.unique(probabilities, return_inverse=True)
    found = np.cumsum(np.bincount(place, borne, len(values))[::-1])[::-1][1:]  # positives at or over each step
    given = np.cumsum(np.bincount(place, minlength=len(values))[::-1])[::-1][1:]
    return found / given, found / max(1, int(borne.sum())), (values[1:] + values[:-1]) / 2


def _best_f(
    precision: Floats,
    recall: Floats,
    steps: Floats,
    probabilities: Floats,
    borne: Bools,
    beta: float,
    calibrated: bool,
) -> tuple[float, str]:
    """The threshold of the best F.

    For calibrated probabilities it is F / (1 + beta²) of the best F (Koyejo et al., "Consistent binary classification
    with generalized performance metrics", NIPS 2014; for F1 Lipton, Elkan and Naryanaswamy, 2014), which is steadier
    on few examples than the one found.
    """
    square = beta * beta
    scores = (1 + square) * precision * recall / np.maximum(square * precision + recall, 1e-12)
    best = int(np.argmax(scores))
    threshold = float(scores[best] / (1 + square)) if calibrated else float(steps[best])
    if threshold > probabilities.min():
        return threshold, ""
    rate = float(borne.mean())
    all_given = (1 + square) * rate / (square * rate + 1)
    return (float(steps[best]), "") if beta > 1 and scores[best] > all_given else _alike(probabilities, borne)


def _alike(probabilities: Floats, borne: Bools) -> tuple[float, str]:
    """A threshold where none parts the paragraphs: all are given the label if most bear it, else none."""
    note = "its scores tell nothing: no threshold parts the paragraphs that bear it from the others; "
    if borne.mean() > 0.5:
        return min(0.5, float(probabilities.min())), f"{note}always given"
    return max(0.5, float(np.nextafter(probabilities.max(), 1))), f"{note}never given"


def interval(
    probabilities: Floats, borne: Bools, groups: NDArray[np.int64], goal: Goal, calibrated: bool
) -> tuple[float, float]:
    """The 95% interval of `choose`, by drawing whole articles anew (the bootstrap's percentiles).

    `groups` numbers the article of each paragraph. A draw in which the label never varies is passed over.
    """
    random = np.random.default_rng(0)
    order = np.argsort(groups, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
    found = []
    for _ in range(_DRAWS if len(rows) > 1 else 0):  # one article tells nothing of others
        drawn = np.concatenate([rows[i] for i in random.integers(0, len(rows), len(rows))])
        some = borne[drawn]
        if some.any() and not some.all():
            found.append(choose(probabilities[drawn], some, goal, calibrated)[0])
    if not found:
        return 0.0, 1.0
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
