"""`nutgraf label`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nutgraf.commands.edge import PATH, Refusals, apart, config_option, out_option, shown, workers_option
from nutgraf.commands.reading import knobs_of, reading_options
from nutgraf.commands.thresholds import decided, threshold_options
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.bundle import Bundle
    from nutgraf.config import Read, Split
    from nutgraf.read.sources import Source
    from nutgraf.records import Dropped, Paragraph, Refusal


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
@click.option("--dropped", type=PATH, help="Also write what was dropped, with its reason, to this JSONL file.")
@click.option(
    "--uncertain", is_flag=True, help="Add a column: labels so near their threshold that a person should look."
)
@threshold_options
@workers_option
@reading_options
@config_option
def command(
    paths: tuple[str, ...],
    model: str,
    out: Path,
    unit: str,
    excel: bool,
    dropped: Path | None,
    goal: str | None,
    thresholds: tuple[str, ...],
    uncertain: bool,
    workers: int | None,
    config: Path | None,
    **given: Any,
) -> int:
    """Label the paragraphs of PATHS: files or folders of any format that `nutgraf read` takes, or -.

    One row a paragraph, in the order of the input: article_id, paragraph, start, end, text, then for each
    label whether it is given, and its probability as p_LABEL.
    """
    from nutgraf import bundle, tablewriter
    from nutgraf import config as knobs
    from nutgraf import label as stage
    from nutgraf.commands.models import folder_of
    from nutgraf.files import jsonl_or_nothing
    from nutgraf.read import paragraphs
    from nutgraf.read.sources import walk

    settings = knobs.load(config)
    tablewriter.check_ending(out)
    if excel and out.suffix.lower() != ".csv":
        raise NutgrafError(f"--excel is for CSV, not for {out}")
    apart(map(Path, paths), [out, dropped])
    reading = knobs_of(settings.read, given)
    if not given["language"] and reading.language == "any":
        reading = knobs.changed(reading, {"language": settings.label.language})
    if reading.reprints == "mark":  # the labelled table has no clusters
        reading = knobs.changed(reading, {"reprints": "ignore"})
    reading = knobs.changed(reading, {"workers": settings.label.workers if workers is None else workers})
    sources = walk(paths)  # refuses a missing path before the model is loaded
    folder = folder_of(model)
    loaded = decided(bundle.load(folder), goal, thresholds)
    refusals = Refusals(out)
    by_paragraph = unit == "paragraph"
    why: Counter[str] = Counter()
    with jsonl_or_nothing(dropped) as write_dropped:

        def put_away(piece: Dropped) -> None:
            why[piece.reason] += 1
            write_dropped(piece)

        items = (
            paragraphs.read(sources, reading) if by_paragraph else _split(sources, reading, settings.split, put_away)
        )
        found = refusals.some(refusals.sift(items), "paragraph")
        long: Counter[bool] = Counter()
        found = _noted(found, loaded, long)
        predictions = stage.label_parallel(found, loaded, folder, settings.label.chunk, reading.workers)
        band = settings.label.band if uncertain else None
        rows = (stage.as_row(one, loaded, by_paragraph, band) for one in shown(predictions, "paragraphs"))
        written = tablewriter.write(out, rows, stage.columns(loaded.labels, by_paragraph, uncertain), excel)
    furniture = f"; {why.total()} pieces of page furniture dropped" if why else ""
    windows = f"; {long[True]} long ones taken in windows" if long[True] else ""
    return refusals.done(f"{written} paragraphs labelled to {out}{furniture}{windows}")


def _noted(paragraphs: Iterator[Paragraph], model: Bundle, long: Counter[bool]) -> Iterator[Paragraph]:
    """The same paragraphs; `long` counts those that are longer than the model's window, and those that are not."""
    for paragraph in paragraphs:
        long[bool(model.classifier.windowed([paragraph.passage]))] += 1
        yield paragraph


def _split(
    sources: Iterator[Source], reading: Read, splitting: Split, put_away: Callable[[Dropped], None]
) -> Iterator[Paragraph | Refusal]:
    """Read and split; what is dropped is handed to `put_away`."""
    from nutgraf.read import read
    from nutgraf.records import Article, Dropped
    from nutgraf.split import split

    for item in read(sources, reading, reading.workers):
        if isinstance(item, Article):
            for piece in split([item], splitting):
                if isinstance(piece, Dropped):
                    put_away(piece)
                else:
                    yield piece
        else:
            yield item
