import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Partition
from nutgraf.partition import PARTS, as_table, assign, audit, folds, joined, partition
from nutgraf.records import Annotation

NAMES = st.text(min_size=1, max_size=4)
LABELS = ("boats", "roads")
KNOBS = st.builds(
    Partition,
    salt=st.text(max_size=4),
    validation=st.floats(0, 0.5, exclude_max=True),
    test=st.floats(0, 0.5, exclude_max=True),
)


@st.composite
def corpora(draw):
    """Articles of one to three paragraphs, some of them in a group with others; no two texts alike."""
    articles = draw(st.lists(NAMES, unique=True, max_size=8))
    made = []
    for article in articles:
        group = draw(st.sampled_from(["", "flood", "strike", "vote"]))
        for index in range(draw(st.integers(1, 3))):
            borne = tuple(name for name in LABELS if draw(st.booleans()))
            made.append(annotation(f"{article}-{index}", f"{article}{index}", borne, group, article))
    return draw(st.permutations(made))


def annotation(id, text="x", labels=(), group="", article=""):
    return Annotation(id=id, text=text, labels=labels, group=group, article=article)


def story(seed, words=90):
    draw = random.Random(seed)
    return " ".join(
        draw.choice("rain snow hail mill ferry road bridge valley harbour mayor".split()) for _ in range(words)
    )


@settings(max_examples=40, deadline=None)
@given(corpora(), KNOBS)
def test_every_group_has_one_part_and_the_order_of_the_paragraphs_changes_nothing(annotations, knobs):
    placed = assign(annotations, LABELS, knobs)
    assert placed.keys() == {a.side for a in annotations}
    assert set(placed.values()) <= set(PARTS)
    assert assign(annotations[::-1], LABELS, knobs) == placed


@settings(max_examples=40, deadline=None)
@given(corpora(), corpora(), KNOBS)
def test_adding_articles_moves_none_of_the_groups_that_have_a_part(old, new, knobs):
    ids = {a.id for a in old}
    before = assign(old, LABELS, knobs)
    after = assign([a for a in new if a.id not in ids] + old, LABELS, knobs, before)
    assert before.items() <= after.items()


@settings(max_examples=40, deadline=None)
@given(corpora(), KNOBS)
def test_the_paragraphs_of_an_article_and_of_a_group_are_never_separated(annotations, knobs):
    parts = partition(annotations, assign(annotations, LABELS, knobs), knobs)
    placed = {annotations[row].id: part for part, rows in parts.items() for row in rows}
    for kin in ("article", "group"):
        for name in {getattr(a, kin) for a in annotations} - {""}:
            assert len({placed[a.id] for a in annotations if getattr(a, kin) == name and a.id in placed}) <= 1


@pytest.mark.parametrize("shares", [{"validation": 0.2, "test": 0.2}, {"validation": 0.1, "test": 0.4}])
def test_the_parts_come_near_their_shares_of_paragraphs_and_of_every_label(shares):
    draw = random.Random(1)
    made = [
        annotation(
            f"{g}-{n}",
            labels=tuple(x for x, rate in zip(LABELS, (0.3, 0.05), strict=True) if draw.random() < rate),
            group=str(g),
        )
        for g in range(150)
        for n in range(draw.randint(2, 12))
    ]
    placed = assign(made, LABELS, Partition(**shares))
    for those in (made, *([a for a in made if name in a.labels] for name in LABELS)):
        for part, share in shares.items():
            assert sum(placed[a.side] == part for a in those) / len(those) == pytest.approx(share, abs=0.04)


def test_a_part_without_a_share_stays_empty_unless_a_group_is_known_to_stand_there():
    made = [annotation(str(number), labels=("boats",)) for number in range(50)]
    knobs = Partition(validation=0, test=0)
    assert set(assign(made, LABELS, knobs).values()) == {"train"}
    placed = assign(made, LABELS, knobs, {"7": "test"})
    assert [name for name, part in placed.items() if part == "test"] == ["7"]


