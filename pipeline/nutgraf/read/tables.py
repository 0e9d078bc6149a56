"""JSONL, CSV and Parquet: one article or paragraph a record, streamed, columns found by their usual names."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterator, Mapping
from typing import IO, Any

from nutgraf.config import Read
from nutgraf.files import numbered_jsonl
from nutgraf.read.article import Known, article
from nutgraf.read.encoding import repair
from nutgraf.read.lines import unwrap
from nutgraf.read.sources import Source
from nutgraf.records import Article, Refusal

Row = Mapping[str, Any]
# our field -> the usual names of its column, most telling first; case does not matter
COLUMNS = {
    "text": ("text", "body", "content", "article_text", "full_text", "maintext", "paragraph_text", "article"),
    "title": ("title", "headline"),
    "date": ("date", "published", "publish_date", "date_published", "publication_date", "pub_date"),
    "source": ("source", "outlet", "publisher", "publication", "newspaper"),
    "byline": ("byline", "author", "authors"),
    "id": ("id", "doc_id", "uuid"),
    "article": ("article", "article_id"),
    "article_id": ("article_id",),
    "index": ("index", "paragraph"),
}


def articles(source: Source, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one article a record."""
    for number, row in rows(source):
        if isinstance(row, Refusal):
            yield row
            continue
        if set(row) >= {"article_id", "paragraph", "start", "end"}:
            detail = "a table that nutgraf wrote; --unit paragraph labels its paragraphs anew"
            yield Refusal(path=source.name, record=number, reason="labelled_table", detail=detail)
            continue
        fields = usual(row)
        text, repaired = repair(fields["text"])
        body = (unwrap(text) if knobs.unwrap else text).strip()
        if not body:
            yield Refusal(path=source.name, record=number, reason="no_text", detail=_why(row))
            continue
        if (words := len(body.split())) < knobs.min_words:
            yield Refusal(path=source.name, record=number, reason="too_short", detail=f"{words} words")
            continue
        known = Known(
            title=repair(fields["title"]).text,
            date=fields["date"],
            source=fields["source"],
            byline=repair(fields["byline"]).text,
            id=fields["id"] or fields["article_id"],
        )
        yield article(known, body, source.name, repaired=repaired)


def usual(row: Row) -> dict[str, str]:
    """The row by our names of fields, each found under any of its usual names, as stripped text or empty."""
    given = {
        str(key).strip().lower(): str(value).strip()
        for key, value in row.items()
        if value is not None and not isinstance(value, dict | list)
    }
    found = {name: next((given[c] for c in columns if given.get(c)), "") for name, columns in COLUMNS.items()}
    others = {str(key).strip().lower() for key in row} & set(COLUMNS["text"][:-1])
    if others and not others & set(given):
        found["text"] = ""  # `article` names the article where another column is for the text
    return found


def _why(row: Row) -> str:
    names = {str(key).strip().lower() for key in row}
    if names & set(COLUMNS["text"]):
        return "its text is empty"
    return "no column `text`; the record has " + (", ".join(f"`{key}`" for key in row) or "no columns")


def rows(source: Source) -> Iterator[tuple[int, Row | Refusal]]:
    """Stream the records of a table, numbered from 1 (JSONL: by line); a broken one is a Refusal in its place."""
    if source.suffix == ".parquet":
        yield from _parquet(source)
        return
    with source.open() as file:
        if source.suffix in (".jsonl", ".ndjson"):
            yield from numbered_jsonl(file, dict, source.name)
        else:
            yield from _csv(file, source)


def _csv(file: IO[bytes], source: Source) -> Iterator[tuple[int, Row | Refusal]]:
    csv.field_size_limit(1 << 27)  # an article is longer than the module's 128 KiB
    encoding = _csv_encoding(source)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    lines = itertools.dropwhile(lambda line: not line.strip(), text)
    reader = csv.DictReader(lines, delimiter="\t" if source.suffix == ".tsv" else _delimiter(source, encoding))
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            extra = row.pop(None, None)
            if extra is not None:
                yield (
                    number,
                    Refusal(path=source.name, record=number, reason="bad_record", detail="more cells than columns"),
                )
            else:
                yield number, row
    except (csv.Error, UnicodeDecodeError) as error:
        yield (
            number + 1,
            Refusal(path=source.name, record=number + 1, reason="broken_file", detail=str(error)),
        )


def _csv_encoding(source: Source) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    with source.open() as file:
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
            return "utf-8-sig"
        except UnicodeDecodeError:
            return "cp1252"  # what Excel's "CSV" is on a Western Windows


def _delimiter(source: Source, encoding: str) -> str:
    with source.open() as file:
        head = next((line for line in file if line.strip()), b"").decode(encoding, "replace")
    return max(",;\t", key=head.count)  # Excel writes semicolons where the comma is a decimal sign


def _parquet(source: Source) -> Iterator[tuple[int, Row | Refusal]]:
    import pyarrow
    import pyarrow.parquet

    with source.open() as file:
        try:
            table = pyarrow.parquet.ParquetFile(file)
            batches = table.iter_batches(batch_size=1024)
            yield from enumerate(itertools.chain.from_iterable(batch.to_pylist() for batch in batches), start=1)
        except Exception as error:  # of many kinds: text that is none, days beyond the calendar, unknown time zones
            detail = (str(error).splitlines() or [type(error).__name__])[0]
            yield (
                0,
                Refusal(path=source.name, reason="broken_file", detail=f"not a whole Parquet file: {detail}"),
            )
