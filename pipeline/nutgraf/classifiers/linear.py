"""The kind `linear`: words, characters and quotation marks, and one logistic regression a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy import sparse

from nutgraf import quotes
from nutgraf.classifiers.logistic import LogisticClassifier, tfidf
from nutgraf.codebook import Codebook
from nutgraf.config import Linear


class LinearClassifier(LogisticClassifier):
    """Logistic regression on word and character n-grams and on the features of `quotes`.

    The words of what stands around a paragraph, where that is to be seen, are n-grams of their own.
    """

    looks_around = True

    def __init__(self, codebook: Codebook | None, knobs: Linear, seed: int = 0) -> None:
        vectorizers = {"words": tfidf(knobs.words), "characters": tfidf(knobs.characters, analyzer="char_wb")}
        super().__init__(knobs, vectorizers)
        self.quotations = knobs.quotations

    @classmethod
    def of(cls, knobs: dict[str, Any]) -> Self:
        """Make an untrained classifier from knobs as they were saved."""
        return cls(None, Linear.model_validate(knobs))

    def extra(self, texts: Sequence[str]) -> sparse.csr_array | None:
        """The quotation features, weighed; shape (paragraphs, features)."""
        if not self.quotations:
            return None
        return sparse.csr_array(np.asarray([quotes.features(text) for text in texts]) * self.quotations)