def test_another_salt_is_another_draw():
    made = [annotation(str(number)) for number in range(100)]
    first, second = (assign(made, LABELS, Partition(salt=salt)) for salt in ("a", "b"))
    assert first != second


def test_the_parts_keep_the_order_of_the_paragraphs():
    made = [annotation(str(number), f"unlike{number}") for number in range(50)]
    parts = partition(made, assign(made, LABELS, Partition()), Partition())
    assert sorted(row for rows in parts.values() for row in rows) == list(range(50))
    assert all(rows == sorted(rows) for rows in parts.values())


def changed(text, every):
    """The text with another word at every so manyth place."""
    return " ".join(f"word{i}" if i % every == 0 else word for i, word in enumerate(text.split()))


@pytest.mark.parametrize("copy", [story(1), story(1).upper(), changed(story(1), 30)])
def test_a_copy_or_near_copy_stays_where_it_is_scored_and_is_left_out_of_what_is_learned_from(copy):
    made = [
        annotation("1", copy, group="a"),
        annotation("2", story(1), group="b"),
        annotation("3", story(2), group="a"),
    ]
    for kept in ("validation", "test"):
        parts = partition(made, {"a": "train", "b": kept}, Partition())
        assert (parts["train"], parts[kept]) == ([2], [1])
    parts = partition(made, {"a": "validation", "b": "test"}, Partition())
    assert (parts["validation"], parts["test"]) == ([2], [1])


def test_texts_that_share_little_are_all_kept():
    made = [annotation("1", story(1), group="a"), annotation("2", changed(story(1), 5), group="b")]
    assert partition(made, {"a": "train", "b": "test"}, Partition())["train"] == [0]


def test_how_near_a_copy_may_come_is_a_knob():
    made = [annotation("1", story(1), group="a"), annotation("2", changed(story(1), 15), group="b")]
    kept = [partition(made, {"a": "train", "b": "test"}, Partition(similarity=s))["train"] for s in (0.3, 0.9)]
    assert kept == [[], [0]]


def test_every_one_of_several_copies_is_left_out():
    made = [annotation(str(n), story(1), group=str(n)) for n in range(5)]
    placed = {"0": "test", "1": "train", "2": "train", "3": "validation", "4": "validation"}
    assert partition(made, placed, Partition()) == {"train": [], "validation": [], "test": [0]}


def test_copies_within_one_part_are_all_kept():
    made = [annotation(str(n), story(1), group="a") for n in range(3)] + [annotation("9", story(2), group="b")]
    assert partition(made, {"a": "train", "b": "test"}, Partition())["train"] == [0, 1, 2]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.integers(2, 9))
def test_folds_hold_every_row_once_and_keep_groups_together(sides, count):
    made = folds([annotation(str(i), group=side) for i, side in enumerate(sides)], LABELS, count, "s")
    assert sorted(row for fold in made for row in fold) == list(range(len(sides)))
    assert len(made) == min(count, len(set(sides)))
    assert all(made)
    for side in set(sides):
        assert sum(side in {sides[row] for row in fold} for fold in made) == 1


def test_a_large_group_stands_against_all_the_small_ones():
    sides = [*"abcdefghij", *("large" for _ in range(10))]
    made = [annotation(str(i), group=side) for i, side in enumerate(sides)]
    assert sorted(map(len, folds(made, LABELS, 2, "s"))) == [10, 10]


def test_a_rare_label_stands_in_every_fold():
    made = [annotation(str(n), labels=("roads",) if n % 10 == 0 else ("boats",)) for n in range(50)]
    for fold in folds(made, LABELS, 5, "s"):
        assert sum(made[row].labels == ("roads",) for row in fold) == 1


def test_folds_are_the_same_for_every_order_of_the_groups():
    made = [annotation(f"article {number}") for number in range(12)]
    forth, back = ([{those[row].id for row in f} for f in folds(those, LABELS, 4, "s")] for those in (made, made[::-1]))
    assert forth == back


