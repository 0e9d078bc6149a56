"""Scores of decisions and probabilities against what people decided."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nutgraf.classifiers import Bools, Floats

Scores = dict[str, dict[str, float]]  # label, "macro" or "micro" -> metric -> value
_DRAWS = 200


def scores(borne: Bools, given: Bools, probabilities: Floats, labels: Sequence[str], bins: int) -> Scores:
    """Per-label, macro and micro scores; arrays have the shape (paragraphs, labels).

    F1 of a label that neither people nor model gave is 0 here, as scikit-learn has it; average precision of a
    label without positives is 0.
    """
    from sklearn.metrics import average_precision_score

    table: Scores = {}
    for i, label in enumerate(labels):
        positives = borne[:, i]
        ranked = average_precision_score(positives, probabilities[:, i]) if positives.any() else 0.0
        table[label] = _decisions(positives, given[:, i]) | {
            "average_precision": float(ranked),
            "calibration_error": calibration_error(positives, probabilities[:, i], bins),
            "calibration_chance": chance_error(probabilities[:, i], bins),
            "support": int(positives.sum()),
        }
    names = ("precision", "recall", "f1", "average_precision", "calibration_error", "calibration_chance")
    table["macro"] = {name: float(np.mean([table[label][name] for label in labels])) for name in names}
    table["micro"] = _decisions(borne.ravel(), given.ravel())
    table["all"] = {
        "paragraphs": len(borne),
        "exact_match": float((borne == given).all(axis=1).mean()),
        "none_rate": float((~borne.any(axis=1)).mean()),
        "none_rate_predicted": float((~given.any(axis=1)).mean()),
    }
    return table


def _decisions(borne: Bools, given: Bools) -> dict[str, float]:
    from sklearn.metrics import precision_recall_fscore_support

    precision, recall, f1, _ = precision_recall_fscore_support(borne, given, average="binary", zero_division=0)
    return {"precision": float(precision), "recall": float(recall), "f1": float(f1)}


def calibration_error(borne: Bools, probabilities: Floats, bins: int) -> float:
    """Expected calibration error over equal-width bins (Naeini, Cooper and Hauskrecht, AAAI 2015)."""
    place = np.minimum((probabilities * bins).astype(int), bins - 1)
    counts = np.bincount(place, minlength=bins)
    gap = np.abs(np.bincount(place, borne, bins) - np.bincount(place, probabilities, bins))
    return float(gap.sum() / counts.sum())


def chance_error(probabilities: Floats, bins: int) -> float:
    """The calibration error that outcomes by these very probabilities exceed once in twenty times.

    An error below it tells nothing against the probabilities: on few paragraphs even right ones err. By consistency
    resampling (Bröcker and Smith, "Increasing the reliability of reliability diagrams", Weather and Forecasting 2007).
    """
    random = np.random.default_rng(0)
    outcomes = (random.random(len(probabilities)) < probabilities for _ in range(_DRAWS))
    drawn = [calibration_error(borne, probabilities, bins) for borne in outcomes]
    return float(np.quantile(drawn, 0.95))
