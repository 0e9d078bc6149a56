"""Character n-grams within words, fast: a word's n-grams are looked up once, and remembered.

News repeats its words, and the `char_wb` n-grams of a text are those of its words put together, so remembering them
spares most of the work. The result is that of scikit-learn's `TfidfVectorizer.transform`, which a test holds it to.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

_MOST_WORDS = 100_000  # remembered at a time, about 40 megabytes: names and numbers never end


class CharacterNgrams:
    """Transforms texts by a fitted `TfidfVectorizer` of the analyzer `char_wb` with sublinear counts."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._columns = vectorizer.vocabulary_
        self._least, self._most = vectorizer.ngram_range
        self._idf = vectorizer.idf_
        self._known: dict[str, NDArray[np.int32]] = {}

    def transform(self, texts: Sequence[str]) -> sparse.csr_array:
        """TF-IDF of the texts, shape (texts, n-grams)."""
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        words = [text.lower().split() for text in texts]
        found = [self._word(word) for some in words for word in some]
        lengths = np.fromiter((len(columns) for columns in found), dtype=np.int64, count=len(found))
        ends = np.concatenate([[0], np.cumsum(lengths)])[np.cumsum([0, *map(len, words)])]
        columns = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
        table = sparse.csr_array((np.ones(len(columns)), columns, ends), shape=(len(texts), len(self._idf)))
        table.sum_duplicates()
        table.data = (1 + np.log(table.data)) * self._idf[table.indices]
        return normalize(table, copy=False)

    def _word(self, word: str) -> NDArray[np.int32]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = np.array(
                [self._columns[gram] for gram in self._grams(f" {word} ") if gram in self._columns], dtype=np.int32
            )
        return known

    def _grams(self, padded: str) -> list[str]:
        grams = []
        for size in range(self._least, self._most + 1):
            if size >= len(padded):  # a word too short for this size counts once as a whole, and for no larger one
                grams.append(padded)
                break
            grams += [padded[start : start + size] for start in range(len(padded) - size + 1)]
        return grams
