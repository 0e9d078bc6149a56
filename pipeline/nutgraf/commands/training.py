"""What the commands that train share: knobs, codebook and usable annotations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.commands.edge import Refusals, read_annotations
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.codebook import Codebook
    from nutgraf.config import Config
    from nutgraf.records import Annotation, Refusal


def prepared(
    data: Path, kind: str | None, labels: Path | None, config: Path | None, seed: int | None, refusals: Refusals
) -> tuple[Config, str, Codebook, list[Annotation]]:
    """Knobs, kind, codebook and the annotations whose labels it knows; what it does not know is refused.

    Raises NutgrafError for an unknown kind, and where no paragraph bears a label.
    """
    from nutgraf import codebook as codebooks
    from nutgraf import config as knobs
    from nutgraf import dataset, thresholds
    from nutgraf.records import Refusal

    settings = knobs.load(config)
    if seed is not None:
        settings = knobs.changed(settings, {"train": settings.train.model_dump() | {"seed": seed}})
    chosen = kind or settings.train.kind
    settings.classifiers.of(chosen)  # refuses an unknown kind before any work
    thresholds.parse(settings.train.goal)
    annotations = read_annotations(data, refusals)
    found = dataset.labels_found(annotations)
    if not labels and not found:
        raise NutgrafError(f"{data}: none of its {len(annotations)} paragraphs bears a label; name them with --labels")
    codebook = codebooks.load(labels) if labels else codebooks.of_names(found)
    if chosen == "rules" and not any(label.rules for label in codebook.labels):
        raise NutgrafError("the kind 'rules' needs a codebook with rules: give one with --labels")

    def known(annotation: Annotation) -> Annotation | Refusal:
        wrong = codebook.check(annotation.labels)
        where = f"id {annotation.id}: {wrong}"
        return Refusal(path=str(data), reason="unknown_label", detail=where) if wrong else annotation

    usable = list(refusals.some(refusals.sift(map(known, annotations)), "labelled paragraph"))
    refusals.write()
    return settings, chosen, codebook, usable
