"""Near-duplicates: articles that are reprints of one another, told by MinHash."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rensa import RMinHash, RMinHashLSH

_WORD = re.compile(r"\w+")
_RUN = 4  # words: shorter runs are shared by articles that only share a subject
_BANDS, _ROWS = 40, 3  # finds 99.5% of the pairs at similarity 0.5, and looks at 4% of those at 0.1
_SLOTS = _BANDS * _ROWS
_SEED = 20261122


class Reprints:
    """Articles seen so far. Memory is a signature of 120 numbers an article, not its text.

    Source of the method: Broder, "On the resemblance and containment of documents" (SEQUENCES 1997); banding after
    Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3.
    """

    def __init__(self, similarity: float) -> None:
        """Two texts are reprints where the Jaccard similarity of their runs of four words is `similarity` or more."""
        self.similarity = similarity
        self._index = RMinHashLSH(threshold=similarity, num_perm=_SLOTS, num_bands=_BANDS)
        self._signatures: list[RMinHash] = []
        self._clusters: list[str] = []

    def cluster(self, name: str, text: str) -> str:
        """The cluster of a text: that of the most similar text seen before, or else its own name."""
        signature = RMinHash(num_perm=_SLOTS, seed=_SEED)
        signature.update(_runs(text))
        found = [(signature.jaccard(self._signatures[key]), -key) for key in self._index.query(signature)]
        likeness, position = max(found, default=(0.0, 0))
        cluster = self._clusters[-position] if likeness >= self.similarity else name
        self._index.insert(len(self._signatures), signature)
        self._signatures.append(signature)
        self._clusters.append(cluster)
        return cluster


def _runs(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    return [" ".join(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1))]


def clusters(texts: Iterable[tuple[str, str]], similarity: float) -> dict[str, str]:
    """The cluster of each (name, text), by name."""
    seen = Reprints(similarity)
    return {name: seen.cluster(name, text) for name, text in texts}
