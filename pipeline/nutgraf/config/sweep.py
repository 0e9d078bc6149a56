"""A sweep as a file: which knobs are varied, and how choices are made."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from nutgraf.config.section import Section
from nutgraf.errors import NutgrafError

_HIGHER_IS_BETTER = (
    *("f1", "precision", "recall", "average_precision", "exact_match", "example_f1"),
    *("article_f1", "article_precision", "article_recall"),
)


class Range(Section):
    """Numbers to draw from, both ends among them."""

    low: float
    high: float
    log: bool = False  # as often between 1 and 10 as between 10 and 100
    whole: bool = False  # whole numbers alone

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if self.low >= self.high or (self.log and self.low <= 0):
            raise ValueError("low must be under high, and over 0 where log is true")
        return self


class Sweep(Section):
    """The contents of sweep.yaml."""

    choose: Literal["grid", "random"] = "grid"  # every combination of the values, or `runs` at random
    runs: int = Field(20, ge=1)
    seed: int = Field(1, ge=0)  # of the random choices
    metric: str = "validation/macro/f1"  # what the best is chosen by
    knobs: dict[str, Any] = Field(min_length=1)  # path (train.input, ...) to a list of values, or to a Range

    @model_validator(mode="after")
    def _can_be_made(self) -> Sweep:
        if not self.metric.startswith("validation/"):
            raise ValueError("metric must be one of validation/...: what is chosen by test is no longer tested by it")
        if self.metric.rpartition("/")[2] not in _HIGHER_IS_BETTER:
            raise ValueError(f"metric must end in one of {', '.join(_HIGHER_IS_BETTER)}")
        for name in self.knobs:
            if isinstance(self.of(name), Range) and self.choose == "grid":
                raise ValueError(f"knobs.{name} is a range: list its values, or set choose: random")
        return self

    def of(self, name: str) -> list[Any] | Range:
        """What a knob may be. Raises ValueError where that is neither a list nor a range."""
        values = self.knobs[name]
        if isinstance(values, list) and values:
            return values
        try:
            return Range.model_validate(values)
        except ValidationError as error:
            where = ".".join(("knobs", name, *map(str, error.errors()[0]["loc"])))
            raise ValueError(f"{where}: must be a list of values, or a range with low and high") from None


def load(path: Path) -> Sweep:
    """Read and check a sweep. Raises NutgrafError naming the file and the line or knob."""
    from nutgraf.config import explain, load_yaml

    values = load_yaml(path)
    try:
        return Sweep.model_validate(values)
    except ValidationError as error:
        raise NutgrafError(f"{path}: {explain(error, Sweep)}") from None
