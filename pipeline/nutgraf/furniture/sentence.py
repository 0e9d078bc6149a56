"""Whether a line reads as a sentence of an article."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…。！？؟۔।][\"”’'»)\]]*\s*$")


def is_sentence(line: str) -> bool:
    """Whether a line is long or bears a full stop: headlines in a list bear none, but may ask."""
    words = len(line.split())
    is_question = words <= 14 and line.rstrip().endswith("?")
    return words > 25 or (bool(_END.search(line[-99:])) and not is_question)


def folded(text: str) -> str:
    """The letters and digits of a text, small: as which two settings of one headline are the same."""
    return "".join(character for character in text.casefold() if character.isalnum())
