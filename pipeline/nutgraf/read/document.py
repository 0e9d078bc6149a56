"""Documents: what is read in one piece, from a file or out of an archive, up to a bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct, structs

from nutgraf.config import Read
from nutgraf.read import mail, page, pdf, rtf, text, word
from nutgraf.read.guard import guarded
from nutgraf.records import Article, Refusal

# format -> what reads its bytes
READERS: dict[str, Callable[[bytes, str, Read], Iterator[Article | Refusal]]] = {
    "text": text.read,
    "page": page.read,
    "pdf": pdf.read,
    "word": word.read,
    "rtf": rtf.read,
    "mail": mail.read,
}


class Document(Struct, frozen=True, kw_only=True):
    """The bytes of one document, and what is known of it from around it."""

    kind: str  # one of READERS
    data: bytes
    name: str
    record: int = 0  # its number in a web archive, from 1
    address: str = ""  # there
    source: str = ""  # of its articles where it names none itself
    repaired: tuple[str, ...] = ()


def articles(document: Document, knobs: Read) -> Iterator[Article | Refusal]:
    """Read one document: articles, refusals or both, never nothing."""
    from_archive = bool(document.record)
    for item in guarded(document.name, READERS[document.kind](document.data, document.name, knobs)):
        if not from_archive:
            yield item
        elif isinstance(item, Refusal):
            detail = ": ".join(part for part in (document.address, item.detail) if part)
            yield structs.replace(item, record=document.record, detail=detail)
        else:
            source, repaired = item.source or document.source, document.repaired + item.repaired
            yield structs.replace(item, source=source, repaired=repaired)
