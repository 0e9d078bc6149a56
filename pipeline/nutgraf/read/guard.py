"""What keeps one broken stream from ending a run: its failure is a Refusal, and so is its silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from nutgraf.read.archives import BROKEN, refused
from nutgraf.read.rows import TooLongError
from nutgraf.records import Refusal

Item = TypeVar("Item")


def guarded(name: str, items: Iterator[Item]) -> Iterator[Item | Refusal]:
    """The same items; a stream that breaks off is a Refusal after them, one that held none is refused as empty."""
    nothing = True
    try:
        for item in items:
            nothing = False
            yield item
    except TooLongError as error:
        nothing = False
        yield Refusal(path=name, reason="too_large", detail=str(error))
    except (*BROKEN, OSError) as error:
        nothing = False
        yield refused(name, error)
    if nothing:
        yield Refusal(path=name, reason="empty")
