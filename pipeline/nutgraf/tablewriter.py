"""Tables written as a stream: JSONL, CSV or Parquet by the file's ending, whole or not at all."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from nutgraf.errors import NutgrafError, unknown
from nutgraf.files import atomic, write_jsonl

Row = dict[str, Any]
ENDINGS = (".jsonl", ".csv", ".parquet")
_ROW_GROUP = 10_000


def check_ending(path: Path) -> None:
    """Raise NutgrafError unless the file's ending is one that can be written."""
    if path.suffix.lower() not in ENDINGS:
        raise NutgrafError(f"{path}: {unknown('ending', path.suffix or path.name, ENDINGS)}")


def write(path: Path, rows: Iterable[Row], columns: dict[str, type], excel: bool = False) -> int:
    """Write rows as they come; returns their number. `columns` gives names and types in order.

    `excel` writes a CSV that Excel opens rightly by a double click: with a byte order mark, and with cells
    that it would take for formulas made harmless by an apostrophe (OWASP, "CSV Injection").
    """
    check_ending(path)
    writer: dict[str, Callable[..., int]] = {
        ".jsonl": _jsonl,
        ".csv": _excel if excel else _csv,
        ".parquet": _parquet,
    }
    return writer[path.suffix.lower()](path, rows, columns)


def _jsonl(path: Path, rows: Iterable[Row], columns: dict[str, type]) -> int:
    return write_jsonl(path, rows)


def _csv(path: Path, rows: Iterable[Row], columns: dict[str, type], encoding: str = "utf-8") -> int:
    count = 0
    with atomic(path) as part, part.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for count, row in enumerate(rows, start=1):  # noqa: B007  (its last value is the result)
            writer.writerow([str(row[name]).lower() if kind is bool else row[name] for name, kind in columns.items()])
    return count


def _excel(path: Path, rows: Iterable[Row], columns: dict[str, type]) -> int:
    def harmless(row: Row) -> Row:
        return {k: f"'{v}" if isinstance(v, str) and v[:1] in "=+-@\t\r" and v else v for k, v in row.items()}

    return _csv(path, map(harmless, rows), columns, encoding="utf-8-sig")


def _parquet(path: Path, rows: Iterable[Row], columns: dict[str, type]) -> int:
    import pyarrow
    import pyarrow.parquet

    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    count = 0
    with atomic(path) as part, pyarrow.parquet.ParquetWriter(part, schema) as writer:
        for some in _batched(rows, _ROW_GROUP):
            writer.write_batch(pyarrow.RecordBatch.from_pylist(some, schema=schema))
            count += len(some)
    return count


def _batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while some := list(itertools.islice(iterator, size)):
        yield some
