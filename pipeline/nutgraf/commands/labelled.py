"""What the commands that take labelled tables share: their rows, and the articles that these are of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.commands.edge import Refusals
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.read.rows import Row
    from nutgraf.records import Article, Refusal


def rows_of(path: Path) -> Iterator[Row | Refusal]:
    """The rows of a table that `nutgraf label` wrote: JSONL, CSV or Parquet."""
    from nutgraf.read.rows import rows
    from nutgraf.read.sources import of_file
    from nutgraf.records import Refusal
    from nutgraf.report import fault

    if not path.is_file():
        raise NutgrafError(f"{path}: no such file")

    def checked(number: int, row: Row | Refusal) -> Row | Refusal:
        wrong = "" if isinstance(row, Refusal) else fault(row)
        return Refusal(path=str(path), record=number, reason="bad_record", detail=wrong) if wrong else row

    return itertools.starmap(checked, rows(of_file(path)))


def articles_of(path: Path, refusals: Refusals) -> dict[str, Article]:
    """The articles of a file that `nutgraf read` wrote, by id."""
    from nutgraf.files import open_bytes, read_jsonl
    from nutgraf.records import Article

    if not path.is_file():
        raise NutgrafError(f"{path}: no such file")
    with open_bytes(path) as file:
        return {article.id: article for article in refusals.sift(read_jsonl(file, Article, str(path)))}
