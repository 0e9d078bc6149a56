"""Days as news writes them, to ISO 8601."""

from __future__ import annotations

import re

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:$|[T ])")


def iso_day(written: str) -> str:
    """The day as YYYY-MM-DD, or an empty string where no whole day can be told from the words."""
    written = written.strip()
    if match := _ISO.match(written):
        return match[1]
    if not re.search(r"\d{4}", written):
        return ""  # without a year, a parser would take the year of today
    import dateparser  # a tenth of a second, and most inputs bring no date

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "MDY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = dateparser.parse(written, languages=["en"], settings=settings)
    return found.date().isoformat() if found else ""
