"""Training: partition, calibration and thresholds on held-out articles, and one fit on the whole training part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from nutgraf import calibration, classifiers, thresholds
from nutgraf.bundle import Bundle, HeldOut, Training
from nutgraf.calibration import Calibration
from nutgraf.classifiers import Classifier, Floats
from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.context import passages_of, seen
from nutgraf.dataset import Rows, data_digest, matrix, text_digest
from nutgraf.errors import NutgrafError
from nutgraf.held_out import enough, out_of_fold, parted
from nutgraf.partition import PARTS, Audit, Part, Parts, assign, audit, joined, partition
from nutgraf.records import Annotation

Progress = Callable[[list[list[int]]], Any]


class Trained(Struct, frozen=True):
    """What training gives: the model, what the partition held, and what a person should know of it."""

    bundle: Bundle
    audit: Audit
    notes: tuple[str, ...]


def train(
    annotations: Sequence[Annotation],
    codebook: Codebook,
    kind: str,
    knobs: Config,
    progress: Progress = lambda folds: folds,
    known: Mapping[str, Part] | None = None,
    members: Sequence[Bundle] = (),
) -> Trained:
    """Train one classifier; `known` names the parts of groups that have one, `members` are an ensemble's that are
    trained already.

    Kinds that need held-out articles to train stop, calibrate and set their thresholds on the validation part; the
    others do so on out-of-fold scores of the training part, and have not seen validation. Nothing is done by the test
    part. Raises NutgrafError if there is nothing to train on.
    """
    section = knobs.classifiers.of(kind)
    goal = thresholds.parse(knobs.train.goal)
    together = joined(annotations, knobs.partition, known or {})
    placed = assign(together, codebook.names, knobs.partition, known)
    numbers = partition(together, placed, knobs.partition)
    parts: Parts = {part: [together[i] for i in numbers[part]] for part in PARTS}
    everything = Rows(together, list(seen(passages_of(together), knobs.train.input)), matrix(together, codebook.names))
    usable = {
        part: everything.only([i for i in numbers[part] if knobs.train.proposed or together[i].by == "people"])
        for part in PARTS
    }
    _check(together, usable["train"].annotations, codebook, parts)

    groups: dict[str, str] = {
        a.side: placed[b.side] for a, b in zip(annotations, together, strict=True) if a.group or a.article
    }
    classifier: Any = classifiers.new(kind, codebook, knobs.classifiers, knobs.train.seed)
    for member in members:
        known_as = (member.training.digest, member.labels, member.training.groups, member.knobs["train"]["input"])
        if known_as != (data_digest(annotations), codebook.names, groups, knobs.train.input):
            raise NutgrafError(f"the {member.kind} model was trained on other data, labels or parts: train it anew")
        classifier.adopt(member.kind, member.classifier)
    learned, notes = usable["train"], []
    if classifier.needs_held_out:
        held, why = usable["validation"], "the validation part"
        if not enough(held):
            learned, held = parted(learned, knobs.train.folds, codebook.names, knobs.partition.salt)
            why = f"{len(set(held.sides))} of the training articles: the validation part is too small"
            notes.append(f"stopped and calibrated by {why}")
            if members:  # they have learned from what is now held out
                classifier.trained = frozenset()
                notes.append("the ensemble's members were trained anew, without those articles")
        classifier.fit(learned.texts, learned.labels, held.examples)
        scores = classifier.predict_proba(held.texts)
    else:
        held, why = learned, "out-of-fold scores of the training part"

        def fresh() -> Classifier:
            return classifiers.new(kind, codebook, knobs.classifiers, knobs.train.seed)

        scores = out_of_fold(fresh, learned, codebook.names, knobs, progress)
        classifier.fit(learned.texts, learned.labels)
    if not len(scores):
        held = held.only([])
    fitted = _calibrated(scores, held, codebook.names, knobs.train.calibrate, goal)
    notes += [f"{name}: {c.note}" for name, c in zip(codebook.names, fitted, strict=True) if c.note]
    notes += [f"the {part} part is empty" for part in PARTS if not parts[part]]
    if copies := len(together) - sum(map(len, parts.values())):
        notes.append(f"{copies} paragraphs were left out, for a later part holds them or near-copies of them")
    if long := classifier.windowed(learned.texts):
        notes.append(f"{long} of {len(learned.texts)} training paragraphs are taken in several windows")
    bundle = Bundle(
        kind=kind,
        labels=codebook.names,
        classifier=classifier,
        calibrations=tuple(fitted),
        knobs={
            "train": knobs.train.model_dump() | {"kind": kind},
            "partition": knobs.partition.model_dump(),
            kind: section.model_dump(),
        },
        training=Training(
            digest=data_digest(annotations),
            groups=groups,
            texts={text_digest(a.text): part for part in ("validation", "train") for a in parts[part]},
            paragraphs={part: len(parts[part]) for part in PARTS},
            calibrated_on=why,
            notes=tuple(notes),
        ),
        held_out=HeldOut(
            probabilities=calibration.apply(fitted, scores),
            borne=held.labels,
            groups=held.groups,
        ),
    )
    return Trained(bundle, audit(parts, codebook.names, knobs.partition.similarity), tuple(notes))


def _calibrated(
    scores: Floats, held: Rows, labels: Sequence[str], curve: bool, goal: thresholds.Goal
) -> list[Calibration]:
    if not len(scores):
        return [Calibration(note="not calibrated: there is no article to hold out")] * len(labels)
    return calibration.fit(scores, held.labels, held.groups, labels, curve, goal)


def _check(annotations: Sequence[Annotation], members: Sequence[Annotation], codebook: Codebook, parts: Parts) -> None:
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
