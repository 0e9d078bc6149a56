"""The kind `ensemble`: a weighted mean of other kinds, the weights found on held-out articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import ClassVar, Self

import msgspec
import numpy as np
from scipy.special import expit, logit

from nutgraf.classifiers import Bools, Classifier, Examples, Floats, class_of, regression
from nutgraf.codebook import Codebook
from nutgraf.config import Ensemble
from nutgraf.errors import NutgrafError

_STATE = "ensemble.json"
_EDGE = 1e-6  # a probability of 0 or 1 that errs would outweigh all others
_STEPS = 10  # weights are tried in tenths
_FREE = 1e6  # strength of a regression without regularisation


class EnsembleClassifier:
    """The weighted mean of its members' log-odds.

    The weights are the nearest to equal ones that are as good on held-out articles as the best, by the rule of one
    standard error (Breiman et al., "Classification and regression trees", 1984): on articles of another kind than those
    held out, equal weights do better than fitted ones (Claeskens et al., "The forecast combination puzzle", 2016).
    """

    needs_held_out: ClassVar[bool] = True

    def __init__(self, codebook: Codebook | None, knobs: Ensemble, members: Mapping[str, Classifier]) -> None:
        self.knobs = knobs
        self.members = dict(members)
        self.weights: Floats = np.full(len(members), 1 / max(1, len(members)))
        self.trained: frozenset[str] = frozenset()  # members that were trained before, on the same data

    def fit(self, texts: Sequence[str], labels: Bools, held_out: Examples | None = None) -> Self:
        """Fit the members that are not trained yet, then the weights. Raises NutgrafError without held-out articles."""
        if held_out is None or not len(held_out.texts):
            raise NutgrafError("the kind 'ensemble' needs held-out articles to weigh its members")
        for name, member in self.members.items():
            if name not in self.trained:
                member.fit(texts, labels, held_out)
        self.weights = _weights(self._each(held_out.texts), held_out.labels)
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """The weighted mean of the members' log-odds, as probabilities."""
        mean: Floats = expit(np.tensordot(self.weights, self._each(texts), axes=1))
        return mean

    @property
    def shares(self) -> dict[str, float]:
        """The weight of each member."""
        return dict(zip(self.members, self.weights.tolist(), strict=True))

    def adopt(self, kind: str, member: Classifier) -> None:
        """Take in a member that is trained already. Raises NutgrafError if the ensemble has none of its kind."""
        if kind not in self.members:
            raise NutgrafError(f"the ensemble has no member of the kind {kind}; it has {', '.join(self.members)}")
        self.members[kind] = member
        self.trained |= {kind}

    def _each(self, texts: Sequence[str]) -> Floats:
        found = np.stack([member.predict_proba(texts) for member in self.members.values()])
        odds: Floats = logit(np.clip(found, _EDGE, 1 - _EDGE))
        return odds

    def windowed(self, texts: Sequence[str]) -> int:
        """How many texts the member with the shortest window takes in several."""
        return max(member.windowed(texts) for member in self.members.values())

    def save(self, folder: Path) -> None:
        """Write each member into a folder of its own, and the weights."""
        state = {"knobs": self.knobs.model_dump(), "weights": self.shares}
        (folder / _STATE).write_bytes(msgspec.json.encode(state))
        for name, member in self.members.items():
            (folder / name).mkdir()
            member.save(folder / name)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read back what `save` wrote."""
        state = msgspec.json.decode((folder / _STATE).read_bytes())
        knobs = Ensemble.model_validate(state["knobs"])
        made = cls(None, knobs, {name: class_of(name).load(folder / name) for name in knobs.members})
        made.weights = np.array([state["weights"][name] for name in knobs.members])
        return made


def _weights(each: Floats, borne: Bools) -> Floats:
    """Weights that sum to 1, for log-odds `each` of the shape (members, paragraphs, labels).

    Of the weights whose log loss is within one standard error of the least, those nearest to equal ones.
    """
    members = len(each)
    equal = np.full(members, 1 / members)
    tried = [equal] + [
        np.array(cut) / _STEPS for cut in product(range(_STEPS + 1), repeat=members) if sum(cut) == _STEPS
    ]
    losses = np.array([_losses(np.tensordot(weights, each, axes=1), borne) for weights in tried])
    means = losses.mean(axis=1)
    best = losses[means.argmin()]
    bound = best.mean() + best.std() / np.sqrt(len(best))
    near = [
        np.linalg.norm(weights - equal) if mean <= bound else np.inf for weights, mean in zip(tried, means, strict=True)
    ]
    return tried[near.index(min(near))]


def _losses(odds: Floats, borne: Bools) -> Floats:
    """The log loss of each paragraph, after each label's log-odds were calibrated on these very paragraphs."""
    losses = np.zeros(len(odds))
    for column in range(borne.shape[1]):
        weights, intercepts = regression.fit(odds[:, [column]], borne[:, [column]], _FREE, balanced=False)
        found = regression.probabilities(odds[:, [column]], weights, intercepts)[:, 0]
        if weights[0, 0] < 0:  # calibration turns no ranking round, so that these scores tell nothing
            found = np.full(len(odds), borne[:, column].mean())
        right = np.where(borne[:, column], found, 1 - found)
        losses -= np.log(np.maximum(right, _EDGE)) / borne.shape[1]
    return losses
