"""The learning curve: how scores grow with the number of articles trained on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from nutgraf.bundle import Bundle
from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.dataset import data_digest
from nutgraf.errors import NutgrafError
from nutgraf.evaluate import judge
from nutgraf.evaluate import scores as scored
from nutgraf.partition import Part, assign, joined
from nutgraf.records import Annotation
from nutgraf.train import knobs_of, train


class Point(Struct, frozen=True, kw_only=True):
    """The scores of one model that was trained on a share of the training part."""

    kind: str
    share: float
    draw: int  # from 1; the whole training part is drawn once
    groups: int  # trained on
    paragraphs: int
    on: str  # the data scored: `validation`, `test`, or the name of a file
    macro: float  # F1
    labels: dict[str, float]  # F1 of each


Run = tuple[str, float, int]  # kind, share, draw


def runs(kinds: Sequence[str], shares: Sequence[float], draws: int) -> list[Run]:
    """The trainings that a curve takes. Raises NutgrafError for a share that is none."""
    if wrong := [share for share in shares if not 0 < share <= 1]:
        raise NutgrafError(f"a share must be over 0 and at most 1, not {wrong[0]:g}")
    return [
        (kind, share, draw)
        for share in sorted(set(shares))
        for draw in range(1, draws + 1 if share < 1 else 2)
        for kind in dict.fromkeys(kinds)
    ]


def curve(
    annotations: Sequence[Annotation],
    codebook: Codebook,
    others: Mapping[str, Sequence[Annotation]],
    knobs: Config,
    planned: Iterable[Run],
    progress: Callable[[list[list[int]]], Any] = lambda folds: folds,
    known: Mapping[str, Part] | None = None,
    whole: Sequence[Bundle] = (),
) -> Iterator[Point]:
    """Train on shares of the training part, and score each model on validation, on test and on `others`.

    A draw takes whole groups in an order of its own, so that its smaller shares lie within its larger ones; the parts
    for validation and test are the same for all. Models that were trained on the whole training part before, with these
    knobs, may be given as `whole`: they are not trained again. Raises NutgrafError where `train` does, and for such a
    model of other data, parts or knobs.
    """
    together = joined(annotations, knobs.partition, known or {})
    placed = assign(together, codebook.names, knobs.partition, known)
    sides = np.array([annotation.side for annotation in together])
    learned = np.array([placed[side] == "train" for side in sides])
    groups = {a.side: placed[b.side] for a, b in zip(annotations, together, strict=True) if a.group or a.article}
    for one in whole:
        training = (one.training.digest, one.labels, one.training.groups, one.knobs)
        if training != (data_digest(annotations), codebook.names, groups, knobs_of(one.kind, knobs)):
            raise NutgrafError(f"the {one.kind} model was trained on other data, labels, parts or knobs: train it anew")
    for kind, share, draw in planned:
        chosen = _drawn(sides[learned].tolist(), share, draw)
        kept = [a for a, one, side in zip(together, learned, sides, strict=True) if not one or side in chosen]
        before = next((one for one in whole if share == 1 and one.kind == kind), None)
        bundle = before or train(kept, codebook, kind, knobs, progress, placed).bundle
        scores = scored(judge(kept, bundle), knobs.evaluate.bins)
        scores.pop("train", None)
        for name, other in others.items():
            found = scored(judge(other, bundle), knobs.evaluate.bins)
            if "test" not in found:
                raise NutgrafError(f"{name}: all of it stands in the data, in training or validation: it tells nothing")
            scores[name] = found["test"]
        for name, table in scores.items():
            yield Point(
                kind=kind,
                share=share,
                draw=draw,
                groups=len(chosen),
                paragraphs=bundle.training.paragraphs["train"],
                on=name,
                macro=table["macro"]["f1"],
                labels={label: table[label]["f1"] for label in codebook.names},
            )


def _drawn(sides: Sequence[str], share: float, draw: int) -> set[str]:
    """Groups in the draw's order until they hold the share of the paragraphs."""
    order = sorted(set(sides), key=lambda side: hashlib.sha256(f"{draw}\x1f{side}".encode()).digest())
    chosen: set[str] = set()
    held = 0
    for side in order:
        if held >= share * len(sides):
            break
        chosen.add(side)
        held += sides.count(side)
    return chosen
