"""The kind `words`: word TF-IDF and one logistic regression a label."""

from __future__ import annotations

from typing import Any, Self

from nutgraf.classifiers.logistic import LogisticClassifier, tfidf
from nutgraf.codebook import Codebook
from nutgraf.config import Words


class WordsClassifier(LogisticClassifier):
    """Logistic regression on words and word pairs."""

    def __init__(self, codebook: Codebook | None, knobs: Words, seed: int = 0) -> None:
        super().__init__(knobs, {"words": tfidf(knobs.words)})

    @classmethod
    def of(cls, knobs: dict[str, Any]) -> Self:
        """Make an untrained classifier from knobs as they were saved."""
        return cls(None, Words.model_validate(knobs))
