"""`nutgraf split`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from nutgraf.commands.edge import PATH, Refusals, apart, config_option, ending, out_option, shown, workers_option
from nutgraf.errors import NutgrafError


@click.command("split", short_help="Articles into paragraphs, furniture dropped.")
@click.argument("articles", type=PATH)
@out_option("Paragraphs, as JSONL (.jsonl or .jsonl.gz).")
@click.option("--dropped", type=PATH, help="Also write what was dropped, with its reason, to this JSONL file.")
@workers_option
@config_option
def command(articles: Path, out: Path, dropped: Path | None, workers: int | None, config: Path | None) -> int:
    """Split ARTICLES (JSONL from `nutgraf read`) into paragraphs; site furniture is dropped and counted."""
    from nutgraf import config as knobs
    from nutgraf.files import jsonl_or_nothing, open_bytes, read_jsonl, write_jsonl
    from nutgraf.records import Article, Dropped, Paragraph, Refusal
    from nutgraf.split import split

    ending(out, ".jsonl", ".jsonl.gz")
    apart([articles], [out, dropped])
    settings = knobs.load(config)
    count = settings.split.workers if workers is None else workers
    if not articles.is_file():
        raise NutgrafError(f"{articles}: no such file")
    refusals = Refusals(out)
    why: Counter[str] = Counter()
    with open_bytes(articles) as file, jsonl_or_nothing(dropped) as write_dropped:
        found = refusals.some(refusals.sift(read_jsonl(file, Article, str(articles))), "article")

        def paragraphs() -> Iterator[Paragraph | Refusal]:
            for piece in split(shown(found, "articles"), settings.split, count):
                if isinstance(piece, Dropped):
                    why[piece.reason] += 1
                    write_dropped(piece)
                else:
                    yield piece

        count = write_jsonl(out, refusals.some(refusals.sift(paragraphs()), "paragraph"))
    said = f"{count} paragraphs to {out}; {why.total()} pieces dropped"
    reasons = ", ".join(f"{number} {reason}" for reason, number in why.most_common())
    return refusals.done(f"{said} ({reasons})" if reasons else said)
