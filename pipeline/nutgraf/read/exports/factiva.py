"""Exports of Factiva, from HTML or RTF: plain lines, or fields of two letters, each article closed by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nutgraf.read.article import Known
from nutgraf.read.exports.record import Record, byline, date_of, is_copyright, squeezed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CODES = "CLM SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CO IN NS RE IPC IPD PUB AN".split()
_CODED = re.compile(rf"[\s|]*({'|'.join(_CODES)})(?:[\t|]+ *| {{2,}}|[ ]*$)")
_CLOSES = re.compile(r"[\s|]*(?:AN[\s|]+)?Do[ck]umento? (?=[A-Za-z]*\d{6})[A-Za-z0-9]{14,40}[\s|]*$")
_WORDS = re.compile(r"\d{1,3}(?:[., ]?\d{3})* (?:words?|Wörter|mots|palabras|parole|woorden|palavras)$", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[AP]M)?(?: [A-Z]{2,5})?$", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]{2,10}$|.{0,20}\d[^.]{0,10}$")  # of the source; of page, volume or edition
_LANGUAGES = (
    "english german french spanish italian dutch portuguese arabic russian turkish chinese japanese polish swedish "
    "danish norwegian deutsch français español italiano nederlands português englisch anglais inglés"
).split()
_FURNITURE = re.compile(
    r"(?:Page \d+ of \d+\W*)?(?:© ?\d{4} (?:Dow Jones )?Factiva\b.*|Page \d+ of \d+)$|Search Summary$"
)
_PAGE_LIKELY = re.compile(r"class=.?(?:article [a-z]{2,4}Article\b|articleParagraph\b)")
_BY = re.compile(r"(?:by|von|par|por|di|reporting by)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][^\s.!?]*\.?(?:(?: and|,| &|;| de| von| al| bin| van)*[ -][A-ZÀ-ÖØ-Þ][^\s!?]*){1,7}$")


class _Meta(NamedTuple):
    date: str
    source: str
    body: int  # line of the first paragraph
    sure: bool  # a notice of copyright closes the header


def records(text: str) -> list[Record] | None:
    """The articles of an export, or None where the text is none: no header as the database writes it."""
    if not _likely(text):
        return None
    found: list[tuple[Record, bool]] = []
    chunk: list[str] = []
    for line in [*text.split("\n"), None]:
        if line is None or _CLOSES.match(line):
            record, sure = _coded(chunk) or _plain(chunk) or (None, False)
            if record is not None and (line is not None or sure):
                found.append((record, sure or line is not None))
            elif line is not None and any(map(str.strip, chunk)):  # a document without a header loses no text
                full = [squeezed(kept) for kept in chunk if kept.strip()]
                found.append((Record(known=Known(title=full[0]), paragraphs=tuple(full[1:])), False))
            chunk = []
        else:
            chunk.append(line)
    return [record for record, _ in found] if any(sure for _, sure in found) else None


_HINT = re.compile(r"[\s|]{0,9}(?:\d[\d., ]{0,9} [A-Za-zö]{4,8}$|HD\b)")
_SHORT = 40  # characters, over which a line is no count of words


def _likely(text: str) -> bool:
    return any(_HINT.match(line) for line in text.split("\n") if len(line) < _SHORT or line.lstrip(" |\t")[:2] == "HD")


def _plain(chunk: list[str]) -> tuple[Record, bool] | None:
    lines = [line for line in map(squeezed, chunk) if line and not _FURNITURE.match(line)]
    counted = next((at for at, line in enumerate(lines) if _WORDS.match(line)), None)
    meta = _meta(lines, counted) if counted is not None else None
    if counted is None or meta is None:
        return None
    title, author = _title(lines[max(0, counted - 3) : counted])
    known = Known(title=title, byline=byline(author), date=meta.date, source=meta.source)
    return Record(known=known, paragraphs=tuple(lines[meta.body :])), meta.sure


def _meta(lines: list[str], counted: int) -> _Meta | None:
    """What stands under the number of words: date, hour, outlet, its code, page, language, copyright."""
    dated = next((at for at in range(counted + 1, min(counted + 4, len(lines))) if date_of(lines[at])), None)
    if dated is None:
        return None
    at = dated + 1
    if at < len(lines) and _TIME.match(lines[at]):
        at += 1
    source = lines[at] if at < len(lines) and not is_copyright(lines[at]) else ""
    at += bool(source)
    closing = next((stop for stop in range(at, min(at + 8, len(lines))) if is_copyright(lines[stop])), None)
    if closing is not None:
        at = closing + 1
    else:
        while at < len(lines) and (_CODE.match(lines[at]) or lines[at].lower() in _LANGUAGES):
            at += 1
    return _Meta(date_of(lines[dated]), source, at, closing is not None)


def _title(lines: list[str]) -> tuple[str, str]:
    """The headline and the byline of the lines above the number of words; a section may stand before them."""
    if len(lines) > 1 and (_BY.match(lines[-1]) or _NAME.match(lines[-1])) and len(lines[-1]) < 120:
        return lines[-2], lines[-1]
    if len(lines) > 2:
        return lines[-2], lines[-1]
    return (lines[-1] if lines else ""), ""


def _coded(chunk: list[str]) -> tuple[Record, bool] | None:
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    for line in chunk:
        found = _CODED.match(line)
        if found and found[1] not in fields:
            values = fields.setdefault(found[1], [])
            line = line[found.end() :]
        if value := squeezed(line).strip("| "):
            values.append(value)
    return _of_fields(fields)


def _of_fields(fields: dict[str, list[str]]) -> tuple[Record, bool] | None:
    """The record of fields of two letters: HD the headline, PD the date, SN the outlet, LP and TD the text."""
    if not {"HD", "PD"} <= fields.keys():
        return None
    first = {code: " ".join(values) for code, values in fields.items()}
    known = Known(title=first["HD"], date=first["PD"], source=first.get("SN", ""), byline=byline(first.get("BY", "")))
    return Record(known=known, paragraphs=(*fields.get("LP", ()), *fields.get("TD", ()))), "SN" in fields


def page(html: str) -> list[Record] | None:
    """The articles of a page that Factiva made for saving, or None where the page is another one."""
    if not _PAGE_LIKELY.search(html):
        return None
    import lxml.html
    from lxml import etree

    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments
        return None
    found = [record for box in _boxes(tree) if (record := _of_box(box))]
    return found or None


def _boxes(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The boxes that hold an article each; none inside another."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if _is_article(element):
            yield element
        else:
            waiting.extend(reversed(element))


def _classes(element: HtmlElement) -> list[str]:
    return str(element.get("class", "")).split()


def _is_article(box: HtmlElement) -> bool:
    names = _classes(box)
    return "article" in names and any(name.endswith("Article") for name in names)


def _of_box(box: HtmlElement) -> Record | None:
    if coded := _of_fields(dict(_rows(box))):
        return coded[0]
    headline = next((part for part in box.iter() if any(name.endswith("Headline") for name in _classes(part))), None)
    author = next((part for part in box.iter("div") if "author" in _classes(part)), None)
    lines = [squeezed(part.text_content()) for part in box.iter("div") if not part.keys()]
    counted = next((at for at, line in enumerate(lines) if _WORDS.match(line)), -1)
    meta = _meta(lines, counted)
    paragraphs = _paragraphs(box)
    if headline is None and not paragraphs:
        return None
    known = Known(
        title="" if headline is None else squeezed(headline.text_content()),
        byline="" if author is None else byline(squeezed(author.text_content())),
        date=meta.date if meta else "",
        source=meta.source if meta else "",
    )
    return Record(known=known, paragraphs=paragraphs)


def _rows(box: HtmlElement) -> Iterator[tuple[str, list[str]]]:
    """The fields of the display as a table: a code in one cell, its value in the next."""
    for row in box.iter("tr"):
        cells = row.findall("td")
        code = squeezed(cells[0].text_content()) if len(cells) > 1 else ""
        if code in _CODES:
            value = squeezed(cells[1].text_content())
            yield code, list(_paragraphs(cells[1])) or ([value] if value else [])


def _paragraphs(box: HtmlElement) -> tuple[str, ...]:
    texts = (squeezed(part.text_content()) for part in box.iter("p", "pre") if "articleParagraph" in _classes(part))
    return tuple(text for text in texts if text)
