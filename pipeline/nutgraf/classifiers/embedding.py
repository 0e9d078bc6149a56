"""The kind `embedding`: a frozen sentence encoder, quotation marks beside it, and a classifier a label on top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Self

import msgspec
import numpy as np
from safetensors.numpy import load_file, save_file

from nutgraf import encoder, quotes
from nutgraf.classifiers import Bools, Examples, Floats, kernel, regression
from nutgraf.codebook import Codebook
from nutgraf.config import Embedding
from nutgraf.context import around
from nutgraf.errors import NutgrafError

_STATE, _NUMBERS = "embedding.json", "weights.safetensors"


class EmbeddingClassifier:
    """Support vector machines, or logistic regressions, on the encoder's vectors and on the features of `quotes`.

    Source of the method: Reimers and Gurevych, "Sentence-BERT" (EMNLP 2019), frozen.
    """

    needs_held_out: ClassVar[bool] = False

    def __init__(self, codebook: Codebook | None, knobs: Embedding, seed: int = 0) -> None:
        self.knobs = knobs
        self.head: dict[str, Floats] = {}  # what was fitted, by name
        self.looks_around = False  # whether the vectors of what stands around the paragraphs are features

    def fit(self, texts: Sequence[str], labels: Bools, held_out: Examples | None = None) -> Self:
        """Fit each label by itself."""
        self.looks_around = any(map(around, texts))
        features, knobs = self._features(texts), self.knobs
        if knobs.head == "kernel":
            self.head = kernel.fit(features, labels, knobs.strength, knobs.gamma, knobs.balanced)
        else:
            weights, intercepts = regression.fit(features, labels, knobs.strength, knobs.balanced)
            self.head = {"weights": weights, "intercepts": intercepts}
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Probabilities of the labels, shape (paragraphs, labels)."""
        features = self._features(texts)
        if self.knobs.head == "kernel":
            return kernel.probabilities(features, self.head, self.knobs.gamma)
        return regression.probabilities(features, self.head["weights"], self.head["intercepts"])

    def _features(self, texts: Sequence[str]) -> Floats:
        found = encoder.Encoder(name=self.knobs.encoder, batch=self.knobs.batch, layers=self.knobs.layers)
        blocks = [found.encode([str(text) for text in texts])]
        if self.looks_around:
            blocks.append(found.encode([around(text) for text in texts]))
        blocks.append(np.asarray([quotes.features(text) for text in texts], np.float32) * self.knobs.quotations)
        return np.hstack(blocks).astype(np.float64)

    def windowed(self, texts: Sequence[str]) -> int:
        """How many texts the encoder takes in several windows."""
        return encoder.Encoder(name=self.knobs.encoder, layers=self.knobs.layers).windowed(
            [str(text) for text in texts]
        )

    def save(self, folder: Path) -> None:
        """Write what was fitted, and by name and checksum the encoder that it stands on."""
        state = {
            "knobs": self.knobs.model_dump(),
            "encoder": encoder.checksum(self.knobs.encoder),
            "looks_around": self.looks_around,
        }
        (folder / _STATE).write_bytes(msgspec.json.encode(state))
        save_file(self.head, folder / _NUMBERS)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read back what `save` wrote. Raises NutgrafError where another encoder lies in the old one's place."""
        state = msgspec.json.decode((folder / _STATE).read_bytes())
        made = cls(None, Embedding.model_validate(state["knobs"]))
        if encoder.checksum(made.knobs.encoder) != state["encoder"]:
            named = made.knobs.encoder or encoder.PACKAGE
            raise NutgrafError(f"{folder}: was trained on another version of the encoder {named}")
        made.looks_around = state["looks_around"]
        made.head = load_file(folder / _NUMBERS)
        return made
