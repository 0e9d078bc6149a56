"""Counts as a picture."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nutgraf.counts import WHOLE, Count
from nutgraf.pictures import COLOURS

_WIDEST, _MOST_TICKS = 20.0, 50  # inches


def counts(found: Sequence[Count], labels: Sequence[str]) -> Figure:
    """Counts as labelled and as corrected with their intervals: over the periods, if there are some, else by label."""
    periods = [name for name in dict.fromkeys(one.period for one in found) if name != WHOLE]
    if not periods:
        return _counts_alone(found)
    width = min(_WIDEST, max(6.0, 0.35 * len(periods) + 3))
    figure = Figure(figsize=(width, 1.9 * len(labels) + 0.3), layout="constrained")
    panels = figure.subplots(len(labels), 1, sharex=True, squeeze=False)[:, 0]
    for axes, label, colour in zip(panels, labels, itertools.cycle(COLOURS)):
        here = [one for one in found if one.label == label and one.period != WHOLE]
        places = range(len(here))
        axes.bar(places, [one.labelled for one in here], color="#d7d3cc", label="as labelled")
        some = [(place, one) for place, one in zip(places, here, strict=True) if one.corrected is not None]
        _corrected(axes, [place for place, _ in some], [one for _, one in some], colour)
        axes.set_ylabel("paragraphs")
        axes.set_title(label, loc="left", fontsize=10)
        axes.grid(alpha=0.25, axis="y")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", ncols=2, fontsize=8)
    shown = range(0, len(periods), math.ceil(len(periods) / _MOST_TICKS))
    panels[-1].set_xticks(shown, [periods[i] for i in shown], rotation=60 if len(shown) > 8 else 0, fontsize=8)
    return figure


def _counts_alone(found: Sequence[Count]) -> Figure:
    figure = Figure(figsize=(max(4.0, 1.4 * len(found)), 3.4), layout="constrained")
    axes = figure.add_subplot()
    axes.bar(range(len(found)), [one.labelled for one in found], color="#d7d3cc", label="as labelled")
    some = [(place, one) for place, one in enumerate(found) if one.corrected is not None]
    _corrected(axes, [place for place, _ in some], [one for _, one in some], COLOURS[1])
    axes.set_xticks(range(len(found)), [one.label for one in found])
    axes.set(ylabel="paragraphs", title=f"of {found[0].paragraphs} paragraphs")
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower right", ncols=2, fontsize=8)
    return figure


def _corrected(axes: Any, places: Sequence[int], some: Sequence[Count], colour: str) -> None:
    """Points with their intervals."""
    values = np.array([[one.corrected, one.low, one.high] for one in some], float).reshape(-1, 3)
    spread = np.abs(values[:, 1:] - values[:, :1]).T
    axes.errorbar(places, values[:, 0], yerr=spread, fmt="o", color=colour, capsize=3, label="corrected, 95%")
