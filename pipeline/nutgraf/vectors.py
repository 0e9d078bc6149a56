"""A cache of vectors by content, so that no text is encoded twice: a file of SQLite that may be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
MOST = 100_000  # vectors that are kept: some 460 MB of three times 384 numbers each
_AT_ONCE = 500


def folder() -> Path:
    """Where the cache lies: `NUTGRAF_CACHE`, or the user's folder for caches."""
    given = os.environ.get("NUTGRAF_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nutgraf"


class Vectors:
    """The vectors of one encoder. Where the cache cannot be used, everything is missing and nothing is kept."""

    def __init__(self, encoder: str) -> None:
        self._encoder = encoder

    def get(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Those of the texts that are known."""
        keys = {self._key(text): text for text in texts}
        found: dict[str, Vector] = {}
        with contextlib.suppress(sqlite3.Error, OSError), _opened() as cache:
            every = list(keys)
            for start in range(0, len(every), _AT_ONCE):
                some = every[start : start + _AT_ONCE]
                query = f"select key, value from vector where key in ({','.join('?' * len(some))})"  # noqa: S608
                found |= {keys[key]: np.frombuffer(value, np.float32) for key, value in cache.execute(query, some)}
        return found

    def put(self, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors by their texts; the oldest make room."""
        rows = [(self._key(text), vector.tobytes()) for text, vector in vectors.items()]
        with contextlib.suppress(sqlite3.Error, OSError), _opened() as cache:
            cache.executemany("insert or ignore into vector (key, value) values (?, ?)", rows)
            cache.execute("delete from vector where rowid <= (select max(rowid) from vector) - ?", (MOST,))

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._encoder}\x1f{text}".encode("utf-8", "surrogatepass")).digest()


@contextlib.contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    folder().mkdir(parents=True, exist_ok=True)
    cache = sqlite3.connect(folder() / "vectors.sqlite", timeout=10)
    try:
        with cache:
            cache.execute("create table if not exists vector (rowid integer primary key, key blob unique, value blob)")
            yield cache
    finally:
        cache.close()
