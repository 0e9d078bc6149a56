"""The formats that are read, by extension, and the module that reads each."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TypeVar

from nutgraf.config import Read
from nutgraf.read import page, tables, text
from nutgraf.read.sources import Source
from nutgraf.records import Article, Refusal

Item = TypeVar("Item")
WHOLE = {  # formats that hold one article and are read into memory
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".html": page.read,
    ".htm": page.read,
    ".xhtml": page.read,
}
STREAMED = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")  # one article a record


def read(source: Source, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one source by the format that its extension names."""
    if source.problem:
        yield Refusal(path=source.name, reason="unreadable", detail=source.problem)
    elif source.suffix in STREAMED:
        yield from guarded(source, tables.articles(source, knobs))
    elif source.suffix in WHOLE:
        yield from guarded(source, _whole(source, knobs))
    else:
        known = " ".join((*WHOLE, *STREAMED))
        detail = f"{source.suffix or 'no extension'}; known: {known}, each also with .gz"
        yield Refusal(path=source.name, reason="unknown_format", detail=detail)


def guarded(source: Source, items: Iterator[Item | Refusal]) -> Iterator[Item | Refusal]:
    """The same items; a file that breaks off is a Refusal after them, one that held none is refused as empty."""
    nothing = True
    try:
        for item in items:
            nothing = False
            yield item
    except (EOFError, zlib.error) as error:
        nothing = False
        yield Refusal(path=source.name, reason="broken_file", detail=str(error))
    except OSError as error:  # gzip's BadGzipFile is one, too
        nothing = False
        reason = "unreadable" if error.errno else "broken_file"
        yield Refusal(path=source.name, reason=reason, detail=error.strerror or str(error))
    if nothing:
        yield Refusal(path=source.name, reason="empty")


def _whole(source: Source, knobs: Read) -> Iterator[Article | Refusal]:
    bound = knobs.max_megabytes * 1_000_000
    with source.open() as file:
        data = file.read(bound + 1)
    if len(data) > bound:
        yield Refusal(path=source.name, reason="too_large", detail=f"over {knobs.max_megabytes} megabytes")
    elif data.strip():
        yield from WHOLE[source.suffix](data, source.name, knobs)
