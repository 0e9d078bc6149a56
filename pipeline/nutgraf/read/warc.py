"""Web archives (WARC): the pages of a crawl, read one by one in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit

from msgspec import structs

from nutgraf.config import Read
from nutgraf.read import page, pdf, text
from nutgraf.read.encoding import repair
from nutgraf.read.payload import BrokenError, decoded, utf8
from nutgraf.records import Article, Refusal

Reader = Callable[[bytes, str, Read], Iterator[Article | Refusal]]
_READERS: dict[str, Reader] = {
    "text/html": page.read,
    "application/xhtml+xml": page.read,
    "application/pdf": pdf.read,
}
_LONGEST_URL = 200  # characters of it in a refusal


def articles(file: Any, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read the pages of an archive in order: HTML and PDF that were fetched with success, and pages stored as text.

    Pictures, styles, redirects, errors, requests and metadata are no pages and are passed over. A page that gives no
    article is a Refusal with its record's number, from 1, and its address. An archive that breaks off gives what is
    whole before the break, and a Refusal. Raises OSError where the stream cannot be read.
    """
    stream = _Whole(file)
    number, pages, bound = 0, 0, knobs.max_megabytes * 1_000_000
    problem = ""
    try:
        for number, record in enumerate(_records(stream), start=1):
            reader = _reader(record)
            length = record.content_length
            data = record.reader.read(min(length, bound + 1)) if reader else b""
            if len(data) + record.consume() < length or not record.headers.get("Content-Length"):
                problem = f"record {number} breaks off"
            elif reader is not None:
                pages += 1
                yield from _page(_Fetched(record, number, data), reader, name, knobs)
    except (OSError, ValueError) as error:  # what the library says of records that are none
        problem = f"after record {number}: {error}"
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own, raised past Exception
            raise
        problem = f"after record {number}: the archive cannot be followed"
    problem = problem or stream.problem
    if problem:
        yield Refusal(path=name, reason="broken_file", detail=problem)
    elif not number:
        yield Refusal(path=name, reason="empty")
    elif not pages:
        yield Refusal(path=name, reason="no_article", detail=f"{number:,} records, none of them a page")


class _Fetched(NamedTuple):
    record: Any
    number: int
    data: bytes


class _Whole:
    """A stream that ends where it breaks, and keeps why: what was unpacked before the break is still read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._read = getattr(file, "read1", file.read)  # `read` would lose what it had got before the break
        self._at = 0
        self.problem = ""

    def read(self, size: int) -> bytes:
        """`size` bytes, fewer only at the end or the break."""
        data = bytearray()
        try:
            while not self.problem and len(data) < size and (more := self._read(size - len(data))):
                data += more
        except (EOFError, OSError, zlib.error) as error:
            self.problem = str(error)
        self._at += len(data)
        return bytes(data)

    def tell(self) -> int:
        """Bytes read so far."""
        return self._at


def _records(stream: _Whole) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator

    # HTTP headers are parsed one by one, so that a broken one does not end the archive
    return iter(ArchiveIterator(stream, parse_http=False, fsspec_args=False))  # type: ignore[call-overload,arg-type,unused-ignore]


def _reader(record: Any) -> Reader | None:
    """What reads this record's page; None where it holds none."""
    from fastwarc.warc import WarcRecordType as Kind

    kind = record.record_type
    if kind not in (Kind.response, Kind.resource, Kind.conversion):
        return None
    if record.is_http:
        try:
            record.parse_http()
        except OSError:
            return None
        headers = record.http_headers
        if headers is None or headers.status_code != 200:
            return None
        declared = record.http_content_type or record.headers.get("WARC-Identified-Payload-Type") or ""
    else:
        declared = record.headers.get("Content-Type") or ""
    declared = declared.partition(";")[0].strip().lower()
    if kind == Kind.conversion and declared == "text/plain":
        return text.read
    return _READERS.get(declared)


def _page(fetched: _Fetched, reader: Reader, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    record, data = fetched.record, fetched.data
    url = repair((record.headers.get("WARC-Target-URI") or "").strip("<> ")).text
    address = url[:_LONGEST_URL]

    def refused(reason: str, detail: str = "") -> Refusal:
        detail = f"{address}: {detail}" if detail else address
        return Refusal(path=name, record=fetched.number, reason=reason, detail=detail)

    bound = knobs.max_megabytes * 1_000_000
    headers = record.http_headers if record.is_http else None
    try:
        data = decoded(data, headers, bound) if headers is not None and len(data) <= bound else data
    except BrokenError as error:
        yield refused("broken_file", str(error))
        return
    if len(data) > bound or not data.strip():
        yield refused("too_large", f"over {knobs.max_megabytes} megabytes") if data.strip() else refused("empty")
        return
    charset = record.http_charset if headers is not None else None
    data, repaired = (data, ()) if reader is pdf.read else utf8(data, charset or "")
    if record.headers.get("WARC-Truncated"):
        repaired += ("cut short when it was archived",)
    for item in reader(data, name, knobs):
        if isinstance(item, Refusal):
            yield refused(item.reason, item.detail)
        else:
            source = item.source or _host(url)
            yield structs.replace(item, source=source, repaired=repaired + item.repaired)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
