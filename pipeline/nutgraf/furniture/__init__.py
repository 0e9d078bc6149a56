"""Site furniture: lines of a page that are no paragraph of its article, each told by a named reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nutgraf.furniture.foot import foot
from nutgraf.furniture.kinds import LISTS, REASONS
from nutgraf.furniture.last import last_reason
from nutgraf.furniture.loose import loose_reason
from nutgraf.furniture.sentence import folded, is_sentence
from nutgraf.furniture.sure import FARTHEST, HOLDS, Held, holding, sure_reason

__all__ = ["REASONS", "reason", "reasons"]


def reason(line: str, held: Sequence[Held] = HOLDS) -> str:
    """Why a line is furniture by its own words, or an empty string; `held` as `sure_reason` takes it."""
    return sure_reason(line, held) or loose_reason(line)


def reasons(lines: Sequence[str], headings: frozenset[int] = frozenset(), title: str = "") -> Iterator[str]:
    """For each line of an article, in order, why it is furniture, or an empty string: the names are in REASONS.

    `headings` are the numbers (from 0) of lines that the file itself marks as headings, `title` is the headline, which
    pages repeat. After the heading of a list ("Related news") the headlines that follow are dropped, too: lines that
    are no sentences, until one is.
    """
    whys = list(_by_line(lines, headings, folded(title)))
    while True:  # what closes an article may stand above its foot, and more of the foot above that
        for number in foot(lines, whys):
            whys[number] = "foot"
        last = next((number for number in range(len(lines) - 1, 0, -1) if not whys[number]), 0)
        why = last_reason(lines[last]) if last else ""
        if not why:
            break
        whys[last] = why
    yield from whys


def _by_line(lines: Sequence[str], headings: frozenset[int], title: str) -> Iterator[str]:
    following = ""
    held = holding("\n".join(lines))
    for number, line in enumerate(lines):
        own = reason(line, held) or ("subheading" if number in headings else "")
        if not own and title and len(line) <= FARTHEST and not is_sentence(line) and folded(line) == title:
            own = "headline"
        if own:
            following = "headline_list" if own in LISTS else "" if own == "subheading" else following
            yield own
        elif following and not is_sentence(line):
            yield following
        else:
            following = ""
            yield ""
