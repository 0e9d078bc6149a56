"""The kind `rules`: the labelling rules alone, with the reliability that each verdict showed in training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Self

import msgspec
import numpy as np

from nutgraf import rules
from nutgraf.classifiers import Bools, Examples, Floats
from nutgraf.codebook import Codebook
from nutgraf.config import Rules

_FILE = "rules.json"
_VERDICTS = (True, None, False)  # columns of the reliability table
_REMEMBERED = 1 << 14  # texts


class RulesClassifier:
    """For each label, the share of paragraphs that bore it among those with the same verdict of its rules."""

    needs_held_out: ClassVar[bool] = False

    def __init__(self, codebook: Codebook, knobs: Rules, seed: int = 0) -> None:
        self.codebook = codebook
        self.knobs = knobs
        self.verdicts = _reader(codebook)
        self.reliability: list[list[float]] = []

    def fit(self, texts: Sequence[str], labels: Bools, held_out: Examples | None = None) -> Self:
        """Count how often each verdict was right, smoothed towards the label's rate."""
        verdicts = self._verdicts(texts)
        self.reliability = []
        for column in range(labels.shape[1]):
            rate = float(labels[:, column].mean())
            row = []
            for code in range(len(_VERDICTS)):
                borne = labels[verdicts[:, column] == code, column]
                smoothing = self.knobs.smoothing
                row.append(float((borne.sum() + smoothing * rate) / (len(borne) + smoothing)))
            self.reliability.append(row)
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """The reliability of the verdict on each label."""
        verdicts = self._verdicts(texts)
        return np.stack([np.asarray(row)[verdicts[:, i]] for i, row in enumerate(self.reliability)], axis=1)

    def _verdicts(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        return np.array([self.verdicts(text) for text in texts], np.int64).reshape(
            len(texts), len(self.codebook.labels)
        )

    def windowed(self, texts: Sequence[str]) -> int:
        """None: a text of any length is seen whole."""
        return 0

    def save(self, folder: Path) -> None:
        """Write the rules and their reliability as JSON."""
        state = {
            "knobs": self.knobs.model_dump(),
            "codebook": self.codebook.model_dump(),
            "reliability": self.reliability,
        }
        (folder / _FILE).write_bytes(msgspec.json.format(msgspec.json.encode(state), indent=1))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the rules and their reliability."""
        state = msgspec.json.decode((folder / _FILE).read_bytes())
        made = cls(Codebook.model_validate(state["codebook"]), Rules.model_validate(state["knobs"]))
        made.reliability = state["reliability"]
        return made


@lru_cache(maxsize=4)
def _reader(codebook: Codebook) -> Callable[[str], tuple[int, ...]]:
    """What reads a text by the rules: the number of the verdict on each label.

    It remembers texts, for the folds of a training ask for the same ones again and again.
    """
    voters = rules.voters(codebook).values()

    @lru_cache(maxsize=_REMEMBERED)
    def read(text: str) -> tuple[int, ...]:
        return tuple(_VERDICTS.index(rules.verdict([vote(text) for _, vote in those])) for those in voters)

    return read
