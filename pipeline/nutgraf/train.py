"""Training: partition, out-of-fold calibration and thresholds, then one fit on the whole training part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from nutgraf import calibration, classifiers
from nutgraf.bundle import Bundle, Training
from nutgraf.classifiers import Bools, Classifier, Floats
from nutgraf.codebook import Codebook
from nutgraf.config import Config, Section
from nutgraf.dataset import data_digest, matrix, text_digest
from nutgraf.errors import NutgrafError
from nutgraf.partition import PARTS, Audit, Part, audit, folds, joined, part_of, partition
from nutgraf.records import Annotation


class Trained(Struct, frozen=True):
    """What training gives: the model, and what the partition held."""

    bundle: Bundle
    audit: Audit
    notes: tuple[str, ...]


def train(
    annotations: Sequence[Annotation],
    codebook: Codebook,
    kind: str,
    knobs: Config,
    progress: Callable[[list[list[int]]], Any] = lambda folds: folds,
) -> Trained:
    """Train one classifier. Thresholds and calibration come from out-of-fold scores of the training part.

    Validation is left for choosing between models, and test for nothing at all. Raises NutgrafError if
    there is nothing to train on.
    """
    section = knobs.classifiers.of(kind)
    together = joined(annotations, knobs.partition)
    parts = partition(together, knobs.partition)
    members = [a for a in parts["train"] if knobs.train.proposed or a.by == "people"]
    _check(together, members, codebook, parts)
    texts = [annotation.passage for annotation in members]
    borne = matrix(members, codebook.names)
    held_out = folds([annotation.side for annotation in members], knobs.train.folds)
    notes: list[str] = []
    if len(held_out) > 1:
        scores = _out_of_fold(kind, codebook, section, texts, borne, progress(held_out))
        fitted = calibration.fit(scores, borne, codebook.names, knobs.train.calibrate, knobs.train.thresholds)
    else:
        fitted = [calibration.Calibration(note="not calibrated: all training paragraphs are of one article")] * len(
            codebook.names
        )
    notes += [f"{name}: {c.note}" for name, c in zip(codebook.names, fitted, strict=True) if c.note]
    notes += [f"the {part} part is empty" for part in PARTS if not parts[part]]
    bundle = Bundle(
        kind=kind,
        labels=codebook.names,
        classifier=_new(kind, codebook, section).fit(texts, borne),
        calibrations=tuple(fitted),
        knobs={
            "train": knobs.train.model_dump() | {"kind": kind},
            "partition": knobs.partition.model_dump(),
            kind: section.model_dump(),
        },
        training=Training(
            digest=data_digest(annotations),
            groups={
                a.side: part_of(b.side, knobs.partition)
                for a, b in zip(annotations, together, strict=True)
                if a.group or a.article
            },
            texts={text_digest(a.text): part for part in ("validation", "train") for a in parts[part]},
            paragraphs={part: len(parts[part]) for part in PARTS},
        ),
    )
    return Trained(bundle, audit(parts, codebook.names), tuple(notes))


def _check(
    annotations: Sequence[Annotation],
    members: Sequence[Annotation],
    codebook: Codebook,
    parts: dict[Part, list[Annotation]],
) -> None:
    if not annotations:
        raise NutgrafError("no labelled paragraphs to train on")
    groups = len({annotation.side for annotation in annotations})
    if not members:
        if parts["train"]:
            raise NutgrafError(
                "no training paragraph is labelled by people; train.proposed: true takes rules' proposals"
            )
        why = "only one article or group" if groups == 1 else f"{groups} groups"
        raise NutgrafError(
            f"the training part is empty: the data hold {why}; bring more articles, or lower "
            "partition.test and partition.validation"
        )
    if not any(annotation.labels for annotation in members):
        raise NutgrafError(
            f"none of the {len(members)} training paragraphs bears a label ({', '.join(codebook.names)})"
        )


def _new(kind: str, codebook: Codebook, section: Section) -> Classifier:
    made: Classifier = classifiers.class_of(kind)(codebook, section)
    return made


def _out_of_fold(
    kind: str,
    codebook: Codebook,
    section: Section,
    texts: Sequence[str],
    borne: Bools,
    held_out: Sequence[list[int]],
) -> Floats:
    scores = np.zeros(borne.shape)
    for rows in held_out:
        rest = np.setdiff1d(np.arange(len(texts)), rows)
        fitted = _new(kind, codebook, section).fit([texts[i] for i in rest], borne[rest])
        scores[rows] = fitted.predict_proba([texts[i] for i in rows])
    return scores


def as_table(found: Audit) -> list[list[str]]:
    """The partition as rows for a table: part, groups, paragraphs, rate of each label."""
    labels = list(next(iter(found.rates.values())))
    head = ["part", "groups", "paragraphs", *labels]
    return [head] + [
        [
            part,
            str(found.groups[part]),
            str(found.paragraphs[part]),
            *(f"{found.rates[part][n]:.2f}" for n in labels),
        ]
        for part in PARTS
    ]
