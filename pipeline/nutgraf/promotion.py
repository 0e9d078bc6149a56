"""The gate that a model passes to become the champion."""

from __future__ import annotations

from msgspec import Struct

from nutgraf.compare import Comparison
from nutgraf.config import Promote


class Verdict(Struct, frozen=True):
    """Whether the candidate takes the champion's place, and what decided."""

    passed: bool
    why: str


def verdict(found: Comparison, knobs: Promote) -> Verdict:
    """Judge a comparison of the champion (first) with the candidate (second).

    The candidate must be better in macro-F1 by the paired test, and on no label worse in F1 than the margin allows.
    """
    worse = [one for one in (found.change(name, "f1") for name in found.labels) if one.difference < -knobs.margin]
    if worse:
        most = min(worse, key=lambda one: one.difference)
        return Verdict(
            False, f"it is worse on {most.label} by {-most.difference:.3f} F1, over the margin {knobs.margin:g}"
        )
    macro = found.change("macro", "f1")
    told = f"macro-F1 {macro.second:.3f} against {macro.first:.3f}, p {macro.p:.3f}, on {found.articles} articles"
    if macro.difference <= 0 or macro.p >= knobs.level:
        return Verdict(False, f"it is not surely better: {told}")
    return Verdict(True, f"it is better: {told}; on no label worse by more than {knobs.margin:g}")