def test_the_audit_counts_paragraphs_groups_and_rates_by_part_and_tells_them_as_a_table():
    parts = {
        "train": [
            annotation("1", "a", ("boats",), "g"),
            annotation("2", "b", (), "g"),
            annotation("3", "c", ("boats",), "h"),
        ],
        "validation": [annotation("4", "d", ("roads", "boats"), "i")],
        "test": [],
    }
    found = audit(parts, LABELS, 0.5)
    assert found.rates["train"] == {"boats": pytest.approx(2 / 3), "roads": 0}
    assert (found.shared_texts, found.shared_nearly, found.shared_groups) == (0, 0, 0)
    assert as_table(found) == [
        ["part", "groups", "paragraphs", "boats", "roads"],
        ["train", "2", "3", "0.67", "0.00"],
        ["validation", "1", "1", "1.00", "1.00"],
        ["test", "0", "0", "0.00", "0.00"],
    ]


def test_the_audit_finds_a_text_that_stands_in_two_parts_whatever_its_case_and_spaces():
    parts = {
        "train": [annotation("1", "The ferry  left."), annotation("2", "the ferry left.")],
        "validation": [annotation("3", "A barge.")],
        "test": [annotation("4", " THE FERRY\nLEFT. ")],
    }
    assert audit(parts, ("boats",), 0.5).shared_texts == 1


def test_the_audit_finds_near_copies_in_two_parts_and_not_those_within_one():
    texts = [story(1), changed(story(1), 30), story(2), changed(story(2), 30)]
    first, second, third, fourth = (annotation(text[:9], text) for text in texts)
    apart = {"train": [first, second], "validation": [], "test": [third, fourth]}
    across = {"train": [first, third], "validation": [second], "test": [fourth]}
    assert (audit(apart, LABELS, 0.5).shared_nearly, audit(across, LABELS, 0.5).shared_nearly) == (0, 2)


def test_the_audit_finds_a_group_that_stands_in_two_parts():
    parts = {part: [annotation(part, part, group="g")] for part in PARTS}
    assert audit(parts, ("boats",), 0.5).shared_groups == 1


def test_groups_that_hold_reprints_of_one_another_fall_on_one_side():
    annotations = [
        annotation(f"{group}-{number}", story(number), (), group, f"{group}{number}")
        for group, numbers in {"a": (1, 2), "b": (3, 2), "c": (4, 5), "d": (5, 6), "e": (7,)}.items()
        for number in numbers
    ]
    together = joined(annotations, Partition())
    assert [(a.id, a.text) for a in together] == [(a.id, a.text) for a in annotations]
    assert {a.group for a in together if a.id[0] in "ab"} == {"a"}
    assert {a.group for a in together if a.id[0] in "cd"} == {"c"}
    assert {a.group for a in together if a.id[0] == "e"} == {"e"}


def test_a_reprint_in_a_new_group_does_not_move_the_group_that_has_a_part():
    made = [annotation("1", story(1), group="a new one"), annotation("2", story(1), group="old")]
    for part in PARTS:
        together = joined(made, Partition(), {"old": part})
        assert assign(together, LABELS, Partition(), {"old": part}) == {"old": part}


def test_a_chain_of_reprints_is_one_group_even_where_its_ends_are_unlike():
    words = story(1).split()
    parts = {"a": words[:60], "b": words[12:72], "c": words[24:84]}
    annotations = [annotation(name, " ".join(some)) for name, some in parts.items()]
    assert len({a.side for a in joined(annotations, Partition(similarity=0.54))}) == 1
    ends = [annotations[0], annotations[2]]
    assert len({a.side for a in joined(ends, Partition(similarity=0.54))}) == 2


def test_articles_that_are_told_in_several_paragraphs_are_compared_whole():
    halves = [story(1)[:200], story(1)[200:]]
    annotations = [
        annotation(f"{article}-{index}", text, (), "", article)
        for article in ("a", "b")
        for index, text in enumerate(halves)
    ]
    assert len({a.side for a in joined(annotations, Partition())}) == 1
    assert joined([], Partition()) == []
