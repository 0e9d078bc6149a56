"""Kinds of classifiers, one file each, behind one small protocol."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from nutgraf.config import Classifiers
from nutgraf.errors import NutgrafError, unknown

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KINDS = {  # kind -> the module and the class that implement it
    "rules": ("nutgraf.classifiers.rules", "RulesClassifier"),
    "words": ("nutgraf.classifiers.words", "WordsClassifier"),
    "linear": ("nutgraf.classifiers.linear", "LinearClassifier"),
    "embedding": ("nutgraf.classifiers.embedding", "EmbeddingClassifier"),
    "encoder": ("nutgraf.classifiers.encoder", "EncoderClassifier"),
    "ensemble": ("nutgraf.classifiers.ensemble", "EnsembleClassifier"),
}


class Examples(NamedTuple):
    """Texts and their labels, shape (paragraphs, labels)."""

    texts: Sequence[str]
    labels: Bools


class Classifier(Protocol):
    """What every kind can do. Rows are paragraphs, columns are labels in the codebook's order."""

    needs_held_out: ClassVar[bool]  # whether `fit` has to be given held-out articles

    def fit(self, texts: Sequence[str], labels: Bools, held_out: Examples | None = None) -> Self:
        """Learn from texts and their labels, shape (paragraphs, labels).

        `held_out` are of other articles: kinds that need them stop or weigh by them; the others pass over them.
        """
        ...

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Probabilities before calibration, shape (paragraphs, labels)."""
        ...

    def windowed(self, texts: Sequence[str]) -> int:
        """How many texts are longer than what the classifier sees at once, and are taken in windows."""
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


def new(kind: str, codebook: Any, knobs: Classifiers, seed: int) -> Classifier:
    """An untrained classifier of a kind; one that is made of others gets them, untrained too."""
    section = knobs.of(kind)
    members = {name: new(name, codebook, knobs, seed) for name in getattr(section, "members", ())}
    made: Classifier = class_of(kind)(codebook, section, **({"members": members} if members else {"seed": seed}))
    return made
