"""The partition into train, validation and test: whole groups, every label in its share, nothing in two parts."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, get_args

import numpy as np
from msgspec import Struct, structs
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from nutgraf.config import Partition
from nutgraf.records import Annotation
from nutgraf.reprints import Reprints, signature
from nutgraf.stratify import Counts, stratify

Part = Literal["train", "validation", "test"]
PARTS: tuple[Part, ...] = get_args(Part)
Parts = dict[Part, list[Annotation]]


def joined(annotations: Sequence[Annotation], knobs: Partition, known: Collection[str] = ()) -> list[Annotation]:
    """The same annotations; groups that hold reprints of one another bear one group's name, so that none parts them.

    Reprints are looked for between articles, or between paragraphs where no article is named. The name is that of a
    group in `known`, if one of them is.
    """
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for annotation in annotations:
        texts[annotation.side, annotation.article or annotation.id].append(annotation.text)
    units = list(texts)
    sides = sorted({side for side, _ in units}, key=lambda side: (side not in known, side))
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


def assign(
    annotations: Sequence[Annotation], labels: Sequence[str], knobs: Partition, known: Mapping[str, Part] | None = None
) -> dict[str, Part]:
    """The part of each group, by its name; groups in `known` keep theirs, so that additions move nothing."""
    names, counts = _counts(annotations, labels)
    shares = {"train": 1 - knobs.validation - knobs.test, "validation": knobs.validation, "test": knobs.test}
    fixed = {name: PARTS.index(part) for name, part in (known or {}).items()}
    placed = stratify(names, counts, [shares[part] for part in PARTS], fixed, knobs.salt)
    return {name: PARTS[placed[name]] for name in names}


def folds(annotations: Sequence[Annotation], labels: Sequence[str], count: int, salt: str) -> list[list[int]]:
    """Row numbers of at most `count` folds, in the same manner; the rows of one group stay together."""
    names, counts = _counts(annotations, labels)
    count = min(count, len(names))
    placed = stratify(names, counts, [1.0] * count, {}, salt)
    made: list[list[int]] = [[] for _ in range(count)]
    for number, annotation in enumerate(annotations):
        made[placed[annotation.side]].append(number)
    return made


def _counts(annotations: Sequence[Annotation], labels: Sequence[str]) -> tuple[list[str], Counts]:
    names = sorted({annotation.side for annotation in annotations})
    row = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(labels) + 1))
    for annotation in annotations:
        here = counts[row[annotation.side]]
        here[-1] += 1
        here[:-1] += [label in annotation.labels for label in labels]
    return names, counts


def partition(annotations: Sequence[Annotation], placed: Mapping[str, Part], knobs: Partition) -> dict[Part, list[int]]:
    """The row numbers of each part, without those that a later part holds, too.

    Test comes last, validation before it: a paragraph stays where it is scored, and its copies or near-copies (of four
    words in a row, as many as `similarity` says) are left out of what is learned from.
    """
    parts: dict[Part, list[int]] = {part: [] for part in PARTS}
    with contextlib.closing(Reprints(knobs.similarity)) as seen:
        count = 0  # signatures taken in
        left_out: set[int] = set()  # of these, so that a copy of a copy is found, too
        for part in reversed(PARTS):
            before = count
            for number, annotation in enumerate(annotations):
                if placed[annotation.side] == part:
                    near = seen.add(signature(annotation.text))
                    if any(earlier < before or earlier in left_out for earlier in near):
                        left_out.add(count)
                    else:
                        parts[part].append(number)
                    count += 1
    return parts


class Audit(Struct, frozen=True, kw_only=True):
    """What the parts hold, and what leaks: texts, near-copies and groups that stand in more than one of them."""

    paragraphs: dict[str, int]
    groups: dict[str, int]
    rates: dict[str, dict[str, float]]  # part -> label -> share of its paragraphs
    shared_texts: int
    shared_nearly: int
    shared_groups: int


def audit(parts: Parts, labels: Sequence[str], similarity: float) -> Audit:
    """Count the parts and look for leaks between them."""
    texts: dict[str, set[Part]] = defaultdict(set)
    sides: dict[str, set[Part]] = defaultdict(set)
    where: list[Part] = []
    nearly = 0
    with contextlib.closing(Reprints(similarity)) as seen:
        for part, members in parts.items():
            for annotation in members:
                texts[" ".join(annotation.text.split()).casefold()].add(part)
                sides[annotation.side].add(part)
                nearly += any(where[number] != part for number in seen.add(signature(annotation.text)))
                where.append(part)
    return Audit(
        paragraphs={part: len(members) for part, members in parts.items()},
        groups={part: len({a.side for a in members}) for part, members in parts.items()},
        rates={
            part: {name: sum(name in a.labels for a in members) / max(1, len(members)) for name in labels}
            for part, members in parts.items()
        },
        shared_texts=sum(len(those) > 1 for those in texts.values()),
        shared_nearly=nearly,
        shared_groups=sum(len(those) > 1 for those in sides.values()),
    )


def as_table(found: Audit) -> list[list[str]]:
    """The partition as rows for a table: part, groups, paragraphs, rate of each label."""
    labels = list(next(iter(found.rates.values())))
    head = ["part", "groups", "paragraphs", *labels]
    return [head] + [
        [
            part,
            str(found.groups[part]),
            str(found.paragraphs[part]),
            *(f"{found.rates[part][n]:.2f}" for n in labels),
        ]
        for part in PARTS
    ]
