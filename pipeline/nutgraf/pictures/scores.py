"""Pictures of a model's scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter
from sklearn.calibration import calibration_curve
from sklearn.metrics import PrecisionRecallDisplay

from nutgraf.classifiers import Bools, Floats
from nutgraf.pictures import COLOURS
from nutgraf.slices import Slice


def precision_recall(label: str, borne: Bools, probabilities: Floats, threshold: float, part: str) -> Figure:
    """The precision-recall curve of one label, with the point of its threshold. One-dimensional arrays."""
    figure = Figure(figsize=(5, 4.2), layout="constrained")
    axes = figure.add_subplot()
    PrecisionRecallDisplay.from_predictions(
        borne,
        probabilities,
        ax=axes,
        plot_chance_level=True,
        curve_kwargs={"color": "#0b5c8c", "linewidth": 2},
    )
    given = probabilities >= threshold
    hits = int((given & borne).sum())
    if given.any() and borne.any():
        x, y = hits / int(borne.sum()), hits / int(given.sum())
        axes.plot(x, y, "o", color="#a3420b", markersize=9, label=f"threshold {threshold:.2f}: P {y:.2f}, R {x:.2f}")
    axes.set(
        title=f"{label} on {part} ({int(borne.sum())} of {len(borne)} paragraphs)",
        xlabel="recall",
        ylabel="precision",
    )
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.05))
    axes.grid(alpha=0.25)
    axes.legend(loc="lower left", fontsize=8)
    return figure


def co_occurrence(labels: Sequence[str], borne: Bools, given: Bools, part: str) -> Figure:
    """How often two labels stand together, as people and as the model have it; the diagonal counts each label.

    Arrays have the shape (paragraphs, labels).
    """
    figure = Figure(figsize=(4.6 * 2, 4.4), layout="constrained")
    counts = [
        (title, table.T.astype(int) @ table.astype(int)) for title, table in (("people", borne), ("model", given))
    ]
    top = max(1, max(int(table.max()) for _, table in counts))
    for place, (title, table) in enumerate(counts, start=1):
        axes = figure.add_subplot(1, 2, place)
        axes.imshow(table, cmap="Blues", vmin=0, vmax=top)
        axes.set_xticks(range(len(labels)), labels, rotation=35, ha="right")
        axes.set_yticks(range(len(labels)), labels if place == 1 else [""] * len(labels))
        axes.set_title(title)
        for row, column in np.ndindex(*table.shape):
            colour = "white" if table[row, column] > top * 0.6 else "black"
            axes.text(column, row, str(table[row, column]), ha="center", va="center", color=colour)
    figure.suptitle(f"Labels together, {part} ({len(borne)} paragraphs)")
    return figure


def reliability(labels: Sequence[str], borne: Bools, probabilities: Floats, part: str) -> Figure:
    """How often a label is borne where it was promised with a probability, a panel a label; below, how often it was.

    Arrays have the shape (paragraphs, labels). Points are tenths of the range of probabilities.
    """
    figure = Figure(figsize=(3.2 * len(labels) + 0.4, 4.2), layout="constrained")
    panels = figure.subplots(2, len(labels), sharex=True, squeeze=False, height_ratios=[3, 1])
    for i, label in enumerate(labels):
        above, below = panels[:, i]
        outcome, promised = calibration_curve(borne[:, i], probabilities[:, i], n_bins=10)
        above.plot([0, 1], [0, 1], color="#8a867e", linestyle=":", linewidth=1)
        above.plot(promised, outcome, "o-", color=COLOURS[1], linewidth=2)
        above.set(title=label, xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
        above.grid(alpha=0.25)
        below.hist(probabilities[:, i], bins=10, range=(0, 1), color="#8a867e")
        below.set(xlabel="probability", yscale="log", ylim=(0.8, 2 * len(borne)))
        below.yaxis.set_minor_formatter(NullFormatter())
    panels[0, 0].set_ylabel("share that bears the label")
    panels[1, 0].set_ylabel("paragraphs")
    figure.suptitle(f"Promise and outcome, {part} ({len(borne)} paragraphs)")
    return figure


def slices(found: Sequence[Slice], whole: float, part: str, most: int = 30) -> Figure:
    """F1 over all labels of the slices that are worst off, with intervals; the line is the whole part."""
    some = sorted(found, key=lambda one: one.high)[:most][::-1]
    figure = Figure(figsize=(7, 0.26 * len(some) + 1.3), layout="constrained")
    axes = figure.add_subplot()
    places = range(len(some))
    spread = [[max(0.0, one.f1 - one.low) for one in some], [max(0.0, one.high - one.f1) for one in some]]
    axes.errorbar([one.f1 for one in some], places, xerr=spread, fmt="o", color=COLOURS[1], capsize=2)
    axes.axvline(whole, color=COLOURS[0], linewidth=1, label=f"the whole part: {whole:.3f}")
    names = [f"{one.by}: {one.value[:40]} ({one.paragraphs})" for one in some]
    axes.set_yticks(places, names, fontsize=8)
    axes.set(xlabel="F1 over all labels, 95% interval", title=f"Slices, {part}", xlim=(0, 1.02))
    axes.grid(alpha=0.25, axis="x")
    axes.legend(loc="lower left", fontsize=8)
    return figure
