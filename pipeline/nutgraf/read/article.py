"""What every format ends in: an Article with its id and its dateline."""

from __future__ import annotations

from msgspec import Struct

from nutgraf.read.dateline import place_of
from nutgraf.read.dates import iso_day
from nutgraf.records import Article, article_id


class Known(Struct, frozen=True, kw_only=True):
    """What the file says of an article beside its text, in the file's own words; empty where it says nothing."""

    title: str = ""
    date: str = ""  # as written; made ISO 8601 by `article`
    source: str = ""
    byline: str = ""
    place: str = ""
    id: str = ""


NOTHING = Known()


def article(
    known: Known, text: str, path: str, headings: tuple[int, ...] = (), repaired: tuple[str, ...] = ()
) -> Article:
    """Make the article: its id from its content where it brings none, its place from its dateline."""
    return Article(
        id=known.id or article_id(known.title, text),
        title=known.title,
        date=iso_day(known.date),
        source=known.source,
        byline=known.byline,
        place=known.place or place_of(text),
        text=text,
        path=path,
        headings=headings,
        repaired=repaired,
    )
