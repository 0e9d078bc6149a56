"""The blocks of a page's tree: its paragraphs, headings and list items, each with what the tags tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element
from msgspec import Struct

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed video audio canvas map select option textarea button "
    "input nav figure figcaption picture dialog menu head title".split()
)
_BLOCKS = frozenset(
    "p div li ul ol dl dt dd section article main header footer aside blockquote pre address center details summary "
    "fieldset legend hr body html td th tr tbody thead nav form h1 h2 h3 h4 h5 h6".split()
)
_FURNITURE = frozenset({"aside", "footer", "form", "table"})
_LINKS = frozenset({"a"})
_EMPHASIS = frozenset({"b", "strong", "em", "i"})
# kinds of furniture by which a block's class or id calls itself, at the beginning of a word of it
_KINDS = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|adslot|affiliate\w*|author-?(?:bio|box|info|card|about)\w*|about-?author|bio(?:graphy)?|"
    r"breadcrumbs?|byline\w*|caption\w*|comments?|comment-?\w+|cookie\w*|copyright|correction-?box|credits?|cta|disclaimer|"
    r"disclosure|donat\w+|download-?app|entry-?meta|fact-?box|infobox|inline-?(?:links?|promo|related)|instagram-media|"
    r"(?:inline|mini|text)?-?gallery|keywords|legal|lightbox|meta-?(?:info|data)|more-?(?:on|from|stories|news|like)\w*|"
    r"most-?(?:read|popular|viewed)|newsletter\w*|outbrain|paid|partner|pay-?wall-?(?:message|offer|prompt|banner)|pop-?up|"
    r"post-?meta|print-?only|promo\w*|pull-?quotes?|read-?(?:more|also|next|on)\w*|recirc\w*|recommend\w*|"
    r"related\w*|screen-?reader-?\w*|see-?also|share\w*|sharing|shop\w*|sidebar|sign-?up\w*|social\w*|sponsor\w*|sr-only|"
    r"subscri(?:be|ption|ptions|ber)\w*|taboola|tag-?(?:list|cloud|s)|tags|teaser-?(?:list|box|grid)|textaside|tiktok-embed|"
    r"timestamps?|toc|table-of-contents|toolbar|trending|twitter-\w+|visually-?hidden|widgets?|"
    r"werbung|anzeige|mehr-zum-thema|lire-aussi|autopromo|publicidad|publicite|relacionad[oa]s?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display:\s{0,3}none|visibility:\s{0,3}hidden", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]{0,3}\Z")
_SENTENCE_START = re.compile(r"[\"“‘'«»„(\[]{0,3}[^\W\d_a-zß-öø-ÿ]")
_DEEPEST = 200  # levels of the tree; what lies deeper belongs to no article


class Block(Struct):
    """A run of text that stands by itself on the page."""

    text: str
    tag: str  # of the element that bears it
    element: _Element
    linked: float  # share of its characters in links
    stressed: float  # share of its characters in bold or italics
    zones: tuple[str, ...]  # kinds of furniture by which the elements around it call themselves

    @property
    def key(self) -> str:
        """The text without its spaces, as which two extractions of it are compared."""
        return "".join(self.text.split())


class _Run:
    """The pieces of the block that is being read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = self.stressed = 0

    def add(self, text: str | None, links: int, emphasis: int) -> None:
        if text:
            self.pieces.append(text)
            if links or emphasis:
                size = len("".join(text.split()))
                self.linked += size if links else 0
                self.stressed += size if emphasis else 0

    def end(self, element: _Element, zones: tuple[str, ...]) -> Iterator[Block]:
        whole = "".join(self.pieces)
        size = len("".join(whole.split()))
        if size:
            tag = _bearer(element)
            shares = (self.linked / size, self.stressed / size)
            yield from (Block(text, tag, element, *shares, zones) for text in _lines(whole))
        if self.pieces:
            self.pieces = []
            self.linked = self.stressed = 0


def _bearer(element: _Element) -> str:
    """The tag that tells the kind of a block: a heading or list item around it goes before its own."""
    tag = str(element.tag)
    for around in [element, *element.iterancestors()][:4]:
        if around.tag in HEADINGS or around.tag == "li":
            return str(around.tag)
    return tag


def _lines(text: str) -> Iterator[str]:
    """Break at line breaks of the page (written \\x1e here), two of them or one between two sentences."""
    line = ""
    blank = 0
    for piece in text.split("\x1e"):
        words = " ".join(piece.split())
        if not words:
            blank += 1
            continue
        if line and (blank or (_SENTENCE_END.search(line[-5:]) and _SENTENCE_START.match(words))):
            yield line
            line = words
        else:
            line = f"{line} {words}" if line else words
        blank = 0
    if line:
        yield line


def blocks(root: _Element) -> Iterator[Block]:
    """The blocks of a tree in the order of the page, without scripts, forms, tables, figures and what is hidden."""
    run = _Run()
    zones: tuple[str, ...] = ()
    links = emphasis = 0
    bearer = root
    run.add(root.text, 0, 0)
    open_: list[tuple[_Element, Iterator[_Element], tuple[str, ...], _Element, int, int]] = [
        (root, iter(root), zones, bearer, 0, 0)
    ]
    while open_:
        element, children, zones, bearer, links, emphasis = open_[-1]
        child = next(children, None)
        if child is None:
            open_.pop()
            if element.tag in _BLOCKS:
                yield from run.end(element, zones)
            if open_:
                _, _, zones, bearer, links, emphasis = open_[-1]
                run.add(element.tail, links, emphasis)
            continue
        tag = child.tag
        if not isinstance(tag, str):
            run.add(child.tail, links, emphasis)
        elif tag == "br":
            run.pieces.append("\x1e")
            run.add(child.tail, links, emphasis)
        elif tag in _SKIPPED or len(open_) > _DEEPEST or _hidden(child):
            if tag in _BLOCKS:
                yield from run.end(bearer, zones)
            run.add(child.tail, links, emphasis)
        else:
            block = tag in _BLOCKS
            if block:
                yield from run.end(bearer, zones)
                bearer = child
                if kind := _kind(child):
                    zones = (*zones, kind)
            links += tag in _LINKS
            emphasis += tag in _EMPHASIS
            run.add(child.text, links, emphasis)
            open_.append((child, iter(child), zones, bearer, links, emphasis))
    yield from run.end(root, ())


def _hidden(element: _Element) -> bool:
    given = element.attrib
    if not given:
        return False
    return (
        "hidden" in given
        or given.get("aria-hidden") == "true"
        or ("style" in given and bool(_HIDDEN.search(given["style"][:500])))
    )


def _kind(element: _Element) -> str:
    if element.tag in _FURNITURE:
        return str(element.tag)
    name = f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"
    found = _KINDS.search(name) if len(name) > 1 else None
    return found[0].strip(" _-").lower() if found else ""
