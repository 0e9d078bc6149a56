"""`nutgraf annotate`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, apart, config_option, ending, out_option, print_table
from nutgraf.commands.tables import csv_rows, write_csv
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.annotate import CatalogueEntry, Decision, RuleScore
    from nutgraf.records import Refusal


@click.command("annotate", short_help="People's labels, and rules' where there are none.")
@click.argument("paragraphs", type=PATH)
@click.option("--articles", type=PATH, required=True, help="The articles they are of (from `nutgraf read`).")
@click.option("--people", type=PATH, help="Folder of people's annotations: a CSV an article, as in seeds/annotations.")
@click.option(
    "--catalogue",
    type=PATH,
    help="CSV with a column article, and conflict or kind where known, as seeds/catalogue.csv.",
)
@click.option("--labels", type=PATH, required=True, help="The codebook, as configs/labels.yaml.")
@out_option("Labelled paragraphs, as JSONL.")
@click.option("--rules", type=PATH, help="Also write the table of rules to this CSV file.")
@config_option
def command(
    paragraphs: Path,
    articles: Path,
    people: Path | None,
    catalogue: Path | None,
    labels: Path,
    out: Path,
    rules: Path | None,
    config: Path | None,
) -> int:
    """Join PARAGRAPHS with what people annotated; rules propose labels where no person has.

    Prints each rule's coverage (paragraphs that it votes for) and its agreement with people.
    """
    from nutgraf import annotate as stage
    from nutgraf import codebook as codebooks
    from nutgraf import config as knobs
    from nutgraf.files import open_bytes, read_jsonl, write_jsonl
    from nutgraf.records import Article, Paragraph

    ending(out, ".jsonl", ".jsonl.gz")
    apart([paragraphs, articles, catalogue, labels], [out, rules])
    settings = knobs.load(config)
    codebook = codebooks.load(labels)
    refusals = Refusals(out)
    with open_bytes(paragraphs) as first, open_bytes(articles) as second:
        joined = stage.annotate(
            list(refusals.sift(read_jsonl(first, Paragraph, str(paragraphs)))),
            list(refusals.sift(read_jsonl(second, Article, str(articles)))),
            list(refusals.sift(_decisions(people))) if people else [],
            list(refusals.sift(_catalogue(catalogue))) if catalogue else [],
            codebook,
            settings.annotate,
        )
        annotations = list(refusals.some(refusals.sift(joined), "labelled paragraph"))
    scores = stage.scores(annotations, codebook)
    table = [_row(score) for score in scores]
    print_table([_HEAD, *table])
    if rules:
        write_csv(rules, [_HEAD, *table])
    write_jsonl(out, annotations)
    by_people = sum(annotation.by == "people" for annotation in annotations)
    return refusals.done(
        f"{len(annotations)} paragraphs to {out}: {by_people} labelled by people, "
        f"{len(annotations) - by_people} proposed by rules"
    )


_HEAD = ["label", "rule", "version", "votes", "coverage", "precision", "recall"]


def _row(score: RuleScore) -> list[str]:
    def share(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    coverage = share(score.coverage / score.paragraphs)
    return [
        score.label,
        score.rule,
        str(score.version),
        str(score.coverage),
        coverage,
        share(score.precision),
        share(score.recall),
    ]


def _decisions(folder: Path) -> Iterator[Decision | Refusal]:
    from nutgraf.annotate import Decision
    from nutgraf.records import Refusal

    if not folder.is_dir():
        raise NutgrafError(f"{folder}: no such folder")
    for path in sorted(folder.rglob("*.csv")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        for number, row in csv_rows(path, ("opening", "labels"), ("pair",)):
            yield row if isinstance(row, Refusal) else Decision(article=name, path=str(path), row=number + 1, **row)


def _catalogue(path: Path) -> Iterator[CatalogueEntry | Refusal]:
    from nutgraf.annotate import CatalogueEntry
    from nutgraf.records import Refusal

    for _, row in csv_rows(path, ("article",), ("conflict", "kind")):
        yield row if isinstance(row, Refusal) else CatalogueEntry(**row)
