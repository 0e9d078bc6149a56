"""Which blocks of a page are its article: those that the extraction found, their siblings, and the standfirst."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.etree import _Element
from msgspec import Struct

from nutgraf.read.pageblocks import HEADINGS, Block

_ENDS = 30  # characters of a paragraph's head or tail by which it is known where the middle differs
_VOID = 0.3  # a kind of element that holds more than this share of what was found is no furniture on this page
_SENTENCE = re.compile(r"[.!?…:;。！？][\"”’'»)\]]{0,3}\Z")
_STANDFIRST = re.compile(
    r"standfirst|sub-?(?:title|head|heading|headline|line)|excerpt|summary|dek(?![a-z])|deck(?![a-z])|(?<![a-z])lea?de?(?![a-z])|"
    r"lead-?text|intro|chapeau|abstract|teaser|vorspann|anleitung|entradilla|bajada|sumario|resumen|sottotitolo|ondertitel|"
    r"descri(?:ption|ptif)|tagline|strapline|sub-?deck",
    re.IGNORECASE,
)


class Body(Struct, frozen=True):
    """The lines of an article, and which of them (from 0) the page marks as headings."""

    lines: tuple[str, ...]
    headings: frozenset[int]


def body(blocks: Sequence[Block], found: Iterable[str], title: str, summary: str) -> Body:
    """The article among the blocks of a page.

    `found` are the lines that an extraction took for the article; they tell where on the page it stands. A block is
    of it where it is one of them, or stands in the same place of the tree as one; not where it is a list of links,
    or in an element that calls itself furniture. Headings count between its first and its last paragraph. The
    standfirst, which extractions miss, is looked for between the headline and the first paragraph.
    """
    known = _Known(found)
    hits = [known.has(block) for block in blocks]
    void = _void(blocks, hits)
    places = Counter(_place(block) for block, hit in zip(blocks, hits, strict=True) if hit and _heavy(block))
    parents = {block.element.getparent() for block, hit in zip(blocks, hits, strict=True) if hit and _heavy(block)}
    chosen: list[tuple[int, bool]] = []  # the block's number, whether it is a heading
    headline = _squeezed(title)
    for number, (block, hit) in enumerate(zip(blocks, hits, strict=True)):
        if any(kind not in void for kind in block.zones) or block.key == headline or block.tag == "h1":
            continue
        if block.tag in HEADINGS:
            chosen.append((number, True))
        elif _links_only(block) or (block.tag == "li" and not _is_sentence(block.text)):
            continue
        elif hit or (
            block.linked < 0.5
            and (places[_place(block)] > 1 or (places[_place(block)] and block.element.getparent() in parents))
        ):
            chosen.append((number, _is_subheading(block)))
    first = next((at for at, (_, heading) in enumerate(chosen) if not heading), len(chosen))
    chosen = chosen[first:]
    while chosen and chosen[-1][1]:
        chosen.pop()
    if chosen and (number := _standfirst(blocks, chosen[0][0], headline, summary)) is not None:
        chosen.insert(0, (number, False))
    return Body(
        lines=tuple(blocks[number].text for number, _ in chosen),
        headings=frozenset(at for at, (_, heading) in enumerate(chosen) if heading),
    )


class _Known:
    """The lines of an extraction, to be known again by their whole, their heads or their tails."""

    def __init__(self, lines: Iterable[str]) -> None:
        keys = {_squeezed(line.removeprefix("- ")) for line in lines} - {""}
        self.whole = keys
        self.heads = {key[:_ENDS] for key in keys if len(key) > _ENDS}
        self.tails = {key[-_ENDS:] for key in keys if len(key) > _ENDS}

    def has(self, block: Block) -> bool:
        key = block.key
        return key in self.whole or (len(key) > _ENDS and (key[:_ENDS] in self.heads or key[-_ENDS:] in self.tails))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _void(blocks: Sequence[Block], hits: Sequence[bool]) -> set[str]:
    sizes: Counter[str] = Counter()
    whole = 0
    for block, hit in zip(blocks, hits, strict=True):
        if hit:
            whole += len(block.text)
            for kind in set(block.zones):
                sizes[kind] += len(block.text)
    return {kind for kind, size in sizes.items() if size > _VOID * whole}


def _place(block: Block) -> tuple[str, ...]:
    """Where in the tree a block stands: its tag, and the tags and classes of four elements around it."""
    place = [block.tag]
    around: _Element | None = block.element.getparent()
    for _ in range(4):
        if around is None:
            break
        place.append(f"{around.tag}.{around.get('class', '')}")
        around = around.getparent()
    return tuple(place)


def _heavy(block: Block) -> bool:
    return block.tag not in HEADINGS and len(block.text) > 60 and block.linked < 0.5


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text[-5:])) and len(text) > 30


def _links_only(block: Block) -> bool:
    return block.linked > 0.9 and not (_is_sentence(block.text) and len(block.text) > 120)


def _is_subheading(block: Block) -> bool:
    """Short, all of it bold or italic, and no sentence: a heading made without a heading's tag."""
    return block.stressed > 0.95 and len(block.text) <= 120 and not _SENTENCE.search(block.text[-5:])


def _standfirst(blocks: Sequence[Block], end: int, headline: str, summary: str) -> int | None:
    begin = max((number for number in range(end) if blocks[number].tag == "h1" or blocks[number].key == headline), default=None)
    told = _squeezed(summary).rstrip(".…")
    best = None
    for number in range(0 if begin is None else begin + 1, end):
        block = blocks[number]
        if block.linked > 0.5 or len(block.text) < 25 or block.key == headline:
            continue
        key = block.key.rstrip(".…")
        if len(told) > 25 and (key.startswith(told[:200]) or told.startswith(key)):
            return number
        if begin is not None and best is None and _calls_itself_standfirst(block):
            best = number
    return best


def _calls_itself_standfirst(block: Block) -> bool:
    element: _Element | None = block.element
    for _ in range(3):
        if element is None or element.tag in ("body", "main", "article"):
            return False
        if _STANDFIRST.search(f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"):
            return True
        element = element.getparent()
    return False
