"""Days as news writes them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:$|[T ])")
_LONGEST = 100  # characters; a date is shorter, and a parser slow on what is none
_NAMES = {  # of the months, by their first letters; the languages in which news databases write them
    1: "jan ene",
    2: "feb fév",
    3: "mar mär mrz",
    4: "apr avr abr",
    5: "may mai mayo",
    6: "jun juin",
    7: "jul juil",
    8: "aug aoû ago",
    9: "sep",
    10: "oct okt",
    11: "nov",
    12: "dec dez dic déc",
}
_WHOLE = (
    "january february march april may june july august september october november december "
    "januar februar märz april mai juni juli august september oktober november dezember "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
_MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}
_MONTHS |= {name: index % 12 + 1 for index, name in enumerate(_WHOLE)} | {"sept": 9}
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))  # a pattern for any of them
_ORDER = rf"(?P<m1>{MONTH})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})"
_OTHER = rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:de )?(?P<m2>{MONTH})\.?,?(?: de)? (?P<y2>\d{{4}})"
_OPENS = re.compile(rf"(?:[^\W\d_]{{3,10}}\.?,? )?(?:{_ORDER}|{_OTHER})(?!\d)", re.IGNORECASE)


def iso_day(written: str) -> str:
    """The day as YYYY-MM-DD, or an empty string where no whole day can be told from the words."""
    written = written.strip()
    if match := _ISO.match(written):
        try:
            return date.fromisoformat(match[1]).isoformat()
        except ValueError:
            return ""
    if len(written) > _LONGEST or not re.search(r"[0-9]{4}", written):
        return ""  # without a year, a parser would take the year of today
    if (found := opening_day(written)) and not re.search(r"\d{4}", written[found.end :]):
        return found.iso
    import dateparser  # a tenth of a second, and most inputs bring no date

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "MDY",
        "PARSERS": ["absolute-time"],  # not "2000 days ago", which moves
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    parsed = dateparser.parse(written, languages=["en"], settings=settings)
    return parsed.date().isoformat() if parsed else ""


class Opening(NamedTuple):
    """A day in words at the head of a line: as ISO 8601, and where the words end."""

    iso: str
    end: int


def opening_day(line: str) -> Opening | None:
    """The day that opens a line (`March 3, 2020 Tuesday`, `Monday, 4 Jan. 2010, 10:12`), or None."""
    found = _OPENS.match(line)
    if not found:
        return None
    month, day, year = (found[f"{part}1"] or found[f"{part}2"] for part in "mdy")
    try:
        return Opening(date(int(year), _MONTHS[month.lower()], int(day)).isoformat(), found.end())
    except ValueError:
        return None
