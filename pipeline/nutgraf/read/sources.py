"""Where articles come from: files, folders walked in a stable order, and standard input."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from nutgraf.errors import NutgrafError

HUB = "hf://datasets/"  # a data set on a hub, by the address that other libraries know it by


@dataclass(frozen=True)
class Source:
    """A named stream of bytes that can be opened; `suffix` is its extension in small letters, without `.gz`."""

    name: str
    suffix: str
    path: Path | None = None
    data: bytes = b""
    stream: IO[bytes] | None = None  # standard input, which can be read once
    problem: str = ""  # why it cannot be opened at all

    def open(self) -> IO[bytes]:
        """Open the bytes as they lie. Raises OSError."""
        return self.path.open("rb") if self.path else self.stream or io.BytesIO(self.data)


def of_file(path: Path) -> Source:
    """The source of one file, its format told by the extension before any `.gz`."""
    problem = "" if path.is_file() else "no regular file"
    return Source(_printable(path), suffix_of(path.name), path, problem=problem)


def suffix_of(name: str) -> str:
    """The extension of a file's name before any `.gz`, in small letters, or an empty string."""
    path = PurePath(name)
    return (PurePath(path.stem) if path.suffix.lower() == ".gz" else path).suffix.lower()


def _printable(path: Path | str) -> str:
    """The path as text that can be written: a name that is not in UTF-8 has marks in place of its odd bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def of_stdin() -> Source:
    """Standard input as a source; its format is told by its content."""
    return Source("-", "", stream=io.BufferedReader(sys.stdin.buffer))  # type: ignore[type-var]  # typeshed asks for a raw stream


def walk(paths: Sequence[str]) -> Iterator[Source]:
    """Yield the sources that the paths name; folders are walked by name, hidden files left out.

    Raises NutgrafError before the first source if a path does not exist.
    """
    for name in paths:
        if not name:
            raise NutgrafError("an empty path was given")
        if name != "-" and not name.startswith(HUB) and not Path(name).exists():
            hint = f"; a data set on a hub is named {HUB}{name}" if re.fullmatch(r"[\w-]+/[\w.-]+", name) else ""
            raise NutgrafError(f"{name}: no such file or folder{hint}")
    return _walk(paths)


def _walk(paths: Sequence[str]) -> Iterator[Source]:
    for name in paths:
        if name == "-":
            yield of_stdin()
        elif name.startswith(HUB):
            yield Source(name, "")
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
