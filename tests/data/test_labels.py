"""The corpus: labels occur as often as they should, and no name gives one away."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from corpus import LABELS, SEEDS, Labelled, labelled, table


@pytest.fixture(scope="module")
def every() -> list[Labelled]:
    return labelled()


def test_labels_occur_within_their_bounds(every: list[Labelled]) -> None:
    rates = {label: sum(label in one.labels for one in every) / len(every) for label in LABELS}
    none = sum(not one.labels for one in every) / len(every)
    assert 0.15 <= none <= 0.25, none
    assert all(0.2 <= rate <= 0.5 for rate in rates.values()), rates
    assert sum(len(one.labels) >= 2 for one in every) / len(every) >= 1 / 3


def test_every_set_of_two_labels_occurs(every: list[Labelled]) -> None:
    sets = {frozenset(one.labels) for one in every}
    assert all(frozenset((one, other)) in sets for one in LABELS for other in LABELS if one != other)


def test_background_stands_in_nearly_every_article(every: list[Labelled]) -> None:
    with_background = {one.article for one in every if not one.labels}
    assert len(with_background) >= 0.9 * len({one.article for one in every})


@pytest.mark.slow
def test_no_persons_name_gives_a_label_away(every: list[Labelled]) -> None:
    by_conflict: dict[str, list[Labelled]] = defaultdict(list)
    for one in every:
        by_conflict[one.article.split("/")[0]].append(one)
    telling = []
    for row in table(SEEDS / "names.csv"):
        if row["kind"] != "person":
            continue
        surname = re.compile(rf"\b{re.escape(row['name'].split()[-1])}\b", re.IGNORECASE)
        named = [one for one in by_conflict[row["conflict"]] if surname.search(one.text)]
        for label in (*LABELS, "none"):
            share = sum(label in (one.labels or ("none",)) for one in named) / max(1, len(named))
            if len(named) >= 5 and share > 0.8:
                telling.append((row["conflict"], row["name"], label, len(named), round(share, 2)))
    assert not telling
