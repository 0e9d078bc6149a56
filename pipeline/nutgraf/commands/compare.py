"""`nutgraf compare`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import (
    PATH,
    Refusals,
    apart,
    config_option,
    out_option,
    print_table,
    read_annotations,
)
from nutgraf.commands.models import folder_of, tracked
from nutgraf.commands.tables import write_csv

if TYPE_CHECKING:
    from nutgraf.compare import Change, Comparison
    from nutgraf.judged import Predictions
    from nutgraf.records import Annotation
    from nutgraf.tracking.compared import Run

_SHOWN = ("f1", "average_precision", "article_f1", "exact_match", "example_f1")


@click.command("compare", short_help="Two models on the same paragraphs: is one better?")
@click.argument("first")
@click.argument("second")
@click.option("--data", type=PATH, help="Labelled paragraphs to score both on. Default: what each was logged with.")
@click.option("--part", type=click.Choice(["validation", "test"]), help="Instead of compare.part.")
@out_option("Every difference with its interval and its test, as JSON.")
@click.option("--differing", type=PATH, help="Also write the paragraphs that the two label differently (CSV).")
@config_option
def command(
    first: str, second: str, data: Path | None, part: str | None, out: Path, differing: Path | None, config: Path | None
) -> int:
    """Compare the models FIRST and SECOND on paragraphs that neither learned from.

    A model is a folder, an MLflow URI (models:/NAME@ALIAS, runs:/ID) or the id of a run. Each difference has a 95%
    interval, paired over articles drawn anew, and the p of a permutation test over articles; of the labels, corrected
    for their number. A difference whose corrected p is over 0.05 may well be chance. The result is also logged to
    MLflow, on the newer run of the two, if they were logged.
    """
    from nutgraf import config as knobs
    from nutgraf.compare import compare
    from nutgraf.files import write_json

    apart([data], [out, differing])
    settings = knobs.load(config)
    wanted = settings.compare
    if part:
        wanted = wanted.model_copy(update={"part": part})
    refusals = Refusals(out)
    one, other = _predictions((first, second), read_annotations(data, refusals) if data else None)
    found = compare(one, other, wanted)
    write_json(out, found)
    print_table(_table(found))
    if differing:
        write_csv(differing, found.differing_table())
    counts = [sum(one.better == who for one in found.differing) for who in ("first", "second", "neither")]
    print(
        f"labelled differently: {len(found.differing)} paragraphs; first nearer to people in {counts[0]}, "
        f"second in {counts[1]}, neither in {counts[2]}"
    )
    if run := tracked(lambda: _log(found, (first, second), wanted.part)):
        print(f"logged to MLflow on the run {run.name} ({run.id})")
    return refusals.done(
        f"compared on {found.paragraphs} paragraphs of {found.articles} articles ({wanted.part}), to {out}"
    )


def _predictions(names: tuple[str, str], annotations: list[Annotation] | None) -> Iterator[Predictions]:
    """What each model says of the annotations, or said of what it was logged with."""
    from nutgraf import bundle
    from nutgraf.evaluate import judge
    from nutgraf.tracking import compared, registry

    for name in names:
        if annotations is None:
            yield registry.predictions(compared.known(name).id)
        else:
            yield judge(annotations, bundle.load(folder_of(name)))


def _log(found: Comparison, names: tuple[str, str], part: str) -> Run | None:
    """Log it on the newer run."""
    from nutgraf.tracking import compared

    first, second = (compared.run_of(name) or compared.Run(name=Path(name).name) for name in names)
    return compared.log(found, first, second, part)


def _table(found: Comparison) -> list[list[str]]:
    head = ["score", "first", "second", "difference", "low", "high", "p", "corrected"]
    return [head, *(_row(change) for change in found.changes if change.metric in _SHOWN)]


def _row(change: Change) -> list[str]:
    values = (change.first, change.second)
    signed = (change.difference, change.low, change.high)
    return [
        f"{change.label}/{change.metric}",
        *(f"{value:.3f}" for value in values),
        *(f"{value:+.3f}" for value in signed),
        *(f"{value:.3f}" for value in (change.p, change.corrected)),
    ]
