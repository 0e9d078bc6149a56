"""What the linear kinds share: TF-IDF vectorizers, one logistic regression a label, saved as plain files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import msgspec
import numpy as np
from safetensors.numpy import load_file, save_file
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from nutgraf.classifiers import Bools, Examples, Floats, regression
from nutgraf.classifiers.characters import CharacterNgrams
from nutgraf.config import Linear, Ngrams, Words
from nutgraf.context import around
from nutgraf.errors import NutgrafError

_TERMS, _NUMBERS = "terms.json", "weights.safetensors"
_AROUND = "around"  # the vectorizer of what stands around a paragraph


def tfidf(knobs: Ngrams, **how: Any) -> TfidfVectorizer:
    """A TF-IDF with sublinear counts, over the n-grams that the knobs name."""
    return TfidfVectorizer(
        ngram_range=(knobs.least, knobs.most),
        min_df=knobs.min_count,
        max_features=knobs.max_features,
        sublinear_tf=True,
        **how,
    )


class LogisticClassifier:
    """Base of the linear kinds; a subclass names its vectorizers and its features beside them."""

    needs_held_out: ClassVar[bool] = False
    looks_around: ClassVar[bool] = False  # whether the words around a paragraph are features, where they are to be seen

    def __init__(self, knobs: Words | Linear, vectorizers: dict[str, TfidfVectorizer]) -> None:
        self.knobs = knobs
        self.vectorizers = vectorizers
        self._characters: CharacterNgrams | None = None  # made when first needed, after fitting
        self.weights: Floats = np.zeros((0, 0))  # shape (features, labels)
        self.intercepts: Floats = np.zeros(0)

    @classmethod
    def of(cls, knobs: dict[str, Any]) -> Self:
        """Make an untrained classifier from knobs as they were saved."""
        raise TypeError(f"{cls.__name__} names no knobs")

    def extra(self, texts: Sequence[str]) -> sparse.csr_array | None:
        """Features beside the vectorizers', shape (paragraphs, features); none, unless a subclass has some."""
        return None

    def fit(self, texts: Sequence[str], labels: Bools, held_out: Examples | None = None) -> Self:
        """Fit vectorizers, then each label by itself; a label that never varies gets its rate."""
        self._characters = None
        self.vectorizers.pop(_AROUND, None)
        if self.looks_around and any(map(around, texts)):
            self.vectorizers[_AROUND] = tfidf(self.knobs.words)
        for name, vectorizer in self.vectorizers.items():
            try:
                vectorizer.fit(_looked_at(name, texts))
            except ValueError as error:  # "empty vocabulary", "no terms remain"
                raise NutgrafError(f"too little text to learn from: {error}") from None
        features = self._features(texts)
        self.weights, self.intercepts = regression.fit(features, labels, self.knobs.strength, self.knobs.balanced)
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Probabilities of the labels, each by its own regression."""
        return regression.probabilities(self._features(texts), self.weights, self.intercepts)

    def _features(self, texts: Sequence[str]) -> sparse.csr_array:
        blocks = [self._transform(one, _looked_at(name, texts)) for name, one in self.vectorizers.items()]
        beside = self.extra(texts)
        return sparse.hstack([*blocks, *([] if beside is None else [beside])], format="csr")

    def _transform(self, vectorizer: TfidfVectorizer, texts: Sequence[str]) -> sparse.csr_array:
        if vectorizer.analyzer != "char_wb":
            return vectorizer.transform(texts)
        self._characters = self._characters or CharacterNgrams(vectorizer)
        return self._characters.transform(texts)

    def windowed(self, texts: Sequence[str]) -> int:
        """None: a text of any length is seen whole."""
        return 0

    def save(self, folder: Path) -> None:
        """Write the vocabularies as JSON and the numbers as safetensors: plain files, nothing that could run."""
        terms = {name: _terms(vectorizer) for name, vectorizer in self.vectorizers.items()}
        state = {"knobs": self.knobs.model_dump(), "terms": terms}
        (folder / _TERMS).write_bytes(msgspec.json.encode(state))
        numbers = {f"idf/{name}": vectorizer.idf_ for name, vectorizer in self.vectorizers.items()}
        save_file(numbers | {"weights": self.weights, "intercepts": self.intercepts}, folder / _NUMBERS)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read back what `save` wrote."""
        state = msgspec.json.decode((folder / _TERMS).read_bytes())
        numbers = load_file(folder / _NUMBERS)
        made = cls.of(state["knobs"])
        if _AROUND in state["terms"]:
            made.vectorizers[_AROUND] = tfidf(made.knobs.words)
        for name, vectorizer in made.vectorizers.items():
            vectorizer.vocabulary = {term: column for column, term in enumerate(state["terms"][name])}
            vectorizer.idf_ = numbers[f"idf/{name}"]
        made.weights, made.intercepts = numbers["weights"], numbers["intercepts"]
        return made


def _looked_at(name: str, texts: Sequence[str]) -> Sequence[str]:
    """What a vectorizer gets of the texts."""
    return [around(text) for text in texts] if name == _AROUND else texts


def _terms(vectorizer: TfidfVectorizer) -> list[str]:
    terms: list[str] = vectorizer.get_feature_names_out().tolist()
    return terms
