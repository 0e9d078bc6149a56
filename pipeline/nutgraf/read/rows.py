"""Tables as streams of records: JSONL, JSON, CSV, TSV and Parquet, whatever their columns."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from nutgraf.files import numbered_jsonl
from nutgraf.read.archives import Opened, seekable, unpacked
from nutgraf.read.sniff import HEAD, format_of
from nutgraf.read.sources import Source
from nutgraf.records import Refusal

Row = Mapping[str, Any]
Numbered = Iterator[tuple[int, Row | Refusal]]
TABLES = ("jsonl", "json", "csv", "tsv", "parquet")
_LONGEST = 64_000_000  # bytes of a line: a longer one is no article, and would be held in memory
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LISTS = ("articles", "data", "documents", "docs", "items", "records", "results", "response", "news")


class TooLongError(ValueError):
    """A line, or a file that must be held whole, is over the bound."""


def rows(source: Source) -> Numbered:
    """Stream the records of a table in a file of ours, packed or not; what is no table has none. Raises OSError."""
    for opened in unpacked(source, _LONGEST):
        if isinstance(opened, Refusal):
            yield 0, opened
        else:
            yield from records(opened, format_of(opened.file.peek(HEAD), opened.suffix), _LONGEST)


def records(opened: Opened, kind: str, bound: int) -> Numbered:
    """Stream the records, numbered from 1 (JSONL: by line); a broken one is a Refusal in its place.

    Raises TooLongError where a line, or a file that is no stream, is over `bound` bytes.
    """
    if kind == "parquet":
        yield from _parquet(opened, bound)
    elif kind == "json":
        yield from _json(opened, bound)
    elif kind == "jsonl":
        yield from numbered_jsonl(_lines(opened, bound), dict, opened.name)
    elif kind in ("csv", "tsv"):
        yield from _csv(opened, kind, bound)


def _lines(opened: Opened, bound: int) -> Iterator[bytes]:
    while line := opened.file.readline(bound + 1):
        if len(line) > bound:
            raise TooLongError(f"a line of over {bound // 1_000_000} megabytes; the rest of the file is not read")
        yield line


def _json(opened: Opened, bound: int) -> Numbered:
    data = opened.file.read(bound + 1)
    if len(data) > bound:
        raise TooLongError(f"one JSON value of over {bound // 1_000_000} megabytes; as JSONL it could be streamed")
    try:
        value = msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8)) if data.strip() else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield 0, Refusal(path=opened.name, reason="broken_file", detail=f"no JSON: {error}")
        return
    if isinstance(value, dict):
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), [value])
    for number, record in enumerate(value if isinstance(value, list) else [value], start=1):
        if isinstance(record, dict):
            yield number, record
        else:
            detail = f"Expected `object`, got `{type(record).__name__}`"
            yield number, Refusal(path=opened.name, record=number, reason="bad_record", detail=detail)


def _csv(opened: Opened, kind: str, bound: int) -> Numbered:
    csv.field_size_limit(min(bound, 2**31 - 1))  # an article is longer than the module's 128 KiB
    marks = 0  # quotation marks in the lines of the record at hand

    def counted(lines: Iterable[str]) -> Iterator[str]:
        nonlocal marks
        for line in lines:
            marks += line.count('"')
            yield line

    lines = itertools.dropwhile(lambda line: not line.strip(), _decoded(opened, bound))
    number, begun = 0, 1
    try:
        head = next(lines, "")
        delimiter = "\t" if kind == "tsv" else max(",;\t", key=head.count)  # Excel's is ; where , is the decimal sign
        reader = csv.DictReader(counted(itertools.chain([head], lines)), delimiter=delimiter)
        _ = reader.fieldnames
        marks, begun = 0, reader.line_num
        for number, row in enumerate(reader, start=1):
            broken = _fault(row, marks % 2 == 1 and reader.line_num > begun + 1)
            yield (
                number,
                Refusal(path=opened.name, record=number, reason="bad_record", detail=broken) if broken else row,
            )
            marks, begun = 0, reader.line_num
    except (csv.Error, UnicodeDecodeError) as error:
        yield number + 1, Refusal(path=opened.name, record=number + 1, reason="broken_file", detail=str(error))


def _fault(row: dict[Any, Any], unclosed: bool) -> str:
    if unclosed:  # only the last record can be so: it has swallowed all lines to the file's end
        return "a quotation mark is opened and never closed: the rows from here on are lost in one cell"
    return "more cells than columns" if row.pop(None, None) is not None else ""


def _decoded(opened: Opened, bound: int) -> Iterator[str]:
    """Lines as text, each in UTF-8 or else in what Excel's "CSV" is on a Western Windows."""
    if opened.file.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from io.TextIOWrapper(opened.file, encoding="utf-16", newline="")
        return
    for number, raw in enumerate(_lines(opened, bound)):
        line = raw.removeprefix(codecs.BOM_UTF8) if not number else raw
        try:
            text = line.decode()
        except UnicodeDecodeError:
            text = line.decode("cp1252")
        yield from _LINE.findall(text) if "\r" in text[:-2] else [text]


def _parquet(opened: Opened, bound: int) -> Numbered:
    import pyarrow.parquet

    file = seekable(opened, bound)
    if file is None:
        raise TooLongError(f"a packed Parquet file of over {bound // 1_000_000} megabytes; unpack it first")
    try:
        table = pyarrow.parquet.ParquetFile(file)
        batches = table.iter_batches(batch_size=256)
        yield from enumerate(itertools.chain.from_iterable(batch.to_pylist() for batch in batches), start=1)
    except Exception as error:  # of many kinds: text that is none, days beyond the calendar, unknown time zones
        detail = (str(error).splitlines() or [type(error).__name__])[0]
        yield 0, Refusal(path=opened.name, reason="broken_file", detail=f"not a whole Parquet file: {detail}")
