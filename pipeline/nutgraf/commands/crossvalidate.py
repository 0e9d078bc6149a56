"""`nutgraf crossvalidate`."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import (
    PATH,
    Refusals,
    apart,
    config_option,
    ending,
    kind_option,
    labels_option,
    out_option,
    print_table,
    seed_option,
    shown,
)
from nutgraf.commands.tables import write_csv
from nutgraf.commands.training import prepared

if TYPE_CHECKING:
    from nutgraf.crossvalidate import Fold


@click.command("crossvalidate", short_help="A kind's scores over folds, and labels to look at again.")
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels, article.")
@kind_option
@labels_option
@click.option(
    "--folds", type=click.IntRange(min=2), default=5, show_default=True, help="Of whole conflicts or articles."
)
@seed_option
@out_option("Each paragraph as judged by the model that did not see it (JSONL).")
@click.option("--suspects", type=PATH, help="Also write the labels most likely wrong, worst first, as CSV.")
@click.option("--most", type=click.IntRange(min=1), default=200, show_default=True, help="Suspects at most.")
@config_option
def command(
    data: Path,
    kind: str | None,
    labels: Path | None,
    folds: int,
    seed: int | None,
    out: Path,
    suspects: Path | None,
    most: int,
    config: Path | None,
) -> int:
    """Score a kind of classifier on every article, each by a model that saw nothing of its conflict.

    Prints F1 for each fold, and their mean and standard deviation. --suspects ranks the annotations by how unlikely
    those models find them (cleanlab): a file to review, not to believe.
    """
    from nutgraf import crossvalidate as stage
    from nutgraf.files import write_jsonl

    apart([data, labels], [out, suspects])
    if suspects:
        ending(suspects, ".csv")
    refusals = Refusals(out)
    settings, chosen, codebook, usable = prepared(data, kind, labels, config, seed, refusals)
    found = list(
        stage.crossvalidate(usable, codebook, chosen, settings, folds, lambda dealt: shown(dealt, "folds", len(dealt)))
    )
    judged = [row for fold in found for row in fold.judged]
    write_jsonl(out, judged)
    print_table(_table(found, codebook.names))
    audits = [fold.audit for fold in found]
    shared = [sum(getattr(a, f"shared_{what}") for a in audits) for what in ("texts", "nearly", "groups")]
    print(f"shared by two parts of any fold: {shared[0]} texts, {shared[1]} near-copies, {shared[2]} groups")
    if suspects:
        from nutgraf.suspects import suspects as ranked

        rows = [
            [s.id, s.article, s.label, str(s.given).lower(), f"{s.probability:.3f}", f"{s.quality:.3f}", s.text]
            for s in ranked(judged, codebook.names, most)
        ]
        write_csv(suspects, [["id", "article", "label", "given", "probability", "quality", "text"], *rows])
        print(f"{len(rows)} labels to look at again, in {suspects}")
    return refusals.done(f"{len(judged)} paragraphs judged in {len(found)} folds to {out}")


def _table(found: list[Fold], labels: tuple[str, ...]) -> list[list[str]]:
    """F1 of each fold, and last their mean and standard deviation."""
    names = [*labels, "macro"]
    rows = [["fold", "paragraphs", *names]]
    rows += [
        [str(fold.number), str(len(fold.judged)), *(f"{fold.scores[n]['f1']:.3f}" for n in names)] for fold in found
    ]
    for what, of in (("mean", statistics.mean), ("sd", statistics.stdev)):
        rows.append([what, "", *(f"{of([fold.scores[n]['f1'] for fold in found]):.3f}" for n in names)])
    return rows
