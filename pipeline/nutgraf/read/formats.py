"""From a source to its documents and records: streams are unpacked, and their formats told."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.config import Read
from nutgraf.read import hub, rows, tables, warc
from nutgraf.read.archives import Opened, unpacked
from nutgraf.read.document import READERS, Document
from nutgraf.read.guard import guarded
from nutgraf.read.sniff import EXTENSIONS, HEAD, format_of
from nutgraf.read.sources import HUB, Source
from nutgraf.records import Article, Refusal


def read(source: Source, knobs: Read) -> Iterator[Document | Article | Refusal]:
    """Open one source: every stream that is packed in it gives documents to read, articles of tables, or refusals."""
    if source.problem:
        yield Refusal(path=source.name, reason="unreadable", detail=source.problem)
    elif source.name.startswith(HUB):
        yield from guarded(source.name, tables.articles(hub.records(source.name, knobs), source.name, knobs))
    else:
        yield from guarded(source.name, _streams(source, knobs))


def _streams(source: Source, knobs: Read) -> Iterator[Document | Article | Refusal]:
    for opened in unpacked(source, knobs.max_megabytes * 1_000_000):
        if isinstance(opened, Refusal):
            yield opened
        else:
            yield from guarded(opened.name, _items(opened, knobs))


def _items(opened: Opened, knobs: Read) -> Iterator[Document | Article | Refusal]:
    kind = format_of(opened.file.peek(HEAD), opened.suffix)
    if kind in rows.TABLES:
        records = rows.records(opened, kind, knobs.max_megabytes * 1_000_000)
        yield from tables.articles(records, opened.name, knobs)
    elif kind == "warc":
        yield from warc.documents(opened.file, opened.name, knobs)
    elif kind in READERS:
        yield from _whole(opened, kind, knobs)
    else:
        known = " ".join(EXTENSIONS)
        detail = f"{opened.suffix or 'no extension'}; known: {known}, each also with .gz or in a .zip"
        yield Refusal(path=opened.name, reason="unknown_format", detail=detail)


def _whole(opened: Opened, kind: str, knobs: Read) -> Iterator[Document | Refusal]:
    bound = knobs.max_megabytes * 1_000_000
    data = opened.file.read(bound + 1)
    if len(data) > bound:
        yield Refusal(path=opened.name, reason="too_large", detail=f"over {knobs.max_megabytes} megabytes")
    elif data.strip():
        yield Document(kind=kind, data=data, name=opened.name)
