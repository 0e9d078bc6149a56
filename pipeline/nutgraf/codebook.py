"""The codebook as data: labels, their meaning, and the rules that may propose them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from nutgraf.config import explain, load_yaml
from nutgraf.errors import NutgrafError, unknown

_NAME = r"^[A-Za-z][A-Za-z0-9_]{0,63}$"
Name = Annotated[str, StringConstraints(pattern=_NAME)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
# dark enough for white text on them, and told apart by the colour-blind (Okabe and Ito 2008, darkened)
PALETTE = ("#a3420b", "#0b5c8c", "#0a6b4c", "#6b3f87", "#7a5c00", "#8c2f5a", "#3f5f6b", "#555555")
# names of the columns that stand beside the labels in a labelled table
# and the words that have a meaning in annotations
RESERVED = frozenset({"id", "article_id", "paragraph", "start", "end", "text", "labels", "none", "uncertain"})

NONE = "none"  # written by people for a paragraph that bears no label; an empty cell is not annotated yet


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Entry):
    """A labelling rule: either phrases to look for, or the name of a function in `rules.py`."""

    name: Name
    version: int = 1
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()  # phrases that lend nothing: they are passed over before looking
    function: str = ""

    @model_validator(mode="after")
    def _one_way_to_decide(self) -> Rule:
        if bool(self.phrases) == bool(self.function):
            raise ValueError("a rule has either phrases or a function")
        for phrase in (*self.phrases, *self.unless):
            words = phrase.split()
            if (
                not words
                or "..." in (words[0], words[-1])
                or not all(any(map(str.isalnum, w)) or w == "..." for w in words)
            ):
                raise ValueError(f"the phrase {phrase!r} would match anything or nothing")
        return self


class Label(_Entry):
    """One label: its name in tables, how people call it, what it means."""

    name: Name
    title: str = ""
    colour: Colour | None = None
    definition: str = ""
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


class Codebook(_Entry):
    """The labels in their fixed order."""

    labels: tuple[Label, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_differ(self) -> Codebook:
        for name, count in Counter(self.names).items():
            if count > 1:
                raise ValueError(f"the label {name!r} stands {count} times")
            if name in RESERVED or name.startswith("p_"):
                raise ValueError(f"{name!r} has a meaning of its own in tables and cannot name a label")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the labels."""
        return tuple(label.name for label in self.labels)

    def check(self, names: tuple[str, ...]) -> str:
        """Return what is wrong with these label names, or an empty string."""
        return next((unknown("label", name, self.names) for name in names if name not in self.names), "")

    def title(self, name: str) -> str:
        """How people call the label."""
        given = next((label.title for label in self.labels if label.name == name), "")
        return given or name.replace("_", " ").capitalize()

    def colour(self, name: str) -> str:
        """The colour of the label: its own, or the palette's for its place."""
        given = next((label.colour for label in self.labels if label.name == name), None)
        return given or PALETTE[self.names.index(name) % len(PALETTE)]


def of_names(names: tuple[str, ...]) -> Codebook:
    """A codebook that knows no more than the labels' names. Raises NutgrafError for unfit names."""
    for name in names:
        if not re.fullmatch(_NAME, name):
            raise NutgrafError(
                f"the label {name!r} cannot name a column: a letter first, then letters, digits and _, at most 64"
            )
    return _validated({"labels": [{"name": name} for name in names]}, "labels")


def load(path: Path) -> Codebook:
    """Read labels.yaml. Raises NutgrafError naming the file and what is wrong."""
    return _validated(load_yaml(path), str(path))


def _validated(values: Any, where: str) -> Codebook:
    try:
        return Codebook.model_validate(values)
    except ValidationError as error:
        raise NutgrafError(f"{where}: {explain(error, Codebook, 'field')}") from None
