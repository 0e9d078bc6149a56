"""Packed files: gzip is undone and zip archives are walked, so that formats see plain streams."""

from __future__ import annotations

import contextlib
import errno
import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, NamedTuple

from nutgraf.read.sources import Source, suffix_of
from nutgraf.records import Refusal

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_DEEPEST = 3  # archives inside archives
_SUSPICIOUS = 200  # times its packed size; prose packs to a fifth, and a bomb of zeros to a thousandth
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")  # zips that are documents or programs
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)  # what damaged archives raise as they are read
# and what zipfile raises beside, as it opens an archive or a member: for offsets that lie outside the file (ValueError,
# and OSError from the system), for methods of packing and versions that it does not know, and for members that are
# locked by a password (RuntimeError both, of which the former is a kind); each becomes a refusal that tells why
_NOT_OPENED = (*BROKEN, ValueError, OSError, RuntimeError)

# both can be looked ahead in; a buffer around GzipFile would lose what is whole before a break
Peekable = io.BufferedReader | gzip.GzipFile


class Opened(NamedTuple):
    """A plain stream, read once from its beginning: `name` tells where it is packed, `suffix` its extension."""

    name: str
    suffix: str
    file: Peekable


def unpacked(source: Source, bound: int) -> Iterator[Opened | Refusal]:
    """The streams in a source: itself, what is gzipped in it, or the members of a zip archive by name.

    Each stream must be used before the next is asked for. Archives that cannot be walked where they lie (standard
    input, archives inside archives) are copied to a temporary file if they are of up to `bound` bytes. Raises OSError.
    """
    with source.open() as file:
        yield from _unpacked(source.name, source.suffix, _buffered(file), bound, 0)


def _unpacked(name: str, suffix: str, file: Peekable, bound: int, depth: int) -> Iterator[Opened | Refusal]:
    try:
        head = file.peek(4)[:4]
    except BROKEN as error:
        yield refused(name, error)
        return
    if not head.startswith((_GZIP, _ZIP)):
        yield Opened(name, suffix, file)
    elif depth == _DEEPEST:
        yield Refusal(path=name, reason="broken_archive", detail=f"archives inside archives, over {_DEEPEST} deep")
    elif head.startswith(_GZIP):
        with gzip.GzipFile(fileobj=file, mode="rb") as packed:
            yield from _unpacked(name, suffix, packed, bound, depth + 1)
    else:
        with contextlib.ExitStack() as stack:
            whole = file if not depth and file.seekable() else _copied(file, bound, stack)
            if whole is None:
                yield Refusal(path=name, reason="too_large", detail="an archive that cannot be read where it lies")
            else:
                yield from _members(name, suffix, whole, bound, depth)


def _copied(file: Peekable, bound: int, stack: contextlib.ExitStack) -> Peekable | None:
    copy = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  (the stack closes it)
    with contextlib.suppress(*BROKEN):  # the zip archive inside tells what is missing
        while copy.tell() <= bound and (block := file.read(1 << 20)):
            copy.write(block)
    if copy.tell() > bound:
        return None
    copy.seek(0)
    return _buffered(copy)


def _members(name: str, suffix: str, file: Peekable, bound: int, depth: int) -> Iterator[Opened | Refusal]:
    try:
        archive = zipfile.ZipFile(file)
    except _NOT_OPENED as error:
        yield refused(name, error, "broken_file" if suffix == ".docx" else "broken_archive")
        return
    names = archive.namelist()
    if any(part in names for part in _OFFICE):
        file.seek(0)
        word = any(part.startswith("word/") for part in names)
        yield Opened(name, ".docx" if word else suffix if suffix not in ("", ".docx") else ".zip", file)
        return
    for member in sorted(archive.infolist(), key=lambda info: info.filename):
        path = PurePosixPath(member.filename)
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in path.parts):
            continue
        inside = f"{name}/{''.join(letter if letter.isprintable() else '?' for letter in member.filename)}"
        if member.file_size > 1_000_000 and member.file_size > _SUSPICIOUS * max(1, member.compress_size):
            yield Refusal(path=inside, reason="too_large", detail=f"unpacks to over {_SUSPICIOUS} times its size")
            continue
        try:
            opened = archive.open(member)
        except _NOT_OPENED as error:  # the other members may be whole
            yield refused(inside, error)
            continue
        with opened:
            yield from _unpacked(inside, suffix_of(member.filename), _buffered(opened), bound, depth + 1)


def refused(name: str, error: Exception, damaged: str = "broken_archive") -> Refusal:
    """The refusal of what cannot be opened: `unreadable` where the system failed, else `damaged`; and why."""
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):  # EINVAL: an offset before the file
        return Refusal(path=name, reason="unreadable", detail=error.strerror or str(error))
    return Refusal(path=name, reason=damaged, detail=str(error) or type(error).__name__)


def _buffered(file: Any) -> io.BufferedReader:
    return file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)


def seekable(opened: Opened, bound: int) -> IO[bytes] | None:
    """The stream where it can be read from any place: as it lies, or its bytes in memory; None if over `bound`."""
    if isinstance(opened.file, io.BufferedReader) and type(opened.file.raw) is io.FileIO:
        return opened.file
    data = opened.file.read(bound + 1)
    return None if len(data) > bound else io.BytesIO(data)
