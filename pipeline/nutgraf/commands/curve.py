"""`nutgraf curve`."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import (
    PATH,
    Refusals,
    apart,
    config_option,
    ending,
    labels_option,
    print_table,
    read_annotations,
    shown,
)
from nutgraf.commands.partition import read_partition
from nutgraf.commands.points import write_points

if TYPE_CHECKING:
    from nutgraf.curve import Point


@click.command("curve", short_help="How scores grow with the articles trained on.")
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels, article.")
@click.option("--also", type=PATH, multiple=True, help="Labelled paragraphs to score beside, never trained on.")
@click.option("--kind", "kinds", multiple=True, default=("linear",), help="Kind of classifier; may be repeated.")
@click.option("--share", "shares", type=float, multiple=True, default=(0.25, 0.5, 1.0), help="Of the training part.")
@click.option("--draws", type=click.IntRange(min=1), default=3, help="Trainings on each share under 1.")
@labels_option
@click.option("--partition", "parts", type=PATH, help="As `nutgraf partition` wrote it: who stands where.")
@click.option("--model", "models", type=PATH, multiple=True, help="A model trained on all of it: not trained again.")
@click.option("--out", type=PATH, required=True, help="The scores of each training, as CSV.")
@click.option("--picture", type=PATH, help="Also draw the curve, as .svg, .png or .pdf (needs matplotlib).")
@config_option
def command(
    data: Path,
    also: tuple[Path, ...],
    kinds: tuple[str, ...],
    shares: tuple[float, ...],
    draws: int,
    labels: Path | None,
    parts: Path | None,
    models: tuple[Path, ...],
    out: Path,
    picture: Path | None,
    config: Path | None,
) -> int:
    """Train on shares of the articles of --data, and score each model.

    Scores are macro-F1 on the validation and test parts of --data, and on the files of --also: the mean of the draws,
    and their range in brackets.
    """
    from nutgraf import bundle, dataset
    from nutgraf import codebook as codebooks
    from nutgraf import config as knobs
    from nutgraf import curve as stage

    ending(out, ".csv")
    apart([data, *also, labels, parts, *models], [out, picture])
    if picture:
        ending(picture, ".svg", ".png", ".pdf")
    settings = knobs.load(config)
    for kind in kinds:
        settings.classifiers.of(kind)
    planned = stage.runs(kinds, shares, draws)
    refusals = Refusals(out)
    annotations = read_annotations(data, refusals)
    others = {path.stem: read_annotations(path, refusals) for path in also}
    codebook = codebooks.load(labels) if labels else codebooks.of_names(dataset.labels_found(annotations))
    trainings = shown(planned, "trainings", len(planned))
    known = read_partition(parts) if parts else None
    whole = [bundle.load(model) for model in models]
    points = list(stage.curve(annotations, codebook, others, settings, trainings, known=known, whole=whole))
    print_table(_table(points))
    write_points(out, points, codebook.names)
    if picture:
        from nutgraf.files import atomic
        from nutgraf.pictures.curve import learning_curve

        with atomic(picture) as part:
            learning_curve(points).savefig(part, format=picture.suffix[1:])
    return refusals.done(f"{len(planned)} trainings to {out}")


def _table(points: Sequence[Point]) -> list[list[str]]:
    """A row for each kind and share, a column for each set that was scored."""
    sets = list(dict.fromkeys(point.on for point in points))
    found: dict[tuple[str, float], dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for point in points:
        found[point.kind, point.share][point.on].append(point)
    rows = [["kind", "share", "paragraphs", *sets]]
    for (kind, share), here in sorted(found.items()):
        paragraphs = statistics.mean(point.paragraphs for some in here.values() for point in some)
        rows.append([kind, f"{share:g}", f"{paragraphs:.0f}", *(_mean([p.macro for p in here[name]]) for name in sets)])
    return rows


def _mean(values: Sequence[float]) -> str:
    mean = f"{statistics.mean(values):.3f}" if values else "-"
    return f"{mean} ({min(values):.3f}-{max(values):.3f})" if len(values) > 1 else mean
