"""Days as news writes them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:$|[T ])")
_LONGEST = 100  # characters; a date is shorter, and a parser slow on what is none


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
    import dateparser  # a tenth of a second, and most inputs bring no date

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "MDY",
        "PARSERS": ["absolute-time"],  # not "2000 days ago", which moves
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = dateparser.parse(written, languages=["en"], settings=settings)
    return found.date().isoformat() if found else ""
