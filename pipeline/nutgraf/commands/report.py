"""`nutgraf report`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, apart, config_option, ending, labels_option, out_option
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.read.rows import Row
    from nutgraf.records import Refusal


@click.command("report", short_help="Labelled articles as a page to read.")
@click.argument("labelled", type=PATH)
@click.option(
    "--articles",
    type=PATH,
    help="The articles (from `nutgraf read`): their headlines, sources and dates are shown.",
)
@labels_option
@out_option("The page, .html.")
@config_option
def command(labelled: Path, articles: Path | None, labels: Path | None, out: Path, config: Path | None) -> int:
    """Write LABELLED (from `nutgraf label`) as one HTML page to read: no network, no other file needed."""
    from nutgraf import codebook as codebooks
    from nutgraf import config as knobs
    from nutgraf import report as stage
    from nutgraf.files import atomic, open_bytes, read_jsonl
    from nutgraf.records import Article

    ending(out, ".html", ".htm")
    apart([labelled, articles, labels], [out])
    settings = knobs.load(config)
    for path in (labelled, articles):
        if path and not path.is_file():
            raise NutgrafError(f"{path}: no such file")
    refusals = Refusals(out)
    known: dict[str, Article] = {}
    if articles:
        with open_bytes(articles) as file:
            known = {article.id: article for article in refusals.sift(read_jsonl(file, Article, str(articles)))}
    rows = refusals.some(refusals.sift(_rows(labelled)), "labelled paragraph")
    first = next(rows)
    names = stage.labels_of(first)
    codebook = codebooks.load(labels) if labels else codebooks.of_names(names)
    sheets = stage.sheets(itertools.chain([first], rows), names, known)
    page, shown, left_out = stage.render(sheets, names, codebook, settings.report)
    with atomic(out) as part:
        part.write_text(page, encoding="utf-8")
    more = f"; {left_out} more are left out (report.max_articles)" if left_out else ""
    return refusals.done(f"{shown} articles on {out}{more}")


def _rows(path: Path) -> Iterator[Row | Refusal]:
    from nutgraf.read.rows import rows
    from nutgraf.read.sources import of_file
    from nutgraf.records import Refusal
    from nutgraf.report import fault

    for number, row in rows(of_file(path)):
        wrong = "" if isinstance(row, Refusal) else fault(row)
        yield Refusal(path=str(path), record=number, reason="bad_record", detail=wrong) if wrong else row
