import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Partition
from nutgraf.partition import PARTS, audit, folds, joined, part_of, partition
from nutgraf.records import Annotation

NAMES = st.text(min_size=1, max_size=4)
KNOBS = st.builds(
    Partition,
    salt=st.text(max_size=4),
    validation=st.floats(0, 0.5, exclude_max=True),
    test=st.floats(0, 0.5, exclude_max=True),
)


@st.composite
def corpora(draw):
    """Articles of one to three paragraphs, some of them in a group with others."""
    articles = draw(st.lists(NAMES, unique=True, max_size=8))
    made = []
    for article in articles:
        group = draw(st.sampled_from(["", "flood", "strike", "vote"]))
        made += [
            Annotation(id=f"{article}-{index}", text="x", labels=(), article=article, group=group)
            for index in range(draw(st.integers(1, 3)))
        ]
    return draw(st.permutations(made))


def where(parts):
    return {annotation.id: part for part, members in parts.items() for annotation in members}


@settings(max_examples=60, deadline=None)
@given(corpora(), KNOBS)
def test_the_paragraphs_of_an_article_and_of_a_group_are_never_separated(annotations, knobs):
    placed = where(partition(annotations, knobs))
    assert placed.keys() == {annotation.id for annotation in annotations}
    for kin in ("article", "group"):
        names = {getattr(annotation, kin) for annotation in annotations} - {""}
        for name in names:
            assert len({placed[a.id] for a in annotations if getattr(a, kin) == name}) == 1


@settings(max_examples=60, deadline=None)
@given(corpora(), corpora(), KNOBS)
def test_adding_articles_moves_none_of_the_old_ones(old, new, knobs):
    ids = {annotation.id for annotation in old}
    before = where(partition(old, knobs))
    after = where(partition([a for a in new if a.id not in ids] + old, knobs))
    assert before.items() <= after.items()


def test_the_parts_keep_the_order_of_the_paragraphs():
    annotations = [Annotation(id=str(i), text="x", labels=(), article=f"a{i}") for i in range(50)]
    for members in partition(annotations, Partition()).values():
        assert [int(a.id) for a in members] == sorted(int(a.id) for a in members)


@pytest.mark.parametrize("shares", [{"validation": 0.2, "test": 0.2}, {"validation": 0.1, "test": 0.4}])
def test_the_parts_come_near_their_shares(shares):
    knobs = Partition(**shares)
    drawn = [part_of(f"article {number}", knobs) for number in range(2000)]
    for part, share in shares.items():
        assert drawn.count(part) / len(drawn) == pytest.approx(share, abs=0.04)


def test_a_part_without_a_share_stays_empty():
    knobs = Partition(validation=0, test=0)
    assert {part_of(f"article {number}", knobs) for number in range(200)} == {"train"}


def test_a_larger_validation_share_takes_nothing_from_the_test_part():
    small, large = Partition(validation=0.1), Partition(validation=0.5)
    sides = [f"article {number}" for number in range(300)]
    assert [s for s in sides if part_of(s, small) == "test"] == [s for s in sides if part_of(s, large) == "test"]


def test_another_salt_is_another_draw():
    sides = [f"article {number}" for number in range(100)]
    first, second = ([part_of(side, Partition(salt=salt)) for side in sides] for salt in ("a", "b"))
    assert first != second


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.integers(2, 9))
def test_folds_hold_every_row_once_and_keep_groups_together(sides, count):
    made = folds(sides, count)
    assert sorted(row for fold in made for row in fold) == list(range(len(sides)))
    assert len(made) == min(count, len(set(sides)))
    assert all(made)
    for side in set(sides):
        assert sum(side in {sides[row] for row in fold} for fold in made) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcdefghijkl"), min_size=1, max_size=60), st.integers(2, 5))
def test_folds_differ_in_size_by_no_more_than_the_largest_group(sides, count):
    sizes = [len(fold) for fold in folds(sides, count)]
    assert max(sizes) - min(sizes) <= max(sides.count(side) for side in sides)


