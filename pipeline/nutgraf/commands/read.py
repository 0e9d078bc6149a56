"""`nutgraf read`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nutgraf.commands.edge import Refusals, apart, config_option, ending, out_option, shown, workers_option
from nutgraf.commands.reading import FORMATS, knobs_of, reading_options

if TYPE_CHECKING:
    from nutgraf.records import Article


@click.command("read", short_help="Articles from files, folders or standard input.", epilog=FORMATS)
@click.argument("paths", nargs=-1, required=True)
@out_option("Articles, as JSONL (.jsonl or .jsonl.gz).")
@workers_option
@reading_options
@config_option
def command(paths: tuple[str, ...], out: Path, workers: int | None, config: Path | None, **given: Any) -> int:
    """Read articles from PATHS: files, folders, a hub's data sets, or - for standard input."""
    from nutgraf import config as knobs
    from nutgraf.files import write_jsonl
    from nutgraf.read import read
    from nutgraf.read.sources import walk

    ending(out, ".jsonl", ".jsonl.gz")
    apart(map(Path, paths), [out])
    settings = knobs.load(config)
    reading = knobs_of(settings.read, given)
    refusals = Refusals(out)
    noted: Counter[str] = Counter()
    articles = refusals.sift(
        read(shown(walk(paths), "files"), reading, reading.workers if workers is None else workers)
    )
    count = write_jsonl(out, refusals.some(_noted(articles, noted), "article"))
    notes = ", ".join(f"{number} {what}" for what, number in noted.items())
    return refusals.done(f"{count} articles read to {out}{f' ({notes})' if notes else ''}")


def _noted(articles: Iterable[Article], noted: Counter[str]) -> Iterator[Article]:
    """The same articles, those that a person should know of counted."""
    for article in articles:
        if article.repaired:
            noted["with repaired text"] += 1
        if article.cluster not in ("", article.id):
            noted["reprints of others"] += 1
        yield article
