"""Exports of the older LexisNexis: plain text, hard-wrapped, each article under "2 of 48 DOCUMENTS"."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from nutgraf.read.article import Known
from nutgraf.read.exports.record import Record, byline, date_of, ends_sentence, is_copyright, place, squeezed
from nutgraf.read.exports.wrapped import margin, paragraphs, undoubled

_MARK = re.compile(
    r"(?:FOCUS - )?(?:\d{1,6} (?:of|von|de) \d{1,6} (?:DOCUMENTS?|DOKUMENT(?:EN)?)"
    r"|Do[ck]ument \d{1,6} (?:of|von|de) \d{1,6})",
    re.IGNORECASE,
)
_DOCUMENT = [case(word) for word in ("document", "dokument") for case in (str.upper, str.title, str.lower)]
_FIELD = re.compile(r"([A-ZÄÖÜ][A-ZÄÖÜ-]{2,24}):(?:\s+|$)")
_LENGTHS = ("LENGTH", "LÄNGE", "LONGUEUR")
_BYLINES = ("BYLINE", "AUTOR", "AUTEUR")
_TITLES = ("HEADLINE", "TITLE", "TITEL")
_HEADER = {*_LENGTHS, *_BYLINES, *_TITLES, "SECTION", "RUBRIK", "RUBRIQUE", "DATELINE", "HIGHLIGHT", "SERIES", "BODY"}
_LOADED = ("LOAD-DATE", "UPDATE")  # no paragraph begins with these, so that the body ends there in any case
_CAPTIONS = ("GRAPHIC", "GRAFIK", "NOTES")
_INDEX = (
    "LANGUAGE SPRACHE LANGUE PUBLICATION-TYPE PUB-TYPE DOCUMENT-TYPE TYPE SUBJECT ORGANIZATION COMPANY TICKER INDUSTRY "
    "GEOGRAPHIC COUNTRY STATE CITY PERSON JOURNAL-CODE ACC-NO DISTRIBUTION CORRECTION-DATE SERIES URL"
).split()
_FOOTER = {*_LOADED, *_CAPTIONS, *_INDEX}
_EDITION = re.compile(r"\b(?:edition|cycle|final)\b|^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_HEAD_LINES = 14  # the date stands within so many lines that are not blank
_HEADER_LINES = 80  # and the length within so many of any kind
_CENTRED = 8  # columns of indentation


class _Header(NamedTuple):
    known: Known
    body: int  # line at which the body begins
    sure: bool  # a date and a field of the database were found


def records(text: str) -> list[Record] | None:
    """The articles of an export, or None where the text is none: no mark with a date and a field under it."""
    if not any(word in text for word in _DOCUMENT):
        return None
    lines = undoubled([line.expandtabs() for line in text.split("\n")])
    marks = [at for at, line in enumerate(lines) if len(line.strip()) < 80 and _MARK.fullmatch(squeezed(line))]
    segments = [lines[start + 1 : end] for start, end in itertools.pairwise([*marks, len(lines)])]
    headers = [_header(segment) for segment in segments]
    if not any(header.sure for header in headers):
        return None
    width = margin(lines)
    return [
        Record(known=header.known, paragraphs=paragraphs(_body(segment[header.body :]), width))
        for segment, header in zip(segments, headers, strict=True)
    ]


def _header(lines: list[str]) -> _Header:
    head = [(at, squeezed(line)) for at, line in enumerate(lines[:_HEADER_LINES]) if line.strip()][:_HEAD_LINES]
    dated = next((at for at, line in head if date_of(line)), None)
    outlet, at = _outlet(lines, dated)
    at = _after_edition(lines, at)
    has_length = any(_field(line) in _LENGTHS for line in lines[at : at + _HEADER_LINES])
    fields: dict[str, str] = {}
    title: list[str] = []
    going_on = ""  # the field, or the title, that goes on in the next line if that is not blank
    while at < len(lines):
        line = squeezed(lines[at])
        name = _field(line)
        before_length = fields.keys().isdisjoint(_LENGTHS)
        if not line or is_copyright(line):
            going_on = ""
        elif name in _HEADER:
            fields.setdefault(name, line[len(name) + 1 :].strip())
            going_on = "" if name in _LENGTHS else name
            if name == "BODY":
                break
        elif going_on in fields:
            fields[going_on] += " " + line
        elif before_length and (not title or going_on == "title" or (has_length and not fields)):
            title.append(line)
            going_on = "title"
        elif not (before_length and has_length):
            break
        at += 1
    known = Known(
        title=" ".join(title) or _first(fields, _TITLES),
        date="" if dated is None else date_of(squeezed(lines[dated])),
        source=outlet,
        byline=byline(_first(fields, _BYLINES)),
        place=place(fields.get("DATELINE", "")),
    )
    named = bool(fields) or any(_field(line) in _FOOTER or is_copyright(squeezed(line)) for line in lines)
    return _Header(known, at, sure=dated is not None and named)


def _outlet(lines: list[str], dated: int | None) -> tuple[str, int]:
    """The outlet, and the line after it and the date: the last block before the date, or else the first one."""
    before = [squeezed(line) for line in (lines if dated is None else lines[:dated])]
    blocks = [list(block) for full, block in itertools.groupby(before, key=bool) if full] or [[]]
    if dated is None:
        start = next((at for at, line in enumerate(before) if line), 0)
        return " ".join(blocks[0]), start + len(blocks[0])
    names = [line for block in blocks for line in block if not is_copyright(line)]
    last = [line for line in blocks[-1] if not is_copyright(line)]
    if last == blocks[-1]:
        return " ".join(last), dated + 1
    return (names[-1] if names else ""), dated + 1  # a notice of copyright may go on above the outlet


def _after_edition(lines: list[str], at: int) -> int:
    """The line after what follows the date in its block: the edition, centred like the date itself."""
    block = list(itertools.takewhile(str.strip, lines[at:]))
    after = next((line for line in lines[at + len(block) :] if line.strip()), "")
    alone = bool(after) and not _field(after) and not any(map(_field, block))  # the headline is another block
    for line in block:
        if _field(line) or not (alone or _is_centred(line) or (len(line) < 60 and _EDITION.search(line.strip()))):
            return at
        at += 1
    blank = len(list(itertools.takewhile(lambda line: not line.strip(), lines[at:])))
    block = list(itertools.takewhile(str.strip, lines[at + blank :]))
    after = next((line for line in lines[at + blank + len(block) :] if line.strip()), "")
    apart = bool(block) and all(map(_is_centred, block)) and not (_field(after) or _is_centred(after))
    return at + blank + len(block) if apart else at


def _is_centred(line: str) -> bool:
    return len(line) - len(line.lstrip()) >= _CENTRED


def _body(lines: list[str]) -> list[str]:
    """The lines of the body: without captions, notices of copyright and the index terms at the end."""
    if lines and _field(lines[0]) == "BODY":
        lines = [lines[0].partition(":")[2], *lines[1:]]
    names = [_field(line) for line in lines]
    end = next((at for at, name in enumerate(names) if name in _LOADED), len(lines))
    kept: list[tuple[str, str]] = []  # the name of the field that the line opens, and the line
    section = ""
    for name, line in zip(names[:end], lines, strict=False):
        if name in _FOOTER:
            section = name
        elif is_copyright(squeezed(line)):
            section = "copyright"
        elif section == "copyright" and not line.strip():
            section = ""
        if section not in ("copyright", *_CAPTIONS):
            kept.append((name if name in _INDEX else "", line))
    prose = [at for at, (name, line) in enumerate(kept) if not name and ends_sentence(line) and len(line.split()) > 5]
    last = prose[-1] if prose else 0
    index = next((at for at, (name, _) in enumerate(kept) if name and at >= last), len(kept))
    return [line for _, line in kept[:index]]


def _field(line: str) -> str:
    found = _FIELD.match(line.strip()) if ":" in line[:120] else None
    return found[1] if found else ""


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")
