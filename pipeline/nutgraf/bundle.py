"""The model folder: plain files with checksums, never a pickle."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

import nutgraf
from nutgraf import calibration, classifiers, files, thresholds
from nutgraf.calibration import Calibration
from nutgraf.classifiers import Bools, Classifier, Floats
from nutgraf.context import seen
from nutgraf.errors import NutgrafError, unknown
from nutgraf.thresholds import Goal

FORMAT = nutgraf.MODEL_FORMAT
_DESCRIPTION, _HELD_OUT, CARD = "model.json", "held_out.safetensors", "README.md"
_NAME = re.compile(r"(?:\w[\w.-]*/)?\w[\w.-]*")  # a file, or one in a folder of ours: it never leads elsewhere
_AT_ONCE = 5000  # texts, whose features are held in memory
_LIBRARIES = ("scikit-learn", "numpy", "scipy", "safetensors")


class Training(Struct, frozen=True, kw_only=True):
    """What a model was trained on: enough to tell whether a paragraph is new to it."""

    digest: str  # of the annotations
    groups: dict[str, str] = {}
    texts: dict[str, str] = {}
    paragraphs: dict[str, int] = {}
    calibrated_on: str = ""  # the paragraphs that calibration and thresholds were fitted on
    notes: tuple[str, ...] = ()  # what a person should know of the training


class HeldOut(Struct, frozen=True):
    """What thresholds can be chosen by anew: probabilities on held-out articles, and the labels these bear.

    Arrays have the shape (paragraphs, labels); `groups` numbers the article of each paragraph.
    """

    probabilities: Floats
    borne: Bools
    groups: NDArray[np.int64]


class Description(Struct, frozen=True, kw_only=True):
    """The contents of model.json."""

    format: int
    kind: str
    labels: tuple[str, ...]
    calibrations: tuple[Calibration, ...]
    knobs: dict[str, Any]
    training: Training
    libraries: dict[str, str]
    files: dict[str, str]  # name -> SHA-256
    checksum: str = ""  # of all the above


@dataclass(frozen=True)
class Bundle:
    """A trained classifier with all it takes to use it."""

    kind: str
    labels: tuple[str, ...]
    classifier: Classifier
    calibrations: tuple[Calibration, ...]
    knobs: dict[str, Any]
    training: Training
    held_out: HeldOut
    digest: str = ""  # of the folder it was loaded from

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Calibrated probabilities, shape (paragraphs, labels), to six decimals."""
        visible = seen(texts, self.knobs["train"]["input"])
        raw = [self.classifier.predict_proba(visible[i : i + _AT_ONCE]) for i in range(0, len(visible), _AT_ONCE)]
        if not raw:
            return np.zeros((0, len(self.labels)))
        return calibration.apply(self.calibrations, np.concatenate(raw)).round(6)

    def decide(self, probabilities: Floats) -> Bools:
        """The labels given at these probabilities."""
        return calibration.decide(self.calibrations, probabilities)

    def unsure(self, probabilities: Floats, band: float) -> Bools:
        """Which decisions are so near their threshold that a person should look."""
        return calibration.unsure(self.calibrations, probabilities, band)

    def with_goal(self, goal: Goal) -> Bundle:
        """The same model with thresholds chosen anew, on the same held-out articles."""
        held, changed = self.held_out, []
        calibrated = bool(self.knobs["train"]["calibrate"])
        for i, known in enumerate(self.calibrations):
            borne, found = held.borne[:, i], held.probabilities[:, i]
            if min(borne.sum(), (~borne).sum()) < calibration.LEAST:
                changed.append(known)
                continue
            threshold, note = thresholds.choose(found, borne, goal, calibrated)
            low, high = thresholds.interval(found, borne, held.groups, goal, calibrated)
            changed.append(msgspec.structs.replace(known, threshold=threshold, low=low, high=high, note=note))
        return replace(self, calibrations=tuple(changed))

    def with_thresholds(self, given: Mapping[str, float]) -> Bundle:
        """The same model with other thresholds for some labels. Raises NutgrafError for a label it does not know."""
        if strange := [name for name in given if name not in self.labels]:
            raise NutgrafError(unknown("label", strange[0], self.labels))
        changed = [
            msgspec.structs.replace(known, threshold=given[name], low=given[name], high=given[name], note="")
            if name in given
            else known
            for name, known in zip(self.labels, self.calibrations, strict=True)
        ]
        return replace(self, calibrations=tuple(changed))


def check_place(folder: Path) -> None:
    """Raise NutgrafError if something else than a model folder is where one is to be written."""
    if folder.exists() and not _may_be_replaced(folder):
        raise NutgrafError(f"{folder}: exists and is no model folder, or holds other files; choose another --out")


