"""Noun phrases before and behind a verb, by closed lists of small words: there is no tagger here, for want of time."""

from __future__ import annotations

from typing import NamedTuple

from nutgraf.quotes.cues import PAST, VERBS
from nutgraf.quotes.grammar import (
    AUXILIARY,
    BREAKS,
    DETERMINERS,
    DOING,
    FRONTING,
    FUNCTION,
    JOINING,
    OBJECTS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    ROLES,
    SUBJECTS,
    TIMES,
)
from nutgraf.quotes.sentences import Token, Tokens, word


class Phrase(NamedTuple):
    """A noun phrase: tokens `first` to `last`, both in it."""

    first: Token
    last: Token
    name: bool  # a name stands in it

    def of(self, text: str) -> str:
        """Its words as they stand in the text."""
        words = text[self.first.start : self.last.end]
        return words[:-2] if words.endswith(("'s", "’s", "'S", "’S")) else words


def phrase_after(found: Tokens, index: int) -> Phrase | None:
    """The noun phrase that begins at `index`: said [the baker, Eulalio], who ...; None where none does."""
    begin = index
    limit = min(len(found), index + 14)
    while index < limit and _inside(found, begin, index):
        index += 1
        if (
            index - 1 == begin
            and found[begin].low in PRONOUNS
            and found[index : index + 1] != []
            and found[index].low != "of"
        ):
            break
    if index == begin or not word(found[begin]):
        return None
    for place in range(begin + 2, index):  # the rebels want a corridor: another phrase begins, behind a verb
        if found[place].low in DETERMINERS and not found[place - 1].big and found[place - 1].low not in PREPOSITIONS:
            index = place - 1
            break
    last = index - 1
    while last > begin and found[last].low in DETERMINERS | PREPOSITIONS:
        last -= 1
    if found[last].low in DETERMINERS and found[last].low not in PRONOUNS:
        return None
    named = found[last].big
    if not named and index + 1 < len(found) and found[index].low == "," and _name(found, index + 1):
        end = _name_end(found, index + 1)
        if end + 1 == len(found) or not word(found[end + 1]) or found[end + 1].low in RELATIVES:
            last, named = end, True
    return Phrase(found[begin], found[last], named)


def _inside(found: Tokens, begin: int, index: int) -> bool:
    """Whether the token belongs to a noun phrase that began before it."""
    token = found[index]
    low = token.low
    if not word(token) or low in RELATIVES or low in JOINING or (low in TIMES and index > begin and not token.big):
        return False
    if low in PREPOSITIONS:  # the head of the delegation, but: said Strod of the goal
        return low == "of" and index > begin and (not found[index - 1].big or found[begin].low in DETERMINERS)
    if index > begin:
        if token.big and low in TIMES:
            return False
        if low in AUXILIARY or (low in VERBS and not token.big and found[index - 1].low not in DETERMINERS):
            return False
        if low in OBJECTS:
            return found[index - 1].low == "of"
        owned = found[index - 1].low in DETERMINERS or found[index - 1].low.endswith(("'s", "’s", "s'", "s’"))
        if (
            not token.big
            and found[index - 1].big
            and not owned
            and low not in PARTICLES
            and found[begin].low not in DETERMINERS
        ):
            return index - begin == 1 and low.endswith(ROLES)
        return token.big or owned or not (low.endswith(("ing", "ed", "ly")) or low in DOING)
    return low not in AUXILIARY and low not in OBJECTS


def _name(found: Tokens, index: int) -> bool:
    token = found[index]
    return token.big and word(token) and token.low not in DETERMINERS | FRONTING | PRONOUNS


def _name_end(found: Tokens, index: int) -> int:
    while (
        index + 1 < len(found)
        and (found[index + 1].big or found[index + 1].low in PARTICLES)
        and word(found[index + 1])
    ):
        index += 1
    return index


def subject(found: Tokens, verb: int, whole: bool = True) -> Phrase | None:
    """The noun phrase of which the verb at index `verb` tells something; None where it stands elsewhere.

    It stands straight before the verb (and its auxiliaries), or before an apposition between commas; for a verb
    joined by "and", or a participle behind a comma, it is the one that the sentence begins with, where `found` holds
    the sentence from its beginning (`whole`).
    """
    index = verb - 1
    if found[verb].low == "saying" and index > 1 and found[index].low == "as":  # was quoted by the radio as saying
        quoted = [place for place in range(max(0, index - 8), index) if found[place].low == "quoted"]
        index = quoted[-1] if quoted else index
    while index >= 0 and word(found[index]) and not found[index].big and _auxiliary(found[index].low):
        index -= 1
    if index < 0:
        return None
    low = found[index].low
    if found[verb].low.endswith("ing") and low == ",":
        return leading(found, index) if whole else None
    if low in ("and", "but", "or", "then"):
        return leading(found, index) if whole else None
    if low in RELATIVES:
        index -= 1 + (index > 0 and found[index - 1].low == ",")
        return _before(found, index) if index >= 0 else None
    if low == ",":
        return _beyond_commas(found, index)
    if not word(found[index]):
        return None
    return _before(found, index)


def _auxiliary(low: str) -> bool:
    return low in AUXILIARY or low.endswith("ly")


