"""Cross-validation: every article is scored by a model that did not see its conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from nutgraf import classifiers
from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.errors import NutgrafError
from nutgraf.evaluate import judge, scores
from nutgraf.judged import Judged
from nutgraf.metrics import Scores
from nutgraf.partition import Audit, Part, folds, joined
from nutgraf.records import Annotation
from nutgraf.train import train


class Fold(Struct, frozen=True):
    """One fold: what leaked into it, its scores, and each of its paragraphs as judged."""

    number: int
    audit: Audit
    scores: Scores
    judged: list[Judged]


def crossvalidate(
    annotations: Sequence[Annotation],
    codebook: Codebook,
    kind: str,
    knobs: Config,
    count: int,
    progress: Callable[[list[list[int]]], Any] = lambda folds: folds,
) -> Iterator[Fold]:
    """Train on all folds but one and score that one, in turn.

    Kinds that need held-out articles take the fold after it for that. Only what people labelled is looked at. Raises
    NutgrafError where `train` does, and if nothing is labelled by people.
    """
    together = joined([a for a in annotations if a.by == "people"], knobs.partition)
    if not together:
        raise NutgrafError(f"none of the {len(annotations)} paragraphs is labelled by people; proposals are no measure")
    dealt = folds(together, codebook.names, count, knobs.partition.salt)
    held_out = classifiers.class_of(kind).needs_held_out
    for number, rows in enumerate(progress(dealt)):
        known: dict[str, Part] = {a.side: "train" for a in together}
        if held_out and len(dealt) > 2:
            known |= {together[row].side: "validation" for row in dealt[(number + 1) % len(dealt)]}
        known |= {together[row].side: "test" for row in rows}
        trained = train(together, codebook, kind, knobs, known=known)
        found = judge([together[row] for row in rows], trained.bundle)
        yield Fold(number + 1, trained.audit, scores(found, knobs.evaluate.bins)["test"], found.rows)
