"""Scores of decisions and probabilities against what people decided."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nutgraf.classifiers import Bools, Floats

Scores = dict[str, dict[str, float]]  # label, "macro" or "micro" -> metric -> value


def scores(borne: Bools, given: Bools, probabilities: Floats, labels: Sequence[str], bins: int) -> Scores:
    """Per-label, macro and micro scores; arrays have the shape (paragraphs, labels).

    F1 of a label that neither people nor model gave is 0 here, as scikit-learn has it; average precision of a
    label without positives is 0.
    """
    from sklearn.metrics import average_precision_score, precision_recall_fscore_support

    table: Scores = {}
    precision, recall, f1, support = precision_recall_fscore_support(borne, given, average=None, zero_division=0)
    for i, label in enumerate(labels):
        positives = borne[:, i]
        table[label] = {
            "precision": float(precision[i]),
            "recall": float(recall[i]),
            "f1": float(f1[i]),
            "average_precision": float(average_precision_score(positives, probabilities[:, i]))
            if positives.any()
            else 0.0,
            "calibration_error": calibration_error(positives, probabilities[:, i], bins),
            "support": int(support[i]),
        }
    names = ("precision", "recall", "f1", "average_precision", "calibration_error")
    table["macro"] = {name: float(np.mean([table[label][name] for label in labels])) for name in names}
    p, r, f, _ = precision_recall_fscore_support(borne, given, average="micro", zero_division=0)
    table["micro"] = {"precision": float(p), "recall": float(r), "f1": float(f)}
    table["all"] = {
        "paragraphs": len(borne),
        "exact_match": float((borne == given).all(axis=1).mean()),
        "none_rate": float((~borne.any(axis=1)).mean()),
        "none_rate_predicted": float((~given.any(axis=1)).mean()),
    }
    return table


def calibration_error(borne: Bools, probabilities: Floats, bins: int) -> float:
    """Expected calibration error over equal-width bins (Naeini, Cooper and Hauskrecht, AAAI 2015)."""
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    counts = np.bincount(place, minlength=bins)
    gap = np.abs(np.bincount(place, borne, bins) - np.bincount(place, probabilities, bins))
    return float(gap.sum() / counts.sum())
