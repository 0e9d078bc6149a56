"""The formats that are read, and the module that reads each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from nutgraf.config import Read
from nutgraf.read import hub, mail, page, pdf, rows, rtf, tables, text, warc, word
from nutgraf.read.archives import BROKEN, Opened, unpacked
from nutgraf.read.sniff import EXTENSIONS, HEAD, format_of
from nutgraf.read.sources import HUB, Source
from nutgraf.records import Article, Refusal

Item = TypeVar("Item")
WHOLE: dict[str, Callable[[bytes, str, Read], Iterator[Article | Refusal]]] = {  # read into memory, up to a bound
    "text": text.read,
    "page": page.read,
    "pdf": pdf.read,
    "word": word.read,
    "rtf": rtf.read,
    "mail": mail.read,
}


def read(source: Source, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one source: every stream that is packed in it gives articles, refusals or both."""
    if source.problem:
        yield Refusal(path=source.name, reason="unreadable", detail=source.problem)
    elif source.name.startswith(HUB):
        yield from guarded(source.name, tables.articles(hub.records(source.name, knobs), source.name, knobs))
    else:
        yield from guarded(source.name, _streams(source, knobs))


def _streams(source: Source, knobs: Read) -> Iterator[Article | Refusal]:
    for opened in unpacked(source, knobs.max_megabytes * 1_000_000):
        if isinstance(opened, Refusal):
            yield opened
        else:
            yield from guarded(opened.name, _articles(opened, knobs))


def _articles(opened: Opened, knobs: Read) -> Iterator[Article | Refusal]:
    kind = format_of(opened.file.peek(HEAD), opened.suffix)
    if kind in rows.TABLES:
        records = rows.records(opened, kind, knobs.max_megabytes * 1_000_000)
        yield from tables.articles(records, opened.name, knobs)
    elif kind == "warc":
        yield from warc.articles(opened.file, opened.name, knobs)
    elif kind in WHOLE:
        yield from _whole(opened, kind, knobs)
    else:
        known = " ".join(EXTENSIONS)
        detail = f"{opened.suffix or 'no extension'}; known: {known}, each also with .gz or in a .zip"
        yield Refusal(path=opened.name, reason="unknown_format", detail=detail)


def _whole(opened: Opened, kind: str, knobs: Read) -> Iterator[Article | Refusal]:
    bound = knobs.max_megabytes * 1_000_000
    data = opened.file.read(bound + 1)
    if len(data) > bound:
        yield Refusal(path=opened.name, reason="too_large", detail=f"over {knobs.max_megabytes} megabytes")
    elif data.strip():
        yield from WHOLE[kind](data, opened.name, knobs)


def guarded(name: str, items: Iterator[Item | Refusal]) -> Iterator[Item | Refusal]:
    """The same items; a stream that breaks off is a Refusal after them, one that held none is refused as empty."""
    nothing = True
    try:
        for item in items:
            nothing = False
            yield item
    except rows.TooLongError as error:
        nothing = False
        yield Refusal(path=name, reason="too_large", detail=str(error))
    except BROKEN as error:
        nothing = False
        yield Refusal(path=name, reason="broken_archive", detail=str(error))
    except OSError as error:
        nothing = False
        yield Refusal(path=name, reason="unreadable", detail=error.strerror or str(error))
    if nothing:
        yield Refusal(path=name, reason="empty")
