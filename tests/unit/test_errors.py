import pytest

from nutgraf.errors import unknown


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("diplomcy", "diplomacy"), ("Quote", "quote"), ("humanitarain", "humanitarian")],
)
def test_a_misspelt_name_is_answered_with_the_nearest_known_one(name, nearest):
    said = unknown("label", name, ["quote", "humanitarian", "diplomacy"])
    assert said == f"unknown label {name!r}; did you mean {nearest!r}?"


def test_a_name_near_to_nothing_is_answered_with_all_known_ones_in_order():
    assert unknown("kind", "zebra", ["words", "linear"]) == "unknown kind 'zebra'; known: linear, words"


def test_a_name_that_is_no_string_is_answered_too():
    assert unknown("label", 7, ["quote"]) == "unknown label '7'; known: quote"
