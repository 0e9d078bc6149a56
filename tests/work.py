"""Work for other processes, which find it by this module's name."""

from __future__ import annotations

import os


def doubled(number: int) -> int:
    """Twice the number."""
    return 2 * number


def place(_: int) -> int:
    """The process that does it."""
    return os.getpid()


def dies(number: int) -> int:
    """The number, but for 5, which ends the process."""
    os._exit(3) if number == 5 else None
    return number
