"""Quotation marks: the quoted spans of paragraphs, and whether somebody is said to have spoken them, and who."""

from __future__ import annotations

from nutgraf.quotes.carrying import found, quotations
from nutgraf.quotes.cues import ALL
from nutgraf.quotes.marks import PAIRS
from nutgraf.quotes.naming import WORD
from nutgraf.records import Passage, Quotation

FEATURES = ("any span", "any attributed span", "share of text attributed", "spans left open", "words of attribution")


def spans(text: str) -> list[Quotation]:
    """The quoted spans of one paragraph, left to right: as its article showed them, or as it shows them by itself."""
    known = text.quotes if isinstance(text, Passage) else None
    return list(found(text) if known is None else known)


def features(text: str) -> list[float]:
    """Numbers from 0 to 1 that tell a classifier of the quotations, in the order of FEATURES; zeros without marks."""
    all_found = spans(text)
    if not all_found:
        return [0.0] * len(FEATURES)
    speech = [span for span in all_found if span.attributed]
    return [
        1.0,
        float(bool(speech)),
        sum(span.end - span.start for span in speech) / len(text),
        float(any(not span.closed for span in all_found)),
        min(1.0, _attributing_words(text) / 3),
    ]


def _attributing_words(text: str) -> int:
    """How many words of the text attribute speech: said, statement, according, ..."""
    return sum(word in ALL for word in WORD.findall(text.lower()))


__all__ = ["FEATURES", "PAIRS", "features", "found", "quotations", "spans"]
