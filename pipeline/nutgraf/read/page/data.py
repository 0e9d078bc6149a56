"""What a page tells machines of its article: the JSON-LD of schema.org's NewsArticle and its kin."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator

from lxml.etree import _Element  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct

_ARTICLES = ("article", "posting", "report", "newsarticle")  # how the types of schema.org that are articles end
_LARGEST = 2_000_000  # characters of one script
_MOST = 5_000  # nodes looked at


class Told(Struct, frozen=True):
    """Facts of the article in the page's own words, empty where it does not tell them."""

    title: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    body: str = ""
    place: str = ""
    site: str = ""
    summary: str = ""


# names of the metadata in a page's head -> what they tell
_HEAD = {
    "og:title": "title",
    "og:site_name": "site",
    "og:description": "summary",
    "description": "summary",
    "article:published_time": "date",
    "dc.date": "date",
    "dc.date.issued": "date",
    "author": "author",
    "dc.creator": "author",
}


def head(tree: _Element) -> Told:
    """What the metadata in the page's head tells; the title of its window where there is no other."""
    facts: dict[str, str] = {}
    for meta in tree.iterfind("head/meta"):
        name = _HEAD.get((meta.get("property") or meta.get("name") or "").lower())
        if name and _text(meta.get("content")):
            facts.setdefault(name, _text(meta.get("content")))
    title = facts.get("title") or _text(tree.findtext("head/title"))
    author = facts.get("author", "")
    return Told(
        title=title,
        date=facts.get("date", ""),
        authors=(author,) if author else (),
        site=facts.get("site", ""),
        summary=facts.get("summary", ""),
    )


def told(tree: _Element) -> Told:
    """The first article that the page's JSON-LD describes; scripts that are no valid JSON are passed over."""
    nodes: list[dict[str, object]] = []
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "") and script.text and len(script.text) <= _LARGEST:
            try:
                nodes += _nodes(json.loads(script.text.strip().rstrip(";"), strict=False), _MOST - len(nodes))
            except (ValueError, RecursionError):
                continue
    named = {str(node["@id"]): node for node in nodes if node.get("@id") and node.get("name")}
    article = next((node for node in nodes if _is_article(node)), None)
    if article is None:
        return Told()
    return Told(
        title=_text(article.get("headline")),
        date=_text(article.get("datePublished")),
        authors=tuple(_names(article.get("author"), named)),
        publisher=next(_names(article.get("publisher"), named), ""),
        body=_long_text(article.get("articleBody")),
        place=_text(article.get("dateline")),
    )


def _nodes(value: object, most: int) -> list[dict[str, object]]:
    """The objects of a JSON value, those of lists and graphs and the inner ones, too."""
    found: list[dict[str, object]] = []
    waiting = deque([value])
    while waiting and len(found) < most:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting += value[:most]
        elif isinstance(value, dict):
            found.append(value)
            waiting += [inner for inner in value.values() if isinstance(inner, (dict, list))]
    return found


def _is_article(node: dict[str, object]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(name, str) and name.lower().endswith(_ARTICLES)
        for name in (types if isinstance(types, list) else [types])
    ) and any(key in node for key in ("headline", "datePublished", "articleBody"))


def _names(value: object, named: dict[str, dict[str, object]]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            name = item.get("name") or named.get(str(item.get("@id")), {}).get("name")
            yield from (_text(one) for one in (name if isinstance(name, list) else [name]) if _text(one))
        elif _text(item):
            yield _text(item)


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _long_text(value: object) -> str:
    """The text with its line breaks; a list is text in pieces."""
    if isinstance(value, list):
        return "\n".join(_long_text(piece) for piece in value[:_MOST] if isinstance(piece, str))
    return value.strip() if isinstance(value, str) else ""
