"""Evaluation: score a model on labelled paragraphs, kept apart by what it has seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from nutgraf import metrics, quotes
from nutgraf.bulk import over
from nutgraf.bundle import Bundle
from nutgraf.classifiers import Floats
from nutgraf.config import Evaluate
from nutgraf.context import passages_of
from nutgraf.dataset import data_digest, text_digest
from nutgraf.errors import NutgrafError
from nutgraf.intervals import Intervals, intervals
from nutgraf.judged import Judged, Predictions, judgement
from nutgraf.metrics import Scores
from nutgraf.parallel import batched
from nutgraf.partition import PARTS, Part
from nutgraf.records import Annotation, Passage
from nutgraf.slices import Slice, slices
from nutgraf.tally import Judgement

_BATCH = 2500  # paragraphs that a process takes at a time


class Evaluation(Struct, frozen=True, kw_only=True):
    """The contents of metrics.json: scores by part, and on what and of what they are."""

    kind: str
    model: str  # digest of the model: its scores are of this one and no other
    labels: tuple[str, ...]
    data: dict[str, str | int]
    scores: dict[str, Scores]
    intervals: dict[str, Intervals] = {}  # 95%, by part
    slices: list[Slice] = []


def part_of(annotation: Annotation, bundle: Bundle) -> Part:
    """Which part a paragraph is of, for this model: `test` is all that it never saw, in files it never saw too."""
    seen = bundle.training.texts.get(text_digest(annotation.text))
    named = bundle.training.groups.get(annotation.side) if annotation.group or annotation.article else None
    return next((part for part in PARTS if part != "test" and part in (seen, named)), "test")


def judge(
    annotations: Sequence[Annotation], bundle: Bundle, folder: Path | None = None, workers: int = 1
) -> Predictions:
    """What the model says of what people annotated; what rules proposed is no measure and is left out.

    With the model's folder the work is shared out over `workers` processes (0: one a core), if it is much. Raises
    NutgrafError if nothing is annotated by people, or with labels that the model does not know.
    """
    people = [annotation for annotation in annotations if annotation.by == "people"]
    if not people:
        raise NutgrafError(f"none of the {len(annotations)} paragraphs is labelled by people; proposals are no measure")
    used = {name for annotation in people for name in annotation.labels}
    if strange := sorted(used - set(bundle.labels)):
        known = ", ".join(bundle.labels)
        raise NutgrafError(f"the data bear the label {strange[0]!r}, which the model does not know; it knows {known}")
    passages = [one for one, a in zip(passages_of(annotations), annotations, strict=True) if a.by == "people"]
    looks = list(over(batched(passages, _BATCH), bundle, folder, workers, _look))
    probabilities = np.concatenate([one for one, _ in looks])
    quoting = [quotes_it for _, some in looks for quotes_it in some]
    given = bundle.decide(probabilities)
    judged = [
        Judged(
            id=annotation.id,
            article=annotation.article,
            part=part_of(annotation, bundle),
            text=annotation.text,
            labels=tuple(name for name in bundle.labels if name in annotation.labels),
            predicted=tuple(name for name, yes in zip(bundle.labels, given[i], strict=True) if yes),
            probabilities=tuple(probabilities[i].tolist()),
            group=annotation.side,
            source=annotation.source,
            kind=annotation.kind,
            pair=annotation.pair,
            quotation=quoting[i],
        )
        for i, annotation in enumerate(people)
    ]
    return Predictions(bundle.labels, judged)


def _look(passages: Sequence[Passage], model: Bundle) -> tuple[Floats, list[bool]]:
    """Probabilities, and which passages hold a quotation; quotations are looked for once."""
    known = [Passage(one, tuple(quotes.spans(one)), one.headline, one.before) for one in passages]
    return model.probabilities(known), [bool(one.quotes) for one in known]


def scores(found: Predictions, bins: int) -> dict[str, Scores]:
    """Scores by part."""
    return {part: metrics.scores(some) for part, some in _parts(found, bins).items()}


def _parts(found: Predictions, bins: int) -> dict[str, Judgement]:
    return {part: judgement(rows, found.labels, bins) for part in PARTS if (rows := found.of(part))}


def evaluate(
    annotations: Sequence[Annotation], bundle: Bundle, knobs: Evaluate, folder: Path | None = None
) -> tuple[Evaluation, Predictions]:
    """Score the model on what people annotated, with intervals and by slices. Raises NutgrafError as `judge` does.

    What was learned from has scores alone: how sure they are tells nothing.
    """
    found = judge(annotations, bundle, folder, knobs.workers)
    parts = _parts(found, knobs.bins)
    unseen = {part: some for part, some in parts.items() if part != "train"}
    rows = [row for row in found.rows if row.part != "train"]
    evaluation = Evaluation(
        kind=bundle.kind,
        model=bundle.digest,
        labels=bundle.labels,
        data={"digest": data_digest(annotations), "paragraphs": len(found.rows)},
        scores={part: metrics.scores(some) for part, some in parts.items()},
        intervals={part: intervals(some, knobs.draws) for part, some in unseen.items()} if knobs.draws else {},
        slices=list(slices(rows, bundle.labels, knobs.draws, knobs.least)) if knobs.draws else [],
    )
    return evaluation, found