def _before(found: Tokens, last: int) -> Phrase | None:
    """The noun phrase that ends at `last`, with what hangs on it by prepositions: the clerk of the land registry."""
    right = last
    nearest: tuple[int, int] | None = None
    while right >= 0 and word(found[right]):
        while right >= 0 and found[right].low in TIMES and right != last - 30:
            right -= 1
        left = _run(found, right)
        if left > right:
            break
        nearest = nearest or (left, right)
        before = found[left - 1].low if left > 0 else ""
        if before not in PREPOSITIONS:
            ending = right
            named = range(nearest[0], nearest[1] + 1)
            if found[right].big and nearest[0] == right + 2 and len(named) > 2 and all(found[at].big for at in named):
                return Phrase(found[left], found[last], True)  # Ambassador to Dalmere Ana Petrova
            if right < last and found[right + 1].low == "of":
                ending = nearest[1] if nearest[0] == right + 2 else right
            return _named(found, left, ending, right)
        right = left - 2
    if nearest is None:
        return None
    left, right = nearest  # at the gate officials said: all of it hangs on a preposition
    tail = right
    if left > 0 and found[left - 1].low == "as":  # as the envoy put it
        return _named(found, left, right, right)
    while tail > left and found[tail - 1].big == found[right].big and found[tail - 1].low not in DETERMINERS:
        tail -= 1
    return _named(found, tail if found[right].big else right, right, right)


def _run(found: Tokens, right: int) -> int:
    """Where the run of words that ends at `right` and makes a noun phrase begins."""
    left = right + 1
    while left > 0 and right - left < 9:
        token = found[left - 1]
        low = token.low
        if not word(token) or low in PREPOSITIONS or low in RELATIVES or low in JOINING:
            break
        if left <= right and (low in AUXILIARY or low in PRONOUNS or (low in VERBS and not token.big)):
            break
        if low in TIMES and low != "may":
            break
        if left <= right and low.endswith("ed") and not token.big and left > 1 and _noun(found[left - 2]):
            break
        if low in OBJECTS and (left <= right or left < 2 or found[left - 2].low not in PREPOSITIONS):
            break
        left -= 1
        if low in DETERMINERS or low in PRONOUNS or low in OBJECTS:
            break
        if low.endswith(("'s", "’s")):  # the Prime Minister's adviser
            while left > 0 and found[left - 1].big and word(found[left - 1]):
                left -= 1
            left -= left > 0 and found[left - 1].low in DETERMINERS
            break
    return left


def _noun(token: Token) -> bool:
    """Whether a word before a participle makes it a verb: protesters carried banners, but: the wounded men."""
    return word(token) and token.low not in FUNCTION and not token.low.endswith(("'s", "’s"))


def _named(found: Tokens, left: int, ending: int, head: int) -> Phrase:
    return Phrase(found[left], found[ending], found[head].big and found[head].low not in PRONOUNS)


def leading(found: Tokens, end: int) -> Phrase | None:
    """The noun phrase that the sentence begins with, behind what is put before it: On Monday, [the envoy] ..."""
    index = 0
    while index < end:
        token = found[index]
        if (
            not word(token)
            or token.low in ("but", "and", "meanwhile", "however", "still", "so", "yet", "then")
            or (token.low[0].isdigit() and index == 0)
        ):
            index += 1
        elif token.low in FRONTING or token.low.endswith("ing") or (token.low.endswith("ly") and token.low != "only"):
            begin = index
            while index < end and found[index].low != ",":
                if found[index].low in SUBJECTS and index > begin:
                    return phrase_after(found[:end], index)
                index += 1
        else:
            return phrase_after(found[:end], index)
    return None


def _beyond_commas(found: Tokens, comma: int) -> Phrase | None:
    """The noun phrase before an apposition that ends at the comma: Ana Petrova, [34, a baker,] said."""
    begin = comma
    while begin > 0 and found[begin - 1].low not in BREAKS:
        begin -= 1
    chunks: list[tuple[int, int]] = []
    first = begin
    for index in range(begin, comma + 1):
        if found[index].low == ",":
            if index > first:
                chunks.append((first, index - 1))
            first = index + 1
    if len(chunks) < 2:
        return _before(found, chunks[0][1]) if chunks and found[chunks[0][0]].low not in FRONTING else None
    place = len(chunks) - 2
    while place > 0 and _hanging(found, *chunks[place]):
        place -= 1
    if place > 0 and found[chunks[place][0]].low in ("a", "an") and found[chunks[place - 1][1]].big:
        place -= 1
    first, last = chunks[place]
    while first < last and found[first].low in JOINING:
        first += 1
    if found[first].low in FRONTING or found[first].low.endswith("ing"):
        return _before(found, chunks[place + 1][1])
    phrase = _before(found, last)
    begin, end = chunks[place + 1]
    described = phrase is not None and (not phrase.name or phrase.first.low in DETERMINERS)
    if phrase is not None and described and _name(found, begin) and found[end].big:
        return Phrase(phrase.first, found[end], True)
    return phrase


def _hanging(found: Tokens, first: int, last: int) -> bool:
    """Whether a chunk between commas hangs on the one before: an age, a relative clause, a place."""
    low = found[first].low
    return low[0].isdigit() or low in RELATIVES or low in PREPOSITIONS or low.endswith("ing") or low in ("then", "now")


def is_base(token: Token) -> bool:
    """Whether a verb stands in its base form, which nouns share (call, report, state)."""
    return token.low not in PAST and not token.low.endswith(("ed", "ing", "s"))


def is_verb(found: Tokens, index: int) -> bool:
    """Whether a word that may be a noun as well (the state, a report, its claims) stands where a verb can stand."""
    token = found[index]
    if token.big and index > 0:
        return False
    if index == 0 or token.low.endswith(("ed", "ing")) or token.low in PAST:
        return True
    before = found[index - 1].low
    return not (before in DETERMINERS or (before in PREPOSITIONS and before != "to") or before.endswith(("'s", "’s")))
