"""Paragraphs of text that a database wrapped at a fixed width."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from nutgraf.read.exports.record import ends_sentence, squeezed

_WIDEST = 110  # characters; a longer line was not wrapped
_MANY_LINES = 8  # a block of fewer is one paragraph where blank lines part the text


def undoubled(lines: list[str]) -> list[str]:
    """The lines without the blank one that some exports put after each; other lines as they are."""
    full = [index for index, line in enumerate(lines) if line.strip()]
    pairs = list(itertools.pairwise(full))
    if len(pairs) < 10 or sum(after - index > 1 for index, after in pairs) < 0.95 * len(pairs):
        return lines
    wide = [lines[index] for index, after in pairs if after - index == 2 and 50 <= len(lines[index]) <= _WIDEST]
    if len(wide) < 3 or sum(not ends_sentence(line) for line in wide) < 0.5 * len(wide):
        return lines
    return [line for before, line in zip(["", *lines], lines, strict=False) if line.strip() or not before.strip()]


def margin(lines: Sequence[str]) -> int:
    """The width at which the lines break in mid-sentence, or 0 where each line is a paragraph."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths or sum(length > _WIDEST for length in lengths) > 0.1 * len(lengths):
        return 0
    followed = [line for line, after in itertools.pairwise(lines) if line.strip() and after.strip()]
    if len(followed) >= 5 and sum(not ends_sentence(line) for line in followed) < 0.4 * len(followed):
        return 0
    return lengths[int(0.99 * (len(lengths) - 1))]  # a web address may stand out


def paragraphs(lines: Sequence[str], width: int) -> tuple[str, ...]:
    """The paragraphs of a body: blocks parted by blank lines, or by indentation, or by lines that end early."""
    if not width:
        return tuple(squeezed(line) for line in lines if line.strip())
    blocks = [list(block) for full, block in itertools.groupby(lines, key=lambda line: bool(line.strip())) if full]
    if len(blocks) == 1 or (len(blocks) == 2 and max(map(len, blocks)) >= _MANY_LINES):
        blocks = [part for block in blocks for part in _early_enders(block, width)]
    return tuple(_join(part) for block in blocks for part in _indented(block))


def _indented(block: list[str]) -> Iterator[list[str]]:
    """Part a block before each line that is indented as a paragraph's first one is."""
    indents = [len(line) - len(line.lstrip()) for line in block]
    margin = min(indents)
    part: list[str] = []
    for line, indent in zip(block, indents, strict=True):
        if part and 2 <= indent - margin <= 8 and ends_sentence(part[-1]):
            yield part
            part = []
        part.append(line)
    yield part


def _early_enders(block: list[str], width: int) -> Iterator[list[str]]:
    """Part a block after each sentence's end that left room for the next word: there the writer broke the line."""
    part: list[str] = []
    for line, after in itertools.pairwise([*block, ""]):
        part.append(line)
        word = after.split(None, 1)[0] if after else ""
        if not word or (ends_sentence(line) and len(line.rstrip()) + 1 + len(word) <= width):
            yield part
            part = []


def _join(lines: list[str]) -> str:
    joined = ""
    for line in map(squeezed, lines):
        # a hyphen at the margin stays: "cease-\nfire" is better read as "cease-fire" than as "ceasefire"
        glue = "" if not joined or (joined[-1] == "-" and joined[-2:-1].isalnum()) else " "
        joined += glue + line
    return joined
