"""Labelled paragraphs as learning sees them: a matrix of labels, and digests that tell data apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from nutgraf.classifiers import Bools
from nutgraf.records import Annotation, digest


def labels_found(annotations: Sequence[Annotation]) -> tuple[str, ...]:
    """The labels that occur, by name."""
    return tuple(sorted({name for annotation in annotations for name in annotation.labels}))


def matrix(annotations: Sequence[Annotation], labels: Sequence[str]) -> Bools:
    """Which paragraph bears which label, shape (paragraphs, labels)."""
    return label_matrix([annotation.labels for annotation in annotations], labels)


def label_matrix(borne: Sequence[Collection[str]], labels: Sequence[str]) -> Bools:
    """The same of the names that each bears."""
    return np.array([[name in some for name in labels] for some in borne], dtype=bool).reshape(-1, len(labels))


def data_digest(annotations: Sequence[Annotation]) -> str:
    """One digest of texts, labels and groups, whatever their order."""
    return digest(*sorted(digest(a.text, a.side, *sorted(a.labels), a.by) for a in annotations))


def text_digest(text: str) -> str:
    """The digest by which a paragraph that was trained on is known again."""
    return digest(" ".join(text.split()))
