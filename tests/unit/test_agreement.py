"""Agreement of two annotators."""

import pytest
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.agreement import Twice, agreement, checked
from nutgraf.codebook import of_names
from nutgraf.records import Refusal

LABELS = ("boats", "roads")
CELLS = st.sampled_from(["none", "boats", "roads", "boats roads"])


def twice(*pairs):
    return [Twice(first=one, second=other, path="a.csv", row=row) for row, (one, other) in enumerate(pairs, start=2)]


def test_scores_are_those_reckoned_by_hand():
    rows = twice(("boats", "boats"), ("boats", "none"), ("none", "none"), ("roads", "roads"))
    boats, roads, macro = agreement(rows, LABELS)
    assert (boats.first, boats.second, boats.both) == (2, 1, 1)
    assert boats.f1 == pytest.approx(2 / 3)  # precision 1, recall 1/2
    assert boats.kappa == pytest.approx((3 / 4 - 1 / 2) / (1 - 1 / 2))  # by chance 2/4·1/4 + 2/4·3/4
    assert (roads.f1, roads.kappa) == (1, 1)
    assert (macro.label, macro.f1) == ("macro", pytest.approx((2 / 3 + 1) / 2))


def test_a_label_that_nobody_gave_is_agreed_upon():
    assert [(row.f1, row.kappa) for row in agreement(twice(("none", "none")), LABELS)] == [(1, 1)] * 3


def test_rows_that_are_not_labelled_twice_or_strangely_are_refused():
    rows = twice(("boats", "none"), ("boats", ""), ("cars", "none"))
    kept, missing, strange = checked(rows, of_names(LABELS))
    assert kept == rows[0]
    assert isinstance(missing, Refusal) and isinstance(strange, Refusal)
    assert [(refusal.reason, refusal.record) for refusal in (missing, strange)] == [
        ("not_labelled_twice", 3),
        ("unknown_label", 4),
    ]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20))
def test_it_is_the_same_whoever_is_called_the_first(pairs):
    one = agreement(twice(*pairs), LABELS)
    other = agreement(twice(*(pair[::-1] for pair in pairs)), LABELS)
    assert [row.f1 for row in one] == pytest.approx([row.f1 for row in other])
    assert [row.kappa for row in one] == pytest.approx([row.kappa for row in other])
    assert all(0 <= row.f1 <= 1 and -1 <= row.kappa <= 1 for row in one)
