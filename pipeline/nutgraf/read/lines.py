"""Lines of an article's body: one line a paragraph, hard-wrapped lines joined."""

from __future__ import annotations

import itertools
import re
import statistics

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"”’'»)\]]*\s*$")
_ITEM = re.compile(r"\s*(?:[-*•–·▪]|\(?\d{1,3}[.)])\s")


def unwrap(text: str) -> str:
    """Join lines that a program wrapped in mid-sentence; text whose lines are paragraphs stays as it is.

    Lines are taken for wrapped where, inside blocks parted by blank lines, those that are followed by another
    are of a typewriter's width, most end in mid-sentence, and many of the next ones go on with a small letter
    (headlines in a list do not).
    """
    blocks = _BLANK.split(text)
    pairs = [pair for block in blocks for pair in itertools.pairwise(block.strip().split("\n"))]
    if len(pairs) < 3 or not 40 <= statistics.median(len(line) for line, _ in pairs) <= 100:
        return text
    broken = sum(not _ENDS_SENTENCE.search(line) for line, _ in pairs)
    going_on = sum(following.lstrip()[:1].islower() for _, following in pairs)
    if broken < 0.6 * len(pairs) or going_on < 0.35 * len(pairs):
        return text
    return "\n\n".join(_join(block) for block in blocks)


def _join(block: str) -> str:
    joined: list[str] = []
    for line in block.split("\n"):
        if joined and line.strip() and not _ITEM.match(line):
            # a hyphen at the margin stays: "cease-\nfire" is better read as "cease-fire" than as "ceasefire"
            glue = "" if re.search(r"\w-$", joined[-1]) else " "
            joined[-1] = joined[-1].rstrip() + glue + line.strip()
        else:
            joined.append(line)
    return "\n".join(joined)
