"""Sweeps: the trainings that a sweep asks for, each known by what it is made of."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from pydantic import ValidationError
from scipy.stats import loguniform, randint, uniform
from sklearn.model_selection import ParameterGrid, ParameterSampler

import nutgraf
from nutgraf.codebook import Codebook
from nutgraf.config import Config, Section, explain
from nutgraf.config.sweep import Range, Sweep
from nutgraf.errors import NutgrafError, unknown
from nutgraf.partition import Part
from nutgraf.records import Annotation, digest

_SECTIONS = ("train", "classifiers", "partition")  # what training goes by


class Choice(Struct, frozen=True):
    """One training: the values chosen, all knobs with them, the kind, and the digest of all that it is made of."""

    values: dict[str, Any]  # without those of other kinds
    knobs: Config
    kind: str
    key: str


class Outcome(Struct, frozen=True):
    """What came of a choice: its score by the sweep's metric, or why there is none."""

    choice: Choice
    score: float | None
    why: str = ""


def choices(
    sweep: Sweep,
    base: Config,
    codebook: Codebook,
    annotations: Sequence[Annotation],
    known: Mapping[str, Part] | None = None,
) -> list[Choice]:
    """The trainings of a sweep, those that would be the same once.

    Raises NutgrafError for a knob that there is not, is no knob of training, or does not take a value.
    """
    texts = digest(*sorted(msgspec.json.encode(one).decode() for one in annotations))
    data = [texts, codebook.model_dump_json(), sorted((known or {}).items()), nutgraf.__version__]
    found: dict[str, Choice] = {}
    for values in _drawn(sweep):
        knobs = with_values(base, values)
        kind = knobs.train.kind
        kinds = [kind, *getattr(knobs.classifiers.of(kind), "members", ())]
        sections: list[Section] = [knobs.train, knobs.partition, knobs.evaluate, *map(knobs.classifiers.of, kinds)]
        made_of = json.dumps([*data, kinds, *(section.model_dump() for section in sections)], sort_keys=True)
        key = digest(made_of)
        found.setdefault(key, Choice({k: v for k, v in values.items() if _bears_on(k, kinds)}, knobs, kind, key))
    return list(found.values())


def _bears_on(path: str, kinds: Sequence[str]) -> bool:
    """Whether a knob has any bearing on a training of these kinds."""
    section, *more = path.split(".")
    return section != "classifiers" or more[:1] == [] or more[0] in kinds


def with_values(base: Config, values: Mapping[str, Any]) -> Config:
    """The knobs with other values for some, named by their path. Raises NutgrafError as `choices` does."""
    tree = base.model_dump()
    for path, value in values.items():
        *sections, last = path.split(".")
        if sections[:1] and sections[0] not in _SECTIONS:
            raise NutgrafError(f"{path}: is no knob of training; a sweep varies those of {', '.join(_SECTIONS)}")
        place: Any = tree
        for depth, name in enumerate((*sections, last)):
            known = place if isinstance(place, dict) else {}
            if name not in known:
                raise NutgrafError(unknown("knob", name, known, "".join(f"{one}." for one in sections[:depth])))
            if depth < len(sections):
                place = place[name]
        place[last] = value
    try:
        return Config.model_validate(tree)
    except ValidationError as error:
        raise NutgrafError(explain(error, Config)) from None


def _drawn(sweep: Sweep) -> Iterator[dict[str, Any]]:
    """Values by the path of their knob."""
    options = {name: sweep.of(name) for name in sweep.knobs}
    if sweep.choose == "grid":
        yield from ParameterGrid(options)
        return
    ways = {name: _distribution(one) if isinstance(one, Range) else one for name, one in options.items()}
    lists = [one for one in options.values() if isinstance(one, list)]
    runs = min(sweep.runs, math.prod(map(len, lists))) if len(lists) == len(options) else sweep.runs
    for values in ParameterSampler(ways, runs, random_state=sweep.seed):
        yield {name: value.item() if isinstance(value, np.generic) else value for name, value in values.items()}


def _distribution(given: Range) -> Any:
    if given.whole:
        return randint(round(given.low), round(given.high) + 1)
    return loguniform(given.low, given.high) if given.log else uniform(given.low, given.high - given.low)


def outcome(choice: Choice, metric: str, scores: Mapping[str, Any], why: str) -> Outcome:
    """The outcome of a choice whose scores, by part, are these."""
    part, label, name = [*metric.split("/"), "", ""][:3]
    score = scores.get(part, {}).get(label, {}).get(name)
    return Outcome(choice, score, why or ("" if score is not None else f"there is no score {metric}"))


def best(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome with the best score; of equal ones the first. Raises NutgrafError if none has a score."""
    scored = [one for one in outcomes if one.score is not None]
    if not scored:
        raise NutgrafError(f"none of the {len(outcomes)} trainings gave a score; the first: {outcomes[0].why}")
    return max(scored, key=lambda one: one.score or 0.0)


def table(sweep: Sweep, outcomes: Sequence[Outcome]) -> list[list[str]]:
    """The choices and their scores, the best first, below the names of the columns."""
    names = list(sweep.knobs)
    rows = [["choice", *names, sweep.metric, "note"]]
    for one in sorted(outcomes, key=lambda one: -(one.score if one.score is not None else -1.0)):
        cells = [str(one.choice.values.get(name, "")) for name in names]
        rows.append([one.choice.key, *cells, "" if one.score is None else f"{one.score:.4f}", one.why])
    return rows
