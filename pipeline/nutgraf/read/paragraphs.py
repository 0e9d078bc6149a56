"""Tables whose records are paragraphs already: taken as they stand, neither repaired nor split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nutgraf.read.formats import STREAMED, guarded
from nutgraf.read.sources import Source
from nutgraf.read.tables import COLUMNS, Row, rows, usual
from nutgraf.records import Paragraph, Refusal


def read(sources: Iterable[Source]) -> Iterator[Paragraph | Refusal]:
    """Read one paragraph a record, its `id` kept; without one, the file's name and the record's number name it."""
    for source in sources:
        if source.problem:
            yield Refusal(path=source.name, reason="unreadable", detail=source.problem)
        elif source.suffix in STREAMED:
            yield from guarded(source, _paragraphs(source))
        else:
            detail = f"{source.suffix or 'no extension'}; one paragraph a record: {' '.join(STREAMED)}"
            yield Refusal(path=source.name, reason="unknown_format", detail=detail)


def _paragraphs(source: Source) -> Iterator[Paragraph | Refusal]:
    for position, (number, row) in enumerate(rows(source)):
        if isinstance(row, Refusal):
            yield row
            continue
        text = _text(row)
        if not text.strip():
            yield Refusal(path=source.name, record=number, reason="no_text")
            continue
        fields = usual(row)
        yield Paragraph(
            id=fields["id"] or f"{source.name}:{number}",
            article=fields["article"],
            index=int(fields["index"]) if fields["index"].isdecimal() and len(fields["index"]) < 10 else position,
            start=0,
            end=len(text),
            text=text,
        )


def _text(row: Row) -> str:
    if isinstance(text := row.get("text"), str):
        return text  # the common case, and the only one that is kept to the letter
    lower = {str(key).strip().lower(): value for key, value in row.items()}
    return next((lower[name] for name in COLUMNS["text"][:-1] if isinstance(lower.get(name), str)), "")
