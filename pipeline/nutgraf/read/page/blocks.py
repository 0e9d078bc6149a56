"""The blocks of a page's tree: its paragraphs, headings and list items, each with what the tags tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct

from nutgraf.read.page.kinds import is_hidden, kind_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed video audio canvas map select option textarea button "
    "input nav figure figcaption picture dialog menu head title".split()
)
_BLOCKS = HEADINGS | frozenset(
    "p div li ul ol dl dt dd section article main header footer aside blockquote pre address center details summary "
    "fieldset legend hr body html td th tr tbody thead table form".split()
)
_TELLING = HEADINGS | {"li"}  # a paragraph inside one is of its kind
_EMPHASIS = frozenset({"b", "strong", "em", "i"})
_BREAK = "\x1e"  # stands for a line break of the page
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]{0,3}\Z")
_SENTENCE_START = re.compile(r"[\"“‘'«»„(\[]{0,3}[^\W\d_a-zß-öø-ÿ]")


class Block(Struct):
    """A run of text that stands by itself on the page."""

    text: str
    key: str  # the text without its spaces, as which two extractions of it are compared
    tag: str  # of the heading or list item around it, else of the element that bears it
    element: _Element
    linked: float  # share of its characters in links
    stressed: float  # share of its characters in bold or italics
    place: tuple[
        str, ...
    ]  # where in the tree it stands: its tag, tags and classes of the nearest four blocks around it
    kinds: tuple[str, ...]  # kinds of furniture by which the elements around it call themselves


class _Place(Struct):
    """An element that is being read, and what it hands on to the text inside."""

    element: _Element
    children: Iterator[_Element]
    bearer: _Element  # the block around the text
    tag: str = ""
    around: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    linked: bool = False
    stressed: bool = False


class _Run:
    """The pieces of the block that is being read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.stressed = 0

    def add(self, text: str | None, place: _Place) -> None:
        if text:
            self.pieces.append(text)
            if place.linked or place.stressed:
                size = len(squeezed(text))
                self.linked += size if place.linked else 0
                self.stressed += size if place.stressed else 0

    def end(self, place: _Place) -> Iterator[Block]:
        whole = "".join(self.pieces)
        self.pieces = []
        if size := len(squeezed(whole)):
            linked, stressed = self.linked / size, self.stressed / size
            where = (place.tag, *place.around)
            for text in _lines(whole):
                key = squeezed(text)
                yield Block(text, key, place.tag, place.bearer, linked, stressed, where, place.kinds)
        self.linked = self.stressed = 0


def squeezed(text: str) -> str:
    """The text without its spaces."""
    return "".join(text.split())


def blocks(root: _Element) -> Iterator[Block]:
    """The blocks of a tree in the order of the page, without scripts, figures and other elements that bear no text."""
    run = _Run()
    open_ = [_Place(root, iter(root), root)]
    run.add(root.text, open_[0])
    while open_:
        place = open_[-1]
        child = next(place.children, None)
        if child is None:
            open_.pop()
            if run.pieces and place.element is place.bearer:
                yield from run.end(place)
            if open_:
                run.add(place.element.tail, open_[-1])
            continue
        inner = _inside(child, place)
        if inner is None:
            if child.tag == "br":
                run.pieces.append(_BREAK)
            run.add(child.tail, place)
            continue
        if run.pieces and inner.bearer is child:
            yield from run.end(place)
        run.add(child.text, inner)
        open_.append(inner)


def _inside(child: _Element, place: _Place) -> _Place | None:
    """The place inside an element; None for one that bears no text of its own."""
    tag = child.tag
    if tag == "br" or not isinstance(tag, str) or tag in _SKIPPED:
        return None
    if tag in _BLOCKS:
        own = "h6" if child.get("role") == "heading" else tag
        kind = kind_of(child)
        return _Place(
            child,
            iter(child),
            child,
            own if own in _TELLING or place.tag not in _TELLING else place.tag,
            (f"{place.bearer.tag}.{place.bearer.get('class', '')}", *place.around[:3]),
            (*place.kinds, kind) if kind and kind not in place.kinds else place.kinds,
            place.linked,
            place.stressed,
        )
    if is_hidden(child):
        return None
    linked, stressed = place.linked or tag == "a", place.stressed or tag in _EMPHASIS
    return _Place(child, iter(child), place.bearer, place.tag, place.around, place.kinds, linked, stressed)


def _lines(text: str) -> Iterator[str]:
    """Break at two line breaks of the page, and at one between two sentences."""
    words: list[str] = []
    gap = False
    for piece in text.split(_BREAK):
        more = piece.split()
        if not more:
            gap = True
            continue
        if words and (gap or (_SENTENCE_END.search(words[-1][-5:]) and _SENTENCE_START.match(more[0]))):
            yield " ".join(words)
            words = []
        words += more
        gap = False
    if words:
        yield " ".join(words)