def save(bundle: Bundle, folder: Path, card: str = "") -> None:
    """Write the model folder, whole or not at all; a model folder that was there is replaced.

    `card` is the model's card, as Markdown. Raises NutgrafError if something else is there.
    """
    check_place(folder)
    with files.atomic_folder(folder) as part:
        bundle.classifier.save(part)
        if card:
            (part / CARD).write_text(card, encoding="utf-8")
        held = bundle.held_out
        save_file(
            {"probabilities": held.probabilities, "borne": held.borne.astype(np.uint8), "groups": held.groups},
            part / _HELD_OUT,
        )
        description = Description(
            format=FORMAT,
            kind=bundle.kind,
            labels=bundle.labels,
            calibrations=bundle.calibrations,
            knobs=bundle.knobs,
            training=bundle.training,
            libraries={name: importlib.metadata.version(name) for name in _LIBRARIES},
            files={name: files.sha256(part / name) for name in _names(part)},
        )
        files.write_json(part / _DESCRIPTION, msgspec.structs.replace(description, checksum=checksum(description)))


def _may_be_replaced(folder: Path) -> bool:
    """Whether a folder is empty, or holds what we wrote and nothing else: a person's files are not ours to delete."""
    if not folder.is_dir():
        return False
    names = set(_names(folder))
    if not names:
        return not any(folder.iterdir())
    try:
        known = msgspec.json.decode((folder / _DESCRIPTION).read_bytes(), type=Description)
    except (OSError, msgspec.MsgspecError):
        return False
    return names <= {_DESCRIPTION, *known.files}


def _names(folder: Path) -> list[str]:
    """The files of a folder and of those in it, by their paths from it."""
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir())


def checksum(description: Description) -> str:
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(description, checksum=""))).hexdigest()


def describe(folder: Path) -> Description:
    """Read model.json and check the folder against it. Raises NutgrafError naming what is wrong."""
    if not folder.is_dir():
        raise NutgrafError(f"{folder}: no such model folder")
    path = folder / _DESCRIPTION
    if not path.is_file():
        raise NutgrafError(f"{folder}: not a model folder: it has no {_DESCRIPTION}")
    try:
        given = msgspec.json.decode(path.read_bytes()).get("format")
        if given != FORMAT:
            raise NutgrafError(
                f"{folder}: written in format {given} by another version of nutgraf; this one reads format {FORMAT}; "
                "train it anew, or install the version that wrote it"
            )
        description = msgspec.json.decode(path.read_bytes(), type=Description)
    except (msgspec.MsgspecError, AttributeError, UnicodeDecodeError, RecursionError) as error:
        raise NutgrafError(f"{path}: damaged: {error}") from None
    if description.checksum != checksum(description):
        raise NutgrafError(f"{path}: its checksum is not its own: damaged or tampered with")
    if len(description.labels) != len(description.calibrations) or not description.files:
        raise NutgrafError(f"{path}: damaged: its labels, calibrations and files do not fit together")
    for name, expected in description.files.items():
        file = folder / name
        if not _NAME.fullmatch(name) or not file.is_file():
            raise NutgrafError(f"{folder}: incomplete: {name} is missing")
        if files.sha256(file) != expected:
            raise NutgrafError(f"{file}: its checksum is not the one in {_DESCRIPTION}: damaged or tampered with")
    return description


def load(folder: Path) -> Bundle:
    """Read a model folder. Raises NutgrafError if it is incomplete, changed, or of another version."""
    description = describe(folder)
    for name in _LIBRARIES[:1]:
        then, now = description.libraries.get(name, "?"), importlib.metadata.version(name)
        if then.split(".")[:2] != now.split(".")[:2]:
            message = f"{folder}: trained with {name} {then}, used with {now}: its numbers may differ"
            warnings.warn(message, stacklevel=2)
    try:
        classifier = classifiers.class_of(description.kind).load(folder)
        numbers = load_file(folder / _HELD_OUT)
        held = HeldOut(numbers["probabilities"], numbers["borne"].astype(bool), numbers["groups"])
    except NutgrafError:
        raise
    except Exception as error:  # what a library makes of files that passed their checksums but not its own reading
        raise NutgrafError(f"{folder}: cannot be loaded: {type(error).__name__}: {error}") from error
    if classifier.predict_proba([""]).shape[1] != len(description.labels):
        raise NutgrafError(f"{folder}: damaged: the classifier does not have the labels that {_DESCRIPTION} names")
    return Bundle(
        kind=description.kind,
        labels=description.labels,
        classifier=classifier,
        calibrations=description.calibrations,
        knobs=description.knobs,
        training=description.training,
        held_out=held,
        digest=description.checksum,
    )
