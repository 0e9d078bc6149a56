"""HTML pages: the article's text and metadata, found by trafilatura."""

from __future__ import annotations

import re

from nutgraf.config import Read
from nutgraf.read.encoding import decode, repair
from nutgraf.records import Article, Refusal, article_id

_DATES = {"extensive_search": False, "original_date": True}  # a copyright line's year is no day of publication
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?", re.IGNORECASE)


def _harmless(reference: re.Match[str]) -> str:
    """Drop references to control characters, at which the parser would give up on the page."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "" if code < 32 and code not in (9, 10, 13) else reference[0]


def read(data: bytes, name: str, knobs: Read) -> Article | Refusal:
    """Read one saved page.

    Source of the method: Barbaresi, "Trafilatura" (ACL 2021 system demonstrations).
    """
    import trafilatura

    text = decode(data)
    if text is None:
        return Refusal(path=name, reason="not_text")
    text = _REFERENCE.sub(_harmless, text)
    found = trafilatura.bare_extraction(
        text, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=_DATES
    )
    lines = [line.strip() for line in repair(found.text or "").split("\n")] if found else []
    title = repair(found.title or "").strip() if found else ""
    body = "\n\n".join(line for line in lines if line and line != title)  # the headline stands in its own field
    if not found or not body:
        return Refusal(path=name, reason="no_article")
    return Article(
        id=article_id(title, body),
        title=title,
        date=found.date or "",
        source=found.sitename or found.hostname or "",
        text=body,
        path=name,
    )
