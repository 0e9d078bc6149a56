"""The lines of a PDF with their boxes, by PDFium: a program of its own, so that a hostile file ends only itself.

PDFium has no bound on time or memory: a form that draws itself a hundred million times through eight levels fits in
two kilobytes. So the file goes to a child process that kills itself when its time is over. The child is started by
this file's path and imports nothing of ours, which keeps its start to a tenth of a second.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

MOST_PAGES = 2_000
MOST_CHARACTERS = 10_000_000  # of the whole file: twenty long novels
SECONDS, SECONDS_A_PAGE = 4.0, 0.15  # a page of text takes 0.02; PDFium cannot be stopped in any other way
MEMORY = 3 << 30  # bytes of address space, where the system can bound it
_OVERTIME = 75  # exit code
_WIDE = 1.0  # heights of a line: a wider gap may be a gutter or the space between two cells
HYPHEN = "\xad"  # ends a line that PDFium ends in a hyphen, be it a hard or a soft one
_HYPHENS = "\x02\ufffe"  # what it gives in its place, and the next line follows without a break
_BREAK = re.compile("[\r\n\x02\ufffe]")
_WORD = re.compile(r"\S+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\xad\ud800-\udfff\ufeff\ufffe\uffff]")


class Line(NamedTuple):
    """A line of a page, or a piece of it between two wide gaps; the box in points from the page's top left corner."""

    page: int  # from 0
    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool

    @property
    def size(self) -> float:
        """Height of its letters from ascender to descender, in points."""
        return self.bottom - self.top


class Pages(NamedTuple):
    """What a PDF holds: its lines in the order of the file, the heights of its pages, what it says of itself."""

    lines: list[Line]
    heights: list[float]
    about: dict[str, str]
    broken: int  # pages that cannot be opened


