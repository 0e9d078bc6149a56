"""Whole groups dealt out over parts, so that each part gets its share of every label."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.records import digest

Counts = NDArray[np.float64]
_NOTHING = 1e-9  # a share under it is none


def stratify(
    names: Sequence[str], counts: Counts, shares: Sequence[float], known: Mapping[str, int], seed: str
) -> dict[str, int]:
    """The number of the part of each group; groups in `known` stay where they are.

    `counts` has the shape (groups, labels + 1): the paragraphs of a group that bear each label, and last all of them.
    The rarest label is dealt out first, its largest groups before the others; `seed` decides ties. Each group goes
    where it takes most off the squared lack of labels and of paragraphs, as shares of what the part is to have.

    Source of the method: Sechidis, Tsoumakas and Vlahavas, "On the stratification of multi-label data" (ECML PKDD
    2011), here with groups in the place of single examples, which bear several labels each.
    """
    row = {name: number for number, name in enumerate(names)}
    wanted = np.outer(np.asarray(shares, float) / sum(shares), counts.sum(axis=0))
    placed = {name: part for name, part in known.items() if name in row}
    for name, part in placed.items():
        wanted[part] -= counts[row[name]]
    left = counts.sum(axis=0) - sum((counts[row[name]] for name in placed), start=np.zeros(counts.shape[1]))
    hashes = {name: digest(seed, name) for name in names}
    queues = [
        deque(sorted((n for n in names if counts[row[n], label]), key=lambda n: (-counts[row[n], label], hashes[n])))
        for label in range(counts.shape[1])
    ]
    total, rates = np.maximum(counts.sum(axis=0), 1), np.asarray(shares, float) / sum(shares)
    open_parts = [part for part, share in enumerate(shares) if share > _NOTHING]
    while len(placed) < len(names):
        label = min((i for i in range(counts.shape[1]) if left[i] > 0), key=lambda i: left[i])
        name = queues[label].popleft()
        if name in placed:
            continue
        here = counts[row[name]] / total

        def gain(part: int, here: Counts = here, name: str = name) -> tuple[float, str]:
            lack = wanted[part] / total
            return float((2 * lack - here) @ here) / rates[part], digest(seed, name, str(part))

        part = max(open_parts, key=gain)
        placed[name] = part
        wanted[part] -= counts[row[name]]
        left -= counts[row[name]]
    return placed
