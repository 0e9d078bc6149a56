"""Furniture that begins as a sentence may, too: such a line is passed over where it is one."""

from __future__ import annotations

import re

from nutgraf.furniture.sentence import is_sentence
from nutgraf.furniture.sure import BULLETS, FARTHEST


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_NAME = r"(?-i:[A-Z][\w.’'-]{1,20})"
# reason -> how such a line begins
_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "related",
        _any(
            r"(?:also|elsewhere|more) (?:on|in|from|about)\b.{0,60}$",
            r"read (?:more|also|next|on)\b\W*(?::|$|about|in)",
            r"(?:also|must) (?:read|see|watch)\b",
            r"(?:read|see) also\b",
            r"(?:mehr|auch) (?:dazu|zum thema|interessant)\b",
            r"más (?:información|noticias|sobre)\b",
        ),
    ),
    (
        "subscription",
        _any(
            r".*\bfrom (?:just )?[£$€]\d",
            r".*\bare available at (?:the|our|www)\b",
            r".*\b(?:support|donate to) (?:our|independent|quality) (?:journalism|reporting|newsroom|work)\b",
            r"get (?:our|the|unlimited|more)\b.*\b(?:inbox|newsletter|access|alerts?|app)\b",
        ),
    ),
    (
        "share",
        _any(
            r"(?:follow|like|find|join) (?:us|me|him|her|the \w+) on\b",
        ),
    ),
    (
        "caption",
        _any(
            r"(?:file )?(?:photo|image|picture|photograph|graphic|map|illustration|video|cartoon|gallery|"
            r"foto|bild|imagen)s?\b"
            r"\s*(?:credit|gallery|courtesy|by)?\s*(?::|/|©|courtesy of|by (?-i:[A-Z]))",
        ),
    ),
    (
        "sign_off",
        _any(
            r"(?:for (?:further|more) (?:information|details)|(?:media|press) (?:contacts?|enquiries|office)|"
            r"contacts?|notes? (?:to|for) editors?)\b.{0,40}(?::|contact|please|call|$)",
            r"(?-i:[A-Z][\w. ]{1,60}/[A-Z][\w. ]{1,60})\W*$",
            r"(?:reporting|writing|editing|translation) by\b",
        ),
    ),
    (
        "contact",
        _any(
            r"(?:do|did|were|are) you (?:know|there|affected)\b.*\?",
            r"(?:load|show|view) (?:older|more|newer|all|previous)\b",
            r"(?:terms (?:of|and)|privacy|cookies?|about us|contact us|site ?map|accessibility|advertise|careers|"
            r"disclaimer|rss|impressum|datenschutz|mentions légales|aviso legal)\b.{0,60}$",
        ),
    ),
    (
        "advertisement",
        _any(
            r"sponsored\b",
            r"promoted\b",
        ),
    ),
    (
        "byline",
        _any(
            rf"(?:by|von|par|por) {_NAME}(?: {_NAME}){{1,3}}(?:(?:,| and| und| et| y|"
            rf",? in) {_NAME}(?: {_NAME}){{0,3}}){{0,3}}\W*$",
            r"(?:first |last )?(?:published|updated|posted|modified|veröffentlicht|aktualisiert|"
            r"publié|publicado)\b.{0,30}\d",
            rf"(?:{_WEEKDAY},? )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),? "
            r"\d{4}(?:[ ,|–-]{1,4}\d{1,2}[:.]\d{2}\b.{0,20})?$",
            r"\d{1,2}[- ]min(?:ute)?s?\.? read\b",
        ),
    ),
)
_LONGEST = 60  # words


def loose_reason(line: str) -> str:
    """Why a line that is no sentence is furniture, or an empty string."""
    if len(line) > FARTHEST or line.count(" ") >= _LONGEST or is_sentence(line):
        return ""
    core = line.lstrip(BULLETS)
    return next((reason for reason, pattern in _LINES if pattern.match(core)), "")
