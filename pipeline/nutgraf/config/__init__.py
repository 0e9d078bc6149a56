"""Every knob, one section a stage, read from configs/params.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from nutgraf.config.kinds import Classifiers, Embedding, Encoder, Ensemble, Linear, Ngrams, Rules, Words
from nutgraf.config.section import Section
from nutgraf.config.stages import (
    Annotate,
    Columns,
    Compare,
    Evaluate,
    Input,
    Label,
    Log,
    Partition,
    Promote,
    Read,
    Report,
    Split,
    Train,
)
from nutgraf.errors import NutgrafError, unknown

__all__ = [
    "Annotate",
    "Classifiers",
    "Columns",
    "Compare",
    "Config",
    "Embedding",
    "Encoder",
    "Ensemble",
    "Evaluate",
    "Input",
    "Label",
    "Linear",
    "Log",
    "Ngrams",
    "Partition",
    "Promote",
    "Read",
    "Report",
    "Rules",
    "Section",
    "Split",
    "Train",
    "Words",
    "changed",
    "explain",
    "load",
    "load_yaml",
    "write",
]


class Config(Section):
    """All knobs."""

    read: Read = Read()
    split: Split = Split()
    annotate: Annotate = Annotate()
    partition: Partition = Partition()
    train: Train = Train()
    classifiers: Classifiers = Classifiers()
    evaluate: Evaluate = Evaluate()
    log: Log = Log()
    compare: Compare = Compare()
    promote: Promote = Promote()
    label: Label = Label()
    report: Report = Report()


def load_yaml(path: Path) -> Any:
    """Read a YAML 1.2 file, as DVC does: `1e-5` is a number, `NO` is a string.

    Raises NutgrafError naming the file, and the line where the YAML is broken.
    """
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NutgrafError(f"{path}: no such file") from None
    except (YAMLError, ValueError) as error:  # ruamel lets through what int() and datetime() say
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise NutgrafError(f"{path}{where}: not valid YAML: {getattr(error, 'problem', error)}") from None


def explain(error: ValidationError, model: type[BaseModel], what: str = "knob") -> str:
    """Turn pydantic's first complaint into a line that names the place and, if misspelt, the nearest known name."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] != "extra_forbidden":
        message = first["msg"].removeprefix("Value error, ")
        return f"{place + ': ' if place else ''}{message[:1].lower()}{message[1:]}"
    for part in first["loc"][:-1]:
        if isinstance(part, str):
            model = _inner(model.model_fields[part].annotation, model)
    within = "".join(f"{part}." for part in first["loc"][:-1])
    return unknown(what, first["loc"][-1], model.model_fields, within)


def _inner(annotation: Any, default: type[BaseModel]) -> type[BaseModel]:
    """The model that a field holds, or holds many of."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return default


def load(path: Path | None) -> Config:
    """Read and check the knobs; without a path, all have their defaults.

    Raises NutgrafError naming the file and the knob.
    """
    if path is None:
        return Config()
    values = load_yaml(path)
    if not isinstance(values, dict | None):
        raise NutgrafError(f"{path}: must hold sections of knobs, not a {type(values).__name__}")
    try:
        return Config.model_validate(values or {})
    except ValidationError as error:
        raise NutgrafError(f"{path}: {explain(error, Config)}") from None


def changed(section: Any, values: dict[str, Any]) -> Any:
    """The section with other values for some knobs. Raises NutgrafError naming the knob that does not fit."""
    try:
        return type(section).model_validate(section.model_dump() | values)
    except ValidationError as error:
        raise NutgrafError(explain(error, type(section))) from None


def write(config: Config, path: Path) -> None:
    """Write all knobs, as `load` reads them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(config.model_dump(mode="json"), file)
