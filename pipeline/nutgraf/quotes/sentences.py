"""The text outside the marks: its sentences and their words."""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """A word or a stop of the text, and its place there; `low` is the word in small letters."""

    start: int
    end: int
    low: str
    big: bool  # begins with a capital


Tokens = list[Token]
_make = tuple.__new__  # half the time that Token() takes
REACH = 400  # code points of a sentence that are read: who speaks stands near the marks

_TOKEN = re.compile(
    r"[^\W_]{1,60}(?:['’.‑:-][^\W_]{1,60}){0,6}|[,;:()\[\]—–]|(?<=\s)-{1,2}(?=\s)",
)
_ANEW = re.compile(r"\s{1,9}(?:The|A|An|In|On|At|But|He|She|It|They|And|As|After|For)\s")
_STOP = re.compile(r"[.!?…](?=[)\]\"”’»]?(?:\s|$))")
_WORD_BEFORE = re.compile(r"[^\W_]{1,12}$")
_ABBREVIATED = frozenset(
    "mr mrs ms mx dr prof gen lt col maj capt cpt cmdr sgt cpl pte brig adm gov sen rep rev hon fr sr st jr no "
    "vs etc".split()
)


def tokens(text: str, start: int, end: int) -> Tokens:
    """The words and stops of `text[start:end]`, without what stands in brackets; linear."""
    shouted = text.isupper()  # telex: capitals tell nothing
    found: Tokens = []
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        low = word.lower()
        big = False
        if low != word and not shouted:
            big = word[0].isupper()
            if len(word) > 1 and word.isupper():
                low = word  # the US, the WHO: no pronouns
        found.append(_make(Token, (*match.span(), low, big)))
    return _unbracketed(found) if text.find("(", start, end) >= 0 else found


def _unbracketed(found: Tokens) -> Tokens:
    kept: Tokens = []
    for token in found:
        if token.low == ")" and any(earlier.low == "(" for earlier in kept[-20:]):
            while kept.pop().low != "(":
                pass
        else:
            kept.append(token)
    return kept


def word(token: Token) -> bool:
    """Whether a token is a word, not a stop."""
    return token.low[0].isalnum()


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """The places behind the stops that end the sentences of `text[start:end]`; a title's stop (Lt. Gen.) ends none."""
    ends = []
    for stop in _STOP.finditer(text, start, end):
        after = text[stop.end() : stop.end() + 2].strip()
        if stop[0] == "." and after:
            before = _WORD_BEFORE.search(text, max(start, stop.start() - 12), stop.start())
            short = before is not None and (len(before[0]) == 1 or before[0].lower() in _ABBREVIATED)
            if after.islower() or (short and not (before is not None and before[0].islower())):
                continue
        ends.append(stop.end())
    return ends


class Gap:
    """The text between two quoted spans, or beside one: cut into sentences, which are read only where asked for."""

    __slots__ = ("_ends", "_first", "_last", "end", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self._ends = sentence_ends(text, start, end) if end - start > 1 else []
        self._first: Tokens | None = None
        self._last: Tokens | None = None

    @property
    def whole(self) -> bool:
        """Whether no sentence ends in it."""
        return not self._ends

    @property
    def begins_anew(self) -> bool:
        """Whether it surely begins with a sentence of its own: behind a space, with a word that no verb can be."""
        return _ANEW.match(self.text, self.start, self.end) is not None

    @property
    def first(self) -> Tokens:
        """Its first sentence: what is told behind the span before it."""
        if self._first is None:
            end = self._ends[0] if self._ends else self.end
            self._first = tokens(self.text, self.start, min(end, self.start + REACH))
        return self._first

    @property
    def last(self) -> Tokens:
        """Its last sentence, as far as it leads to the span behind it: nothing where it is ended."""
        if not self._ends and self.end - self.start <= REACH:
            return self.first
        if self._last is None:
            start = self._ends[-1] if self._ends else self.start
            self._last = tokens(self.text, max(start, self.end - REACH), self.end)
        return self._last

    def sentences(self, reach: int = REACH) -> list[Tokens]:
        """All its sentences, `reach` code points of each."""
        edges = [self.start, *self._ends, self.end]
        pairs = [(edges[place], edges[place + 1]) for place in range(len(edges) - 1)]
        return [found for start, end in pairs if (found := tokens(self.text, start, min(end, start + reach)))]
