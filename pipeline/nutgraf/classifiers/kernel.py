"""One support vector machine a label, with a Gaussian kernel, on dense features."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.svm import SVC

from nutgraf.classifiers import Bools, Floats

_AT_ONCE = 2000  # paragraphs, of which the likeness to all support vectors is held
_HELD = 10_000  # paragraphs whose likeness to one another is held as a whole (800 MB); it is 20 times as quick


def fit(features: Floats, labels: Bools, strength: float, gamma: float, balanced: bool) -> dict[str, Floats]:
    """`vectors`, shape (support vectors, features), `coefficients`, shape (support vectors, labels), `intercepts`.

    A label that never varies gets its rate. The time goes with the square of the paragraphs. Source of the method:
    Cortes and Vapnik, "Support-vector networks" (1995); `strength` is their C, the kernel exp(-gamma * distance²).
    """
    count, width = labels.shape
    coefficients, intercepts = np.zeros((count, width)), np.zeros(width)
    held = count <= _HELD
    likeness = rbf_kernel(features, gamma=gamma) if held else features
    for column in range(width):
        borne = labels[:, column]
        if borne.all() or not borne.any():
            intercepts[column] = logit((borne.sum() + 0.5) / (count + 1)) / 2
            continue
        weight = "balanced" if balanced else None
        machine = SVC(C=strength, kernel="precomputed" if held else "rbf", gamma=gamma, class_weight=weight)
        machine.fit(likeness, borne)
        coefficients[machine.support_, column] = machine.dual_coef_[0]
        intercepts[column] = machine.intercept_[0]
    used = coefficients.any(axis=1)
    return {"vectors": features[used].astype(np.float32), "coefficients": coefficients[used], "intercepts": intercepts}


def probabilities(features: Floats, machine: dict[str, Floats], gamma: float) -> Floats:
    """The odds that go with the squared distance of each side from the margin; shape (paragraphs, labels).

    They rank well and are no probabilities yet: calibration makes them so.
    """
    scores = np.zeros((len(features), len(machine["intercepts"]))) + machine["intercepts"]
    for start in range(0, len(features) if len(machine["vectors"]) else 0, _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        scores[some] += rbf_kernel(features[some], machine["vectors"], gamma=gamma) @ machine["coefficients"]
    found: Floats = expit(2 * scores)
    return found
