"""What goes wrong through a person's input, said in one line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class NutgrafError(Exception):
    """A mistake that a person can mend: the message names the file, line or knob, and the way out."""


def unknown(what: str, name: object, known: Iterable[str], within: str = "") -> str:
    """Say that `name` is not known, and which known name comes nearest, or all of them; `within` stands before both."""
    names = sorted(known)
    near = difflib.get_close_matches(str(name), names, n=1)
    hint = f"did you mean {within + near[0]!r}?" if near else f"known: {', '.join(names)}"
    return f"unknown {what} {within + str(name)!r}; {hint}"
