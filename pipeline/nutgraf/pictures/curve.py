"""The learning curve as a picture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from nutgraf.curve import Point
from nutgraf.pictures import COLOURS


def learning_curve(points: Sequence[Point]) -> Figure:
    """Macro-F1 over the paragraphs trained on, a panel for each set scored; bars are the range of the draws."""
    sets = list(dict.fromkeys(point.on for point in points))
    kinds = list(dict.fromkeys(point.kind for point in points))
    figure = Figure(figsize=(3.6 * len(sets) + 0.6, 3.6), layout="constrained")
    panels = figure.subplots(1, len(sets), sharey=True, squeeze=False)[0]
    for axes, name in zip(panels, sets, strict=True):
        for kind, colour, marker in zip(kinds, itertools.cycle(COLOURS), itertools.cycle("os^Dv")):
            here = [point for point in points if (point.on, point.kind) == (name, kind)]
            shares = sorted({point.share for point in here})
            some = [[point for point in here if point.share == share] for share in shares]
            x = [float(np.mean([point.paragraphs for point in those])) for those in some]
            y = [[point.macro for point in those] for those in some]
            means = [float(np.mean(values)) for values in y]
            spread = [
                [m - min(v) for m, v in zip(means, y, strict=True)],
                [max(v) - m for m, v in zip(means, y, strict=True)],
            ]
            axes.errorbar(x, means, yerr=spread, color=colour, marker=marker, capsize=3, label=kind)
        axes.set(title=name, xlabel="paragraphs trained on")
        axes.grid(alpha=0.25)
    panels[0].set_ylabel("macro-F1")
    panels[0].legend(loc="lower right", fontsize=8)
    return figure
