"""Plain text and news pages saved as text: header lines, headline, body."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import structs

from nutgraf.config import Read
from nutgraf.read import exports
from nutgraf.read.article import NOTHING, Known, article
from nutgraf.read.encoding import decode
from nutgraf.read.lines import unwrap
from nutgraf.records import Article, Refusal

_SAVED = re.compile(r"(?:MON|TUE|WED|THU|FRI|SAT|SUN)\w*,?\s+\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{4}\s*$", re.IGNORECASE)
_FIELD = re.compile(r"(date|published|source|publication|title|headline|byline|author)\s*:\s*(\S.*)$", re.IGNORECASE)
_NAMES = {"published": "date", "publication": "source", "headline": "title", "author": "byline"}
_LINE = re.compile(r"\S[^\n]*")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*$")


def read(data: bytes, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one text file; an export of a news database holds many articles."""
    decoded = decode(data)
    if decoded is None:
        yield Refusal(path=name, reason="not_text")
    else:
        yield from articles(decoded.text, name, knobs, repaired=decoded.repaired)


def articles(
    text: str,
    name: str,
    knobs: Read,
    known: Known = NOTHING,
    repaired: tuple[str, ...] = (),
) -> Iterator[Article | Refusal]:
    """The articles of a text from whatever format: those of an export of a news database, or else the one it is."""
    exported = exports.articles(text, name, repaired)
    yield from [one(text, name, knobs, known, repaired)] if exported is None else exported


def one(
    text: str,
    name: str,
    knobs: Read,
    known: Known = NOTHING,
    repaired: tuple[str, ...] = (),
    headings: Collection[str] = (),
) -> Article | Refusal:
    """The one article of a text that is known to be no export.

    `known` is what its file says of it, and goes before its header; `headings` are the lines that the file itself marks
    as headings.

    The header may hold the day the page was saved, and lines such as `Date:` and `Source:`; the line after
    it is the headline, and such lines may stand under it. Without a header, a first line that is short and no
    sentence is the headline.
    """
    fields, rest = _header(text)
    fields |= {name: value for name, value in structs.asdict(known).items() if value}
    if "title" not in fields:
        title, rest = _headline(rest, has_header=bool(fields))
        if title:  # what is told of the article may stand under its headline, too
            under, rest = _header(rest)
            fields = {"title": title, **under, **fields}
    body = (unwrap(rest) if knobs.unwrap else rest).strip()
    if body:
        known = Known(**{name: fields.get(name, "") for name in Known.__struct_fields__})
        return article(known, body, name, headings=_starts(body, headings), repaired=repaired)
    return Refusal(path=name, reason="empty", detail="a header and no text" if text.strip() else "")


def _starts(body: str, headings: Collection[str]) -> tuple[int, ...]:
    """Where the lines of the body begin that are headings."""
    wanted = set(headings)
    return tuple(found.start() for found in _LINE.finditer(body) if found[0].strip() in wanted) if wanted else ()


def _header(text: str) -> tuple[dict[str, str], str]:
    fields: dict[str, str] = {}
    rest = text.lstrip()
    while rest:
        line, _, after = rest.partition("\n")
        if match := _FIELD.match(line.strip()):
            key = match[1].lower()
            fields.setdefault(_NAMES.get(key, key), match[2].strip())
        elif _SAVED.match(line.strip()) and "saved" not in fields:
            fields["saved"] = line.strip()
        else:
            break
        rest = after.lstrip()
    return fields, rest


def _headline(text: str, has_header: bool) -> tuple[str, str]:
    line, _, rest = text.partition("\n")
    line = line.strip()
    if line.endswith(",") or rest[:1].islower():  # a sentence, wrapped in its midst
        return "", text
    fits = len(line) <= 200 if has_header else len(line) <= 120 and not _SENTENCE_END.search(line)
    return (line, rest) if fits and rest.strip() else ("", text)
