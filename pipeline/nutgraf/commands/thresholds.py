"""Other thresholds than the model's own, as a person asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.bundle import Bundle

Command = TypeVar("Command", bound=Callable[..., Any])


def threshold_options(command: Command) -> Command:
    """Add --goal and --threshold, which come as `goal` and `thresholds`."""
    one = click.option(
        "--threshold", "thresholds", multiple=True, help="LABEL=PROBABILITY, in place of the model's own."
    )
    goal = click.option("--goal", help="Choose thresholds anew: f1, half, fbeta=0.5, precision=0.9, recall=0.95.")
    return goal(one(command))


def decided(model: Bundle, goal: str | None, given: tuple[str, ...]) -> Bundle:
    """The model with the thresholds that were asked for. Raises NutgrafError for one that is none."""
    from nutgraf import thresholds

    if goal is not None:
        model = model.with_goal(thresholds.parse(goal))
        for label, fitted in zip(model.labels, model.calibrations, strict=True):
            if fitted.note:
                print(f"note: {label}: {fitted.note}")
    values: dict[str, float] = {}
    for text in given:
        name, _, value = text.partition("=")
        try:
            values[name] = float(value)
        except ValueError:
            raise NutgrafError(f"--threshold {text!r}: must be LABEL=PROBABILITY, as humanitarian=0.3") from None
        if not 0 <= values[name] <= 1:
            raise NutgrafError(f"--threshold {text!r}: must be from 0 to 1")
    return model.with_thresholds(values)
