"""`nutgraf partition`."""

from __future__ import annotations

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
    print_audit,
    read_annotations,
)
from nutgraf.commands.tables import csv_rows, write_csv
from nutgraf.errors import NutgrafError, unknown

if TYPE_CHECKING:
    from nutgraf.partition import Part


@click.command("partition", short_help="Train, validation and test: who stands where.")
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels, article.")
@click.option("--keep", type=PATH, help="A partition written before: what it names stays where it is.")
@click.option("--folds", type=click.IntRange(min=2), help="Also deal all groups out over so many folds.")
@labels_option
@click.option("--out", type=PATH, required=True, help="The partition, as CSV: group, part, and fold.")
@config_option
def command(
    data: Path, keep: Path | None, folds: int | None, labels: Path | None, out: Path, config: Path | None
) -> int:
    """Deal whole conflicts or articles out over train, validation and test, each label in its share.

    Near-duplicates stay together. Prints what each part holds, and what two parts share, which should be nothing.
    """
    from nutgraf import codebook as codebooks
    from nutgraf import config as knobs
    from nutgraf import dataset
    from nutgraf import partition as stage

    ending(out, ".csv")
    apart([data, labels], [out])
    settings = knobs.load(config).partition
    refusals = Refusals(out)
    annotations = read_annotations(data, refusals)
    names = codebooks.load(labels).names if labels else dataset.labels_found(annotations)
    known = read_partition(keep) if keep else {}
    together = stage.joined(annotations, settings, known)
    placed = stage.assign(together, names, settings, known)
    kept = stage.partition(together, placed, settings)
    parts = {part: [together[i] for i in numbers] for part, numbers in kept.items()}
    print_audit(stage.audit(parts, names, settings.similarity))
    fold = dict.fromkeys(placed, "")
    for number, rows in enumerate(stage.folds(together, names, folds, settings.salt) if folds else [], start=1):
        fold |= {together[row].side: str(number) for row in rows}
    first = {a.side: b.side for a, b in zip(annotations, together, strict=True)}
    table = [[side, placed[first[side]], *([fold[first[side]]] if folds else [])] for side in sorted(first)]
    write_csv(out, [["group", "part", *(["fold"] if folds else [])], *table])
    return refusals.done(f"{len(table)} groups to {out}")


def read_partition(path: Path) -> dict[str, Part]:
    """The part of each group, as `nutgraf partition` wrote it. Raises NutgrafError for a part that is none."""
    from nutgraf.partition import PARTS
    from nutgraf.records import Refusal

    known: dict[str, Part] = {}
    for number, row in csv_rows(path, ("group", "part")):
        if isinstance(row, Refusal):
            raise NutgrafError(f"{path}: row {number + 1}: {row.reason}")
        if row["part"] not in PARTS:
            raise NutgrafError(f"{path}: row {number + 1}: {unknown('part', row['part'], PARTS)}")
        known[row["group"]] = row["part"]
    return known
