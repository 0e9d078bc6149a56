"""`nutgraf read`."""

from __future__ import annotations

from pathlib import Path

import click

from nutgraf.commands.edge import Refusals, apart, config_option, ending, out_option, shown


@click.command("read", short_help="Articles from files, folders or standard input.")
@click.argument("paths", nargs=-1, required=True)
@out_option("Articles, as JSONL (.jsonl or .jsonl.gz).")
@config_option
def command(paths: tuple[str, ...], out: Path, config: Path | None) -> int:
    """Read articles from PATHS: files, folders, or - for standard input.

    Formats: saved-page text and plain text (.txt .text .md), HTML (.html .htm .xhtml), and tables with an
    article a record (.jsonl .ndjson .csv .tsv .parquet; columns text or body, title, date, source, id).
    Each may be gzipped (.gz).
    """
    from nutgraf import config as knobs
    from nutgraf.files import write_jsonl
    from nutgraf.read import read
    from nutgraf.read.sources import walk

    ending(out, ".jsonl", ".jsonl.gz")
    apart(map(Path, paths), [out])
    settings = knobs.load(config)
    refusals = Refusals(out)
    articles = refusals.sift(read(shown(walk(paths), "files"), settings.read))
    count = write_jsonl(out, refusals.some(articles, "article"))
    return refusals.done(f"{count} articles read to {out}")
