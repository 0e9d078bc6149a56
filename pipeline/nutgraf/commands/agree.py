"""`nutgraf agree`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, apart, ending, print_table
from nutgraf.commands.tables import csv_rows, write_csv
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.agreement import Agreement, Twice
    from nutgraf.records import Refusal


@click.command("agree", short_help="How far two annotators agree.")
@click.argument("folder", type=PATH)
@click.option("--labels", type=PATH, required=True, help="The codebook, as configs/labels.yaml.")
@click.option("--out", type=PATH, required=True, help="The table, as CSV.")
def command(folder: Path, labels: Path, out: Path) -> int:
    """Print how far two people agree who labelled the same paragraphs.

    FOLDER holds a CSV an article, as seeds/annotations, with the columns `first` and `second`. Prints, for each
    label, to how many paragraphs each gave it, F1 of one against the other, and Cohen's kappa.
    """
    from nutgraf import agreement
    from nutgraf import codebook as codebooks

    ending(out, ".csv")
    apart([labels], [out])
    if not folder.is_dir():
        raise NutgrafError(f"{folder}: no such folder")
    codebook = codebooks.load(labels)
    refusals = Refusals(out)
    rows = refusals.sift(_twice(folder))
    usable = list(refusals.some(refusals.sift(agreement.checked(rows, codebook)), "paragraph that two people labelled"))
    table = [_HEAD, *map(_row, agreement.agreement(usable, codebook.names))]
    print_table(table)
    write_csv(out, table)
    same = sum(set(row.first.split()) == set(row.second.split()) for row in usable)
    return refusals.done(f"{len(usable)} paragraphs labelled twice, {same} of them alike, to {out}")


_HEAD = ["label", "first", "second", "both", "f1", "kappa"]


def _row(found: Agreement) -> list[str]:
    counts = ["", "", ""] if found.label == "macro" else [str(found.first), str(found.second), str(found.both)]
    return [found.label, *counts, f"{found.f1:.3f}", f"{found.kappa:.3f}"]


def _twice(folder: Path) -> Iterator[Twice | Refusal]:
    from nutgraf.agreement import Twice
    from nutgraf.records import Refusal

    for path in sorted(folder.rglob("*.csv")):
        for number, row in csv_rows(path, ("first", "second")):
            yield row if isinstance(row, Refusal) else Twice(path=str(path), row=number + 1, **row)
