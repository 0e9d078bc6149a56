"""From the lines of printed pages to paragraphs and headings, by where the lines stand."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nutgraf.read.pdf.pdfium import HYPHEN, Line

_ENDS_PART = re.compile(r"[.!?:;…][\"”’'»)\]\d]{0,6}$")
_ITEM = re.compile(r"(?:[-*•–·▪▫■□●○◦‣⁃➢➤✓►>\ue000-\uf8ff]|o|\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s(?=\S)")
_MARK = re.compile(r"(?:[*•·▪▫■□●○◦‣⁃➢➤✓►\ue000-\uf8ff]|o)$")
_NUMBER = re.compile(r"(?:page |p\. ?)?[-–—| ]{0,3}(?:\d{1,4}|[ivxl]{1,6})(?: ?(?:of|/) ?\d{1,4})?[-–—| ]{0,3}$", re.I)
_SUFFIX = re.compile(r"[a-z]?(?:[st]ion(?:s|al|ally|ed|ing)?|ments?|itarians?|[ai]b(?:ly|le)|[ai]cally|ness|ities)$")
_CONTENTS = re.compile(r"(?:\. ?|…){4,300}\s?\d{0,4}$")  # a line of a table of contents
_MARGIN = 0.12  # of a page's height: running headers and footers stand there
_MOST_PIECES = 3_000  # of one page; a page with more is a drawing or a table, and is read from top to bottom


@dataclass
class Block:
    """A paragraph, heading or list item: its text, and the kind of its type."""

    text: str
    page: int
    size: float
    bold: bool
    lines: int
    full: bool  # its last line reaches the margin
    item: bool
    indented: bool
    left: float  # of its first line

    @property
    def whole(self) -> bool:
        """Whether the text is at a sentence's end."""
        return bool(_ENDS_PART.search(self.text[-8:]))


