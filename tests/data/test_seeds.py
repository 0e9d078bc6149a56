"""The corpus: files, rows and catalogue fit together, and every cell of the plan is filled."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from corpus import (
    CONFLICTS,
    CONTINENTS,
    ERAS,
    FORM_OF,
    LABELS,
    NAMES,
    OTHER,
    SEEDS,
    annotations,
    article,
    catalogue,
    matrix,
    table,
)


def test_the_corpus_is_large_and_every_text_has_its_annotations_and_its_line() -> None:
    assert len(NAMES) >= 300
    assert sum(len(annotations(name)) for name in NAMES) >= 3600
    tables = sorted(
        p.relative_to(SEEDS / "annotations").with_suffix("").as_posix() for p in SEEDS.glob("annotations/*/*.csv")
    )
    assert tables == NAMES
    assert sorted(row["article"] for row in catalogue()) == NAMES


def test_the_catalogue_speaks_the_words_of_the_plan() -> None:
    for row in catalogue():
        assert row["kind"] in FORM_OF, row
        assert row["conflict_kind"] in (*CONFLICTS, OTHER), row
        assert row["era"] in ERAS, row
        assert row["continent"] in CONTINENTS, row
        assert bool(row["conflict"]) == (row["conflict_kind"] != OTHER), row
        assert row["article"].split("/")[0] == (row["conflict"] or row["article"].split("/")[0]), row
    assert sum(row["conflict_kind"] == OTHER for row in catalogue()) >= 25


def test_every_cell_of_the_plan_is_filled_and_the_matrix_says_so() -> None:
    found = matrix()
    assert not [cell for cell, count in found.items() if not count]
    kept = {(row["table"], row["row"], row["column"]): int(row["articles"]) for row in table(SEEDS / "matrix.csv")}
    assert kept == found


@pytest.mark.parametrize("name", NAMES)
def test_an_article_has_its_header(name: str) -> None:
    found, _ = article(name)
    assert found.title
    assert found.source
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", found.date)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_are_the_paragraphs_in_order(name: str) -> None:
    text = f"\n{article(name)[0].text}"
    places = []
    for row in annotations(name):
        place = text.find(f"\n{row['opening']}")
        assert place >= 0, row
        assert text.find(f"\n{row['opening']}", place + 1) == -1, row
        places.append(place)
    assert places == sorted(set(places))


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_known_and_disagreements_are_settled_with_a_reason(name: str) -> None:
    for row in annotations(name):
        for column in ("labels", "first", "second"):
            given = row[column].split()
            assert given == ["none"] or given == [label for label in LABELS if label in given], row
        assert bool(row["why"]) == (row["first"] != row["second"]), row
        assert row["labels"] == row["first"] or row["why"], row


def test_names_are_kept_by_conflict_and_once() -> None:
    rows = table(SEEDS / "names.csv")
    folders = {name.split("/")[0] for name in NAMES}
    assert {row["conflict"] for row in rows} <= folders
    assert not [key for key, count in Counter((row["conflict"], row["name"]) for row in rows).items() if count > 1]
    assert {row["kind"] for row in rows} <= {"state", "place", "group", "person", "outlet", "body", "thing"}
