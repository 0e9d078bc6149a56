"""What a server or a mail program packed, made text or a page again, within a bound."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Protocol

_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_ZIPPED = {"gzip": zlib.MAX_WBITS + 16, "x-gzip": zlib.MAX_WBITS + 16, "deflate": zlib.MAX_WBITS}

# names of character encodings that pages declare; Python's codecs hold others, some of them slow or no encodings
_CHARSET = re.compile(r"(?:utf|cp|windows|iso|koi8|mac|gb|big5|euc|shift|hz|johab|tis)[\w .:-]{0,30}$", re.IGNORECASE)
_WESTERN = {"cp1252", "iso8859-1", "ascii"}  # what servers say without looking: detection knows better


class Headers(Protocol):
    """Headers of HTTP, found without regard to case."""

    def get(self, key: str, default: str | None = None) -> str | None: ...


class BrokenError(Exception):
    """The bytes are not what their headers say, and cannot be read as anything else."""


def decoded(data: bytes, headers: Headers, bound: int) -> bytes:
    """The body as the server meant it; of what unpacks to more than `bound` bytes, a byte more than that.

    Crawlers often keep the headers of an encoding that they have undone: such a body stays as it is.
    Raises BrokenError where an encoding breaks off in its midst, or is none that is known.
    """
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        data = _put_together(data)
    codings = (headers.get("Content-Encoding") or "").lower()[:100]
    for coding in [word for word in re.split(r"[ ,]+", codings) if word][::-1]:
        if coding in _ZIPPED:
            data = _unzipped(data, coding, bound)
        elif coding == "br":
            data = _brotli(data, bound)
        elif coding not in ("identity", "none", "utf-8"):
            raise BrokenError(f"encoded as {coding!r}")
    return data


def _put_together(data: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while size := _SIZE.match(data, at):
        begin, length = size.end(), int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        if begin + length > len(data):
            break
        parts.append(data[begin : begin + length])
        at = begin + length
        at += 2 if data[at : at + 2] == b"\r\n" else 1
    if not parts:
        return data
    if at < len(data):
        raise BrokenError("its chunks break off")
    return b"".join(parts)


def _unzipped(data: bytes, coding: str, bound: int) -> bytes:
    for bits in (_ZIPPED[coding], -zlib.MAX_WBITS) if coding == "deflate" else (_ZIPPED[coding],):
        machine = zlib.decompressobj(bits)
        try:
            out = machine.decompress(data, bound + 1)
        except zlib.error:
            continue
        if len(out) <= bound and not machine.eof:
            raise BrokenError(f"its {coding} encoding breaks off")
        return out
    if data[:2] == b"\x1f\x8b":
        raise BrokenError(f"its {coding} encoding is damaged")
    return data


def _brotli(data: bytes, bound: int) -> bytes:
    import brotli

    machine = brotli.Decompressor()
    try:
        out = bytes(machine.process(data, output_buffer_limit=bound + 1))
    except brotli.error:
        return data
    if len(out) <= bound and not machine.is_finished():
        raise BrokenError("its br encoding breaks off")
    return out


def utf8(data: bytes, charset: str) -> tuple[bytes, tuple[str, ...]]:
    """The bytes in UTF-8 where they are in the encoding declared for them; as they stand where that tells nothing."""
    try:
        data.decode()
        return data, ()
    except UnicodeDecodeError:
        pass
    try:
        name = codecs.lookup(charset).name if _CHARSET.match(charset) else ""
        if not name or name in _WESTERN:
            return data, ()
        return codecs.BOM_UTF8 + data.decode(name).encode(), (f"decoded from {name}",)
    except (LookupError, ValueError):
        return data, ()
