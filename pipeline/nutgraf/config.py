"""Every knob, one section a stage, read from configs/params.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from nutgraf.errors import NutgrafError, unknown


class Section(BaseModel):
    """A section of knobs: an unknown knob or a value of the wrong type is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


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


class Train(Section):
    """Knobs of training that hold for every kind of classifier."""

    kind: str = "linear"
    proposed: bool = False  # train on what rules proposed, too
    folds: int = Field(5, ge=2)  # of the training part, to calibrate and to set thresholds
    calibrate: bool = True
    thresholds: Literal["f1", "half"] = "f1"


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
    batch: int = Field(32, ge=1)  # paragraphs encoded at a time
    quotations: float = Field(1.0, ge=0)  # weight of the quotation features; 0 leaves them out
    strength: float = Field(2.0, gt=0)
    balanced: bool = True


class Classifiers(Section):
    """One section for each kind of classifier."""

    rules: Rules = Rules()
    words: Words = Words()
    linear: Linear = Linear()
    embedding: Embedding = Embedding()

    def of(self, kind: str) -> Section:
        """The section of one kind; raises NutgrafError for an unknown kind."""
        if kind not in type(self).model_fields:
            raise NutgrafError(unknown("kind of classifier", kind, type(self).model_fields))
        section: Section = getattr(self, kind)
        return section


class Evaluate(Section):
    """Knobs of evaluation."""

    bins: int = Field(10, ge=2)  # of the calibration error


class Log(Section):
    """Names in MLflow."""

    experiment: str = "nutgraf"
    model: str = "nutgraf"


class Promote(Section):
    """What promotion goes by."""

    metric: str = "validation/macro/f1"
    alias: str = "champion"


class Label(Section):
    """Knobs of labelling in bulk."""

    chunk: int = Field(1000, ge=1)  # paragraphs labelled at a time
    workers: int = Field(0, ge=0)  # processes; 0: one a core
    language: str = Field("en", pattern=_CODE)  # the model's; others are refused


class Report(Section):
    """Knobs of the report."""

    title: str = "Labelled articles"
    max_articles: int = Field(200, ge=1)  # a page of more is unpleasant to open


class Config(Section):
    """All knobs."""

    read: Read = Read()
    split: Split = Split()
    annotate: Annotate = Annotate()
    partition: Partition = Partition()
    train: Train = Train()
    classifiers: Classifiers = Classifiers()
    evaluate: Evaluate = Evaluate()
    log: Log = Log()
    promote: Promote = Promote()
    label: Label = Label()
    report: Report = Report()


def load_yaml(path: Path) -> Any:
    """Read a YAML 1.2 file, as DVC does: `1e-5` is a number, `NO` is a string.

    Raises NutgrafError naming the file, and the line where the YAML is broken.
    """
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NutgrafError(f"{path}: no such file") from None
    except (YAMLError, ValueError) as error:  # ruamel lets through what int() and datetime() say
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise NutgrafError(f"{path}{where}: not valid YAML: {getattr(error, 'problem', error)}") from None


def explain(error: ValidationError, model: type[BaseModel], what: str = "knob") -> str:
    """Turn pydantic's first complaint into a line that names the place and, if misspelt, the nearest known name."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] != "extra_forbidden":
        message = first["msg"].removeprefix("Value error, ")
        return f"{place + ': ' if place else ''}{message[:1].lower()}{message[1:]}"
    for part in first["loc"][:-1]:
        if isinstance(part, str):
            model = _inner(model.model_fields[part].annotation, model)
    within = "".join(f"{part}." for part in first["loc"][:-1])
    return unknown(what, first["loc"][-1], model.model_fields, within)


def _inner(annotation: Any, default: type[BaseModel]) -> type[BaseModel]:
    """The model that a field holds, or holds many of."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return default


def load(path: Path | None) -> Config:
    """Read and check the knobs; without a path, all have their defaults.

    Raises NutgrafError naming the file and the knob.
    """
    if path is None:
        return Config()
    values = load_yaml(path)
    if not isinstance(values, dict | None):
        raise NutgrafError(f"{path}: must hold sections of knobs, not a {type(values).__name__}")
    try:
        return Config.model_validate(values or {})
    except ValidationError as error:
        raise NutgrafError(f"{path}: {explain(error, Config)}") from None


def changed(section: Any, values: dict[str, Any]) -> Any:
    """The section with other values for some knobs. Raises NutgrafError naming the knob that does not fit."""
    try:
        return type(section).model_validate(section.model_dump() | values)
    except ValidationError as error:
        raise NutgrafError(explain(error, type(section))) from None
