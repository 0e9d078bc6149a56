"""Word documents (.docx): the paragraphs of the body, opened by python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from nutgraf.config import Read
from nutgraf.read import exports, rtf, text
from nutgraf.read.article import Known
from nutgraf.read.encoding import repair
from nutgraf.records import Article, Refusal

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _TEXT = f"{_W}p", f"{_W}tbl", f"{_W}t"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_APART = {f"{_W}txbxContent", f"{_W}moveFrom", f"{_W}del"}  # boxes beside the text, and what was deleted from it
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DECLARATION = [mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")]
_CHUNK = 1 << 20
_HEADING = re.compile(r"heading [1-9]$", re.IGNORECASE)
_NOBODY = {"", "python-docx", "user", "author", "administrator", "admin", "owner", "microsoft office user"}
_NO_TITLE = re.compile(
    r"$|(?:document|dokument|untitled)\s*\d*$|microsoft word\b|.*\.(?:docx?|rtf|dotx?)$", re.IGNORECASE
)


class _Line(NamedTuple):
    text: str
    style: str = ""
    cell: bool = False


class _Damaged(Exception):  # noqa: N818
    """The bytes are no document that can be opened safely; the message is the detail of the refusal."""


def read(data: bytes, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one document: an export's articles, or one article; tables, boxes, notes and page headers are left out.

    What unpacks to more than `knobs.max_megabytes` is refused before the document is built.
    """
    if data.startswith(b"{\\rtf"):  # renamed by hand or by a database
        yield from rtf.read(data, name, knobs)
        return
    try:
        if _unpacks_to_more(data, knobs.max_megabytes * 1_000_000):
            yield Refusal(path=name, reason="too_large", detail=f"unpacked, over {knobs.max_megabytes} megabytes")
            return
        lines, title, author = _open(data)
    except _Damaged as error:
        yield Refusal(path=name, reason="broken_file", detail=str(error))
        return
    whole = repair("\n".join(line.text for line in lines))
    exported = exports.articles(whole.text, name, whole.repaired)
    yield from [_one(lines, title, author, name, knobs)] if exported is None else exported


def _one(lines: list[_Line], title: str, author: str, name: str, knobs: Read) -> Article | Refusal:
    """One article: its headline is styled so, or else a property of the file, or else told from the text."""
    lines = [line for line in lines if not line.cell]
    styled = next((line for line in lines if line.style == "title"), None)
    first = next((line for line in lines if line.text.strip()), None)
    if styled is None and first is not None and first.style == "heading 1":
        styled = first
    if styled is None and not title:
        styled = next((line for line in lines if line.style == "heading 1"), None)
    if styled is not None:
        title = " ".join(styled.text.split())
    body = [line for line in lines if line is not styled]
    if first is not None and first in body and " ".join(first.text.split()) == title:
        body.remove(first)
    mended = repair("\n\n".join(line.text for line in body))
    headings = [line.text.strip() for line in body if _HEADING.match(line.style)]
    item = text.one(mended.text, name, knobs, Known(title=repair(title).text), mended.repaired, headings)
    return structs.replace(item, byline=author) if isinstance(item, Article) and not item.byline else item


def _unpacks_to_more(data: bytes, bound: int) -> bool:
    """Whether the members are larger than the bound, as declared or as read. Raises _Damaged."""
    if data.startswith(_OLE):
        locked = _LOCKED in data
        raise _Damaged("locked by a password" if locked else "an old Word file (.doc): save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > bound:
                return True
            left = bound
            for member in members:
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise _Damaged("packed by a method that Word never uses")
                left -= _size(archive, member, left)
                if left < 0:
                    return True
    except _Damaged:
        raise
    except Exception as error:  # of a broken archive zipfile and zlib raise whatever comes up
        raise _Damaged(f"no Word document: {error}"[:200]) from error
    return False


def _size(archive: zipfile.ZipFile, member: zipfile.ZipInfo, bound: int) -> int:
    """The member's size, read no further than the bound. Raises _Damaged for XML with declarations of its own."""
    size, tail = 0, b""
    with archive.open(member) as file:
        while size <= bound and (chunk := file.read(_CHUNK)):
            size += len(chunk)
            if not member.filename.lower().startswith("word/media/") and any(
                mark in tail + chunk for mark in _DECLARATION
            ):
                raise _Damaged("its XML declares entities, which Word never does")
            tail = chunk[-40:]
    return size


def _open(data: bytes) -> tuple[list[_Line], str, str]:
    """The lines of the body, and title and author from the properties. Raises _Damaged."""
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
        title, author = document.core_properties.title.strip(), document.core_properties.author.strip()
    except Exception as error:  # python-docx and lxml meet a broken part with any exception at all
        raise _Damaged(f"no Word document: {error or type(error).__name__}"[:200]) from error
    title = "" if _NO_TITLE.match(title) else title
    return lines, title, "" if author.lower() in _NOBODY else author


def _lines(document: Document) -> Iterator[_Line]:
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    waiting: list[tuple[_Element, bool]] = [(document.element.body, False)]
    while waiting:
        element, in_table = waiting.pop()
        if element.tag == _PARAGRAPH:
            style = element.find(f"{_W}pPr/{_W}pStyle")
            name = "" if style is None else styles.get(style.get(f"{_W}val"), "")
            yield _Line(_text(element), name, cell=in_table)
        elif element.tag == f"{_W}tr":
            cells = (" ".join(_text(part) for part in cell.iter(_PARAGRAPH)) for cell in element.iter(f"{_W}tc"))
            yield _Line("|".join(cells) + "|", cell=True)
        elif element.tag not in _APART:
            waiting.extend((child, in_table or element.tag == _TABLE) for child in reversed(element))


def _text(paragraph: _Element) -> str:
    """The words of a paragraph; of a change that was tracked, those that it left."""
    parts: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT:
            parts.append(element.text or "")
        elif element.tag in _SIGNS:
            parts.append(_SIGNS[element.tag])
        elif element.tag not in _APART and (element is paragraph or element.tag != f"{_W}pPr"):
            waiting.extend(reversed(element))
    return "".join(parts)