class PdfError(Exception):
    """The file gives no lines: `reason` is a Refusal's."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def pages(data: bytes) -> Pages:
    """Read a PDF in a child process. Raises PdfError, and OSError where no process can be started."""
    longest = SECONDS + SECONDS_A_PAGE * MOST_PAGES + 10
    command = [sys.executable, "-P", str(Path(__file__))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=longest, check=False)
    except subprocess.TimeoutExpired:
        raise PdfError("too_large", "its pages take too long to draw") from None
    if done.returncode == _OVERTIME:
        raise PdfError("too_large", "its pages take too long to draw")
    if done.returncode != 0:
        raise PdfError("broken_file", f"PDFium broke off with code {done.returncode}")
    found = json.loads(done.stdout)
    if "reason" in found:
        raise PdfError(found["reason"], found["detail"])
    return Pages([Line(*line) for line in found["lines"]], found["heights"], found["about"], found["broken"])


def _main() -> None:
    try:
        found: dict[str, Any] = _extract(sys.stdin.buffer.read())._asdict()
    except PdfError as error:
        found = {"reason": error.reason, "detail": error.detail}
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)  # the watch may still run


def _watch(seconds: float) -> threading.Timer:
    watch = threading.Timer(seconds, os._exit, (_OVERTIME,))
    watch.daemon = True
    watch.start()
    return watch


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such bound
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _extract(data: bytes) -> Pages:
    import pypdfium2

    opening = _watch(SECONDS)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfError("broken_file", "protected by a password") from None
        raise PdfError("broken_file", f"no whole PDF: {error}") from None
    with contextlib.closing(document):
        count = len(document)
        opening.cancel()
        if count > MOST_PAGES:
            raise PdfError("too_large", f"{count:,} pages; at most {MOST_PAGES:,} are read")
        _watch(SECONDS + SECONDS_A_PAGE * count)
        names = ("Title", "Author", "Company")
        about = {name.lower(): _clean(document.get_metadata_value(name)) for name in names}
        found = Pages([], [], about, 0)
        broken, characters = 0, 0
        for number in range(count):
            try:
                page = document[number]
                text = page.get_textpage()
            except pypdfium2.PdfiumError:
                broken += 1
                found.heights.append(0.0)
                continue
            with contextlib.closing(page), contextlib.closing(text):
                characters += text.count_chars()
                if characters > MOST_CHARACTERS:
                    raise PdfError("too_large", f"over {MOST_CHARACTERS:,} characters")
                boxes = _Boxes(page, text)
                found.heights.append(boxes.height)
                found.lines.extend(_lines(text, number, boxes))
        return found._replace(broken=broken)


class _Boxes:
    """Boxes of a page's characters as the reader sees the page: turned as it is shown, from the top left corner."""

    def __init__(self, page: Any, text: Any) -> None:
        import pypdfium2.raw as raw

        self._raw, self._text = raw, text
        self._turns = raw.FPDFPage_GetRotation(page)
        self.width, self.height = page.get_size()
        self._box, self._font, self._flags = raw.FS_RECTF(), ctypes.create_string_buffer(128), ctypes.c_int()

    def of(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a character, in points."""
        box = self._box
        if not self._raw.FPDFText_GetLooseCharBox(self._text, index, box):
            return (0.0, 0.0, 0.0, 0.0)
        (x, y), (right, bottom) = self._turned(box.left, box.top), self._turned(box.right, box.bottom)
        return (min(x, right), min(y, bottom), max(x, right), max(y, bottom))

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        # the size is of the page as shown, the boxes are of the page as drawn; y goes upward
        if self._turns == 1:
            return y, x
        if self._turns == 2:
            return self.width - x, y
        if self._turns == 3:
            return self.width - y, self.height - x
        return x, self.height - y

    def bold(self, index: int) -> bool:
        """Whether a character's font is bold, by its name or its weight."""
        self._font.value = b""
        self._raw.FPDFText_GetFontInfo(self._text, index, self._font, 128, self._flags)
        name = self._font.value.lower()
        return b"bold" in name or b"black" in name or self._raw.FPDFText_GetFontWeight(self._text, index) >= 600


def _lines(text: Any, page: int, boxes: _Boxes) -> Iterator[Line]:
    import pypdfium2.raw as raw

    count = text.count_chars()
    characters = text.get_text_range(0, -1) if count else ""
    if len(characters) != count:  # signs beyond the basic plane are counted in another way
        characters = "".join(chr(raw.FPDFText_GetUnicode(text, index)) for index in range(count))
    start = 0
    for found in _BREAK.finditer(characters + "\n"):
        end = found.end() if found[0] in _HYPHENS else found.start()
        yield from _pieces(characters, start, end, page, boxes)
        start = found.end()


def _pieces(characters: str, start: int, end: int, page: int, boxes: _Boxes) -> Iterator[Line]:
    """The pieces of one line, cut at its wide gaps."""
    words = list(_WORD.finditer(characters, start, end))
    piece: list[tuple[int, int]] = []
    right = height = 0.0
    for word in words:
        left, top, _, bottom = boxes.of(word.start())
        if piece and left - right > _WIDE * height:
            yield _line(characters, piece, page, boxes)
            piece = []
        piece.append(word.span())
        right, height = boxes.of(word.end() - 1)[2], max(bottom - top, 1.0)
    if piece:
        yield _line(characters, piece, page, boxes)


def _line(characters: str, words: list[tuple[int, int]], page: int, boxes: _Boxes) -> Line:
    first, last = words[0][0], words[-1][1] - 1
    left, top, _, bottom = boxes.of(first)
    text = " ".join(_clean(characters[start:end]) for start, end in words)
    text += HYPHEN if characters[last] in _HYPHENS else ""
    bold = boxes.bold(first) and boxes.bold(last)
    return Line(page, text, left, top, boxes.of(last)[2], bottom, bold)


def _clean(text: str) -> str:
    """Control characters and halves of surrogate pairs left out."""
    return _CONTROL.sub("", text)


if __name__ == "__main__":
    _bound_memory()
    _main()
