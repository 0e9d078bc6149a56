"""Counts corrected for the classifier's errors."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.bundle import HeldOut
from nutgraf.counts import count


@dataclass
class Model:
    """Stands for a bundle: what it held out, and a threshold of one half."""

    held_out: HeldOut
    labels: tuple[str, ...] = ("boats",)

    def decide(self, probabilities):
        return probabilities >= 0.5


def model(hits=0.8, alarms=0.1, articles=40, bearing=4, others=6, seed=0):
    """Held-out articles of ten paragraphs, of which the model finds so many and gives so many wrongly."""
    random = np.random.default_rng(seed)
    borne = np.tile(np.arange(bearing + others) < bearing, articles)
    given_ = np.where(borne, random.random(len(borne)) < hits, random.random(len(borne)) < alarms)
    groups = np.repeat(np.arange(articles), bearing + others)
    return Model(HeldOut(given_[:, None].astype(float), borne[:, None], groups))


def labelled(share, paragraphs=1000, hits=0.8, alarms=0.1, seed=1):
    random = np.random.default_rng(seed)
    borne = np.arange(paragraphs) < share * paragraphs
    return np.where(borne, random.random(paragraphs) < hits, random.random(paragraphs) < alarms)[:, None]


def test_a_count_is_corrected_for_what_is_missed_and_for_false_alarms():
    (found,) = count({"all": labelled(0.05)}, model(articles=1000))
    assert found.labelled > 100  # 95 of them false alarms
    assert found.low <= 50 <= found.high
    assert abs(found.corrected - 50) < abs(found.labelled - 50) / 2
    (found,) = count({"all": labelled(0.9)}, model())
    assert found.labelled < 760
    assert found.low <= 900 <= found.high


def test_a_model_without_errors_corrects_nothing():
    (found,) = count({"all": labelled(0.3, hits=1, alarms=0)}, model(hits=1, alarms=0))
    assert (found.labelled, found.corrected, found.low, found.high) == (300, 300, 300, 300)


def test_periods_are_counted_in_their_order_each_by_itself():
    found = list(count({"2001-02": labelled(0.5), "2001-01": labelled(0.1)}, model()))
    assert [one.period for one in found] == ["2001-02", "2001-01"]
    assert found[0].corrected > 2 * found[1].corrected


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_counts_stay_within_what_there_is(given_, left):
    decisions = np.array([True] * given_ + [False] * left).reshape(-1, 1)
    (found,) = count({"all": decisions}, model())
    assert 0 <= found.low <= found.corrected <= found.high <= found.paragraphs == given_ + left


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (model(articles=1, bearing=2), "the held-out articles have 2 paragraphs with the label"),
        (model(hits=0.1, alarms=0.1), "given as often where it is not borne"),
    ],
)
def test_where_the_errors_are_not_known_a_count_is_not_corrected_and_says_why(made, told):
    (found,) = count({"all": labelled(0.5)}, made)
    assert told in found.note
    assert (found.corrected, found.low, found.high) == (None, None, None)


@pytest.mark.slow  # 200 corpora with their models
def test_intervals_hold_the_true_count_as_often_as_they_say():
    held = 0
    for seed in range(200):
        (found,) = count({"all": labelled(0.2, 500, seed=seed)}, model(articles=30, seed=1000 + seed))
        held += found.low <= 100 <= found.high
    assert 0.9 <= held / 200 <= 1
