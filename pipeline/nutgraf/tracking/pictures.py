"""Pictures of a model's scores, drawn for reading."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from sklearn.metrics import PrecisionRecallDisplay

from nutgraf.classifiers import Bools, Floats


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
