"""Tables that people keep and open: CSV in, CSV out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nutgraf.errors import NutgrafError


def csv_rows(path: Path, needed: tuple[str, ...], others: tuple[str, ...] = ()) -> Iterator[tuple[int, Any]]:
    """The rows of a CSV as people save them: comma or semicolon, UTF-8 or Windows, names of columns in any case."""
    from nutgraf.read.rows import rows
    from nutgraf.read.sources import of_file
    from nutgraf.records import Refusal

    if not path.is_file():
        raise NutgrafError(f"{path}: no such file")
    for number, row in rows(of_file(path)):
        if isinstance(row, Refusal):
            yield number, row
            continue
        cells = {str(key).strip().lower(): str(value or "").strip() for key, value in row.items()}
        if missing := [column for column in needed if column not in cells]:
            raise NutgrafError(f"{path}: has no column {missing[0]!r}; it has {', '.join(cells)}")
        yield number, {column: cells.get(column, "") for column in (*needed, *others)}


def write_csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    import csv

    from nutgraf.files import atomic

    with atomic(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
