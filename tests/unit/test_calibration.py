import numpy as np
import pytest
import sklearn.linear_model  # noqa: F401  (imported here, so that no test pays for it)
from scipy.special import expit
from sklearn.metrics import precision_score, recall_score

from nutgraf import calibration
from nutgraf.calibration import Calibration
from nutgraf.metrics import calibration_error
from nutgraf.thresholds import Goal

F1, HALF = Goal("fbeta", 1.0), Goal("half")


def drawn(seed, distort, count=1000):
    """Made-up logits, the labels that they imply, and the scores that a distorted model would give."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(-0.5, 1.5, count)
    borne = rng.random(count) < expit(logits)
    return expit(distort(logits)).reshape(-1, 1), borne.reshape(-1, 1)


def fit(scores, borne, names=("boats",), curve=True, goal=F1):
    """Fitted as if each article had five paragraphs."""
    return calibration.fit(scores, borne, np.arange(len(scores)) // 5, names, curve, goal)


SHAPES = [
    lambda z: 3 * z,  # too sure
    lambda z: 0.3 * z,  # too timid
    lambda z: z + 2,  # too generous
    lambda z: 2 * z - 2,  # too sparing and too sure
]


@pytest.mark.parametrize("distort", SHAPES)
def test_calibration_lowers_the_calibration_error_of_distorted_scores_never_seen(distort):
    fitted = fit(*drawn(1, distort), goal=HALF)
    scores, borne = drawn(2, distort)
    before = calibration_error(borne[:, 0], scores[:, 0], 10)
    after = calibration_error(borne[:, 0], calibration.apply(fitted, scores)[:, 0], 10)
    assert before > 0.08
    assert after < 0.04


@pytest.mark.parametrize("distort", SHAPES)
def test_calibration_keeps_the_ranking(distort):
    scores, borne = drawn(1, distort, 200)
    after = calibration.apply(fit(scores, borne, goal=HALF), scores)
    assert (np.argsort(after[:, 0], kind="stable") == np.argsort(scores[:, 0], kind="stable")).all()


def test_scores_that_run_against_the_labels_are_not_turned_round():
    scores, borne = drawn(1, lambda z: -z)
    (fitted,) = fit(scores, borne, goal=HALF)
    assert (fitted.slope, fitted.intercept) == (1, 0)


def test_perfectly_separated_scores_give_no_infinite_curve():
    borne = np.repeat([[True], [False]], 20, axis=0)
    (fitted,) = fit(np.where(borne, 0.9, 0.1), borne)
    after = calibration.apply([fitted], np.array([[0.1], [0.9]]))
    assert after[:, 0] == pytest.approx([1 / 22, 21 / 22], abs=0.005)  # Platt's targets for twenty of each
    assert calibration.decide([fitted], after).tolist() == [[False], [True]]


@pytest.mark.parametrize(("positives", "negatives"), [(4, 40), (40, 4), (0, 40), (40, 0)])
def test_with_too_few_examples_of_a_side_nothing_is_fitted_and_a_note_says_so(positives, negatives):
    borne = np.array([True] * positives + [False] * negatives).reshape(-1, 1)
    scores = np.linspace(0.9, 0.1, len(borne)).reshape(-1, 1)
    (fitted,) = fit(scores, borne)
    assert (fitted.slope, fitted.intercept, fitted.threshold) == (1, 0, 0.5)
    assert f"{positives} examples with the label, {negatives} without" in fitted.note


def test_each_label_is_fitted_by_itself():
    (sure, borne), (timid, other) = drawn(1, lambda z: 3 * z, 200), drawn(2, lambda z: 0.3 * z, 200)
    both = fit(np.hstack([sure, timid]), np.hstack([borne, other]), ("a", "b"), goal=HALF)
    alone = [fit(s, b, goal=HALF)[0] for s, b in ((sure, borne), (timid, other))]
    assert both == alone
    assert both[0].slope < 1 < both[1].slope


def test_without_a_curve_the_scores_stay_as_they_are():
    scores, borne = drawn(1, lambda z: 3 * z)
    fitted = fit(scores, borne, curve=False, goal=HALF)
    assert fitted == [Calibration()]
    assert calibration.apply(fitted, np.array([[0.2], [0.7]])) == pytest.approx(np.array([[0.2], [0.7]]))


def test_scores_of_nought_and_one_stay_finite():
    after = calibration.apply([Calibration(slope=2.0, intercept=-1.0)], np.array([[0.0], [1.0]]))
    assert (after > 0).all()
    assert (after < 1).all()


def test_a_probability_that_reaches_the_threshold_is_enough():
    given_ = calibration.decide([Calibration(threshold=0.3), Calibration(threshold=0.6)], np.array([[0.3, 0.59]]))
    assert given_.tolist() == [[True, False]]


@pytest.mark.parametrize(
    ("goal", "score"),
    [(Goal("precision", 0.8), precision_score), (Goal("recall", 0.8), recall_score)],
    ids=["precision", "recall"],
)
def test_a_goal_is_reached_by_the_decisions_on_what_was_fitted_on(goal, score):
    scores, borne = drawn(1, lambda z: 3 * z, 200)
    fitted = fit(scores, borne, goal=goal)
    assert 0.8 <= score(borne, calibration.decide(fitted, calibration.apply(fitted, scores))) < 0.9
    assert fitted[0].low < fitted[0].threshold < fitted[0].high
    assert fitted[0].note == ""


@pytest.mark.parametrize(
    ("probability", "band", "near"),
    [
        (0.35, 0.0, False),
        (0.45, 0.0, True),  # within the interval of the threshold
        (0.75, 0.0, True),
        (0.85, 0.0, False),
        (0.35, 0.2, True),  # within the band
        (0.25, 0.2, False),
        (0.75, 0.2, True),
    ],
)
def test_a_probability_is_unsure_within_the_interval_of_the_threshold_or_the_band_around_it(probability, band, near):
    known = [Calibration(threshold=0.5, low=0.4, high=0.8)]
    assert calibration.unsure(known, np.array([[probability]]), band).tolist() == [[near]]


def test_without_interval_and_band_nothing_is_unsure_not_even_the_threshold():
    assert not calibration.unsure([Calibration(threshold=0.3, low=0.3, high=0.3)], np.array([[0.3]]), 0).any()


def f1(borne, given_):
    return 2 * (borne & given_).sum() / max(1, borne.sum() + given_.sum())


@pytest.mark.parametrize(("distort", "curve"), [*((distort, True) for distort in SHAPES), (SHAPES[0], False)])
def test_the_threshold_fitted_comes_near_the_best_f1_on_scores_never_seen(distort, curve):
    fitted = fit(*drawn(1, distort), curve=curve)
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
    fitted = fit(scores, borne, curve=curve)
    assert not calibration.decide(fitted, calibration.apply(fitted, scores)).all()
