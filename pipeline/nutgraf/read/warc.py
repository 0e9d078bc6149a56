"""Web archives (WARC): the pages of a crawl, read one by one in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit

from nutgraf.config import Read
from nutgraf.read.document import Document
from nutgraf.read.encoding import repair
from nutgraf.read.payload import BrokenError, decoded, utf8
from nutgraf.records import Refusal

_FORMATS = {"text/html": "page", "application/xhtml+xml": "page", "application/pdf": "pdf"}
_LONGEST_URL = 200  # characters of it in a refusal


def documents(file: Any, name: str, knobs: Read) -> Iterator[Document | Refusal]:
    """The pages of an archive in order: HTML and PDF that were fetched with success, and pages stored as text.

    Pictures, styles, redirects, errors, requests and metadata are no pages and are passed over. A page bears its
    record's number, from 1, and its address. An archive that breaks off gives what is
    whole before the break, and a Refusal. Raises OSError where the stream cannot be read.
    """
    stream = _Whole(file)
    number, pages, bound = 0, 0, knobs.max_megabytes * 1_000_000
    problem = ""
    try:
        for number, record in enumerate(_records(stream), start=1):
            kind = _format(record)
            length = record.content_length
            data = record.reader.read(min(length, bound + 1)) if kind else b""
            if len(data) + record.consume() < length or not record.headers.get("Content-Length"):
                problem = f"record {number} breaks off"
            elif kind:
                pages += 1
                yield _page(_Fetched(record, number, data), kind, name, knobs)
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


def _format(record: Any) -> str:
    """The format of this record's page; an empty string where it holds none."""
    from fastwarc.warc import WarcRecordType as Kind

    kind = record.record_type
    if kind not in (Kind.response, Kind.resource, Kind.conversion):
        return ""
    if record.is_http:
        try:
            record.parse_http()
        except OSError:
            return ""
        headers = record.http_headers
        if headers is None or headers.status_code != 200:
            return ""
        declared = record.http_content_type or record.headers.get("WARC-Identified-Payload-Type") or ""
    else:
        declared = record.headers.get("Content-Type") or ""
    declared = declared.partition(";")[0].strip().lower()
    if kind == Kind.conversion and declared == "text/plain":
        return "text"
    return _FORMATS.get(declared, "")


def _page(fetched: _Fetched, kind: str, name: str, knobs: Read) -> Document | Refusal:
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
        return refused("broken_file", str(error))
    if not data.strip():
        return refused("empty")
    if len(data) > bound:
        return refused("too_large", f"over {knobs.max_megabytes} megabytes")
    charset = record.http_charset if headers is not None else None
    data, repaired = (data, ()) if kind == "pdf" else utf8(data, charset or "")
    if record.headers.get("WARC-Truncated"):
        repaired += ("cut short when it was archived",)
    return Document(
        kind=kind,
        data=data,
        name=name,
        record=fetched.number,
        address=address,
        source=_host(url),
        repaired=repaired,
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
