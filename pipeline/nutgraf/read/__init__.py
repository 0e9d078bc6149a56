"""Reading: from files as people saved them to Articles; what cannot be read is a Refusal with a named reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from nutgraf.config import Read
from nutgraf.language import other_language
from nutgraf.read import formats
from nutgraf.read.sources import Source
from nutgraf.records import Article, Refusal
from nutgraf.reprints import Reprints

# every reason that a Refusal of reading may bear, and what it means
REASONS = {
    "empty": "the file has no text",
    "unknown_format": "the file's extension and content are none that nutgraf reads",
    "not_text": "the bytes are no text in any known encoding",
    "too_short": "fewer words than read.min_words",
    "too_large": "over read.max_megabytes, of too many pages or parts, or packed so tightly that it can be no text",
    "attachment": "a document that is attached to a mail; saved by itself it can be read",
    "other_language": "surely not in read.language",
    "reprint": "a near-duplicate of an article read before, where read.reprints is drop",
    "no_article": "no article was found on the page",
    "broken_line": "the line is no JSON object",
    "bad_record": "the record's fields are of the wrong type",
    "no_text": "the record has no text",
    "broken_file": "the file is damaged or locked: its format's library cannot open it",
    "broken_archive": "the archive (.gz, .zip) is damaged, locked, or packed in too many others",
    "labelled_table": "the record is a paragraph that nutgraf labelled, not an article",
    "unreadable": "the operating system refuses to open the file, or the hub the data set",
}


def read(sources: Iterable[Source], knobs: Read) -> Iterator[Article | Refusal]:
    """Read each source by its format, in order.

    Every source gives articles, refusals or both, never nothing and never an exception for what it holds.
    """
    seen = None if knobs.reprints == "ignore" else Reprints(knobs.similarity)
    for source in sources:
        for item in formats.read(source, knobs):
            yield item if isinstance(item, Refusal) else _kept(item, knobs, seen)


def _kept(article: Article, knobs: Read, seen: Reprints | None) -> Article | Refusal:
    """The article with its cluster, or why it is not wanted."""
    if (words := len(article.text.split())) < knobs.min_words:
        return Refusal(path=article.path, reason="too_short", detail=f"{words} words")
    if found := other_language(article.text, knobs.language):
        return Refusal(path=article.path, reason="other_language", detail=f"it reads as {found!r}")
    if seen is None:
        return article
    cluster = seen.cluster(article.id, article.text)
    if knobs.reprints == "drop" and cluster != article.id:
        return Refusal(path=article.path, reason="reprint", detail=f"of article {cluster}")
    return structs.replace(article, cluster=cluster)
