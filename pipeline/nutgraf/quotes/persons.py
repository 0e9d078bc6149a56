"""Who has been named so far, so that "he" can be put down as somebody."""

from __future__ import annotations

import re
from typing import NamedTuple

from nutgraf.quotes.cues import SAYING
from nutgraf.quotes.grammar import PRONOUNS
from nutgraf.quotes.phrases import leading, subject
from nutgraf.quotes.sentences import REACH, Gap

_TITLES = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Gov|Sen|Rep|Rev|Adm|Brig)\.?|President|Prime Minister|Minister|"
    r"Ambassador|General|Colonel|Major|Captain|Lieutenant|Sergeant|Corporal|Commander|Comandante|Admiral|Brigadier|"
    r"Governor|Senator|Mayor|Judge|Justice|Archbishop|Bishop|Father|Sister|Sheikh|Imam|King|Queen|Prince|Princess|"
    r"Inspector|Professor|Doctor|Sir|Lady|Lord|Secretary|Chancellor|Envoy|Marshal"
)
_NAMED = r"[A-Z][\w’'-]{1,40}(?: (?:(?:de|da|di|al|el|bin|ibn|van|von|der|del) ){0,2}[A-Z][\w’'-]{1,40}){0,3}"
# a title before the name, or after it what is told of persons only
_PERSON = re.compile(
    rf"\b(?:(?:{_TITLES}) )+{_NAMED}|"
    rf"\b{_NAMED}(?=, (?:\d\d\b|who(?:se|m)?\b|a |an |the )| (?:said|says|told|tells|who)\b)"
)
_BEGINNING = 150  # code points of a sentence in which what it tells of stands
_PERSONAL = frozenset("he she".split())
_GROUP = frozenset("they it".split())


class Voice(NamedTuple):
    """What attributes a span: the word, and the speaker as the text names him, or nothing."""

    cue: str = ""
    speaker: str = ""


def _one(words: str) -> bool:
    """Whether a capitalised phrase at a sentence's beginning is one person's name, for all one can tell."""
    return " " in words or not (words.endswith("s") or "-" in words or words.lower() in _NOBODY)


_NOBODY = frozenset(
    "there here not nobody everybody everyone someone somebody one two three more most many few".split()
)


class Known:
    """The persons of the paragraph so far, and of the one before."""

    def __init__(self, before: str = "", last: str = "") -> None:
        self._before = before  # the paragraph before
        self._carried = last  # who spoke last in it
        self._subject = ""  # what the last sentence began with
        self._person = ""  # the last speaker here, or the last that a sentence began with
        self._sentences = 0  # read so far
        self._acting = ""
        self._unread: list[Gap] = []
        self.last = ""  # who spoke last in this paragraph

    def read(self, gap: Gap) -> None:
        """Take words outside the marks into account, once a pronoun asks for them."""
        self._unread.append(gap)

    def _catch_up(self) -> None:
        """Learn what each sentence outside the marks begins with."""
        for gap in self._unread:
            for sentence in gap.sentences(_BEGINNING):
                self._sentences += 1
                phrase = leading(sentence, len(sentence))
                if phrase is not None:
                    self._begins(phrase.of(gap.text), phrase.name)
        self._unread.clear()

    def _begins(self, words: str, name: bool) -> None:
        low = words.casefold()
        if low in PRONOUNS:
            if low in _PERSONAL:
                self._acting = words
            return
        self._subject = words
        if name and _one(words):
            self._acting = words
            if not self.last:
                self._person = words

    @property
    def acting(self) -> str:
        """The person whom the last sentence outside the marks tells of."""
        self._catch_up()
        return self._acting

    def spoke(self, speaker: str) -> None:
        """Take note of a speaker."""
        if speaker.casefold() not in PRONOUNS:
            self.last = self._person = speaker
        elif not self.last:
            self.last = speaker

    def resolve(self, speaker: str) -> str:
        """The speaker, or, for a pronoun, who is plainly meant; the pronoun where nobody is."""
        low = speaker.casefold()
        if low not in PRONOUNS:
            return speaker
        if self.last and low in _PERSONAL | _GROUP:
            return self.last
        self._catch_up()
        if low in _PERSONAL:
            return self._person or (self._sentences <= 1 and self._plain(low)) or speaker
        if low in _GROUP:
            return self.last or self._subject or speaker
        return speaker

    def _plain(self, pronoun: str) -> str:
        """The one person whom the paragraph before names, or who spoke last in it."""
        if self._carried and self._carried.casefold() not in PRONOUNS:
            return self._carried
        named = {match[0].split()[-1]: match[0] for match in _PERSON.finditer(self._before)}
        if len(named) != 1:
            return ""
        (name,) = named.values()
        earlier = re.search(rf"\b{pronoun}\b", self._before[: self._before.index(name)], re.IGNORECASE)
        return "" if earlier else name  # the pronoun stands there for somebody before, too

    def introduced(self) -> Voice:
        """The voice that the paragraph before introduces with a colon at its end."""
        for sentence in Gap(self._before, max(0, len(self._before) - REACH), len(self._before)).sentences()[-1:]:
            for index in range(len(sentence) - 1, -1, -1):
                if sentence[index].low in SAYING:
                    phrase = subject(sentence, index) or leading(sentence, index)
                    return Voice(sentence[index].low, self.resolve(phrase.of(self._before)) if phrase else "")
        return Voice()
