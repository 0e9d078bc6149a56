"""The knobs of the stages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from nutgraf.config.section import Section

_GOAL = r"^(f1|half|(precision|recall|fbeta)=\d*\.?\d+)$"  # `thresholds.parse` reads it
_CODE = "^[a-z]{2,3}$"  # ISO 639, or `any`


class Columns(Section):
    """The columns of a table that hold an article's fields; empty: found by their usual names."""

    text: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    byline: str = ""
    id: str = ""


class Read(Section):
    """Knobs of reading."""

    min_words: int = Field(5, ge=1)  # an article of fewer words is refused as too short
    max_megabytes: int = Field(64, ge=1)  # a page, a text or a line of a table over this is refused
    unwrap: bool = True  # join lines that were wrapped in mid-sentence
    language: str = Field("any", pattern=_CODE)  # articles that are surely in another are refused
    reprints: Literal["ignore", "mark", "drop"] = "mark"  # near-duplicates of an article read before
    similarity: float = Field(0.5, gt=0, le=1)  # Jaccard, of runs of words, from which an article is a reprint
    columns: Columns = Columns()  # of tables
    subset: str = ""  # of a hub's data set
    split: str = "train"  # of a hub's data set
    workers: int = Field(0, ge=0)  # processes, where there is much to read; 0: one a core


class Split(Section):
    """Knobs of splitting into paragraphs."""

    furniture: bool = True  # drop site furniture
    mend: bool = True  # part paragraphs whose break was lost ("it said.Syrian state TV")
    unbroken: int = Field(120, ge=1)  # words from which an article of a single line is taken for one without breaks,
    packed: int = Field(45, ge=1)  # and its sentences are packed to paragraphs of about so many words
    workers: int = Field(0, ge=0)  # processes, where there is much to split; 0: one a core


class Annotate(Section):
    """Knobs of annotation."""

    propose: bool = True  # let rules label the paragraphs that no person has


class Partition(Section):
    """Shares of validation and test; `salt` names the draw."""

    salt: str = "nutgraf"
    validation: float = Field(0.15, ge=0, lt=1)
    test: float = Field(0.15, ge=0, lt=1)
    similarity: float = Field(0.5, gt=0, le=1)  # Jaccard, from which articles are reprints and stay together

    @model_validator(mode="after")
    def _leaves_something_to_train_on(self) -> Partition:
        if self.validation + self.test >= 1:
            raise ValueError("validation + test must be under 1")
        return self


Input = Literal["paragraph", "headline", "neighbours"]


class Train(Section):
    """Knobs of training that hold for every kind of classifier."""

    kind: str = "linear"
    seed: int = Field(1, ge=0)  # same seed, same model
    input: Input = "paragraph"  # what is seen: the paragraph, or its headline too, or the paragraph before as well
    proposed: bool = False  # train on what rules proposed, too
    folds: int = Field(5, ge=2)  # of the training part, to calibrate and to set thresholds
    calibrate: bool = True
    goal: str = Field("f1", pattern=_GOAL)  # of the thresholds: f1, half, fbeta=0.5, precision=0.9, recall=0.95


class Evaluate(Section):
    """Knobs of evaluation."""

    bins: int = Field(10, ge=2)  # of the calibration error
    draws: int = Field(1000, ge=0)  # of articles, for the intervals; 0: none are made, nor slices
    least: int = Field(20, ge=1)  # paragraphs of a slice
    workers: int = Field(0, ge=0)  # processes, where there is much to score; 0: one a core


class Log(Section):
    """Names in MLflow."""

    experiment: str = "nutgraf"
    model: str = "nutgraf"
    mistakes: int = Field(100, ge=0)  # on the page of wrong decisions; 0: none is made


Kept = Literal["validation", "test"]


class Compare(Section):
    """Knobs of the comparison of two models."""

    part: Kept = "test"
    draws: int = Field(1000, ge=20)  # of articles, for the intervals; and of exchanges, for the test


class Promote(Section):
    """What promotion goes by."""

    metric: str = "validation/macro/f1"  # the candidate is the version with the best
    alias: str = "champion"
    previous: str = "previous"  # alias of the champion before
    part: Kept = "validation"  # on which candidate and champion are compared
    margin: float = Field(0.02, ge=0, le=1)  # F1 that the candidate may lose on a label
    level: float = Field(0.05, gt=0, lt=1)  # p below which it is better overall


class Label(Section):
    """Knobs of labelling in bulk."""

    chunk: int = Field(1000, ge=1)  # paragraphs labelled at a time
    workers: int = Field(0, ge=0)  # processes; 0: one a core
    language: str = Field("en", pattern=_CODE)  # the model's; others are refused
    band: float = Field(0.1, ge=0, le=1)  # how near its threshold a probability is uncertain


class Report(Section):
    """Knobs of the report."""

    title: str = "Labelled articles"
    max_articles: int = Field(200, ge=1)  # a page of more is unpleasant to open
