"""The last line of an article, which may tell who wrote it."""

from __future__ import annotations

import re

_AUTHOR = re.compile(
    r"[A-Z][\w.’'-]{0,30}(?: [A-Z][\w.’'-]{0,30}){1,3} is (?:a|an|the|our) (?:[\w’',-]{1,30} ){0,8}"
    r"(?:reporter|correspondent|editor|columnist|writer|journalist|fellow|professor|lecturer|contributor|producer)s?\b"
    r"(?! (?:who|whose) (?:was|were|has been|is) )"
    r"|(?:[A-Z][\w.’'-]{0,30} ){1,4}writes (?:every|each|on [A-Z]|for |weekly|regularly)"
    r"|[Tt]he (?:author|writer) (?:is|was|teaches|works|writes|has|covers)\b",
)
_OF_THE_OUTLET = re.compile(
    r"\b(?:contributed (?:reporting|to this (?:report|story|article))"
    r"|(?:interview|conversation|version|text|article)\b.{0,40} has been (?:shortened|edited|condensed)"
    r"|welcomes corrections|is published by|is a reader-funded)\b"
    r"|^(?:compiled|translated|edited|additional reporting) (?:by|from|and)\b"
    r"|^this (?:report|bulletin|page|document) (?:is|was|will be) (?:produced|prepared|issued|updated)\b[^.!?]*\.?$"
    r"|^[^.!?]{1,40}\. (?:established|founded) (?:in )?\d{4}\.?$",
    re.IGNORECASE,
)
_LONGEST = 45  # words


def last_reason(line: str) -> str:
    """Why the last line that is left of an article is furniture, or an empty string."""
    if len(line) > 600 or line.count(" ") >= _LONGEST:
        return ""
    if _AUTHOR.match(line):
        return "author"
    return "sign_off" if _OF_THE_OUTLET.search(line) else ""
