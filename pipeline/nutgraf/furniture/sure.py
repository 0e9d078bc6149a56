"""Furniture that its own words tell for sure, whatever else the line is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from nutgraf.furniture.beginnings import BEGINNINGS

BULLETS = " \t\u00a0\"'“”‘’«»‹›*•·|>:,;.!?#~_=+…-–—([{"  # stripped before looking, in one go
FARTHEST = 2_000  # characters of such a line
_CALL = r"\b(?:ring|call|phone|text|contact|e-?mail|write to|whatsapp) (?:our|us|the)"
# reason, the most words of such a line, letters that it holds, and the words around them, all in small letters
Held = tuple[str, int, str, re.Pattern[str]]
HOLDS: tuple[Held, ...] = tuple(
    (reason, longest, letters, re.compile(words))
    for reason, longest, letters, words in (
        ("copyright", 40, "rights reserved", r"\ball rights reserved\b"),
        ("copyright", 40, "may not be re", r"\bmay not be (?:reproduced|republished|redistributed)\b"),
        ("copyright", 40, "vorbehalten", r"\balle rechte vorbehalten\b"),
        ("copyright", 40, "droits réservés", r"\btous droits réservés\b"),
        ("copyright", 40, "os reservados", r"\btodos (?:los derechos|os direitos) reservados\b"),
        ("copyright", 40, "riservata", r"\briproduzione riservata\b"),
        ("copyright", 40, "personal use only", r"\bfor personal use only\b"),
        ("copyright", 40, "unofficial translation", r"\bunofficial translation\b\W*$"),
        ("captcha", 30, "not a robot", r"\bnot a robot\b"),
        ("subscription", 45, "subscribe ", r"[.?!] subscribe (?:from|for|now|today|here|to)\b"),
        ("subscription", 45, "newsletter", r"\b(?:our|free|daily|weekly|morning|evening)\b.{0,20}\bnewsletters?\b"),
        (
            "subscription",
            45,
            "newsletter",
            r"\bnewsletter\b.{0,60}\b(?:abonnieren|anmelden|bestellen|gratis|kostenlos)\b",
        ),
        ("subscription", 45, "download ", r"\bdownload (?:the|our) (?:free )?(?:[\w']{1,20} ){0,3}app\b"),
        ("subscription", 45, "become a ", r"[?!.] become a (?:[\w'’]{1,20} )?(?:member|subscriber|supporter|friend)\b"),
        ("subscription", 45, "mailing list", r"\bmailing list\b"),
        ("subscription", 45, "to your inbox", r"\bto your inbox\b"),
        ("caption", 60, "(", r"\((?:photo|image|picture|file photo|file|credit)\b[^()]*\)\W*$"),
        ("caption", 60, "photo: ", r"\bphoto: [a-z][\w. ]{0,40}$"),
        ("contact", 40, "newsroom", rf"{_CALL} newsroom\b"),
        ("contact", 40, "desk", rf"{_CALL} news ?desk\b"),
        ("contact", 40, "the editor", r"\b(?:e-?mail|write to|text|whatsapp) the editor\b"),
        ("contact", 40, "not responsible for", r"\bnot responsible for the content of (?:external|other)"),
        ("contact", 40, "under the terms of", r"\bavailable under the terms of\b"),
        (
            "disclaimer",
            60,
            "commission",
            r"\b(?:we|us|may)\b.{0,20}\b(?:earn|receive|make|get)\b.{0,20}\bcommissions?\b",
        ),
        ("disclaimer", 60, " expressed ", r"\b(?:views|opinions) expressed\b.{0,40}\bown\b"),
        ("disclaimer", 60, "affiliate ", r"\baffiliate (?:links?|partners?|commissions?)\b"),
        ("embed", 90, "pic.", r"\bpic\.(?:twitter|x)\.com/"),
    )
)
_BOUNDS = sorted({longest for _, longest, _ in BEGINNINGS})  # in words
# any of the beginnings that a line of so many words can have: most lines have none, and are done
_SOME = [
    re.compile("|".join(f"(?:{pattern.pattern})" for _, longest, pattern in BEGINNINGS if longest >= bound))
    for bound in _BOUNDS
]
_LONGEST = max(*_BOUNDS, *(longest for _, longest, _, _ in HOLDS))


def holding(text: str) -> tuple[Held, ...]:
    """What of the words that lines may hold is in a text at all: of most articles little."""
    small = text.lower()
    return tuple(held for held in HOLDS if held[2] in small)


def sure_reason(line: str, held: Sequence[Held] = HOLDS) -> str:
    """Why a line is furniture whatever else it is, or an empty string; `held` is `holding` of its article."""
    if len(line) > FARTHEST or (words := line.count(" ") + 1) > _LONGEST:
        return ""
    small = line.lower()
    core = small.lstrip(BULLETS)
    if words <= _BOUNDS[-1]:
        some = _SOME[bisect_left(_BOUNDS, words)]
        found = some.match(core) or (len(core) < len(small) and some.match(small))
        for reason, longest, pattern in BEGINNINGS if found else ():
            if words <= longest and (pattern.match(core) or (len(core) < len(small) and pattern.match(small))):
                return reason
    for reason, longest, letters, pattern in held:
        if words <= longest and letters in small and pattern.search(small):
            return reason
    return ""
