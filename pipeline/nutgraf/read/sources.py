"""Where articles come from: files, folders walked in a stable order, and standard input."""

from __future__ import annotations

import io
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

    def open(self) -> IO[bytes]:
        """Open the bytes, unpacked. Raises OSError."""
        return open_bytes(self.path) if self.path else self.stream or io.BytesIO(self.data)


def of_file(path: Path) -> Source:
    """The source of one file, its format told by the extension before any `.gz`."""
    inner = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return Source(str(path), inner.suffix.lower(), path)


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
        if name != "-" and not Path(name).exists():
            raise NutgrafError(f"{name}: no such file or folder")
    return _walk(paths)


def _walk(paths: Sequence[str]) -> Iterator[Source]:
    for name in paths:
        if name == "-":
            yield of_stdin()
        elif (path := Path(name)).is_dir():
            inside = (file for file in path.rglob("*") if file.is_file())
            hidden = (file for file in inside if not any(p.startswith(".") for p in file.relative_to(path).parts))
            yield from (of_file(file) for file in sorted(hidden, key=lambda file: file.as_posix()))
        else:
            yield of_file(path)
