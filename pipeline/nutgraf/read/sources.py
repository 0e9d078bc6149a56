"""Where articles come from: files, folders walked in a stable order, and standard input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from nutgraf.errors import NutgrafError
from nutgraf.files import open_bytes


@dataclass(frozen=True)
class Source:
    """A named stream of bytes that can be opened; `suffix` tells its format, without `.gz`."""

    name: str
    suffix: str
    path: Path | None = None
    data: bytes = b""
    stream: IO[bytes] | None = None  # standard input, which can be read once
    problem: str = ""  # why it cannot be opened at all

    def open(self) -> IO[bytes]:
        """Open the bytes, unpacked. Raises OSError."""
        return open_bytes(self.path) if self.path else self.stream or io.BytesIO(self.data)


def of_file(path: Path) -> Source:
    """The source of one file, its format told by the extension before any `.gz`."""
    inner = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    problem = "" if path.is_file() else "no regular file"
    return Source(_printable(path), inner.suffix.lower(), path, problem=problem)


def _printable(path: Path | str) -> str:
    """The path as text that can be written: a name that is not in UTF-8 has marks in place of its odd bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def of_stdin() -> Source:
    """Standard input as a source; its format is told by its first byte: JSONL, HTML, or else text."""
    stream = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]  # typeshed asks for a raw stream
    first = stream.peek(256).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return Source("-", {b"{": ".jsonl", b"<": ".html"}.get(first, ".txt"), stream=stream)


def walk(paths: Sequence[str]) -> Iterator[Source]:
    """Yield the sources that the paths name; folders are walked by name, hidden files left out.

    Raises NutgrafError before the first source if a path does not exist.
    """
    for name in paths:
        if not name:
            raise NutgrafError("an empty path was given")
        if name != "-" and not Path(name).exists():
            raise NutgrafError(f"{name}: no such file or folder")
    return _walk(paths)


def _walk(paths: Sequence[str]) -> Iterator[Source]:
    for name in paths:
        if name == "-":
            yield of_stdin()
        elif (path := Path(name)).is_dir():
            yield from _inside(path)
        else:
            yield of_file(path)


def _inside(folder: Path) -> Iterator[Source]:
    locked: list[OSError] = []
    found = [
        Path(place) / name
        for place, folders, names in os.walk(folder, onerror=locked.append)
        if not any(part.startswith(".") for part in Path(place).relative_to(folder).parts)
        for name in names
        if not name.startswith(".")
    ]
    sources = [of_file(path) for path in found]
    sources += [Source(_printable(error.filename), "", problem=str(error.strerror)) for error in locked]
    yield from sorted(sources, key=lambda source: source.name)
