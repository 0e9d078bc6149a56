"""PDF reports: paragraphs, headings, title and day as a reader of the page sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nutgraf.config import Read
from nutgraf.read.article import Known, article
from nutgraf.read.encoding import repair
from nutgraf.read.pdf.layout import Block, blocks, body_size, without_running
from nutgraf.read.pdf.pdfium import Line, PdfError, pages
from nutgraf.records import Article, Refusal

# what programs write for want of a title: a file's name, or their own words for none
_NO_TITLE = re.compile(
    r"Microsoft |.{0,200}\.(?:docx?|pdf|indd|qxd|rtf|odt|txt|pptx?|xlsx?|p65|pub|dot|html?|tmp|ai|wpd|tex)$|untitled|"
    r"(?:document|slide|layout|book|page|presentation|template)\W?\d*$|(?:powerpoint|word) |"
    r"no title|title$|[\w.-]*[\d_]\w*$|(?:https?://|file:)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:agency|alliance|assembly|association|bank|bureau|cent(?:er|re)|charity|commission(?:er)?|committee|"
    r"confederation|consortium|council|department|directorate|embassy|federation|forum|foundation|fund|government|"
    r"group|institute|institution|league|mission|ministry|movement|nations|network|observatory|office|organi[sz]ation|"
    r"parliament|press|programme?|relief|secretariat|service|society|trust|union|university|watch)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = re.compile(
    rf"(?P<range>\b\d{{1,2}}(?: {_MONTH})?(?: \d{{4}})? ?(?:[-–—/]|to|and|until) ?)?"
    rf"\b(?P<day>\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|"
    r"\d{4}-\d{2}-\d{2})\b(?P<more> ?(?:[-–—]|to) ?(?:\d|[A-Z][a-z]{2,8} \d))?"
)
_OBJECT = re.compile(rb"\b\d{1,9} \d{1,5} obj\b")  # after the last end mark: the file goes on, and has no end
_FIRST_LINES = 16  # of page one: where a report says its day
_SHORT = 14  # words: a line with more is a sentence


def read(data: bytes, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one report; it has no more than one article. Every PDF gives an article, a refusal, or both.

    Running headers, page numbers and tables are left out; a paragraph over a page break is whole. The day is one that
    the first lines of page one tell, never the day on which the file was saved.
    """
    try:
        found = pages(data)
    except (PdfError, OSError) as error:
        reason, detail = (error.reason, error.detail) if isinstance(error, PdfError) else ("unreadable", str(error))
        yield Refusal(path=name, reason=reason, detail=detail)
        return
    first = sorted((line for line in found.lines if line.page == 0), key=lambda line: (line.top, line.left))
    lines = without_running(found.lines, found.heights)
    paragraphs = blocks(lines)
    size = body_size(lines)
    title = _told(found.about["title"]) or _largest([block for block in paragraphs if block.page == 0], size)
    known = Known(title=title, date=_day(first), source=_source(found.about["company"], found.about["author"]))
    text, headings, repaired = _text([block for block in paragraphs if block.text != title], size)
    if text:
        yield article(known, text, name, headings, repaired)
    elif not found.broken:
        scanned = any(line.text for line in found.lines)
        detail = "nothing but headers and tables" if scanned else "pages are pictures; it needs OCR"
        yield Refusal(path=name, reason="no_text", detail=detail)
    if found.broken:
        detail = f"{found.broken} of {len(found.heights)} pages cannot be opened"
        yield Refusal(path=name, reason="broken_file", detail=detail)
    elif _OBJECT.search(data, max(data.rfind(b"%%EOF"), 0)):
        yield Refusal(path=name, reason="broken_file", detail="the file breaks off; what is left of it was read")


def _text(found: Sequence[Block], size: float) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """The body, where its headings begin, and the repairs."""
    parts: list[str] = []
    headings: list[int] = []
    repairs: dict[str, None] = {}
    length = 0
    for block in found:
        mended = repair(block.text)
        part = " ".join(mended.text.split())
        if not part:
            continue
        repairs |= dict.fromkeys(mended.repaired)
        if _is_heading(block, size):
            headings.append(length)
        parts.append(part)
        length += len(part) + 2
    return "\n\n".join(parts), tuple(headings), tuple(repairs)


def _is_heading(block: Block, size: float) -> bool:
    stands_out = block.size > 1.12 * size or block.bold
    return stands_out and block.lines <= 3 and len(block.text) <= 160 and not re.search(r"[.;,…]$", block.text)


def _told(title: str) -> str:
    title = " ".join(repair(title).text.split())
    return "" if len(title) > 300 or not re.search(r"[^\W\d_]{2}", title) or _NO_TITLE.match(title) else title


def _largest(first: Sequence[Block], size: float) -> str:
    """The words in the largest type on page one, if they are larger than the text's."""
    likely = [block for block in first if block.lines <= 4 and re.search(r"[^\W\d_]{4}", block.text)]
    largest = max(likely, key=lambda block: block.size, default=None)
    words = " ".join(largest.text.split()) if largest and largest.size > 1.12 * size else ""
    return words if len(words) <= 250 else ""


def _day(first: Sequence[Line]) -> str:
    """The first whole day among the short lines that open page one; a span of days tells none."""
    for line in first[:_FIRST_LINES]:
        for found in _DAY.finditer(line.text[:300]):
            dateline = re.match(r"(?: \([^)]{1,30}\))? ?[–—-]", line.text[found.end("day") :])
            heads = dateline and found.start() < 60 and line.text[:1].isupper()
            if (heads or len(line.text.split()) <= _SHORT) and not found["range"] and not found["more"]:
                return found["day"].replace(" of ", " ")
    return ""


def _source(company: str, author: str) -> str:
    """The publisher, if what the file says of its author or company reads like an organisation's name."""
    for name in (company, author):
        name = " ".join(repair(name).text.split())
        if 3 < len(name) <= 120 and _ORGANISATION.search(name):
            return name
    return ""
