"""Quotations of whole articles: those that run over paragraphs are carried on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from nutgraf.quotes.attribution import voices
from nutgraf.quotes.marks import CLOSERS, NOTHING, Bounds, Marks, marks
from nutgraf.quotes.persons import Known, Voice
from nutgraf.records import Quotation

REACH = 3  # paragraphs without any mark that a quotation may run through
_REPORTING = re.compile(r"\b(?:said|says|told|added|according to)\b", re.IGNORECASE)
_FAMILY = {"”": "“", "„": "“", "‚": "‘", "’": "‘", "''": "``", "»": "«", "›": "‹", "`": "'"}


def found(text: str) -> tuple[Quotation, ...]:
    """The quotations of one paragraph by itself."""
    return quotations((text,))[0]


def quotations(paragraphs: Sequence[str]) -> list[tuple[Quotation, ...]]:
    """The quotations of each paragraph of one article, all its paragraphs in order; offsets in the paragraph's text.

    A quotation that its paragraph leaves open is carried on in the next where that opens with a mark again (the English
    practice), or where a paragraph soon closes it without having opened any. Then those between, which hold no mark,
    are carried whole, unless they report speech themselves. Nothing else is carried: a stray mark ends with its
    paragraph. All pieces of one quotation have its speaker, though only the last may name him. A paragraph that is all
    quotation has the speaker whom the one before introduces with a colon at its end.
    """
    if not paragraphs:
        return []
    found = [marks(text) for text in paragraphs]
    if not any(found_here is not NOTHING for found_here in found):
        return [()] * len(paragraphs)
    spans, carried = _carried(paragraphs, found)
    result: list[tuple[Quotation, ...]] = []
    voice, before = Voice(), ""
    for text, here, goes_on in zip(paragraphs, spans, carried, strict=True):
        if not here:
            result.append(())
            voice, before = Voice(), text
            continue
        known = Known(before, voice.speaker)
        given = voices(text, here, known)
        first = given[0]
        if goes_on and (first is None or not first.speaker):
            first = Voice((first.cue if first else "") or voice.cue, voice.speaker)
        elif first is not None and not first.speaker and here[0].start == 0 and before.rstrip()[-1:] == ":":
            first = known.introduced()
        given = [first, *given[1:]]
        result.append(
            tuple(_quotation(span, told, goes_on and span is here[0]) for span, told in zip(here, given, strict=True))
        )
        if goes_on and first is not None and not (len(result) < len(carried) and carried[len(result)]):
            _fill(result, first)
        voice = next((told for told in reversed(given) if told is not None), Voice())
        before = text
    return result


def _fill(result: list[tuple[Quotation, ...]], voice: Voice) -> None:
    """Give the voice of a quotation that is carried on to its beginnings in the paragraphs before the last."""
    for place in range(len(result) - 2, -1, -1):
        if not result[place] or result[place][-1].closed or result[place][-1].speaker:
            return
        cue = result[place][-1].cue or voice.cue
        last = structs.replace(result[place][-1], attributed=True, speaker=voice.speaker, cue=cue)
        result[place] = (*result[place][:-1], last)
        if not last.carried:
            return


def _quotation(span: Bounds, voice: Voice | None, carried: bool) -> Quotation:
    cue, speaker = voice or Voice()
    return Quotation(
        start=span.start,
        end=span.end,
        mark=span.mark,
        closed=span.closed,
        carried=carried,
        attributed=voice is not None,
        cue=cue,
        speaker=speaker,
    )


def _carried(paragraphs: Sequence[str], found: list[Marks]) -> tuple[list[list[Bounds]], list[bool]]:
    """The spans of each paragraph, with those that are carried into it, and whether its first one is."""
    spans = [list(here.spans) for here in found]
    carried = [False] * len(found)
    for index in range(len(found) - 1):
        left_open = spans[index][-1] if spans[index] and not spans[index][-1].closed else found[index].opener
        if left_open is None:
            continue
        following = index + 1
        if spans[following] and not paragraphs[following][: spans[following][0].start].strip():
            if _kin(left_open.mark, spans[following][0].mark):
                carried[following] = True
                _open(spans[index], left_open)
            continue
        last = _closing(paragraphs, found, following, left_open.mark)
        if last is None:
            continue
        _open(spans[index], left_open)
        for place in range(following, last):
            spans[place] = [Bounds(0, len(paragraphs[place]), left_open.mark, False)]
            carried[place] = True
        closer = found[last].closer
        if closer is not None:
            spans[last].insert(0, Bounds(0, closer.end, left_open.mark, True))
            carried[last] = True
    return spans, carried


def _open(spans: list[Bounds], left_open: Bounds) -> None:
    if not spans or spans[-1].closed:
        spans.append(left_open)


def _kin(one: str, other: str) -> bool:
    return _FAMILY.get(one, one) == _FAMILY.get(other, other)


def _closing(paragraphs: Sequence[str], found: list[Marks], index: int, mark: str) -> int | None:
    """The paragraph, from `index` on, that closes what was opened by the mark before; None where none surely does."""
    for place in range(index, min(index + REACH + 1, len(found))):
        here = found[place]
        if here.closer is not None:
            closes = here.closer.mark in CLOSERS[mark]
            return place if closes and not _REPORTING.search(paragraphs[place], 0, here.closer.start) else None
        if here.spans or here.opener is not None or not paragraphs[place] or _REPORTING.search(paragraphs[place]):
            return None
    return None
