"""The standfirst of a page: the summary between the headline and the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lxml.etree import _Element  # type: ignore[import-untyped,unused-ignore]

from nutgraf.read.page.blocks import Block, squeezed

# the names that newsrooms give it, as they occur in classes and ids
_NAMES = re.compile(
    r"standfirst|sub-?(?:title|head|heading|headline|line|deck)|excerpt|summary|(?<![a-z])de[ck]k?(?![a-z])|"
    r"(?<![a-z])lea?de?(?![a-z])|lead-?text|intro|chapeau|chapo|abstract|teaser|vorspann|unterzeile|entradilla|bajada|"
    r"sumario|resumen|sottotitolo|ondertitel|description|descriptif|tagline|strapline",
    re.IGNORECASE,
)
_SHORTEST = 25  # characters
_LONGEST = 700
_LONG = 8  # words
_NOT_ONE = re.compile(
    r"(?:by|von|par|por|da|foto|photo|image|bild|updated|published)\b|.*\b\d{1,2}[:.h]\d{2}\b", re.IGNORECASE
)


def standfirst(
    blocks: Sequence[Block], headline: str, summary: str, void: Collection[str], taken: Collection[int]
) -> list[int]:
    """The numbers of the blocks that are the standfirst, among those that stand before the first paragraph.

    It repeats the `summary` that the page tells of itself, or follows the headline and calls itself one, or stands
    with the headline in one element and is as long as a sentence; so is what the extraction took (`taken`: ids of
    blocks) though it stands apart from the article.
    """
    begin = _headline(blocks, headline)
    told = squeezed(summary).rstrip(".…")
    by_name = by_place = None
    for number in range(0 if begin is None else begin + 1, len(blocks)):
        block = blocks[number]
        if block.linked > 0.5 or not _SHORTEST <= len(block.text) <= _LONGEST or block.key == headline:
            continue
        key = block.key.rstrip(".…")
        if len(told) > _SHORTEST and (key.startswith(told[:200]) or told.startswith(key)):
            return _with_siblings(blocks, number, taken)
        if begin is None or not all(kind in void for kind in block.kinds) or _NOT_ONE.match(block.text[:200]):
            continue
        if by_name is None and _named(block):
            by_name = number
        long = len(block.text.split()) >= _LONG
        if by_place is None and long and (id(block) in taken or _beside(block, blocks[begin])):
            by_place = number
    found = by_place if by_name is None else by_name
    return [] if found is None else _with_siblings(blocks, found, taken)


def _with_siblings(blocks: Sequence[Block], first: int, taken: Collection[int]) -> list[int]:
    """The block, and what stands beside it: the other points of its list, or paragraphs that were taken, too."""
    around = blocks[first].element.getparent()
    beside = (at for at in range(first + 1, len(blocks)) if blocks[at].element.getparent() is around)
    points = blocks[first].tag == "li"
    return [first, *(at for at in beside if blocks[at].linked < 0.5 and _goes_with(blocks[at], points, taken))]


def _goes_with(block: Block, points: bool, taken: Collection[int]) -> bool:
    return block.tag == "li" if points else block.tag == "p" and id(block) in taken and len(block.text.split()) >= _LONG


def _headline(blocks: Sequence[Block], headline: str) -> int | None:
    return max(
        (number for number, block in enumerate(blocks) if block.tag == "h1" or block.key == headline), default=None
    )


def _named(block: Block) -> bool:
    element: _Element | None = block.element
    for _ in range(3):
        if element is None or element.tag in ("body", "main", "article"):
            return False
        if _NAMES.search(f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}"):
            return True
        element = element.getparent()
    return False


def _beside(block: Block, headline: Block) -> bool:
    """Whether the two stand in one small element."""
    near = list(headline.element.iterancestors())[:2]
    return any(element in near for element in list(block.element.iterancestors())[:2])
