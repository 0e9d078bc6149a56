"""The foot of a page: what stands behind the last sentence of the article, whatever its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.furniture.sentence import is_sentence

_LONGEST = 14  # words
_TEXT = re.compile(r"[-*•–·▪●◦\"“‘'«„]|\d{1,2}[.:]\d\d\b")  # an item, a quotation, an entry with its hour


def foot(lines: Sequence[str], whys: Sequence[str]) -> list[int]:
    """The numbers of the lines of the foot that bear no reason yet; `whys` has the reasons that are known.

    The foot is the run of lines at the end that are furniture, or short and no sentence; there is one only behind a
    sentence. Where no furniture stands below, a question, an item of a list or a quotation is text.
    """
    found: list[int] = []
    sure = False
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number]
        if whys[number]:
            sure = True
        elif not any(map(str.isalnum, line)):
            continue
        elif _is_text(line, sure):
            return found if is_sentence(line) else []
        else:
            found.append(number)
    return found if lines and not whys[0] and is_sentence(lines[0]) else []


def _is_text(line: str, sure: bool) -> bool:
    if line.count(" ") >= _LONGEST or is_sentence(line):
        return True
    return not sure and (_TEXT.match(line) is not None or line.rstrip().endswith("?"))