def without_running(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """Leave out running headers and footers, page numbers, and tables of contents.

    The same line, digits aside, in the margin of two pages or more at one height is one (every third page at the
    least, and half of them where the pages are few); so is a bare number there.
    """
    found: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    keys = [_place(line, heights) for line in lines]
    for line, key in zip(lines, keys, strict=True):
        if key:
            found[key].add(line.page)
    needed = max(2, -(-len(heights) // 3))
    running = {key for key, on in found.items() if len(on) >= min(needed, 5)}
    return [
        line
        for line, key in zip(lines, keys, strict=True)
        if not (key and (key in running or _NUMBER.match(line.text))) and not _CONTENTS.search(line.text[-320:])
    ]


def _place(line: Line, heights: Sequence[float]) -> tuple[str, int] | None:
    height = heights[line.page]
    if _MARGIN * height < line.bottom and line.top < (1 - _MARGIN) * height:
        return None
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)


def body_size(lines: Iterable[Line]) -> float:
    """The height of the type that most of the text is set in; 0 where there is none."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs, headings and list items in reading order; what a column or page break parted is joined."""
    if not lines:
        return []
    words = Counter(word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text))
    columns = [
        column
        for _, on_page in itertools.groupby(sorted(lines, key=lambda line: line.page), key=lambda line: line.page)
        for column in _columns(list(on_page))
    ]
    usual = _leading(columns, 1.2)
    found: list[Block] = []
    made = [list(_blocks(column, usual, words)) for column in columns]
    long = [block.indented for column in made for block in column if block.lines > 1 and not block.item]
    indenting = sum(long) > 0.6 * len(long)
    for column in made:
        for number, block in enumerate(column):
            before = _broken_off(found, block, indenting) if number == 0 else None
            if before is None:
                found.append(block)
            else:
                before.text = _glue(before.text, block.text, words)
                before.page, before.full = block.page, block.full
                before.lines += block.lines
    for block in found:
        block.text = block.text.replace(HYPHEN, "-")
    return found


def _broken_off(found: list[Block], block: Block, indenting: bool) -> Block | None:
    """The block that this one, first of its column, goes on; footnotes in smaller type may stand between.

    A document that indents its paragraphs also tells where one goes on after a sentence's end.
    """
    for before in reversed(found[-6:]):
        if before.size < 0.93 * block.size and block.page - before.page <= 1:
            continue
        same = abs(before.size - block.size) <= 0.07 * block.size and before.bold == block.bold
        if not same or block.item or block.page - before.page > 1:
            return None
        going_on = block.text[:1].islower() or before.text.endswith(HYPHEN)
        if before.lines + block.lines <= 2:
            return None
        if before.whole:
            return before if indenting and not block.indented and before.full else None
        return before if going_on or before.full else None
    return None


def _columns(lines: list[Line], deep: int = 0) -> Iterator[list[Line]]:
    """The page's lines as runs in reading order: a run is one column between two lines that span the columns."""
    gutter = _gutter(lines) if deep < 4 and len(lines) <= _MOST_PIECES else None
    if gutter is None:
        rows = _without_tables(_rows(lines))
        if rows:
            yield rows
        return
    left: list[Line] = []
    right: list[Line] = []
    spanning: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        if line.left < gutter - 3 and line.right > gutter + 3:
            if left or right:
                yield from _columns(left, deep + 1) if left else ()
                yield from _columns(right, deep + 1) if right else ()
                left, right = [], []
            spanning.append(line)
        else:
            if spanning:
                yield from _columns(spanning, 9)
                spanning = []
            (right if line.left >= gutter - 3 else left).append(line)
    for rest in (spanning, left, right):
        if rest:
            yield from _columns(rest, 9 if rest is spanning else deep + 1)


def _gutter(lines: list[Line]) -> float | None:
    """Where a second column begins: at the left edge of several lines that stand beside several others."""
    if len(lines) < 8:
        return None
    first, last = min(line.left for line in lines), max(line.right for line in lines)
    edges = Counter(round(line.left / 3) for line in lines if first + 0.15 * (last - first) < line.left < last)
    for edge, count in edges.most_common(4):
        if count < 4:
            break
        at = min(line.left for line in lines if round(line.left / 3) == edge)
        right = [line for line in lines if line.left >= at - 3]
        left = [line for line in lines if line.right <= at - 0.4 * line.size and line.left < at - 3]
        if len(left) < 4 or len(right) < 4 or len(left) + len(right) < 0.6 * len(lines):
            continue
        top, bottom = (
            max(min(line.top for line in side) for side in (left, right)),
            min(max(line.bottom for line in side) for side in (left, right)),
        )
        beside = [[line for line in side if top <= (line.top + line.bottom) / 2 <= bottom] for side in (left, right)]
        if all(len(side) >= 3 and statistics.median(len(line.text) for line in side) >= 18 for side in beside):
            return at
    return None


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Pieces at one height as rows, from top to bottom; those a small gap apart are one piece."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.left)):
        last = rows[-1][-1] if rows else None
        if last and abs(line.top + line.bottom - last.top - last.bottom) < 0.8 * min(line.size, last.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _joined(row: list[Line]) -> list[Line]:
    cells = row[:1]
    for line in row[1:]:
        last = cells[-1]
        if line.left - last.right < 2.5 * last.size or _MARK.match(last.text) or _ITEM.match(last.text + " x"):
            space = "" if line.left - last.right < 0.1 * last.size else " "
            text = last.text.removesuffix(HYPHEN) + ("-" if last.text.endswith(HYPHEN) else "") + space + line.text
            cells[-1] = last._replace(text=text, right=max(line.right, last.right), bold=last.bold and line.bold)
        else:
            cells.append(line)
    return cells


def _without_tables(rows: list[list[Line]]) -> list[Line]:
    """One line a row; rows of short cells that follow each other are a table, which is left out as a page's is."""
    cells = [len(row) > 1 and statistics.median(len(cell.text) for cell in row) <= 40 for row in rows]
    kept: list[Line] = []
    for number, row in enumerate(rows):
        if cells[number] and (cells[number - 1 : number] == [True] or cells[number + 1 : number + 2] == [True]):
            continue
        text = " ".join(cell.text for cell in row)
        kept.append(row[0]._replace(text=text, right=row[-1].right))
    return kept


def _leading(columns: list[list[Line]], usual: float) -> float:
    """The distance of lines inside paragraphs, in heights of a line; the `usual` one where there are few lines."""
    pitches = [
        (after.top - before.top) / before.size
        for column in columns
        for before, after in itertools.pairwise(column)
        if before.size > 0 and abs(after.size - before.size) < 0.07 * before.size
    ]
    inside = sorted(pitch for pitch in pitches if 0.5 < pitch < 2.5)
    return inside[len(inside) // 4] if len(inside) >= 4 else usual


def _blocks(column: list[Line], usual: float, words: Counter[str]) -> Iterator[Block]:
    edges = Counter(round(line.left) for line in column)
    left = min(edge for edge, count in edges.items() if count >= 0.2 * max(edges.values()))
    widest = _margin(column)
    block: Block | None = None
    for number, line in enumerate(column):
        around = column[max(number - 8, 0) : number + 8]
        near = column[max(number - 4, 0) : number + 3]
        # text beside a picture is narrower than its column; the lines of a list end anywhere
        margin = _margin(near) if statistics.median(len(other.text) for other in near) >= 25 else widest
        leading = _leading([around], usual)
        text = re.sub(r"\s+", " ", line.text).strip()
        item = bool(_ITEM.match(text))
        full = margin - line.right < 0.12 * (margin - left)
        indented = 0.7 * line.size < line.left - left < 6 * line.size
        if block is not None and not item and not _starts(column[number - 1], line, text, block, leading, margin, left):
            block.text = _glue(block.text, text, words)
            block.lines, block.full = block.lines + 1, full
            block.indented = (
                block.indented and not indented
            )  # all of it, as in a quotation set apart, is no indentation
        else:
            if block is not None:
                yield block
            block = Block(text, line.page, line.size, line.bold, 1, full, item, indented, line.left)
    if block is not None:
        yield block


def _margin(lines: list[Line]) -> float:
    """Where lines end: nearly the farthest right edge, so that one overlong line does not tell it."""
    return sorted(line.right for line in lines)[int(0.93 * (len(lines) - 1))]


def _starts(before: Line, line: Line, text: str, block: Block, leading: float, margin: float, left: float) -> bool:
    """Whether a line that is no list item begins a new paragraph."""
    going_on = (text[:1].islower() and not block.whole) or before.text.endswith(HYPHEN)
    change = abs(line.size - before.size) / before.size if before.size > 0 else 0.0
    if change > 0.1 or (line.bold != before.bold and line.bold != block.bold):
        return not (going_on and change < 0.3)
    if line.top - before.top > 1.2 * leading * before.size:
        return True
    if going_on or (block.item and line.left > block.left + 0.5 * line.size):
        return False
    indented = 0.7 * line.size < line.left - left < 6 * line.size and abs(before.left - left) < 0.4 * line.size
    if indented:
        return True
    # the line before was ended by hand where the next word would have fitted on it
    first = text.split(" ", 1)[0]
    word = (line.right - line.left) / max(len(line.text), 1) * (len(first) + 1)
    return margin - before.right - word > (0.3 if block.whole else 2.5) * line.size


def _glue(text: str, more: str, words: Counter[str]) -> str:
    """Join what a line's end parted; the document's other words tell whether a hyphen there belongs to the word."""
    if text.endswith(HYPHEN):
        text = text[:-1]
        first = re.search(r"[^\W\d_]{1,40}$", text[-40:])
        second = re.match(r"[^\W\d_]{1,40}", more)
        if first and second and more[0].islower():
            a, b = first[0].lower(), second[0].lower()
            # a hyphen that may be hard stays, as in wrapped text: "cease-fire" is better read than "ceasefire"
            soft = words[a + b] > 0 or (not words[f"{a}-{b}"] and _SUFFIX.match(b))
            return text + ("" if soft else "-") + more
        return f"{text}-{more}"
    glue = "" if re.search(r"\w-$", text[-2:]) else " "
    return f"{text}{glue}{more}"
