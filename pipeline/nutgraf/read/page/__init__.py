"""HTML pages: where the article stands is found by trafilatura, its paragraphs are read from the page's own tree."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct

from nutgraf.config import Read
from nutgraf.read import exports
from nutgraf.read.article import article
from nutgraf.read.dates import iso_day
from nutgraf.read.encoding import Decoded, repair
from nutgraf.read.page.blocks import Block, blocks
from nutgraf.read.page.body import Body, body, densest
from nutgraf.read.page.bytes import markup
from nutgraf.read.page.data import head, told
from nutgraf.read.page.facts import facts
from nutgraf.records import Article, Refusal

# what `trafilatura.bare_extraction` is asked for; a copyright line's year is no day of publication
OPTIONS: dict[str, Any] = {
    "include_comments": False,
    "include_tables": False,
    "with_metadata": True,
    "date_extraction_params": {"extensive_search": False, "original_date": True},
}
# elements without a word of the article; without them each of trafilatura's copies of the tree takes half the time
_WEIGHT = (
    *("style", "svg", "template", "iframe", "noscript", "select", "textarea", "canvas", "object", "audio", "video"),
    *("button", "source", "input", "img", "picture", "figure", "map", "embed", "nav", "menu", "dialog"),
)
_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
_LARGE = 10_000  # elements; news pages have hundreds, and the extraction's time grows faster than their number
_SHORT = 600  # characters of an article that may be a mistake
_MORE = 3  # times as much text in another place
_CROWDED = re.compile(  # attributes in thousands, over which parsers take quadratic time
    r"<[a-zA-Z][^\s<>]{0,99}+(?:\s*+[^\s<>=\"']++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"']++))?+){5000}"
)
_TAG = re.compile(r"<[a-zA-Z]")
_DOCTYPE = re.compile(r"\s{0,99}<!doctype[^>]{0,999}>", re.IGNORECASE)


def read(data: bytes, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one saved page: its article with title, day, source, byline and headings, or a Refusal.

    Source of the method: Barbaresi, "Trafilatura" (ACL 2021 system demonstrations).
    """
    page = markup(data)
    if page is None:
        yield Refusal(path=name, reason="not_text")
        return
    try:
        exported = exports.page(page.text, name, page.repaired)
        yield from [_article(page, name)] if exported is None else exported
    except Exception as error:  # strangers' markup upsets parsers in ways that they do not list
        yield Refusal(path=name, reason="no_article", detail=type(error).__name__)


def _article(page: Decoded, name: str) -> Article | Refusal:
    tree = _tree(page.text)
    if tree is None:
        return Refusal(path=name, reason="no_article", detail="no tags, or a tag of thousands of attributes")
    machine = told(tree)
    found = _found(tree)
    known = facts(found.title, found.date, found.site, found.host, found.authors, machine)
    made = _body(list(blocks(tree)), found, known.title, machine.body)
    text, headings, repaired = _text(made)
    if not text:
        return Refusal(path=name, reason="no_article")
    return article(known, text, name, headings=headings, repaired=page.repaired + repaired)


def _body(pieces: list[Block], found: _Found, title: str, told_body: str) -> Body:
    """The article among the blocks; where the page has it for machines only, that text."""
    lines = found.lines or densest(pieces)
    if _size(lines) < _SHORT:  # too little to be sure of: is there a place with far more?
        dense = densest(pieces)
        lines = dense if len(dense) > 4 and _size(dense) > _MORE * _size(lines) else lines
    made = body(pieces, lines, title, found.summary)
    if len(told_body) > _SHORT and len(told_body) > _MORE * _size(made.lines):
        lines = told_body.split("\n")
        if "<" in told_body:
            lines = [
                block.text
                for block in blocks(
                    html.document_fromstring(f"<div>{told_body}</div>".encode("utf-8", "replace"), parser=_PARSER)
                )
            ]
    elif _MORE * _size(made.lines) > _size(lines):
        return made
    plain = (" ".join(line.removeprefix("- ").split()) for line in lines)
    return Body(lines=tuple(line for line in plain if line and line != title), headings=frozenset())


def _size(lines: Iterable[str]) -> int:
    return sum(map(len, lines))


def _tree(text: str) -> Any:
    """The page's tree, without the elements that bear no word of the article; None where it cannot be had."""
    if not _TAG.search(text) or _CROWDED.search(text):
        return None
    begin = found.end() if (found := _DOCTYPE.match(text)) else 0  # odd ones upset the parser
    tree = html.document_fromstring(text[begin:].encode("utf-8", "replace"), parser=_PARSER)
    etree.strip_elements(tree, *_WEIGHT, with_tail=False)
    for script in tree.iter("script"):
        if "json" not in script.get("type", ""):
            script.text = None
    return tree


class _Found(Struct):
    """What an extraction found, in its own words."""

    lines: list[str]
    title: str
    date: str
    site: str
    host: str
    authors: str
    summary: str


def _found(tree: Any) -> _Found:
    """What trafilatura finds; where it finds nothing, or would take minutes, what the head of the page tells."""
    import trafilatura

    elements = sum(1 for _ in itertools.islice(tree.iter(), _LARGE))
    found = trafilatura.bare_extraction(tree, **OPTIONS) if elements < _LARGE else None
    if found is None:
        first = head(tree)
        return _Found([], first.title, iso_day(first.date), first.site, "", "; ".join(first.authors), first.summary)
    return _Found(
        lines=(found.text or "").split("\n"),
        title=found.title or "",
        date=found.date or "",
        site=found.sitename or "",
        host=found.hostname or "",
        authors=found.author or "",
        summary=found.description or "",
    )


def _text(made: Body) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """The text with a blank line between the paragraphs, where its headings begin, and what was mended in it."""
    lines = [repair(line) for line in made.lines]
    headings = []
    at = 0
    for number, line in enumerate(lines):
        if number in made.headings:
            headings.append(at)
        at += len(line.text) + 2
    repaired = tuple(dict.fromkeys(what for line in lines for what in line.repaired))
    return "\n\n".join(line.text for line in lines), tuple(headings), repaired
