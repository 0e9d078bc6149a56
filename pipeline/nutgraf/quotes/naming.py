"""Words in marks that nobody spoke: names, titles, translations, words held at a distance."""

from __future__ import annotations

import re

from nutgraf.quotes.cues import DIRECT
from nutgraf.quotes.marks import Bounds

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
REACH = 80  # code points before and after a span in which words that name stand

_WORKS = (
    "film|movie|book|novel|song|play|album|series|documentary|programme|program|poem|exhibition|opera|essay|"
    "operation|exercise|exercises|drill|drills|festival|magazine|newspaper|game|show|ship|vessel|project|campaign|"
    "brand|painting|codename|code-name|nickname|alias|title|headline|podcast|ballad|anthem|plan|initiative|report|study|"
    "article|column|section|chapter|video|website|group|channel|hashtag"
)
_BEFORE = re.compile(
    r"(?:\bso[- ]?called|\bself-(?:styled|described|proclaimed)|\bnicknamed|\bdubbed|\bcode-?named|\bchristened|"
    r"\brenamed|\b(?:better |also |once |locally |collectively )?known(?: locally| collectively)? as|\bnamed|"
    r"\b(?:en|sub)?titled|\bheadlined|\bcaptioned|\bmeaning|\bmeans|\btranslat\w+ as|\bstands for|\bshort for|"
    r"\b(?:entered|listed|classed|registered|filed|billed|grouped|marketed|advertised) as|\bsynonym for|"
    rf"\b(?:{_WORKS})\s*,?\s+(?:is |was |are |were )?(?:called|named|titled|entitled|dubbed|known as)|"
    r"\b(?:film|movie|book|novel|song|play|album|series|documentary|poem|opera|operation|exercise|drill|codename|"
    r"code-name|nickname|alias|festival|magazine|ship|vessel|brand|painting|hashtag)|"
    r"\b(?:the|this|that|a) (?:word|term|phrase|name|label|expression|adjective|letters?)|\bwords?|\bterms?)[\s,:(]*$",
    re.IGNORECASE,
)
# the words in which _BEFORE can end: few spans stand behind one
_LAST = frozenset(_WORKS.split("|")) | frozenset(
    "called self-styled self-described self-proclaimed nicknamed dubbed named codenamed code-named so-called "
    "christened renamed as titled entitled subtitled headlined captioned meaning means for word words term terms "
    "phrase name label expression adjective letter letters".split()
)
_AFTER = re.compile(
    r"[,\s]*(?:as \S+(?: \S+){0,5} (?:titled|called|known|named|dubbed|codenamed)\b|\(?(?:as )?in [A-Z]\w+ meaning\b)"
)
_NICKNAME = re.compile(r"[A-Z][\w’'-]*\s$")
_SURNAME = re.compile(r"\s[A-Z][\w’'-]+")
_SMALL = frozenset("a an and at by de del for from in la le of on or the to with".split())  # small also in titles


def names(text: str, span: Bounds, words: list[str]) -> bool:
    """Whether a span names, titles, translates or distances, by the words around it; `words` are those inside."""
    before = text[max(0, span.start - REACH) : span.start]
    after = text[span.end : span.end + REACH]
    if len(words) > 8:
        return False
    leading = _last_word(before)
    if (leading in _LAST and _BEFORE.search(before)) or _AFTER.match(after):
        return True
    nickname = len(words) <= 4 and words[0] != "I" and _NICKNAME.search(before) and _SURNAME.match(after)
    if nickname and not text.isupper():  # Ivan "the Bear" Petrov; in a telex every word looks like a name
        return words[0][0].isupper() or words[0] in ("the", "el", "la", "le")
    return _is_title(words, text, leading, after)


def _last_word(before: str) -> str:
    """The word straight before a span, in small letters."""
    words = WORD.findall(before[-40:])
    return words[-1].lower() if words else ""


def _is_title(words: list[str], text: str, leading: str, after: str) -> bool:
    """A short span in capitals, as names and titles are, that no verb of speech leads to: a café called “The Ferry”."""
    if len(words) > 7 or text.isupper():
        return False
    if not all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words):
        return False
    if leading:
        return leading not in DIRECT
    following = WORD.search(after)
    return (
        len(words) > 1
        and following is not None
        and following[0].islower()
        and following[0] in ("a", "an", "the", "is", "was", "opened")
    )
