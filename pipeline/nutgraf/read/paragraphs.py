"""Tables whose records are paragraphs already: taken as they stand, neither repaired nor split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nutgraf.config import Read
from nutgraf.read import hub
from nutgraf.read.archives import unpacked
from nutgraf.read.guard import guarded
from nutgraf.read.rows import TABLES, Numbered, Row, records
from nutgraf.read.sniff import HEAD, format_of
from nutgraf.read.sources import HUB, Source
from nutgraf.read.tables import COLUMNS, usual
from nutgraf.records import Paragraph, Refusal


def read(sources: Iterable[Source], knobs: Read) -> Iterator[Paragraph | Refusal]:
    """Read one paragraph a record, its `id` kept; without one, the file's name and the record's number name it."""
    for source in sources:
        if source.problem:
            yield Refusal(path=source.name, reason="unreadable", detail=source.problem)
        elif source.name.startswith(HUB):
            yield from guarded(source.name, _paragraphs(hub.records(source.name, knobs), source.name, knobs))
        else:
            yield from guarded(source.name, _streams(source, knobs))


def _streams(source: Source, knobs: Read) -> Iterator[Paragraph | Refusal]:
    bound = knobs.max_megabytes * 1_000_000
    for opened in unpacked(source, bound):
        if isinstance(opened, Refusal):
            yield opened
        elif (kind := format_of(opened.file.peek(HEAD), opened.suffix)) in TABLES:
            yield from guarded(opened.name, _paragraphs(records(opened, kind, bound), opened.name, knobs))
        else:
            detail = f"{opened.suffix or 'no extension'}; one paragraph a record: {' '.join(TABLES)}"
            yield Refusal(path=opened.name, reason="unknown_format", detail=detail)


def _paragraphs(numbered: Numbered, name: str, knobs: Read) -> Iterator[Paragraph | Refusal]:
    for position, (number, row) in enumerate(numbered):
        if isinstance(row, Refusal):
            yield row
            continue
        text = _text(row, knobs.columns.text)
        if not text.strip():
            yield Refusal(path=name, record=number, reason="no_text")
            continue
        fields = usual(row, knobs.columns)
        yield Paragraph(
            id=fields["id"] or f"{name}:{number}",
            article=fields["article"],
            index=int(fields["index"]) if fields["index"].isdecimal() and len(fields["index"]) < 10 else position,
            start=0,
            end=len(text),
            text=text,
            title=fields["title"],
        )


def _text(row: Row, named: str) -> str:
    if not named and isinstance(text := row.get("text"), str):
        return text  # the common case, and the only one that is kept to the letter
    lower = {str(key).strip().lower(): value for key, value in row.items()}
    names = (named.strip().lower(),) if named else COLUMNS["text"][:-1]
    return next((lower[name] for name in names if isinstance(lower.get(name), str)), "")
