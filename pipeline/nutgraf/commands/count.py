"""`nutgraf count`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, apart, ending, out_option, print_table
from nutgraf.commands.labelled import articles_of, rows_of
from nutgraf.commands.models import folder_of
from nutgraf.commands.tables import write_csv
from nutgraf.commands.thresholds import decided, threshold_options
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.counts import Count
    from nutgraf.report import Row

_DIGITS = {"year": 4, "month": 7, "day": 10}  # of an ISO date
_UNKNOWN = "without a date"


@click.command("count", short_help="Counts of labels, corrected for the model's errors.")
@click.argument("labelled", type=PATH)
@click.option("--model", required=True, help="The model that labelled them: a folder, or an MLflow model URI.")
@click.option("--articles", type=PATH, help="The articles (from `nutgraf read`), for their dates.")
@click.option("--by", type=click.Choice(list(_DIGITS)), help="Count by year, month or day of the articles.")
@out_option("The counts, .csv.")
@click.option("--picture", type=PATH, help="Also draw them to this file: .svg, .png or .pdf.")
@threshold_options
def command(
    labelled: Path,
    model: str,
    articles: Path | None,
    by: str | None,
    out: Path,
    picture: Path | None,
    goal: str | None,
    thresholds: tuple[str, ...],
) -> int:
    """Count the labels of LABELLED (from `nutgraf label`), as given and as corrected.

    A model misses some paragraphs and gives a label wrongly to others; how often, its held-out articles tell. The
    corrected count takes that off, with a 95% interval. It holds for texts on which the model errs as often as there:
    read some of the labelled paragraphs yourself before you publish.
    """
    import numpy as np

    from nutgraf import bundle
    from nutgraf.counts import WHOLE, count, decisions

    ending(out, ".csv")
    apart([labelled, articles], [out, picture])
    if picture:
        ending(picture, ".svg", ".png", ".pdf")
    if by and not articles:
        raise NutgrafError("--by needs --articles, which hold the dates")
    loaded = decided(bundle.load(folder_of(model)), goal, thresholds)
    refusals = Refusals(out)
    dates = {key: article.date for key, article in articles_of(articles, refusals).items()} if articles else {}
    rows = refusals.some(refusals.sift(rows_of(labelled)), "labelled paragraph")

    def period(row: Row) -> str:
        return (dates.get(str(row["article_id"]), "")[: _DIGITS[by]] or _UNKNOWN) if by else WHOLE

    given = decisions(rows, loaded, period)
    total = sum(map(len, given.values()))
    if by:
        given[WHOLE] = np.vstack(list(given.values()))
    found = list(count(given, loaded))
    table = [_HEAD, *map(_row, found)]
    print_table([row for row in table if row[0] in (_HEAD[0], WHOLE)])
    for note in dict.fromkeys(f"{one.label}: {one.note}" for one in found if one.note):
        print(f"note: {note}")
    write_csv(out, table)
    if picture:
        from nutgraf.files import atomic
        from nutgraf.pictures.counts import counts

        with atomic(picture) as part:
            counts(found, loaded.labels).savefig(part, format=picture.suffix[1:])
    return refusals.done(f"{total} paragraphs counted to {out}")


_HEAD = ["period", "label", "paragraphs", "labelled", "corrected", "low", "high"]


def _row(one: Count) -> list[str]:
    values = (one.corrected, one.low, one.high)
    return [
        *(one.period, one.label, str(one.paragraphs), str(one.labelled)),
        *("" if value is None else f"{value:.1f}" for value in values),
    ]
