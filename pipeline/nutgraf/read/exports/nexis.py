"""Exports of Nexis Uni and its kin, from Word or RTF: a line a paragraph, "Body" before and "End of Document" after."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from nutgraf.read.article import Known
from nutgraf.read.exports.record import Record, byline, date_of, is_copyright, place, squeezed

_FIELD = re.compile(r"(Section|Length|Byline|Dateline|Highlight|Series|Länge|Rubrik|Autor): ?(.*)", re.IGNORECASE)
_INDEX = re.compile(r"(?:Load-Date|Publication-Type|Language|Subject|Organization|Company|Geographic): ?\S")
_SURE_INDEX = re.compile(r"(?:Load-Date: ?\S|Publication-Type: ?\S|Language: ?[A-Z;, ]+$)")
_LENGTH = re.compile(r"(?:Length|Länge): ?\d", re.IGNORECASE)
_COVER = re.compile(
    r"(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type)\b"
    r"|Documents? ?\(\d+\)$|Timeline:|About LexisNexis|\d{1,4}\. |-None-$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:Page \d+ of \d+|Link (?:to|zum|zur) .{1,60}|About LexisNexis\b.*)$")
_END = "end of document"
_ENDS = (_END, "End of Document", "End of document", _END.upper())
_HEADER_LINES = 16  # at most, from the headline to "Body"


class _Header(NamedTuple):
    known: Known
    start: int  # line of the headline
    body: int  # line of the first paragraph


def records(text: str) -> list[Record] | None:
    """The articles of an export, or None where the text is none: no header with a date and a length or a copyright."""
    if "\nBody" not in text and not any(end in text for end in _ENDS):
        return None
    lines = [line for line in map(squeezed, text.split("\n")) if line and not _PAGE.match(line)]
    found = list(_records(lines))
    return [record for record, _ in found] if any(sure for _, sure in found) else None


def _records(lines: list[str]) -> Iterator[tuple[Record, bool]]:
    begin = 0
    ends = [at for at, line in enumerate(lines) if line.lower() == _END]
    for end in [*ends, len(lines)]:
        chunk = lines[begin:end]
        headers = _headers(chunk)
        stops = [*(after.start for after in headers[1:]), len(chunk)]
        for header, stop in zip(headers, stops, strict=False):
            yield Record(known=header.known, paragraphs=_body(chunk[header.body : stop])), True
        if not headers and chunk and end < len(lines):  # a document without a header loses no text
            yield Record(known=Known(title=chunk[0]), paragraphs=_body(chunk[1:])), False
        begin = end + 1


def _headers(chunk: list[str]) -> list[_Header]:
    dates = {at for at, line in enumerate(chunk) if date_of(line)}
    marked = [_header(chunk, dates, at) for at, line in enumerate(chunk) if line == "Body"] if dates else []
    headers = [header for header in marked if header]
    if not headers and (bare := _header(chunk, dates, None)):
        headers = [bare]
    return headers


def _header(chunk: list[str], dates: set[int], body: int | None) -> _Header | None:
    """The header that ends in the line "Body", or without such a line the first one of the chunk."""
    window = range(max(0, body - _HEADER_LINES), body) if body is not None else range(min(len(chunk), 200))
    for dated in reversed(window) if body is not None else window:
        stop = body if body is not None else dated + _HEADER_LINES
        if dated not in dates or not _confirmed(chunk[dated + 1 : stop]):
            continue
        fields: dict[str, str] = {}
        last = dated
        for at in range(dated + 1, min(stop, len(chunk))):
            if found := _FIELD.match(chunk[at]):
                fields.setdefault(found[1].lower(), found[2].strip())
            elif body is None and not is_copyright(chunk[at]):
                break
            last = at
        above = chunk[max(0, dated - 4) : dated]
        covered = max((at for at, line in enumerate(above) if _COVER.match(line)), default=-1)
        above = above[covered + 1 :]
        title = above[:-1] if len(above) > 1 else above
        alone = dated <= 4 and covered < 0  # nothing but the headline stands above the outlet
        title = title if alone else title[-1:]
        known = Known(
            title=" ".join(title),
            date=date_of(chunk[dated]),
            source=above[-1] if len(above) > 1 else "",
            byline=byline(fields.get("byline", fields.get("autor", ""))),
            place=place(fields.get("dateline", "")),
        )
        return _Header(known, dated - len(title) - 1, (body if body is not None else last) + 1)
    return None


def _confirmed(lines: list[str]) -> bool:
    """Whether a length or a notice of copyright follows a date, as in a header and nowhere else."""
    return any(_LENGTH.match(line) or is_copyright(line) for line in lines)


def _body(lines: list[str]) -> tuple[str, ...]:
    paragraphs: list[str] = []
    captions = False
    for line, after in itertools.pairwise([*lines, ""]):
        if _SURE_INDEX.match(line) or (line == "Classification" and (not after or _INDEX.match(after))):
            break
        captions = captions or line == "Graphic"
        if not captions:
            paragraphs.append(line)
    return tuple(paragraphs)
