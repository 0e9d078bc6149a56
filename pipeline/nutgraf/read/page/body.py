"""Which blocks of a page are its article: those that the extraction found, their siblings, and the standfirst."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.etree import _Element  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct

from nutgraf.read.page.blocks import HEADINGS, Block, squeezed
from nutgraf.read.page.standfirst import standfirst

_ENDS = 30  # characters of a paragraph's head or tail by which it is known where the middle differs
_VOID = 0.3  # a kind of element that holds more than this share of what was found is no furniture on this page
_MOST = 0.6  # the share that the main places must hold together
_MAIN = (
    0.15  # a place of the tree that holds more than this share is where the article stands; one block needs twice it
)
_LONG = 150  # characters of a paragraph that stands in a heading's tag
_LEAD = 6  # words of a summary in bold before the first paragraph
_SENTENCE = re.compile(r"[.!?…:;。！？][\"”’'»)\]]{0,3}\Z")


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
    hits = [block for block in blocks if known.has(block)]
    void = _void(hits)
    heavy = [block for block in hits if _heavy(block) and void.issuperset(block.kinds)]
    places = Counter(block.place for block in heavy)
    inside = _inside(blocks, heavy)
    headline = squeezed(title)
    taken = {id(block) for block in hits}
    seen: set[str] = set()
    chosen: list[tuple[int, bool]] = []  # the block's number, whether it is a heading
    for number, block in enumerate(blocks):
        if (
            not void.issuperset(block.kinds)
            or block.key in seen
            or block.key == headline
            or block.tag == "h1"
            or number not in inside
        ):
            continue
        if block.tag in HEADINGS and not (len(block.text) > _LONG and _is_sentence(block.text)):
            chosen.append((number, True))
        elif _links_only(block) or (block.tag == "li" and not _is_sentence(block.text)):
            continue
        elif id(block) in taken or (block.linked < 0.5 and _stands_with(block, places)):
            leads = not seen and len(block.text.split()) >= _LEAD  # a summary in bold, and no heading
            chosen.append((number, not leads and _is_subheading(block)))
            if _heavy(block):
                seen.add(block.key)
    first = next((at for at, (_, heading) in enumerate(chosen) if not heading), len(chosen))
    chosen = chosen[first:]
    while chosen and chosen[-1][1]:
        chosen.pop()
    if chosen:
        chosen[:0] = [(number, False) for number in standfirst(blocks[: chosen[0][0]], headline, summary, void, taken)]
    return Body(
        lines=tuple(blocks[number].text for number, _ in chosen),
        headings=frozenset(at for at, (_, heading) in enumerate(chosen) if heading),
    )


def densest(blocks: Sequence[Block]) -> list[str]:
    """The lines of the place of the tree that holds most sentences: the article, by a rule of thumb."""
    sizes: Counter[tuple[str, ...]] = Counter()
    sentences = [block for block in blocks if not block.kinds and _heavy(block) and _is_sentence(block.text)]
    for block in sentences:
        sizes[block.place] += len(block.text.encode())
    most = max(sizes, key=sizes.__getitem__, default=())
    return [block.text for block in sentences if block.place == most]


class _Known:
    """The lines of an extraction, to be known again by their whole, their heads or their tails."""

    def __init__(self, lines: Iterable[str]) -> None:
        keys = {squeezed(line.removeprefix("- ")) for line in lines} - {""}
        self.whole = keys
        self.heads = {key[:_ENDS] for key in keys if len(key) > _ENDS}
        self.tails = {key[-_ENDS:] for key in keys if len(key) > _ENDS}

    def has(self, block: Block) -> bool:
        key = block.key
        return key in self.whole or (len(key) > _ENDS and (key[:_ENDS] in self.heads or key[-_ENDS:] in self.tails))


def _void(hits: Sequence[Block]) -> frozenset[str]:
    """The kinds of furniture that hold so much of what was found that they are none here."""
    sizes: Counter[str] = Counter()
    for block in hits:
        for kind in set(block.kinds):
            sizes[kind] += len(block.text)
    whole = sum(len(block.text) for block in hits)
    return frozenset(kind for kind, size in sizes.items() if size > _VOID * whole)


def _stands_with(block: Block, places: Counter[tuple[str, ...]]) -> bool:
    """Whether a block that was not found has its place with those that were."""
    count = places[block.place]
    return count > 1 or (count == 1 and _heavy(block) and _is_sentence(block.text))


def _inside(blocks: Sequence[Block], heavy: Sequence[Block]) -> range:
    """The blocks in the least element around all of the main places; all of them where there is no main place."""
    sizes: Counter[tuple[str, ...]] = Counter()
    for block in heavy:
        sizes[block.place] += len(block.text)
    whole = sum(sizes.values())
    counts = Counter(block.place for block in heavy)
    main = {place for place, size in sizes.items() if size > (_MAIN if counts[place] > 1 else 2 * _MAIN) * whole}
    if sum(sizes[place] for place in main) < _MOST * whole or not main:
        return range(len(blocks))
    found = {id(block) for block in heavy if block.place in main}
    numbers = [number for number, block in enumerate(blocks) if id(block) in found]
    around = _common(blocks[number].element for number in numbers)
    first, last = numbers[0], numbers[-1] + 1
    while first and _is_in(around, blocks[first - 1]):
        first -= 1
    while last < len(blocks) and _is_in(around, blocks[last]):
        last += 1
    return range(first, last)


def _is_in(around: _Element, block: Block) -> bool:
    return block.element is around or around in block.element.iterancestors()


def _common(elements: Iterable[_Element]) -> _Element:
    """The least element around all of the elements, in which each of them is."""
    paths = iter(elements)
    common = [*next(paths).iterancestors()][::-1]
    for element in paths:
        if element.getparent() is not common[-1]:
            path = [*element.iterancestors()][::-1]
            apart = (at for at, pair in enumerate(zip(common, path, strict=False)) if pair[0] is not pair[1])
            common = common[: next(apart, min(len(common), len(path)))]
    return common[-1]


def _heavy(block: Block) -> bool:
    """Whether a block has the weight of a paragraph; bytes make up for scripts that need fewer characters."""
    return block.tag not in HEADINGS and len(block.text.encode()) > 60 and block.linked < 0.5


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text[-5:])) and len(text.encode()) > 30


def _links_only(block: Block) -> bool:
    """Whether a block leads elsewhere: most of it is a link and no sentence, or all of it is and it is short."""
    return block.linked > 0.5 and not (_is_sentence(block.text) and (block.linked < 0.9 or len(block.text) > 120))


def _is_subheading(block: Block) -> bool:
    """Short, all of it bold or italic, and no sentence: a heading made without a heading's tag."""
    return block.stressed > 0.95 and len(block.text) <= 120 and not _SENTENCE.search(block.text[-5:])
