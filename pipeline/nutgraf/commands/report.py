"""`nutgraf report`."""

from __future__ import annotations

import itertools
from pathlib import Path

import click

from nutgraf.commands.edge import PATH, Refusals, apart, config_option, ending, labels_option, out_option
from nutgraf.commands.labelled import articles_of, rows_of


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
    from nutgraf.files import atomic

    ending(out, ".html", ".htm")
    apart([labelled, articles, labels], [out])
    settings = knobs.load(config)
    refusals = Refusals(out)
    known = articles_of(articles, refusals) if articles else {}
    rows = refusals.some(refusals.sift(rows_of(labelled)), "labelled paragraph")
    first = next(rows)
    names = stage.labels_of(first)
    codebook = codebooks.load(labels) if labels else codebooks.of_names(names)
    sheets = stage.sheets(itertools.chain([first], rows), names, known)
    page, shown, left_out = stage.render(sheets, names, codebook, settings.report)
    with atomic(out) as part:
        part.write_text(page, encoding="utf-8")
    more = f"; {left_out} more are left out (report.max_articles)" if left_out else ""
    return refusals.done(f"{shown} articles on {out}{more}")
