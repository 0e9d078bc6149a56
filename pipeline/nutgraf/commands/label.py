"""`nutgraf label`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import Refusals, apart, config_option, out_option, shown
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.config import Config
    from nutgraf.read.sources import Source
    from nutgraf.records import Paragraph, Refusal


@click.command("label", short_help="New articles or paragraphs, in bulk.")
@click.argument("paths", nargs=-1, required=True)
@click.option("--model", required=True, help="A model folder, or an MLflow model URI (models:/nutgraf@champion).")
@out_option("Labelled paragraphs: .jsonl, .csv or .parquet.")
@click.option(
    "--unit",
    type=click.Choice(["article", "paragraph"]),
    default="article",
    help="`paragraph`: each record of a JSONL, CSV or Parquet file is one paragraph as it stands, its id kept.",
)
@click.option(
    "--excel",
    is_flag=True,
    help="Write CSV that Excel opens by a double click (byte order mark, no formulas).",
)
@click.option("--workers", type=click.IntRange(min=0), help="Processes; 0 is one a core. Default: label.workers.")
@config_option
def command(
    paths: tuple[str, ...],
    model: str,
    out: Path,
    unit: str,
    excel: bool,
    workers: int | None,
    config: Path | None,
) -> int:
    """Label the paragraphs of PATHS: files or folders of any format that `nutgraf read` takes, or -.

    One row a paragraph, in the order of the input: article_id, paragraph, start, end, text, then for each
    label whether it is given, and its probability as p_LABEL.
    """
    from nutgraf import bundle, tablewriter
    from nutgraf import config as knobs
    from nutgraf import label as stage
    from nutgraf.commands.models import folder_of
    from nutgraf.read import paragraphs
    from nutgraf.read.sources import walk

    settings = knobs.load(config)
    tablewriter.check_ending(out)
    if excel and out.suffix.lower() != ".csv":
        raise NutgrafError(f"--excel is for CSV, not for {out}")
    apart(map(Path, paths), [out])
    sources = walk(paths)  # refuses a missing path before the model is loaded
    folder = folder_of(model)
    loaded = bundle.load(folder)
    refusals = Refusals(out)
    by_paragraph = unit == "paragraph"
    dropped: list[int] = []
    items = paragraphs.read(sources) if by_paragraph else _split(sources, settings, dropped)
    count = (settings.label.workers if workers is None else workers) or os.cpu_count() or 1
    found = refusals.some(refusals.sift(items), "paragraph")
    predictions = stage.label_parallel(found, loaded, folder, settings.label.chunk, count)
    rows = (stage.as_row(prediction, loaded.labels, by_paragraph) for prediction in shown(predictions, "paragraphs"))
    written = tablewriter.write(out, rows, stage.columns(loaded.labels, by_paragraph), excel)
    furniture = f"; {len(dropped)} pieces of page furniture dropped" if dropped else ""
    return refusals.done(f"{written} paragraphs labelled to {out}{furniture}")


def _split(sources: Iterator[Source], settings: Config, dropped: list[int]) -> Iterator[Paragraph | Refusal]:
    """Read and split; the length of each dropped piece is added to `dropped`."""
    from nutgraf.read import read
    from nutgraf.records import Article, Dropped
    from nutgraf.split import split

    for item in read(sources, settings.read):
        if isinstance(item, Article):
            for piece in split([item], settings.split):
                if isinstance(piece, Dropped):
                    dropped.append(len(piece.text))
                else:
                    yield piece
        else:
            yield item
