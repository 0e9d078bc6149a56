"""The points of a learning curve as CSV, out and in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.commands.tables import csv_rows, write_csv
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.curve import Point

_HEAD = ("kind", "share", "draw", "groups", "paragraphs", "on", "macro")  # and behind these a column a label


def read_points(path: Path) -> list[Point]:
    """The points of a learning curve, as `nutgraf curve` wrote them."""
    from nutgraf.curve import Point
    from nutgraf.records import Refusal

    found = []
    for number, row in csv_rows(path, _HEAD):
        try:
            if isinstance(row, Refusal):
                raise ValueError(row.reason)
            share, macro = float(row["share"]), float(row["macro"])
            draw, groups, paragraphs = (int(row[name]) for name in ("draw", "groups", "paragraphs"))
        except ValueError as error:
            raise NutgrafError(f"{path}: row {number + 1}: not written by `nutgraf curve`: {error}") from None
        point = Point(
            kind=row["kind"],
            share=share,
            draw=draw,
            groups=groups,
            paragraphs=paragraphs,
            on=row["on"],
            macro=macro,
            labels={},
        )
        found.append(point)
    return found


def write_points(path: Path, points: Sequence[Point], labels: Sequence[str]) -> None:
    """Write a row a point."""
    rows = [
        [
            *(point.kind, point.share, point.draw, point.groups, point.paragraphs, point.on),
            *(f"{number:.4f}" for number in (point.macro, *point.labels.values())),
        ]
        for point in points
    ]
    write_csv(path, [[*_HEAD, *labels], *rows])
