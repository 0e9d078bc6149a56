"""Near-duplicates: articles that are reprints of one another, told by MinHash."""

from __future__ import annotations

import re

from rensa import RMinHash, RMinHashLSH

_WORD = re.compile(r"\w+")
_RUN = 4  # words: shorter runs are shared by articles that only share a subject
_BANDS, _ROWS = 40, 3  # finds 99.5% of the pairs at similarity 0.5, and looks at 4% of those at 0.1
_SLOTS = _BANDS * _ROWS
_SEED = 20261122


class Reprints:
    """Texts seen so far. Memory is a signature of 120 numbers a text, not the text.

    Source of the method: Broder, "On the resemblance and containment of documents" (SEQUENCES 1997); banding after
    Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3.
    """

    def __init__(self, similarity: float) -> None:
        """Two texts are reprints where the Jaccard similarity of their runs of four words is `similarity` or more."""
        self.similarity = similarity
        self._index = RMinHashLSH(threshold=similarity, num_perm=_SLOTS, num_bands=_BANDS)
        self._signatures: list[RMinHash] = []
        self._clusters: list[str] = []

    def add(self, text: str) -> list[int]:
        """Take a text in; the positions (from 0) of those before that it is a reprint of, most similar first."""
        signature = RMinHash(num_perm=_SLOTS, seed=_SEED)
        signature.update(_runs(text))
        likeness = {key: signature.jaccard(self._signatures[key]) for key in self._index.query(signature)}
        self._index.insert(len(self._signatures), signature)
        self._signatures.append(signature)
        similar = [key for key, value in likeness.items() if value >= self.similarity]
        return sorted(similar, key=lambda key: (-likeness[key], key))

    def cluster(self, name: str, text: str) -> str:
        """Take a text in; its cluster is that of the most similar text before, or else its own name."""
        similar = self.add(text)
        self._clusters.append(self._clusters[similar[0]] if similar else name)
        return self._clusters[-1]


def _runs(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    if len(words) < _RUN:
        return [" ".join(words)]
    return list(map(" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False)))
