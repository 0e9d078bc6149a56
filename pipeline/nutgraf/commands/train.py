"""`nutgraf train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import (
    PATH,
    Refusals,
    apart,
    config_option,
    kind_option,
    labels_option,
    out_option,
    print_audit,
    seed_option,
    shown,
)
from nutgraf.commands.partition import read_partition
from nutgraf.commands.training import prepared
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.codebook import Codebook
    from nutgraf.config import Config
    from nutgraf.records import Annotation
    from nutgraf.train import Trained


@click.command("train", short_help="A model folder from labelled paragraphs.")
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels, article.")
@kind_option
@labels_option
@click.option("--partition", "parts", type=PATH, help="As `nutgraf partition` wrote it: who stands where.")
@click.option("--member", "members", type=PATH, multiple=True, help="A model folder to take into an ensemble as it is.")
@seed_option
@out_option("The model folder.")
@config_option
def command(
    data: Path,
    kind: str | None,
    labels: Path | None,
    parts: Path | None,
    members: tuple[Path, ...],
    seed: int | None,
    out: Path,
    config: Path | None,
) -> int:
    """Train a classifier on labelled paragraphs, with the labels found there or those of --labels."""
    from nutgraf import bundle
    from nutgraf import train as stage

    apart([data, labels, parts, *members], [out])
    refusals = Refusals(out)
    settings, chosen, codebook, usable = prepared(data, kind, labels, config, seed, refusals)
    known = read_partition(parts) if parts else None
    if members and chosen != "ensemble":
        raise NutgrafError(f"--member is for --kind ensemble, not for {chosen}")
    trained_before = [bundle.load(member) for member in members]
    bundle.check_place(out)  # before any work

    def progress(folds: list[list[int]]) -> object:
        return shown(folds, "folds", len(folds))

    trained = stage.train(usable, codebook, chosen, settings, progress, known, trained_before)
    bundle.save(trained.bundle, out, _card(trained, codebook, settings, usable))
    print_audit(trained.audit)
    for note in trained.notes:
        print(f"note: {note}")
    return refusals.done(f"{chosen} model trained on {trained.audit.paragraphs['train']} paragraphs to {out}")


def _card(trained: Trained, codebook: Codebook, settings: Config, usable: list[Annotation]) -> str:
    from nutgraf.card import card
    from nutgraf.evaluate import evaluate, part_of

    unseen = [a for a in usable if a.by == "people" and part_of(a, trained.bundle) != "train"]
    scored = evaluate(unseen, trained.bundle, settings.evaluate)[0] if unseen else None
    return card(trained.bundle, codebook, trained.audit, scored)
