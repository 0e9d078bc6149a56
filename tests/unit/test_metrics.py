import numpy as np
import pytest
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from nutgraf import metrics
from nutgraf.metrics import calibration_error
from nutgraf.tally import Judgement

LABELS = ("boats", "roads")
# boats: one found, one missed, one made up; roads: nobody bears it, two are given
BORNE = np.array([[1, 0], [1, 0], [0, 0], [0, 0]], dtype=bool)
GIVEN = np.array([[1, 0], [0, 0], [1, 1], [0, 1]], dtype=bool)
PROBABILITIES = np.array([[0.9, 0.1], [0.4, 0.1], [0.6, 0.8], [0.1, 0.1]])


def scores(borne, given, probabilities, labels=LABELS, bins=10, groups=None):
    groups = np.arange(len(borne)) if groups is None else np.asarray(groups)
    return metrics.scores(
        Judgement(borne=borne, given=given, probabilities=probabilities, groups=groups, labels=labels, bins=bins)
    )


@pytest.fixture(scope="module")
def table():
    return scores(BORNE, GIVEN, PROBABILITIES)


def test_a_label_has_the_scores_reckoned_by_hand(table):
    boats = table["boats"]
    assert (boats["precision"], boats["recall"], boats["f1"], boats["support"]) == (0.5, 0.5, 0.5, 2)
    assert boats["average_precision"] == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert boats["calibration_error"] == pytest.approx((0.1 + 0.6 + 0.6 + 0.1) / 4)


def test_a_label_that_nobody_bears_has_scores_of_nought(table):
    roads = table["roads"]
    assert [roads[name] for name in ("precision", "recall", "f1", "average_precision", "support")] == [0] * 5


def test_a_label_neither_borne_nor_given_has_scores_of_nought_and_no_warning(recwarn):
    nothing = np.zeros((3, 2), dtype=bool)
    table = scores(nothing, nothing, np.full((3, 2), 0.1))
    assert table["macro"]["f1"] == table["micro"]["f1"] == table["boats"]["f1"] == 0
    assert table["all"]["exact_match"] == 1
    assert not recwarn.list


def test_the_macro_score_is_the_mean_over_the_labels_and_the_micro_score_pools_them(table):
    for name, value in table["macro"].items():
        assert value == pytest.approx((table["boats"][name] + table["roads"][name]) / 2)
    assert table["micro"] == {"precision": 0.25, "recall": 0.5, "f1": pytest.approx(1 / 3)}


def test_paragraphs_wholly_right_and_those_without_a_label_are_counted(table):
    whole = {"paragraphs": 4, "articles": 4, "exact_match": 0.25, "none_rate": 0.5, "none_rate_predicted": 0.25}
    assert table["all"] == whole | {"example_f1": 0.25}  # each of the four bears or was given a label: 1, 0, 0, 0


def test_a_perfect_model_has_perfect_scores():
    borne = np.array([[1, 0], [0, 1], [0, 0]], dtype=bool)
    table = scores(borne, borne, borne.astype(float), bins=5)
    for name in LABELS:
        assert [table[name][score] for score in ("precision", "recall", "f1", "average_precision")] == [1] * 4
        assert table[name]["calibration_error"] == 0
    assert table["micro"]["f1"] == table["macro"]["f1"] == 1


def test_a_single_paragraph_is_scored():
    one = np.array([[True, False]])
    assert scores(one, one, np.array([[0.9, 0.2]]))["boats"]["f1"] == 1


@pytest.mark.parametrize(
    ("probabilities", "borne", "bins", "error"),
    [
        ([0.8] * 5, [1, 1, 1, 1, 0], 10, 0),  # four in five, as promised
        ([0.8] * 5, [0] * 5, 10, 0.8),
        ([0.1, 0.1, 0.9, 0.9], [1, 0, 1, 1], 10, (2 * 0.4 + 2 * 0.1) / 4),
        ([0.4, 0.6], [1, 0], 2, 0.6),
        ([0.25, 0.75], [1, 0], 2, 0.75),
        ([1.0, 1.0], [1, 1], 10, 0),  # the last bin holds one itself
        ([0.9, 1.0], [1, 0], 10, 0.45),
        ([0.0, 1.0], [1, 0], 10, 1),
    ],
)
def test_the_calibration_error_is_the_gap_between_promise_and_outcome_weighed_by_bin(probabilities, borne, bins, error):
    found = calibration_error(np.array(borne, dtype=bool), np.array(probabilities), bins)
    assert found == pytest.approx(error)


def test_a_single_label_is_scored_by_those_that_bear_it():
    borne, given = np.array([[1], [0], [0], [0]], dtype=bool), np.array([[1], [1], [0], [0]], dtype=bool)
    table = scores(borne, given, np.array([[0.9], [0.8], [0.1], [0.2]]), ("boats",))
    assert (table["boats"]["precision"], table["boats"]["recall"], table["boats"]["support"]) == (0.5, 1, 1)
    assert table["micro"] == {"precision": 0.5, "recall": 1, "f1": pytest.approx(2 / 3)}


def test_outcomes_by_the_probabilities_themselves_pass_the_error_of_chance_once_in_twenty():
    random = np.random.default_rng(1)
    probabilities = random.random(200)
    bound = metrics.chance_error(probabilities, 10)
    errors = [calibration_error(random.random(200) < probabilities, probabilities, 10) for _ in range(400)]
    assert 0.01 < np.mean(np.array(errors) > bound) < 0.11
    assert bound > 4 * metrics.chance_error(np.tile(probabilities, 50), 10)  # more paragraphs, less by chance


def test_probabilities_that_are_sure_leave_nothing_to_chance():
    assert metrics.chance_error(np.array([0.0, 1.0, 1.0]), 10) == 0
