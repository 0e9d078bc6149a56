"""A sweep as parallel coordinates: an axis a knob, a line a training, its colour the score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure

from nutgraf.sweep import Outcome, best

_TOO_NEAR = 0.06  # of ticks
_APART = 0.03  # by which the lines through one value are spread
_NONE = -0.12  # where a knob that has no bearing is passed


def parallel_coordinates(names: Sequence[str], outcomes: Sequence[Outcome], metric: str) -> Figure:
    """The axes are the knobs and, as the last, the metric; the best training is drawn thick.

    Numbers that span more than a factor of 20 stand on a logarithmic axis; what is no number, in the order met. A knob
    that has no bearing on a training is passed at the bottom, below its values. Lines are parted a little.
    """
    some = sorted((one for one in outcomes if one.score is not None), key=lambda one: one.score or 0.0)
    columns = [[one.choice.values.get(name) for one in some] for name in names] + [[one.score for one in some]]
    placed = [_axis(column) for column in columns]
    figure = Figure(figsize=(2.2 * len(columns) + 1.5, 4.2), layout="constrained")
    axes = figure.add_subplot()
    scores = np.array([one.score for one in some], float)
    shades = colormaps["viridis"](0.92 * (scores - scores.min()) / max(1e-9, float(np.ptp(scores))))
    top = best(some)
    for i, one in enumerate(some):
        width, order = (3.0, 3) if one is top else (1.2, 2)
        apart = _APART * (i / max(1, len(some) - 1) - 0.5)
        heights = [*(places[i] + apart for places, _ in placed[:-1]), placed[-1][0][i]]
        axes.plot(range(len(columns)), heights, color=shades[i], linewidth=width, zorder=order)
    for x, (_, ticks) in enumerate(placed):
        axes.axvline(x, color="#3a3835", linewidth=0.8)
        for height, text in ticks:
            axes.text(
                x + 0.03, height, text, fontsize=8, va="center", bbox={"facecolor": "white", "alpha": 0.7, "lw": 0}
            )
    axes.set_xticks(range(len(columns)), [name.removeprefix("classifiers.") for name in (*names, metric)], fontsize=9)
    axes.set(ylim=(-0.17, 1.05), xlim=(-0.1, len(columns) - 0.6), title=f"{len(some)} trainings; thick: the best")
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    return figure


def _axis(values: Sequence[Any]) -> tuple[list[float], list[tuple[float, str]]]:
    """Where each value stands, from 0 to 1 (or at the bottom), and the ticks of the axis."""
    there = [value for value in values if value is not None]
    if there and all(isinstance(value, int | float) and not isinstance(value, bool) for value in there):
        numbers = np.array(there, float)
        if numbers.min() > 0 and numbers.max() / numbers.min() > 20:
            numbers = np.log(numbers)
        places = ((numbers - numbers.min()) / max(1e-12, float(np.ptp(numbers)))).tolist()
        where = dict(zip(there, places, strict=True))
        ticks = [(where[value], f"{value:.4g}") for value in sorted(where)]
    else:
        kinds = list(dict.fromkeys(map(str, there)))
        where = {value: kinds.index(str(value)) / max(1, len(kinds) - 1) for value in map(str, there)}
        ticks = [(where[kind], kind[:24]) for kind in kinds]
        values = [None if value is None else str(value) for value in values]
    if len(there) < len(values):
        ticks.insert(0, (_NONE, "–"))
    return [_NONE if value is None else where[value] for value in values], _spaced(ticks)


def _spaced(ticks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The ticks without those that stand too near the one before; the last one always."""
    kept: list[tuple[float, str]] = []
    for place, text in reversed(ticks):
        if not kept or kept[-1][0] - place >= _TOO_NEAR:
            kept.append((place, text))
    return kept[::-1]
