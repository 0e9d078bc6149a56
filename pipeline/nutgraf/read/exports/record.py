"""What the parsers of all exports share: the record of one article, and the lines that any of them may hold."""

from __future__ import annotations

import re

from msgspec import Struct

from nutgraf.read.article import Known
from nutgraf.read.dates import MONTH, opening_day

_COPYRIGHT = re.compile(r"copyright (?:\(c\)|©|\d{4}|by\b)|© ?\w|\(c\) ?(?:copyright\b|\d{4})", re.IGNORECASE)
_RIGHTS = re.compile(r"all rights reserved|alle rechte vorbehalten|tous droits réservés", re.IGNORECASE)
_ISSUE = re.compile(rf"(?:{MONTH})\.?(?: \d{{1,2}}(?: ?[-–/] ?\d{{1,2}})?)?,? \d{{4}}$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_BY = re.compile(r"^\s*(?:by|von|par)\s+(?=\S)", re.IGNORECASE)
_DAY = re.compile(rf",? (?:(?:{MONTH})\.? \d{{1,2}}|\d{{1,2}} (?:{MONTH})\.?)(?:,? \d{{4}})?$", re.IGNORECASE)
_LONGEST_DATE = 100  # characters of a line that is a date, with weekday, hour and edition


class Record(Struct, frozen=True, kw_only=True):
    """One article of an export, as it stands there; without paragraphs where it has no body."""

    known: Known
    paragraphs: tuple[str, ...] = ()


def is_copyright(line: str) -> bool:
    """Whether the line opens a notice of copyright, or is the end of one."""
    return bool(_COPYRIGHT.match(line) or (_RIGHTS.match(line) and len(line) < 60))


def date_of(line: str) -> str:
    """The date that the line is, without its weekday, hour and edition; empty where the line is something else."""
    if len(line) > _LONGEST_DATE or ends_sentence(line):
        return ""
    if day := opening_day(line):
        return line[: day.end]
    return line if _ISSUE.match(line) else ""


def ends_sentence(line: str) -> bool:
    """Whether the line ends as sentences do."""
    return bool(_SENTENCE_END.search(line[-20:].rstrip()))


def squeezed(line: str) -> str:
    """The line with each run of white space, no-break spaces too, made one space."""
    return " ".join(line.split())


def byline(written: str) -> str:
    """The names of a byline, without the word that introduces them."""
    return _BY.sub("", written).strip()


def place(dateline: str) -> str:
    """The place of a dateline, without the day that may follow it."""
    return _DAY.sub("", dateline).strip(" ,")
