"""Whether a line reads as a sentence of an article."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…。！？؟۔।][\"”’'»)\]]*\s*$")


def is_sentence(line: str) -> bool:
    """Whether a line is long or bears a full stop: headlines in a list bear none, but may ask."""
    tail = line[-99:].rstrip()
    if _END.search(tail) and not tail.endswith("?"):
        return True
    words = line.count(" ") + 1
    return words > 25 or (words > 14 and tail.endswith("?"))


def folded(text: str) -> str:
    """The letters and digits of a text, small: as which two settings of one headline are the same."""
    return "".join(character for character in text.casefold() if character.isalnum())
