import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.stratify import stratify

SHARES = st.sampled_from([(0.7, 0.15, 0.15), (1.0, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0), (0.8, 0.2, 0.0)])


@st.composite
def groups(draw):
    """Names of groups with their paragraphs: how many bear each of two labels, and how many there are."""
    made = {}
    for name in draw(st.lists(st.text(min_size=1, max_size=3), unique=True, max_size=20)):
        size = draw(st.integers(1, 9))
        made[name] = [draw(st.integers(0, size)), draw(st.integers(0, size)), size]
    return made


def dealt(made, shares, known=None, seed="s"):
    return stratify(list(made), np.array(list(made.values()), float).reshape(-1, 3), shares, known or {}, seed)


def sizes(made, placed, shares, column=-1):
    return [sum(made[name][column] for name in made if placed[name] == part) for part in range(len(shares))]


@settings(max_examples=60, deadline=None)
@given(groups(), SHARES)
def test_every_group_is_placed_once_and_never_in_a_part_without_a_share(made, shares):
    placed = dealt(made, shares)
    assert placed.keys() == made.keys()
    assert all(shares[part] > 0 for part in placed.values())


@settings(max_examples=60, deadline=None)
@given(groups(), SHARES, st.data())
def test_groups_that_have_a_part_stay_even_in_one_without_a_share(made, shares, data):
    names = [*made, "of other data"]
    known = data.draw(st.dictionaries(st.sampled_from(names), st.integers(0, len(shares) - 1)))
    placed = dealt(made, shares, known)
    assert placed.keys() == made.keys()
    assert {name: placed[name] for name in known if name in made}.items() <= known.items()


@settings(max_examples=60, deadline=None)
@given(groups(), SHARES, st.randoms(use_true_random=False), st.text(max_size=3))
def test_the_order_of_the_groups_changes_nothing(made, shares, draw, seed):
    shuffled = dict(draw.sample(list(made.items()), len(made)))
    assert dealt(shuffled, shares, seed=seed) == dealt(made, shares, seed=seed)


@settings(max_examples=60, deadline=None)
@given(groups().filter(lambda made: len(made) > 1), st.integers(2, 5))
def test_of_equal_parts_the_largest_exceeds_the_smallest_by_no_more_than_a_group_where_nothing_is_labelled(made, count):
    unlabelled = {name: [0, 0, size] for name, (_, _, size) in made.items()}
    shares = [1.0] * count
    found = sizes(unlabelled, dealt(unlabelled, shares), shares)
    assert max(found) - min(found) <= max(size for *_, size in unlabelled.values())


def many(count=200):
    """Groups of 10 to 60 paragraphs, a third of them with the first label; the second stands in one group of eight."""
    draw = random.Random(3)
    made = {}
    for number in range(count):
        size, rare = draw.randint(10, 60), draw.randint(1, 4) if number % 8 == 0 else 0
        made[f"group {number}"] = [sum(draw.random() < 0.33 for _ in range(size)), rare, size]
    return made


@pytest.mark.parametrize("shares", [(0.7, 0.15, 0.15), (0.5, 0.1, 0.4), (0.2, 0.2, 0.2, 0.2, 0.2)])
def test_on_many_groups_each_part_comes_near_its_share_of_every_label_nearest_of_the_rarest(shares):
    made = many()
    placed = dealt(made, shares)
    for column, most in ((0, 0.03), (1, 0.02), (-1, 0.06)):  # 0.02 of the rarest are fewer than a group has
        found = sizes(made, placed, shares, column)
        assert [number / sum(found) for number in found] == pytest.approx(shares, abs=most)


def test_what_is_known_counts_towards_the_shares():
    made = {str(number): [0, 0, 1] for number in range(20)}
    known = {str(number): 1 for number in range(8)}
    assert sizes(made, dealt(made, (0.5, 0.5), known), (0.5, 0.5)) == [10, 10]


def test_a_part_that_holds_too_much_already_gets_no_more():
    made = {str(number): [0, 0, 1] for number in range(20)}
    known = {str(number): 1 for number in range(15)}
    placed = dealt(made, (0.5, 0.5), known)
    assert {placed[str(number)] for number in range(15, 20)} == {0}


def test_the_rarest_label_is_dealt_out_first():
    # a and b alone bear the rare label; c is so large that it would take a part for itself if it came first
    made = {"a": [0, 1, 4], "b": [0, 1, 4], "c": [8, 0, 8], "d": [1, 0, 1]}
    placed = dealt(made, (1.0, 1.0))
    assert placed["a"] != placed["b"]


def test_another_seed_decides_ties_otherwise():
    made = {str(number): [1, 0, 2] for number in range(20)}
    draws = {tuple(sorted(dealt(made, (1.0, 1.0), seed=str(seed)).items())) for seed in range(5)}
    assert len(draws) == 5
