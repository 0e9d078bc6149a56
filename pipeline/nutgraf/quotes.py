"""Quotation marks: the quoted spans of a paragraph, and whether somebody is said to have spoken them."""

from __future__ import annotations

import re

from msgspec import Struct

# opening mark -> marks that close it
PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", '"': '"', "‘": "’", "'": "'"}
_APOSTROPHE_LIKE = {"‘", "'"}

# verbs and nouns that attribute speech, in the forms that news uses
ATTRIBUTION = re.compile(
    r"\b(?:said|say|says|saying|told|tells?|telling|added|adds|adding|according|wrote|writes?|writing|tweeted|posted|"
    r"called|calling|calls|describ\w+|term(?:ed|ing)|warn\w*|insist\w*|argu(?:ed|es|ing)|stat(?:ed|es|ing)|statement|"
    r"declar\w+|announc\w+|claim\w*|denounc\w+|condemn\w*|accus\w+|prais\w+|urg(?:ed|es|ing)|vow\w*|pledg\w+|"
    r"promis\w+|ask(?:ed|s|ing)?|answer\w*|repl(?:ied|ies|y|ying)|quot\w+|cit(?:ed|es|ing)|read(?:s|ing)?|"
    r"remark\w*|comment\w*|conclud\w+|recall\w*|explain\w*|acknowledg\w+|admit\w*|den(?:ied|ies|ying)|"
    r"demand\w*|express\w*|stress\w*|emphasi[sz]\w+|not(?:ed|es|ing)|observ(?:ed|es)|reject\w*|dismiss\w*|"
    r"report(?:ed|s|ing)?|spoke|speak\w*|speech|chant\w*|shout\w*|cried|whisper\w*|sang|joked|testif\w+|"
    r"appeal\w*|voic\w+|refer\w*|label(?:l?ed|l?ing)|words?|message|letter|communiqu[eé]|resolution|interview|"
    r"spokes\w+|broadcast\w*|leaflets?|banner|placards?|slogans?|signs?|think|thought|believ\w+|put it|went on)\b",
    re.IGNORECASE,
)
# words before a span that make it a name, a title or a word held at a distance
_NAMING = re.compile(
    r"(?:\bso-?called|\bself-styled|\bnicknamed|\bdubbed|\bcode-?named|\bknown (?:locally )?as|\bnamed|\b(?:en)?titled|"
    r"\b(?:film|movie|book|novel|song|play|album|album|series|documentary|programme|poem|exhibition|operation|"
    r"exercise|drill|festival|magazine|game|show|ship|vessel|project|campaign|brand|painting)\s*,?(?: called)?|"
    r"\bmeaning|\bmeans|\bword|\bterm)[\s,:]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


class Span(Struct, frozen=True):
    """A quoted span: `text[start:end]` holds the marks too; `closed` tells whether its last mark was found."""

    start: int
    end: int
    mark: str
    closed: bool


def spans(text: str) -> list[Span]:
    """Find the quoted spans of one paragraph, left to right, none inside another.

    A mark that is never closed opens a span to the paragraph's end only where the paragraph begins with
    it or it is a directed mark: news leaves the mark open when the quotation goes on in the next one.
    """
    found: list[Span] = []
    position = 0
    while position < len(text):
        mark = text[position]
        if mark not in PAIRS or not _opens(text, position):
            position += 1
            continue
        end = _closing(text, position)
        if end is not None:
            found.append(Span(position, end + 1, mark, True))
            position = end + 1
        elif mark in "“„«" or (mark == '"' and not text[:position].strip()):
            found.append(Span(position, len(text), mark, False))
            break
        else:
            position += 1
    return found


def _opens(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if not after or after.isspace():
        return False
    if text[position] in "“„«":
        return True
    if text[position] == "»":  # opens only in the style »so«
        return not before.strip() and "«" in text[position + 1 :]
    return not before or before.isspace() or before in "([{—–-/:“\"‘'"


def _closing(text: str, start: int) -> int | None:
    mark = text[start]
    closers = PAIRS[mark]
    for position in range(start + 1, len(text)):
        if text[position] not in closers:
            continue
        before, after = text[position - 1], text[position + 1 : position + 2]
        if mark in _APOSTROPHE_LIKE and (before.isspace() or after.isalnum()):
            continue  # an apostrophe: don’t, ’90s
        if mark == '"' and before.isspace() and after.isalnum():
            continue  # another opening
        return position
    return None


def is_attributed(text: str, span: Span) -> bool:
    """Whether the paragraph gives the span to a speaker, a crowd or a document.

    A span that makes up most of its paragraph is speech: its speaker stands in a neighbour. A shorter one
    needs a word of attribution outside it, and must not be a name, a title or a word held at a distance.
    """
    inside = text[span.start : span.end]
    words = len(_WORD.findall(inside))
    if not words:
        return False
    outside = text[: span.start] + " " + text[span.end :]
    if not span.closed or len(_WORD.findall(outside)) <= 2:
        return words >= 3
    if _NAMING.search(text[: span.start]) and words <= 8:
        return False
    if words >= 3 and inside[-2:-1] in {",", "?", "!"}:
        return True  # “We are leaving,” … : the comma belongs to direct speech
    if words >= 9:
        return True
    return bool(ATTRIBUTION.search(outside))


def attributed(text: str) -> list[Span]:
    """The spans of a paragraph that are attributed speech."""
    return [span for span in spans(text) if is_attributed(text, span)]


FEATURES = (
    "any span",
    "any attributed span",
    "share of words attributed",
    "spans left open",
    "attribution words",
)


def features(text: str) -> list[float]:
    """Numbers between 0 and 1 that tell a classifier of the quotations, in the order of FEATURES."""
    found = spans(text)
    speech = [span for span in found if is_attributed(text, span)]
    length = max(1, len(text))
    return [
        float(bool(found)),
        float(bool(speech)),
        sum(span.end - span.start for span in speech) / length,
        float(any(not span.closed for span in found)),
        min(1.0, len(ATTRIBUTION.findall(text)) / 3),
    ]
