"""HTML pages: the article's text and metadata, found by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.config import Read
from nutgraf.read.article import Known, article
from nutgraf.read.encoding import decode, repair
from nutgraf.read.pagebody import body
from nutgraf.read.pageblocks import blocks
from nutgraf.records import Article, Refusal

_DATES = {"extensive_search": False, "original_date": True}  # a copyright line's year is no day of publication
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?", re.IGNORECASE)


def _harmless(reference: re.Match[str]) -> str:
    """Drop references to control characters, at which the parser would give up on the page."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "" if code < 32 and code not in (9, 10, 13) else reference[0]


def read(data: bytes, name: str, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one saved page.

    Source of the method: Barbaresi, "Trafilatura" (ACL 2021 system demonstrations).
    """
    import trafilatura

    decoded = decode(data)
    if decoded is None:
        yield Refusal(path=name, reason="not_text")
        return
    text = _REFERENCE.sub(_harmless, decoded.text)
    tree = trafilatura.load_html(text)
    found = tree is not None and trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=_DATES
    )
    if not found:
        yield Refusal(path=name, reason="no_article")
        return
    lines = (found.text or "").split("\n")
    title = repair(found.title or "").text.strip()
    made = body(list(blocks(tree)), lines, title, found.description or "")
    mended, repaired = repair("\n\n".join(made.lines))
    headings = []
    at = 0
    for number, line in enumerate(mended.split("\n\n")):
        if number in made.headings:
            headings.append(at)
        at += len(line) + 2
    if not mended:
        yield Refusal(path=name, reason="no_article")
        return
    known = Known(
        title=title,
        date=found.date or "",
        source=found.sitename or found.hostname or "",
        byline=found.author or "",
    )
    yield article(known, mended, name, headings=tuple(headings), repaired=decoded.repaired + repaired)
