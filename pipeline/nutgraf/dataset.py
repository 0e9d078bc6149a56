"""Labelled paragraphs as learning sees them: a matrix of labels, and digests that tell data apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nutgraf.classifiers import Bools, Examples
from nutgraf.records import Annotation, digest


class Rows(Struct, frozen=True):
    """Annotations with what a classifier sees of them and the labels they bear, shape (paragraphs, labels)."""

    annotations: list[Annotation]
    texts: list[str]
    labels: Bools

    @property
    def sides(self) -> list[str]:
        """The group of each."""
        return [annotation.side for annotation in self.annotations]

    @property
    def groups(self) -> NDArray[np.int64]:
        """The article of each, as a number."""
        return numbered([annotation.article or annotation.id for annotation in self.annotations])

    @property
    def examples(self) -> Examples:
        """What a classifier learns from."""
        return Examples(self.texts, self.labels)

    def only(self, those: Sequence[int]) -> Rows:
        """Those rows, in their order."""
        return Rows([self.annotations[i] for i in those], [self.texts[i] for i in those], self.labels[list(those)])


def numbered(names: Sequence[str]) -> NDArray[np.int64]:
    """The names as numbers from 0, in the order in which they come first."""
    number = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], np.int64)


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
