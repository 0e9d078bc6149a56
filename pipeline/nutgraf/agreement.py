"""Agreement of two people who labelled the same paragraphs by the same codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from nutgraf.codebook import NONE, Codebook
from nutgraf.dataset import label_matrix
from nutgraf.records import Refusal


class Twice(Struct, frozen=True, kw_only=True):
    """One paragraph as two people labelled it, names apart by spaces."""

    first: str
    second: str
    path: str
    row: int


class Agreement(Struct, frozen=True, kw_only=True):
    """How far two people agree on a label; `macro` has the means of the labels."""

    label: str
    first: int  # paragraphs to which the first gave it
    second: int
    both: int
    f1: float  # of the second against the first, which is the same the other way round
    kappa: float  # Cohen's; 1 where there is nothing to disagree on


def checked(rows: Iterable[Twice], codebook: Codebook) -> Iterator[Twice | Refusal]:
    """The rows that both have labelled with names that the codebook knows; any other is a Refusal."""
    for row in rows:
        names = tuple(name for cell in (row.first, row.second) for name in cell.split() if name != NONE)
        wrong = codebook.check(names)
        if wrong or not (row.first.strip() and row.second.strip()):
            reason, detail = ("unknown_label", wrong) if wrong else ("not_labelled_twice", "")
            yield Refusal(path=row.path, record=row.row, reason=reason, detail=detail)
        else:
            yield row


def agreement(rows: Sequence[Twice], labels: Sequence[str]) -> list[Agreement]:
    """F1 and kappa for each label, then their mean.

    Source: Cohen, "A coefficient of agreement for nominal scales" (1960); F1 where most paragraphs do not bear a label:
    Hripcsak and Rothschild, "Agreement, the F-measure, and reliability in information retrieval" (2005).
    """
    from sklearn.metrics import cohen_kappa_score, f1_score

    one = label_matrix([row.first.split() for row in rows], labels)
    other = label_matrix([row.second.split() for row in rows], labels)
    table = [
        Agreement(
            label=label,
            first=int(a.sum()),
            second=int(b.sum()),
            both=int((a & b).sum()),
            f1=float(f1_score(a, b, zero_division=1.0)),
            kappa=1.0 if (a == b).all() else float(cohen_kappa_score(a, b)),
        )
        for label, a, b in zip(labels, one.T, other.T, strict=True)
    ]
    means = {name: float(np.mean([getattr(row, name) for row in table])) for name in ("f1", "kappa")}
    return [*table, Agreement(label="macro", first=0, second=0, both=0, **means)]
