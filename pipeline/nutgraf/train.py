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

    def fresh() -> Classifier:
        return classifiers.new(kind, codebook, knobs.classifiers, knobs.train.seed)

    classifier: Any = fresh()
    _adopt(classifier, members, (data_digest(annotations), codebook.names, groups, knobs.train.input))
    if classifier.needs_held_out:
        held = _fit_by_held_out(classifier, usable["train"], usable["validation"], codebook.names, knobs)
    else:
        rows = usable["train"]
        scores = out_of_fold(fresh, rows, codebook.names, knobs, progress)
        classifier.fit(rows.texts, rows.labels)
        held = _Held(rows if len(scores) else rows.only([]), scores, "out-of-fold scores of the training part")
    notes = [*held.notes]
    fitted = _calibrated(held.scores, held.rows, codebook.names, knobs.train.calibrate, goal)
    notes += [f"{name}: {c.note}" for name, c in zip(codebook.names, fitted, strict=True) if c.note]
    notes += [f"the {part} part is empty" for part in PARTS if not parts[part]]
    if copies := len(together) - sum(map(len, parts.values())):
        notes.append(f"{copies} paragraphs were left out, for a later part holds them or near-copies of them")
    if long := classifier.windowed(usable["train"].texts):
        notes.append(f"{long} of {len(usable['train'].texts)} training paragraphs are taken in several windows")
    bundle = Bundle(
        kind=kind,
        labels=codebook.names,
        classifier=classifier,
        calibrations=tuple(fitted),
        knobs=knobs_of(kind, knobs),
        training=Training(
            digest=data_digest(annotations),
            groups=groups,
            texts={text_digest(a.text): part for part in ("validation", "train") for a in parts[part]},
            paragraphs={part: len(parts[part]) for part in PARTS},
            calibrated_on=held.what,
            notes=tuple(notes),
        ),
        held_out=HeldOut(
            probabilities=calibration.apply(fitted, held.scores),
            borne=held.rows.labels,
            groups=held.rows.groups,
        ),
    )
    return Trained(bundle, audit(parts, codebook.names, knobs.partition.similarity), tuple(notes))


def knobs_of(kind: str, knobs: Config) -> dict[str, Any]:
    """The knobs that a model of a kind is trained by, as its folder keeps them."""
    return {
        "train": knobs.train.model_dump(mode="json") | {"kind": kind},
        "partition": knobs.partition.model_dump(mode="json"),
        kind: knobs.classifiers.of(kind).model_dump(mode="json"),
    }


class _Held(Struct, frozen=True):
    """What a trained classifier says of paragraphs that it has not learned from, to calibrate it by."""

    rows: Rows
    scores: Floats
    what: str  # these are
    notes: tuple[str, ...] = ()


def _adopt(classifier: Any, members: Sequence[Bundle], these: tuple[str, tuple[str, ...], dict[str, str], str]) -> None:
    """Give an ensemble the members that are trained already, on the same data, labels, parts and input."""
    for member in members:
        if (member.training.digest, member.labels, member.training.groups, member.knobs["train"]["input"]) != these:
            raise NutgrafError(f"the {member.kind} model was trained on other data, labels or parts: train it anew")
        classifier.adopt(member.kind, member.classifier)


def _fit_by_held_out(classifier: Any, learned: Rows, validation: Rows, labels: tuple[str, ...], knobs: Config) -> _Held:
    """Train a classifier that stops by the validation part, or by some of the training articles if that is small."""
    held, what, notes = validation, "the validation part", []
    if not enough(held):
        learned, held = parted(learned, knobs.train.folds, labels, knobs.partition.salt)
        what = f"{len(set(held.sides))} of the training articles: the validation part is too small"
        notes.append(f"stopped and calibrated by {what}")
        if getattr(classifier, "trained", None):  # they have learned from what is now held out
            classifier.trained = frozenset()
            notes.append("the ensemble's members were trained anew, without those articles")
    classifier.fit(learned.texts, learned.labels, held.examples)
    return _Held(held, classifier.predict_proba(held.texts), what, tuple(notes))


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