def test_a_large_group_stands_against_all_the_small_ones():
    sides = [*"abcdefghij", *("large" for _ in range(10))]
    assert sorted(map(len, folds(sides, 2))) == [10, 10]


def test_folds_are_the_same_for_every_order_of_the_groups():
    sides = [f"article {number}" for number in range(12)]
    forth = [{sides[row] for row in fold} for fold in folds(sides, 4)]
    back = [{sides[::-1][row] for row in fold} for fold in folds(sides[::-1], 4)]
    assert forth == back


def annotation(id, text="x", labels=(), group=""):
    return Annotation(id=id, text=text, labels=labels, group=group)


def test_the_audit_counts_paragraphs_groups_and_rates_by_part():
    parts = {
        "train": [
            annotation("1", "a", ("boats",), "g"),
            annotation("2", "b", (), "g"),
            annotation("3", "c", ("boats",), "h"),
        ],
        "validation": [annotation("4", "d", ("roads", "boats"), "i")],
        "test": [],
    }
    found = audit(parts, ("boats", "roads"))
    assert found.paragraphs == {"train": 3, "validation": 1, "test": 0}
    assert found.groups == {"train": 2, "validation": 1, "test": 0}
    assert found.rates["train"] == {"boats": pytest.approx(2 / 3), "roads": 0}
    assert found.rates["validation"] == {"boats": 1, "roads": 1}
    assert found.rates["test"] == {"boats": 0, "roads": 0}
    assert (found.shared_texts, found.shared_groups) == (0, 0)


def test_the_audit_finds_a_text_that_stands_in_two_parts_whatever_its_case_and_spaces():
    parts = {
        "train": [annotation("1", "The ferry  left."), annotation("2", "the ferry left.")],
        "validation": [annotation("3", "A barge.")],
        "test": [annotation("4", " THE FERRY\nLEFT. ")],
    }
    assert audit(parts, ("boats",)).shared_texts == 1


def test_the_audit_finds_a_group_that_stands_in_two_parts():
    parts = {part: [annotation(part, part, group="g")] for part in PARTS}
    assert audit(parts, ("boats",)).shared_groups == 1


def story(seed: int) -> str:
    draw = random.Random(seed)
    return " ".join(
        draw.choice("rain snow hail mill ferry road bridge valley harbour mayor".split()) for _ in range(90)
    )


def test_groups_that_hold_reprints_of_one_another_fall_on_one_side():
    annotations = [
        Annotation(id=f"{group}-{number}", text=story(number), labels=(), article=f"{group}{number}", group=group)
        for group, numbers in {"a": (1, 2), "b": (3, 2), "c": (4, 5), "d": (5, 6), "e": (7,)}.items()
        for number in numbers
    ]
    together = joined(annotations, Partition())
    assert [(a.id, a.text) for a in together] == [(a.id, a.text) for a in annotations]
    assert {a.group for a in together if a.id[0] in "ab"} == {"a"}
    assert {a.group for a in together if a.id[0] in "cd"} == {"c"}
    assert {a.group for a in together if a.id[0] == "e"} == {"e"}


def test_a_chain_of_reprints_is_one_group_even_where_its_ends_are_unlike():
    words = story(1).split()
    parts = {"a": words[:60], "b": words[12:72], "c": words[24:84]}
    annotations = [Annotation(id=name, text=" ".join(some), labels=()) for name, some in parts.items()]
    assert len({a.side for a in joined(annotations, Partition(similarity=0.54))}) == 1
    ends = [annotations[0], annotations[2]]
    assert len({a.side for a in joined(ends, Partition(similarity=0.54))}) == 2


def test_articles_that_are_told_in_several_paragraphs_are_compared_whole():
    halves = [story(1)[:200], story(1)[200:]]
    annotations = [
        Annotation(id=f"{article}-{index}", text=text, labels=(), article=article)
        for article in ("a", "b")
        for index, text in enumerate(halves)
    ]
    assert len({a.side for a in joined(annotations, Partition())}) == 1
    assert joined([], Partition()) == []
