"""HTML pages: where the article stands is found by trafilatura, its paragraphs are read from the page's own tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from nutgraf.config import Read
from nutgraf.read.article import article
from nutgraf.read.encoding import Decoded
from nutgraf.read.pageblocks import blocks
from nutgraf.read.pagebody import Body, body
from nutgraf.read.pagebytes import markup, mended
from nutgraf.read.pagedata import told
from nutgraf.read.pagefacts import facts
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
        yield _article(page, name)
    except Exception as error:  # strangers' markup upsets parsers in ways that they do not list
        yield Refusal(path=name, reason="no_article", detail=type(error).__name__)


def _article(page: Decoded, name: str) -> Article | Refusal:
    import trafilatura

    if not _TAG.search(page.text):
        return Refusal(path=name, reason="no_article", detail="no tag in it")
    begin = found.end() if (found := _DOCTYPE.match(page.text)) else 0  # odd ones upset the parser
    tree = html.document_fromstring(page.text[begin:].encode("utf-8", "replace"), parser=_PARSER)
    etree.strip_elements(tree, *_WEIGHT, with_tail=False)
    for script in tree.iter("script"):
        if "json" not in script.get("type", ""):
            script.text = None
    extracted = trafilatura.bare_extraction(tree, **OPTIONS)
    if extracted is None:
        return Refusal(path=name, reason="no_article")
    known = facts(
        title=extracted.title or "",
        date=extracted.date or "",
        site=extracted.sitename or "",
        host=extracted.hostname or "",
        authors=extracted.author or "",
        told=told(tree),
    )
    made = body(list(blocks(tree)), (extracted.text or "").split("\n"), known.title, extracted.description or "")
    text, headings, repaired = _text(made)
    if not text:
        return Refusal(path=name, reason="no_article")
    return article(known, text, name, headings=headings, repaired=page.repaired + repaired)


def _text(made: Body) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """The text with a blank line between the paragraphs, where its headings begin, and what was mended in it."""
    lines = [mended(line) for line in made.lines]
    headings = []
    at = 0
    for number, line in enumerate(lines):
        if number in made.headings:
            headings.append(at)
        at += len(line.text) + 2
    repaired = tuple(dict.fromkeys(what for line in lines for what in line.repaired))
    return "\n\n".join(line.text for line in lines), tuple(headings), repaired
