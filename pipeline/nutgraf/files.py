"""Files as streams: opened plain or gzipped, written whole or not at all."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from nutgraf.records import Refusal

Record = TypeVar("Record")


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary neighbour of `path`, which takes its place when the block ends without error."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # mkstemp's 0600 would hide the result from colleagues
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """Yield a temporary folder beside `path`, which takes its place when the block ends without error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    try:
        yield temporary
        temporary.chmod(0o755)
        if path.exists():
            shutil.rmtree(path)
        temporary.replace(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacking it if its name ends in .gz."""
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def write_jsonl(path: Path, records: Iterable[object]) -> int:
    """Write one JSON object a line, gzipped if the name ends in .gz; returns the number of lines."""
    encode = msgspec.json.Encoder().encode
    count = 0
    with atomic(path) as part, gzip.open(part, "wb") if path.suffix.lower() == ".gz" else part.open("wb") as file:
        for count, record in enumerate(records, start=1):  # noqa: B007  (its last value is the result)
            file.write(encode(record) + b"\n")
    return count


@contextmanager
def jsonl_or_nothing(path: Path | None) -> Iterator[Callable[[object], object]]:
    """Yield a function that writes one record to a JSONL file, or that does nothing where no file is wanted."""
    if path is None:
        yield lambda record: None
        return
    encode = msgspec.json.Encoder().encode
    with atomic(path) as part, part.open("wb") as file:
        yield lambda record: file.write(encode(record) + b"\n")


def read_jsonl(stream: Iterable[bytes], kind: type[Record], name: str) -> Iterator[Record | Refusal]:
    """Decode one record a line; a line that does not fit is a Refusal naming its number, blank ones pass."""
    return (item for _, item in numbered_jsonl(stream, kind, name))


def numbered_jsonl(stream: Iterable[bytes], kind: type[Record], name: str) -> Iterator[tuple[int, Record | Refusal]]:
    """The same, each with the number of its line, from 1."""
    decode = msgspec.json.Decoder(kind).decode
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            yield number, decode(line.removeprefix(b"\xef\xbb\xbf"))
        except msgspec.ValidationError as error:
            yield number, Refusal(path=name, record=number, reason="bad_record", detail=str(error))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield number, Refusal(path=name, record=number, reason="broken_line", detail=f"no JSON object: {error}")


def write_json(path: Path, value: object) -> None:
    """Write one value as JSON that a person can read, keys in the order given."""
    with atomic(path) as part:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
