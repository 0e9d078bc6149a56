"""Exports of news databases: one file, many articles, each with what the database says of it."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.read.article import article
from nutgraf.read.exports import factiva, lexisnexis, nexis
from nutgraf.read.exports.record import Record
from nutgraf.records import Article, Refusal

_PARSERS = (lexisnexis.records, nexis.records, factiva.records)


def articles(text: str, path: str, repaired: tuple[str, ...] = ()) -> Iterator[Article | Refusal] | None:
    """The articles of an export as text (from Word and RTF a line a paragraph), or None where the text is no export."""
    found = next((records for parse in _PARSERS if (records := parse(text)) is not None), None)
    return None if found is None else _articles(found, path, repaired)


def page(html: str, path: str, repaired: tuple[str, ...] = ()) -> Iterator[Article | Refusal] | None:
    """The articles of an export as an HTML page, or None where the page is no export."""
    found = factiva.page(html)
    return None if found is None else _articles(found, path, repaired)


def _articles(found: list[Record], path: str, repaired: tuple[str, ...]) -> Iterator[Article | Refusal]:
    """Article by article; one without a body is a Refusal under its number in the export."""
    for number, record in enumerate(found, start=1):
        if record.paragraphs:
            yield article(record.known, "\n\n".join(record.paragraphs), path, repaired=repaired)
        else:
            yield Refusal(path=path, record=number, reason="no_text", detail=record.known.title)
