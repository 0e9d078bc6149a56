"""Kinds of classifiers, one file each, behind one small protocol."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from nutgraf.errors import NutgrafError, unknown

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KINDS = {  # kind -> the module and the class that implement it
    "rules": ("nutgraf.classifiers.rules", "RulesClassifier"),
    "words": ("nutgraf.classifiers.words", "WordsClassifier"),
    "linear": ("nutgraf.classifiers.linear", "LinearClassifier"),
    "embedding": ("nutgraf.classifiers.embedding", "EmbeddingClassifier"),
}


class Classifier(Protocol):
    """What every kind can do. Rows are paragraphs, columns are labels in the codebook's order."""

    def fit(self, texts: Sequence[str], labels: Bools) -> Self:
        """Learn from texts and their labels, shape (paragraphs, labels)."""
        ...

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Probabilities before calibration, shape (paragraphs, labels)."""
        ...

    def save(self, folder: Path) -> None:
        """Write what was learned into an existing folder, as plain files."""
        ...

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read back what `save` wrote."""
        ...


def class_of(kind: str) -> Any:
    """The class of a kind, imported when asked for; raises NutgrafError for an unknown kind."""
    if kind not in KINDS:
        raise NutgrafError(unknown("kind of classifier", kind, KINDS))
    module, name = KINDS[kind]
    return getattr(importlib.import_module(module), name)
