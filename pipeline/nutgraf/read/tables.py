"""Tables of articles: one a record, columns found by their usual names or by those that the knobs give."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nutgraf.config import Columns, Read
from nutgraf.read.article import Known, article
from nutgraf.read.encoding import repair
from nutgraf.read.lines import unwrap
from nutgraf.read.rows import Numbered, Row
from nutgraf.records import Article, Refusal

# our field -> the usual names of its column, most telling first; case does not matter
COLUMNS = {
    "text": ("text", "body", "content", "article_text", "full_text", "maintext", "paragraph_text", "article"),
    "title": ("title", "headline"),
    "date": ("date", "published", "publish_date", "date_published", "publication_date", "pub_date"),
    "source": ("source", "outlet", "publisher", "publication", "newspaper"),
    "byline": ("byline", "author", "authors"),
    "place": ("place", "dateline"),
    "id": ("id", "doc_id", "uuid"),
    "article": ("article", "article_id"),
    "article_id": ("article_id",),
    "index": ("index", "paragraph"),
}


def articles(records: Numbered, path: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one article a record."""
    for number, row in records:
        if isinstance(row, Refusal):
            yield row
            continue
        if set(row) >= {"article_id", "paragraph", "start", "end"}:
            detail = "a table that nutgraf wrote; --unit paragraph labels its paragraphs anew"
            yield Refusal(path=path, record=number, reason="labelled_table", detail=detail)
            continue
        fields = usual(row, knobs.columns)
        text, repaired = repair(fields["text"])
        body = (unwrap(text) if knobs.unwrap else text).strip()
        if not body:
            yield Refusal(path=path, record=number, reason="no_text", detail=_why(row, knobs.columns))
            continue
        if (words := len(body.split())) < knobs.min_words:
            yield Refusal(path=path, record=number, reason="too_short", detail=f"{words} words")
            continue
        known = Known(
            title=repair(fields["title"]).text,
            date=fields["date"],
            source=fields["source"],
            byline=repair(fields["byline"]).text,
            place=repair(fields["place"]).text,
            id=fields["id"] or fields["article_id"],
        )
        headings = row.get("headings") if body == row.get("text") else ()  # of articles that nutgraf read before
        starts = tuple(start for start in headings if isinstance(start, int)) if isinstance(headings, list) else ()
        yield article(known, body, path, starts, repaired)


def usual(row: Row, named: Columns | None = None) -> dict[str, str]:
    """The row by our names of fields, as stripped text or empty.

    Each is found in the column that `named` gives for it, or else under any of its usual names.
    """
    plan, others = _plan(tuple(row), named)
    found = dict.fromkeys(COLUMNS, "")
    for name, keys in plan:
        for key in keys:
            if cell := _cell(row[key]):
                found[name] = cell
                break
    if others and not any(_cell(row[key]) or row[key] == "" for key in others):
        found["text"] = ""  # `article` names the article where another column is for the text
    return found


def _cell(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


@lru_cache(maxsize=64)
def _plan(keys: tuple[Any, ...], named: Columns | None) -> tuple[list[tuple[str, list[Any]]], list[Any]]:
    """For rows with these keys: those of each field, most telling first; and those that are for the text alone."""
    lower = {str(key).strip().lower(): key for key in keys}
    plan = {name: [lower[column] for column in columns if column in lower] for name, columns in COLUMNS.items()}
    others = [lower[column] for column in COLUMNS["text"][:-1] if column in lower]
    for name, column in (named or Columns()).model_dump().items():
        if column:
            plan[name] = [key for known, key in lower.items() if known == column.strip().lower()]
            others = [] if name == "text" else others
    return [(name, found) for name, found in plan.items() if found], others


def _why(row: Row, named: Columns) -> str:
    names = {str(key).strip().lower() for key in row}
    wanted = {named.text.strip().lower()} if named.text else set(COLUMNS["text"])
    if names & wanted:
        return "its text is empty"
    has = ", ".join(f"`{key}`" for key in row) or "no columns"
    return f"no column `{named.text or 'text'}` (--text-column names another); the record has {has}"
