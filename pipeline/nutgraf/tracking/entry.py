"""What is to be logged beside a model folder, as one thing that can wait for its store."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from nutgraf import files
from nutgraf.bundle import Description
from nutgraf.curve import Point
from nutgraf.errors import NutgrafError
from nutgraf.evaluate import Evaluation
from nutgraf.judged import Judged
from nutgraf.records import digest
from nutgraf.tracking.origin import Origin


class Entry(Struct, frozen=True, kw_only=True):
    """The scores of a model, what they were made of, and its learning curve if one was drawn."""

    evaluation: Evaluation
    judged: list[Judged]
    origin: Origin
    curve: list[Point] = []


def content(folder: Path, entry: Entry) -> str:
    """The digest by which a model with these scores is known again."""
    return files.sha256(folder / "model.json")[:16] + digest(str(entry.evaluation.scores))


def check(folder: Path, description: Description, entry: Entry) -> None:
    """Raise NutgrafError unless scores and curve are those of the model."""
    evaluation = entry.evaluation
    if evaluation.model != description.checksum or len(entry.judged) != evaluation.data["paragraphs"]:
        raise NutgrafError(
            f"{folder}: the scores or predictions are of another model: run `nutgraf evaluate` on this one"
        )
    for point in entry.curve:
        if point.share < 1 or point.on not in evaluation.scores:
            continue
        known = float(evaluation.scores[point.on]["macro"]["f1"])
        if point.kind != description.kind or abs(known - point.macro) > 0.0001:  # it is told to four places
            raise NutgrafError(
                f"{folder}: the curve is of another kind, or of other data, parts or knobs: run `nutgraf curve` anew"
            )
