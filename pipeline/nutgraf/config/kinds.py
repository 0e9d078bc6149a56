"""The knobs of the kinds of classifiers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from nutgraf.config.section import Section
from nutgraf.errors import NutgrafError, unknown


class Ngrams(Section):
    """A TF-IDF of n-grams from `least` to `most`."""

    least: int = Field(1, ge=1)
    most: int = Field(2, ge=1)
    min_count: int = Field(2, ge=1)  # paragraphs an n-gram must occur in
    max_features: int = Field(100_000, ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Ngrams:
        if self.least > self.most:
            raise ValueError("least must not be over most")
        return self


class Rules(Section):
    """Knobs of the kind `rules`."""

    smoothing: float = Field(1.0, gt=0)  # pseudo-counts towards the label's rate


class Words(Section):
    """Knobs of the kind `words`."""

    words: Ngrams = Ngrams()
    strength: float = Field(4.0, gt=0)  # inverse of the regularisation, scikit-learn's C
    balanced: bool = True  # weigh rare labels up


class Linear(Section):
    """Knobs of the kind `linear`."""

    words: Ngrams = Ngrams()
    characters: Ngrams = Ngrams(least=2, most=4)
    quotations: float = Field(1.0, ge=0)  # weight of the quotation features; 0 leaves them out
    strength: float = Field(4.0, gt=0)
    balanced: bool = True


class Embedding(Section):
    """Knobs of the kind `embedding`."""

    encoder: str = ""  # a folder, or a name on a hub; empty: the one that comes as a package
    layers: int = Field(3, ge=1)  # the highest ones, whose means stand side by side
    batch: int = Field(32, ge=1)  # paragraphs encoded at a time
    quotations: float = Field(1.0, ge=0)  # weight of the quotation features; 0 leaves them out
    head: Literal["kernel", "logistic"] = "kernel"  # support vectors, in the square of the paragraphs' time; or a line
    strength: float = Field(4.0, gt=0)  # of the head: C
    gamma: float = Field(1.0, gt=0)  # of the kernel: how near is alike
    balanced: bool = True


class Encoder(Section):
    """Knobs of the kind `encoder`."""

    encoder: str = ""  # a folder, or a name on a hub; empty: the one that comes as a package
    length: int = Field(256, ge=16)  # tokens of a window
    probe: bool = True  # the head begins as the regression on the frozen encoder
    strength: float = Field(2.0, gt=0)  # of that regression, scikit-learn's C
    epochs: int = Field(2, ge=1)
    patience: int = Field(2, ge=1)  # epochs without gain on held-out articles, after which training stops
    batch: int = Field(16, ge=1)
    rate: float = Field(5e-5, gt=0)  # learning rate of the top layer
    decay: float = Field(0.9, gt=0, le=1)  # of the learning rate, from each layer to the one below it
    head_rate: float = Field(5e-4, gt=0)  # learning rate of the head
    warmup: float = Field(0.1, ge=0, lt=1)  # share of the steps in which the rate rises
    shrink: float = Field(0.01, ge=0)  # weight decay
    dropout: float = Field(0.1, ge=0, lt=1)  # before the head
    smoothing: float = Field(0.05, ge=0, lt=1)  # of the labels, towards one half
    balance: float = Field(0.5, ge=0, le=1)  # weighs rare labels up: 0 not at all, 1 to as much as their absence
    quotations: float = Field(1.0, ge=0)  # weight of the quotation features; 0 leaves them out
    freeze: int = Field(2, ge=-1)  # lowest layers kept as they came, with the table of word vectors; -1: nothing is
    device: Literal["cpu", "auto"] = "cpu"  # auto: a graphics card where there is one


class Ensemble(Section):
    """Knobs of the kind `ensemble`."""

    members: tuple[str, ...] = Field(("linear", "embedding"), min_length=2, strict=False)

    @model_validator(mode="after")
    def _of_other_kinds(self) -> Ensemble:
        if len(set(self.members)) < len(self.members) or not set(self.members) < set(Classifiers.model_fields):
            raise ValueError("members must be different kinds of classifiers")
        if "ensemble" in self.members:
            raise ValueError("an ensemble is no member of an ensemble")
        return self


class Classifiers(Section):
    """One section for each kind of classifier."""

    rules: Rules = Rules()
    words: Words = Words()
    linear: Linear = Linear()
    embedding: Embedding = Embedding()
    encoder: Encoder = Encoder()
    ensemble: Ensemble = Field(default_factory=lambda: Ensemble())

    def of(self, kind: str) -> Section:
        """The section of one kind; raises NutgrafError for an unknown kind."""
        if kind not in type(self).model_fields:
            raise NutgrafError(unknown("kind of classifier", kind, type(self).model_fields))
        section: Section = getattr(self, kind)
        return section
