"""One logistic regression a label, on features of any kind."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from nutgraf.classifiers import Bools, Floats


def fit(features: Any, labels: Bools, strength: float, balanced: bool) -> tuple[Floats, Floats]:
    """Weights, shape (features, labels), and intercepts; a label that never varies gets its rate.

    `features` is an array or a sparse array of the shape (paragraphs, features); `strength` is scikit-learn's C.
    """
    weights = np.zeros((features.shape[1], labels.shape[1]))
    intercepts = np.zeros(labels.shape[1])
    for column in range(labels.shape[1]):
        borne = labels[:, column]
        if borne.all() or not borne.any():
            intercepts[column] = logit((borne.sum() + 0.5) / (len(borne) + 1))
            continue
        weight = "balanced" if balanced else None
        model = LogisticRegression(C=strength, class_weight=weight, solver="liblinear", random_state=0)
        model.fit(features, borne)
        weights[:, column], intercepts[column] = model.coef_[0], model.intercept_[0]
    return weights, intercepts


def probabilities(features: Any, weights: Floats, intercepts: Floats) -> Floats:
    """The probabilities of the labels, each by its own regression; shape (paragraphs, labels)."""
    scores: Floats = expit(features @ weights + intercepts)
    return scores
