import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from nutgraf import calibration
from nutgraf.calibration import Calibration, best_f1
from nutgraf.metrics import calibration_error


def drawn(seed, distort, count=2000):
    """Made-up logits, the labels that they imply, and the scores that a distorted model would give."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(-0.5, 1.5, count)
    borne = rng.random(count) < expit(logits)
    return expit(distort(logits)).reshape(-1, 1), borne.reshape(-1, 1)


DISTORTED = [
    pytest.param(lambda z: 3 * z, id="too sure"),
    pytest.param(lambda z: 0.3 * z, id="too timid"),
    pytest.param(lambda z: z + 2, id="too generous"),
    pytest.param(lambda z: 2 * z - 2, id="too sparing and too sure"),
]


@pytest.mark.parametrize("distort", DISTORTED)
def test_calibration_lowers_the_calibration_error_of_distorted_scores_never_seen(distort):
    fitted = calibration.fit(*drawn(1, distort), ["boats"], curve=True, goal="f1")
    scores, borne = drawn(2, distort)
    before = calibration_error(borne[:, 0], scores[:, 0], 10)
    after = calibration_error(borne[:, 0], calibration.apply(fitted, scores)[:, 0], 10)
    assert before > 0.08
    assert after < 0.04


@pytest.mark.parametrize("distort", DISTORTED)
def test_calibration_keeps_the_ranking(distort):
    scores, borne = drawn(1, distort, 200)
    after = calibration.apply(calibration.fit(scores, borne, ["boats"], curve=True, goal="f1"), scores)
    assert (np.argsort(after[:, 0], kind="stable") == np.argsort(scores[:, 0], kind="stable")).all()


def test_scores_that_run_against_the_labels_are_not_turned_round():
    scores, borne = drawn(1, lambda z: -z)
    (fitted,) = calibration.fit(scores, borne, ["boats"], curve=True, goal="half")
    assert (fitted.slope, fitted.intercept) == (1, 0)


def test_perfectly_separated_scores_give_no_infinite_curve():
    borne = np.repeat([[True], [False]], 20, axis=0)
    (fitted,) = calibration.fit(np.where(borne, 0.9, 0.1), borne, ["boats"], curve=True, goal="f1")
    after = calibration.apply([fitted], np.array([[0.1], [0.9]]))
    assert after[:, 0] == pytest.approx([1 / 22, 21 / 22], abs=0.005)  # Platt's targets for twenty of each
    assert calibration.decide([fitted], after).tolist() == [[False], [True]]


@pytest.mark.parametrize(("positives", "negatives"), [(4, 40), (40, 4), (0, 40), (40, 0)])
def test_with_too_few_examples_of_a_side_nothing_is_fitted_and_a_note_says_so(positives, negatives):
    borne = np.array([True] * positives + [False] * negatives).reshape(-1, 1)
    scores = np.linspace(0.9, 0.1, len(borne)).reshape(-1, 1)
    (fitted,) = calibration.fit(scores, borne, ["boats"], curve=True, goal="f1")
    assert (fitted.slope, fitted.intercept, fitted.threshold) == (1, 0, 0.5)
    assert f"{positives} examples with the label, {negatives} without" in fitted.note


def test_each_label_is_fitted_by_itself():
    (sure, borne), (timid, other) = drawn(1, lambda z: 3 * z), drawn(2, lambda z: 0.3 * z)
    both = calibration.fit(np.hstack([sure, timid]), np.hstack([borne, other]), ["a", "b"], curve=True, goal="f1")
    alone = [calibration.fit(s, b, ["a"], curve=True, goal="f1")[0] for s, b in ((sure, borne), (timid, other))]
    assert both == alone
    assert both[0].slope < 1 < both[1].slope


def test_without_a_curve_the_scores_stay_as_they_are():
    scores, borne = drawn(1, lambda z: 3 * z)
    fitted = calibration.fit(scores, borne, ["boats"], curve=False, goal="half")
    assert fitted == [Calibration()]
    assert calibration.apply(fitted, np.array([[0.2], [0.7]])) == pytest.approx(np.array([[0.2], [0.7]]))


def test_scores_of_nought_and_one_stay_finite():
    after = calibration.apply([Calibration(slope=2.0, intercept=-1.0)], np.array([[0.0], [1.0]]))
    assert (after > 0).all()
    assert (after < 1).all()


def test_a_probability_that_reaches_the_threshold_is_enough():
    given_ = calibration.decide([Calibration(threshold=0.3), Calibration(threshold=0.6)], np.array([[0.3, 0.59]]))
    assert given_.tolist() == [[True, False]]


# on a grid, so that no two different probabilities lie closer together than a threshold can part
GRID = st.integers(0, 100).map(lambda number: number / 100)


@st.composite
def judged(draw):
    rows = draw(st.lists(st.tuples(GRID, st.booleans()), min_size=2, max_size=40))
    probabilities, borne = np.array([p for p, _ in rows]), np.array([b for _, b in rows])
    return probabilities, borne


def f1(borne, given_):
    return 2 * (borne & given_).sum() / max(1, borne.sum() + given_.sum())


@settings(max_examples=60, deadline=None)
@given(judged().filter(lambda pair: len(set(pair[0])) > 1))
def test_the_threshold_of_the_best_f1_never_gives_the_label_to_everything_nor_to_nothing(pair):
    probabilities, borne = pair
    borne[np.argmin(probabilities)] = True
    chosen = probabilities >= best_f1(probabilities, borne)[1]
    assert chosen.any()
    assert not chosen.all()


@settings(max_examples=60, deadline=None)
@given(judged().filter(lambda pair: len(set(pair[0])) > 1 and pair[1].any()))
def test_the_best_f1_is_what_its_threshold_reaches_and_no_other_that_spares_something_reaches_more(pair):
    probabilities, borne = pair
    best, threshold = best_f1(probabilities, borne)
    others = sorted(set(probabilities))[1:]
    assert best == pytest.approx(f1(borne, probabilities >= threshold))
    assert best == pytest.approx(max(f1(borne, probabilities >= other) for other in others))


def test_the_threshold_of_the_best_f1_lies_half_way_to_the_next_lower_probability():
    assert best_f1(np.array([0.1, 0.3, 0.7, 0.9]), np.array([0, 0, 1, 1], dtype=bool)) == (1, 0.5)


@pytest.mark.parametrize("curve", [True, False])
@pytest.mark.parametrize("distort", DISTORTED)
def test_the_threshold_fitted_comes_near_the_best_f1_on_scores_never_seen(distort, curve):
    fitted = calibration.fit(*drawn(1, distort), ["boats"], curve=curve, goal="f1")
    scores, borne = drawn(2, distort)
    probabilities = calibration.apply(fitted, scores)
    reached = f1(borne, calibration.decide(fitted, probabilities))
    best = max(f1(borne, probabilities >= step) for step in np.quantile(probabilities, np.linspace(0, 1, 101)))
    assert reached > best - 0.03
    assert reached > f1(borne, np.ones_like(borne)) + 0.05


@pytest.mark.parametrize("curve", [True, False])
def test_scores_that_tell_nothing_do_not_give_the_label_to_everything(curve):
    borne = np.array([[True], [False], [False]] * 20)
    scores = np.full((60, 1), 0.7)
    fitted = calibration.fit(scores, borne, ["boats"], curve=curve, goal="f1")
    assert not calibration.decide(fitted, calibration.apply(fitted, scores)).all()
