"""The partition into train, validation and test: decided by each group's name, so that additions move nothing."""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from msgspec import Struct, structs
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from nutgraf.config import Partition
from nutgraf.records import Annotation, digest
from nutgraf.reprints import Reprints, signature

Part = Literal["train", "validation", "test"]
PARTS: tuple[Part, ...] = get_args(Part)


def part_of(side: str, knobs: Partition) -> Part:
    """The part that a group falls into: its place on [0, 1) is a hash of the salt and of its name alone."""
    hashed = hashlib.sha256(f"{knobs.salt}\x1f{side}".encode("utf-8", "surrogatepass")).digest()
    place = int.from_bytes(hashed[:8]) / 2**64
    if place < knobs.test:
        return "test"
    return "validation" if place < knobs.test + knobs.validation else "train"


def joined(annotations: Sequence[Annotation], knobs: Partition) -> list[Annotation]:
    """The same annotations; groups that hold reprints of one another bear one group's name, so that none parts them.

    Reprints are looked for between articles, or between paragraphs where no article is named.
    """
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for annotation in annotations:
        texts[annotation.side, annotation.article or annotation.id].append(annotation.text)
    units = list(texts)
    sides = sorted({side for side, _ in units})
    row = {side: number for number, side in enumerate(sides)}
    with contextlib.closing(Reprints(knobs.similarity)) as seen:
        pairs = [
            (row[units[number][0]], row[units[earlier][0]])
            for number, unit in enumerate(units)
            for earlier in seen.add(signature("\n".join(texts[unit])))
        ]
    if all(one == other for one, other in pairs):
        return list(annotations)
    ones, others = zip(*pairs, strict=True)
    links = sparse.coo_array(([1] * len(pairs), (ones, others)), shape=(len(sides), len(sides)))
    _, component = connected_components(links, directed=False)
    first: dict[int, str] = {}
    names = {side: first.setdefault(component[row[side]], side) for side in sides}
    return [structs.replace(a, group=names[a.side]) if names[a.side] != a.side else a for a in annotations]


def partition(annotations: Iterable[Annotation], knobs: Partition) -> dict[Part, list[Annotation]]:
    """Distribute annotations over the parts; all of one group fall on one side."""
    parts: dict[Part, list[Annotation]] = {part: [] for part in PARTS}
    for annotation in annotations:
        parts[part_of(annotation.side, knobs)].append(annotation)
    return parts


def folds(sides: Sequence[str], count: int) -> list[list[int]]:
    """Row numbers of `count` folds of nearly equal size; the rows of one group stay together.

    Groups are taken in the order of their hashes and put into the fold that is smallest yet.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for row, side in enumerate(sides):
        rows[side].append(row)
    order = sorted(rows, key=lambda side: (-len(rows[side]), digest(side)))
    made: list[list[int]] = [[] for _ in range(min(count, len(order)))]
    for side in order:
        min(made, key=len).extend(rows[side])
    return made


class Audit(Struct, frozen=True, kw_only=True):
    """What the parts hold, and what leaks: texts and groups that stand in more than one of them."""

    paragraphs: dict[str, int]
    groups: dict[str, int]
    rates: dict[str, dict[str, float]]  # part -> label -> share of its paragraphs
    shared_texts: int
    shared_groups: int


def audit(parts: dict[Part, list[Annotation]], labels: Sequence[str]) -> Audit:
    """Count the parts and look for leaks between them."""
    texts: dict[str, set[Part]] = defaultdict(set)
    sides: dict[str, set[Part]] = defaultdict(set)
    for part, members in parts.items():
        for annotation in members:
            texts[" ".join(annotation.text.split()).casefold()].add(part)
            sides[annotation.side].add(part)
    return Audit(
        paragraphs={part: len(members) for part, members in parts.items()},
        groups={part: len({a.side for a in members}) for part, members in parts.items()},
        rates={
            part: {name: sum(name in a.labels for a in members) / max(1, len(members)) for name in labels}
            for part, members in parts.items()
        },
        shared_texts=sum(len(where) > 1 for where in texts.values()),
        shared_groups=sum(len(where) > 1 for where in sides.values()),
    )
