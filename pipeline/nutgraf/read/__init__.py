"""Reading: from files as people saved them to Articles; what cannot be read is a Refusal with a named reason."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import structs

from nutgraf.config import Read
from nutgraf.language import other_language
from nutgraf.parallel import mapped
from nutgraf.read import formats
from nutgraf.read.document import Document, articles
from nutgraf.read.sources import Source
from nutgraf.records import Article, Refusal
from nutgraf.reprints import Reprints, signature

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


_BATCH = 64  # documents that are read at a time,
_BATCH_BYTES = 1_000_000  # or fewer, where they are long

Item = Document | Article | Refusal
Found = Refusal | tuple[Article, bytes]  # with its signature, which is empty where reprints are not looked for


def read(sources: Iterable[Source], knobs: Read, workers: int = 1) -> Iterator[Article | Refusal]:
    """Read each source by its format, in order, over several processes (0: one a core) where there are many.

    Every source gives articles, refusals or both, never nothing and never an exception for what it holds.
    """
    items = itertools.chain.from_iterable(formats.read(source, knobs) for source in sources)
    batches = mapped(partial(_found, knobs=knobs), _batched(items), workers)
    with contextlib.closing(Reprints(knobs.similarity)) as seen:
        for found in itertools.chain.from_iterable(batches):
            yield found if isinstance(found, Refusal) else _clustered(*found, seen, knobs)


def _batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.data) if isinstance(item, Document) else 1000
        if len(batch) == _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _found(batch: Sequence[Item], knobs: Read) -> list[Found]:
    """What a batch holds: articles that are wanted, and refusals."""
    return [
        _wanted(found, knobs)
        for item in batch
        for found in (articles(item, knobs) if isinstance(item, Document) else (item,))
    ]


def _wanted(found: Article | Refusal, knobs: Read) -> Found:
    if isinstance(found, Refusal):
        return found
    if (words := len(found.text.split())) < knobs.min_words:
        return Refusal(path=found.path, reason="too_short", detail=f"{words} words")
    if other := other_language(found.text, knobs.language):
        return Refusal(path=found.path, reason="other_language", detail=f"it reads as {other!r}")
    return found, b"" if knobs.reprints == "ignore" else signature(found.text)


def _clustered(article: Article, signed: bytes, seen: Reprints, knobs: Read) -> Article | Refusal:
    """The article with its cluster, or its refusal where reprints are dropped."""
    if not signed:
        return article
    cluster = seen.cluster(article.id, signed)
    if knobs.reprints == "drop" and cluster != article.id:
        return Refusal(path=article.path, reason="reprint", detail=f"of article {cluster}")
    return structs.replace(article, cluster=cluster)
