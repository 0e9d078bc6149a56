"""Near-duplicates: articles that are reprints of one another, told by MinHash."""

from __future__ import annotations

import re
import sqlite3

import numpy as np
from rensa import RMinHash

from nutgraf.errors import NutgrafError

_MARKS = re.compile(r"[^\w\s]+")  # their style changes from one outlet to the next
_RUN = 4  # words: shorter runs are shared by articles that only share a subject
_SLOTS = 120
_BANDS, _ROWS = 24, 3  # finds 96% of the pairs at similarity 0.5, 99.7% at 0.6, and looks at 2% of those at 0.1
_SEED = 20261122
_MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)  # odd, of xxHash
_SCHEMA = """
pragma journal_mode = off;
pragma synchronous = off;
pragma cache_size = -4000;
create table text (number integer primary key, signature blob, cluster text);
create table band (hash integer primary key, number integer);
"""
_QUERY = f"""\
select distinct number, signature, cluster from band join text using (number)
where hash in ({",".join("?" * _BANDS)})
"""  # noqa: S608  (question marks are all that is put in)


def signature(text: str) -> bytes:
    """The MinHash signature of a text's runs of four words: 120 numbers of 32 bits."""
    made = RMinHash(num_perm=_SLOTS, seed=_SEED)
    made.update(_runs(text))
    return np.array(made.digest(), np.uint32).tobytes()


def _runs(text: str) -> list[str]:
    words = _MARKS.sub("", text.casefold()).split()
    if len(words) < _RUN:
        return [" ".join(words)]
    return list(map(" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False)))


class Reprints:
    """Signatures seen so far, in a temporary file that SQLite deletes: memory is the same for any number of them.

    Of the texts that share a band only the last is kept, so that the cost of a text does not grow with their number: a
    text is compared with 24 others at most.

    Source of the method: Broder, "On the resemblance and containment of documents" (SEQUENCES 1997); banding after
    Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3.
    """

    def __init__(self, similarity: float) -> None:
        """Two texts are reprints where the Jaccard similarity of their runs of four words is `similarity` or more."""
        self.similarity = similarity
        self._count = 0
        self._seen = sqlite3.connect("")
        self._seen.executescript(_SCHEMA)

    def add(self, signed: bytes) -> list[int]:
        """Take a signature in; the positions (from 0) of some before that it is a reprint of, most similar first.

        Raises NutgrafError where the temporary folder is full.
        """
        return [number for number, _ in self._add(signed, "")]

    def cluster(self, name: str, signed: bytes) -> str:
        """Take a signature in; its cluster is that of the most similar one before, or else its own name.

        Raises NutgrafError where the temporary folder is full.
        """
        return next((cluster for _, cluster in self._add(signed, name)), name)

    def _add(self, signed: bytes, name: str) -> list[tuple[int, str]]:
        slots = np.frombuffer(signed, np.uint32)
        bands = _bands(slots)
        try:
            near = self._seen.execute(_QUERY, bands).fetchall()
            likeness = {
                (number, cluster): float((np.frombuffer(other, np.uint32) == slots).mean())
                for number, other, cluster in near
            }
            alike = [key for key, value in likeness.items() if value >= self.similarity]
            alike.sort(key=lambda key: (-likeness[key], key[0]))
            cluster = alike[0][1] if alike else name
            self._seen.execute("insert into text values (?, ?, ?)", (self._count, signed, cluster))
            self._seen.executemany("insert or replace into band values (?, ?)", [(band, self._count) for band in bands])
        except sqlite3.Error as error:
            raise NutgrafError(f"the index of reprints, in the temporary folder: {error}") from error
        self._count += 1
        return alike

    def close(self) -> None:
        """Delete what was kept."""
        self._seen.close()


def _bands(slots: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> list[int]:
    """One number for each band of a signature; bands at different places never share one but by chance."""
    mixed = (slots[: _BANDS * _ROWS].reshape(_BANDS, _ROWS).astype(np.uint64) * _MIXERS).sum(axis=1)
    places = np.arange(_BANDS, dtype=np.uint64) * _MIXERS[0]
    found: list[int] = (mixed ^ places).view(np.int64).tolist()
    return found
