"""The model folder: plain files with checksums, never a pickle."""

from __future__ import annotations

import hashlib
import importlib.metadata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

import nutgraf
from nutgraf import calibration, classifiers, files
from nutgraf.calibration import Calibration
from nutgraf.classifiers import Bools, Classifier, Floats
from nutgraf.errors import NutgrafError

FORMAT = nutgraf.MODEL_FORMAT
_DESCRIPTION = "model.json"
_LIBRARIES = ("scikit-learn", "numpy", "scipy", "safetensors")


class Training(Struct, frozen=True, kw_only=True):
    """What a model was trained on: enough to tell whether a paragraph is new to it."""

    digest: str  # of the annotations
    groups: dict[str, str] = {}
    texts: dict[str, str] = {}
    paragraphs: dict[str, int] = {}


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
    digest: str = ""  # of the folder it was loaded from

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Calibrated probabilities, shape (paragraphs, labels), to six decimals."""
        if not texts:
            return self.classifier.predict_proba([""])[:0]
        return calibration.apply(self.calibrations, self.classifier.predict_proba(texts)).round(6)

    def decide(self, probabilities: Floats) -> Bools:
        """The labels given at these probabilities."""
        return calibration.decide(self.calibrations, probabilities)


def save(bundle: Bundle, folder: Path) -> None:
    """Write the model folder, whole or not at all; a model folder that was there is replaced.

    Raises NutgrafError if something else is there.
    """
    if folder.exists() and not _may_be_replaced(folder):
        raise NutgrafError(f"{folder}: exists and is no model folder, or holds other files; choose another --out")
    with files.atomic_folder(folder) as part:
        bundle.classifier.save(part)
        description = Description(
            format=FORMAT,
            kind=bundle.kind,
            labels=bundle.labels,
            calibrations=bundle.calibrations,
            knobs=bundle.knobs,
            training=bundle.training,
            libraries={name: importlib.metadata.version(name) for name in _LIBRARIES},
            files={file.name: files.sha256(file) for file in sorted(part.iterdir())},
        )
        files.write_json(part / _DESCRIPTION, msgspec.structs.replace(description, checksum=checksum(description)))


def _may_be_replaced(folder: Path) -> bool:
    """Whether a folder is empty, or holds what we wrote and nothing else: a person's files are not ours to delete."""
    if not folder.is_dir():
        return False
    names = {entry.name for entry in folder.iterdir()}
    if not names:
        return True
    try:
        known = msgspec.json.decode((folder / _DESCRIPTION).read_bytes(), type=Description)
    except (OSError, msgspec.MsgspecError):
        return False
    return names <= {_DESCRIPTION, *known.files}


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
        if Path(name).name != name or not file.is_file():
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
        digest=description.checksum,
    )
