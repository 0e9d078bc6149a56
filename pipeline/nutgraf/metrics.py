"""Scores of decisions and probabilities against what people decided."""

from __future__ import annotations

import numpy as np

from nutgraf.classifiers import Bools, Floats
from nutgraf.tally import Judgement, Tally, bin_of

Scores = dict[str, dict[str, float]]  # label, "macro", "micro" or "all" -> metric -> value
_DRAWS = 200


def scores(judged: Judgement) -> Scores:
    """Per-label, macro and micro scores, and those of whole paragraphs and articles: see `Tally`."""
    measured = Tally(judged).measured(np.ones((1, judged.articles)))
    table = {name: {metric: float(value[0]) for metric, value in found.items()} for name, found in measured.items()}
    for i, name in enumerate(judged.labels):
        bearing = judged.borne[:, i]
        table[name] |= {
            "calibration_chance": chance_error(judged.probabilities[:, i], judged.bins),
            "support": int(bearing.sum()),
            "article_support": len(np.unique(judged.groups[bearing])),
        }
    chances = [table[name]["calibration_chance"] for name in judged.labels]
    table["macro"]["calibration_chance"] = float(np.mean(chances))
    table["all"] |= {
        "paragraphs": len(judged.borne),
        "articles": len(np.unique(judged.groups)),
        "none_rate": float((~judged.borne.any(axis=1)).mean()),
        "none_rate_predicted": float((~judged.given.any(axis=1)).mean()),
    }
    return table


def calibration_error(borne: Bools, probabilities: Floats, bins: int) -> float:
    """Expected calibration error over equal-width bins (Naeini, Cooper and Hauskrecht, AAAI 2015)."""
    gap = np.bincount(bin_of(probabilities, bins), borne - probabilities, bins)
    return float(np.abs(gap).sum() / len(borne))


def chance_error(probabilities: Floats, bins: int) -> float:
    """The calibration error that outcomes by these very probabilities exceed once in twenty times.

    An error below it tells nothing against the probabilities: on few paragraphs even right ones err. By consistency
    resampling (Bröcker and Smith, "Increasing the reliability of reliability diagrams", Weather and Forecasting 2007).
    """
    random = np.random.default_rng(0)
    outcomes = (random.random(len(probabilities)) < probabilities for _ in range(_DRAWS))
    drawn = [calibration_error(borne, probabilities, bins) for borne in outcomes]
    return float(np.quantile(drawn, 0.95))
