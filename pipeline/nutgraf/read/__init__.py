"""Reading: from files as people saved them to Articles; what cannot be read is a Refusal with a named reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nutgraf.config import Read
from nutgraf.read import formats
from nutgraf.read.sources import Source
from nutgraf.records import Article, Refusal

# every reason that a Refusal of reading may bear, and what it means
REASONS = {
    "empty": "the file has no text",
    "unknown_format": "the file's extension is none that nutgraf reads",
    "not_text": "the bytes are no text in any known encoding",
    "too_short": "fewer words than read.min_words",
    "too_large": "over read.max_megabytes",
    "no_article": "no article was found on the page",
    "broken_line": "the line is no JSON object",
    "bad_record": "the record's fields are of the wrong type",
    "no_text": "the record has no text",
    "broken_file": "the file is damaged: its format's library cannot open it",
    "labelled_table": "the record is a paragraph that nutgraf labelled, not an article",
    "unreadable": "the operating system refuses to open the file",
}


def read(sources: Iterable[Source], knobs: Read) -> Iterator[Article | Refusal]:
    """Read each source by its format, in order.

    Every source gives articles, refusals or both, never nothing and never an exception for what it holds.
    """
    for source in sources:
        for item in formats.read(source, knobs):
            if isinstance(item, Article) and len(item.text.split()) < knobs.min_words:
                yield Refusal(path=item.path, reason="too_short", detail=f"{len(item.text.split())} words")
            else:
                yield item
