"""The reader's page: labelled articles as one HTML file that needs nothing else."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from nutgraf.codebook import Codebook
from nutgraf.config import Report
from nutgraf.errors import NutgrafError
from nutgraf.records import Article

Row = Mapping[str, Any]


class Chip(Struct, frozen=True):
    """A label as it stands beside a paragraph."""

    name: str
    percent: int


class Block(Struct, frozen=True):
    """One paragraph of the page: its number from 1, its text, the labels it bears and those it nearly bears."""

    number: int
    text: str
    given: list[Chip]
    others: list[Chip]


class Sheet(Struct, frozen=True):
    """One article of the page."""

    id: str
    title: str
    source: str
    date: str
    blocks: list[Block]


def labels_of(row: Row) -> tuple[str, ...]:
    """The labels of a labelled table: the columns that have a `p_` column. Raises NutgrafError if there are none."""
    labels = tuple(name[2:] for name in row if name.startswith("p_") and name[2:] in row)
    if not labels:
        raise NutgrafError("the table has no labels: it must have for each a column LABEL and a column p_LABEL")
    return labels


def fault(row: Row) -> str:
    """What keeps a row from being shown, or an empty string."""
    if missing := [name for name in ("article_id", "text") if row.get(name) is None]:
        return f"no column {missing[0]}"
    for name in (name for name in row if name.startswith("p_")):
        try:
            if not 0 <= float(row[name]) <= 1:
                return f"{name} is {row[name]!r}, no probability"
        except (TypeError, ValueError):
            return f"{name} is {row[name]!r}, no number"
    return ""


def bears(row: Row, label: str) -> bool:
    """Whether the row was given the label; spreadsheets write it in several ways."""
    return str(row.get(label)).strip().lower() in {"true", "1", "yes"}


def sheets(rows: Iterable[Row], labels: tuple[str, ...], articles: Mapping[str, Article]) -> Iterator[Sheet]:
    """Gather the rows of each article, in their order."""
    for key, members in itertools.groupby(rows, key=lambda row: str(row.get("article_id") or "")):
        article = articles.get(key)
        yield Sheet(
            id=key,
            title=article.title if article else "",
            source=article.source if article else "",
            date=article.date if article else "",
            blocks=[_block(row, labels, number) for number, row in enumerate(members, start=1)],
        )


def _block(row: Row, labels: tuple[str, ...], number: int) -> Block:
    chips = {name: Chip(name, round(float(row.get(f"p_{name}") or 0) * 100)) for name in labels}
    given = [name for name in labels if bears(row, name)]
    return Block(
        number=number,
        text=str(row["text"]),
        given=[chips[name] for name in given],
        others=[chips[name] for name in labels if name not in given],
    )


def render(found: Iterable[Sheet], labels: tuple[str, ...], codebook: Codebook, knobs: Report) -> tuple[str, int, int]:
    """The page as HTML, the number of articles on it, and the number left out because they are too many.

    All text from outside is escaped.
    """
    import jinja2

    iterator = iter(found)
    shown = list(itertools.islice(iterator, knobs.max_articles))
    left_out = sum(1 for _ in iterator)
    blocks = [block for sheet in shown for block in sheet.blocks]
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("nutgraf", "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    page = environment.get_template("report.html").render(
        title=knobs.title,
        sheets=shown,
        left_out=left_out,
        paragraphs=len(blocks),
        counts=Counter(chip.name for block in blocks for chip in block.given),
        unlabelled=sum(not block.given for block in blocks),
        labels=[
            {
                "name": name,
                "title": codebook.title(name),
                "colour": codebook.colour(name) if name in codebook.names else "#555555",
                "definition": next((label.definition for label in codebook.labels if label.name == name), ""),
                "line": ("solid", "dashed", "dotted", "double")[place % 4],
            }
            for place, name in enumerate(labels)
        ],
    )
    return page, len(shown), left_out
