"""Long texts in overlapping windows, so that nothing of them is cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from nutgraf.context import around

_OVERLAP = 8  # a window shares one token in so many with the next


class Windows(Struct, frozen=True):
    """Tokens of each window, which of them are the paragraph's own, and the row of the text that it is of."""

    tokens: list[list[int]]
    own: list[list[bool]]
    rows: list[int]


def windows(tokenizer: Any, texts: Sequence[str], length: int) -> Windows:
    """Cut texts into windows of at most `length` tokens, each with what a passage tells of its surroundings before it.

    `tokenizer` is one of transformers' fast tokenizers. Surroundings of more than half a window are cut.
    """
    made = Windows([], [], [])
    for row, text in enumerate(texts):
        if beside := around(text):
            whole = tokenizer(beside, truncation=True, max_length=length // 2, return_offsets_mapping=True)
            beside = beside[: max(end for _, end in whole["offset_mapping"])]
        room = length - (len(tokenizer(beside)["input_ids"]) if beside else 0)
        found = tokenizer(
            *((beside, str(text)) if beside else (str(text),)),
            truncation="only_second" if beside else True,
            max_length=length,
            stride=room // _OVERLAP,
            return_overflowing_tokens=True,
        )
        for number, tokens in enumerate(found["input_ids"]):
            belongs = found.sequence_ids(number)
            made.tokens.append(tokens)
            made.own.append([owner == 1 for owner in belongs] if beside else [True] * len(tokens))
            made.rows.append(row)
    return made


def pieces(tokenizer: Any, text: str, length: int) -> list[str]:
    """A text as overlapping pieces of at most `length` tokens each; one that is short enough as it stands."""
    found = tokenizer(
        text,
        truncation=True,
        max_length=length,
        stride=length // _OVERLAP,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )["offset_mapping"]
    if len(found) == 1:
        return [text]
    spans = [[(start, end) for start, end in offsets if end > start] for offsets in found]
    return [text[some[0][0] : some[-1][1]] for some in spans if some]


def count(tokenizer: Any, texts: Sequence[str], length: int) -> int:
    """How many texts need more than one window."""
    return sum(many > 1 for many in Counter(windows(tokenizer, texts, length).rows).values())
