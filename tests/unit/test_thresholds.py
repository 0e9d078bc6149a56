import numpy as np
import pytest
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import expit

from nutgraf.errors import NutgrafError
from nutgraf.thresholds import Goal, choose, interval, parse


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("f1", Goal("fbeta", 1.0)),
        ("half", Goal("half")),
        ("fbeta=0.5", Goal("fbeta", 0.5)),
        ("fbeta=2", Goal("fbeta", 2.0)),
        (" precision=.9 ", Goal("precision", 0.9)),
        ("recall=1", Goal("recall", 1.0)),
    ],
)
def test_goals_are_read(text, goal):
    assert parse(text) == goal


@pytest.mark.parametrize(
    "text",
    ["", "f2", "F1", "precision", "precision=", "recall=high", "fbeta=-1", "f1=0.9", "recall=0.9,f1", "recall=."],
)
def test_what_is_no_goal_is_refused_with_examples_of_some(text):
    with pytest.raises(NutgrafError, match=r"is no goal: give f1, half, fbeta=0\.5, precision=0\.9 or recall=0\.95"):
        parse(text)


@pytest.mark.parametrize("text", ["precision=0", "recall=1.01", "fbeta=0.0"])
def test_a_goal_out_of_its_range_is_refused(text):
    with pytest.raises(NutgrafError, match="must be over 0"):
        parse(text)


# on a grid, so that no two different probabilities lie closer together than a threshold can part
GRID = st.integers(0, 100).map(lambda number: number / 100)


@st.composite
def judged(draw):
    """Probabilities, not all the same, and labels of both sides."""
    rows = draw(st.lists(st.tuples(GRID, st.booleans()), min_size=2, max_size=40))
    probabilities, borne = np.array([p for p, _ in rows]), np.array([b for _, b in rows])
    assume(len(set(probabilities)) > 1 and borne.any() and not borne.all())
    return probabilities, borne


def measured(probabilities, borne, threshold):
    """Precision, recall and the number of those given, counted."""
    given_ = [p >= threshold for p in probabilities]
    right = sum(yes and bears for yes, bears in zip(given_, borne, strict=True))
    return right / max(1, sum(given_)), right / sum(borne), sum(given_)


def f(precision, recall, beta):
    return (1 + beta**2) * precision * recall / max(beta**2 * precision + recall, 1e-12)


def others(probabilities):
    """The thresholds that part the paragraphs: each probability but the lowest, from which all would be given."""
    return sorted(set(probabilities))[1:]


@settings(max_examples=60, deadline=None)
@given(judged(), st.sampled_from([0.5, 1.0, 2.0]))
def test_the_best_f_found_is_reached_by_no_other_threshold_that_parts_the_paragraphs(pair, beta):
    best = max(f(*measured(*pair, other)[:2], beta) for other in others(pair[0]))
    threshold, note = choose(*pair, Goal("fbeta", beta), calibrated=False)
    assert f(*measured(*pair, threshold)[:2], beta) == pytest.approx(best)
    assert 0 < measured(*pair, threshold)[2] < len(pair[0])
    assert note == ""


@settings(max_examples=60, deadline=None)
@given(judged(), GRID.filter(bool))
def test_the_precision_asked_for_is_reached_and_the_most_is_found_that_this_allows(pair, least):
    threshold, note = choose(*pair, Goal("precision", least), calibrated=True)
    precision, recall, _ = measured(*pair, threshold)
    tried = [measured(*pair, other) for other in others(pair[0])]
    reached = [r for p, r, _ in tried if p >= least]
    if reached:
        assert precision >= least
        assert (recall, note) == (max(reached), "")
    else:
        assert precision == max(p for p, _, _ in tried)
        assert note == f"no threshold reaches precision {least:g}: the best is {precision:.2f}"


@settings(max_examples=60, deadline=None)
@given(judged(), GRID.filter(bool))
def test_the_recall_asked_for_is_reached_and_no_more_is_given_than_this_takes(pair, least):
    threshold, note = choose(*pair, Goal("recall", least), calibrated=True)
    _, recall, count = measured(*pair, threshold)
    tried = [measured(*pair, other) for other in others(pair[0])]
    enough = [number for _, r, number in tried if r >= least]
    if enough:
        assert recall >= least
        assert (count, note) == (min(enough), "")
    else:
        assert recall == max(r for _, r, _ in tried)
        assert note == f"no threshold reaches recall {least:g}: the best is {recall:.2f}"


def test_half_is_one_half_whatever_the_data():
    assert choose(np.array([0.1, 0.2]), np.array([False, True]), Goal("half"), calibrated=True) == (0.5, "")


def test_a_threshold_lies_half_way_to_the_next_lower_probability():
    probabilities, borne = np.array([0.1, 0.3, 0.7, 0.9]), np.array([False, False, True, True])
    for goal in (Goal("fbeta", 1.0), Goal("precision", 1.0), Goal("recall", 1.0)):
        assert choose(probabilities, borne, goal, calibrated=False) == (0.5, "")


@pytest.mark.parametrize(("beta", "threshold"), [(1.0, 0.4), (2.0, 10 / 11 / 5), (0.5, 5 / 6 / 1.25)])
def test_for_calibrated_probabilities_the_threshold_follows_from_the_best_f(beta, threshold):
    # three are given for F1 = 4/5 and F2 = 10/11, of precision 2/3 and recall 1; one for F0.5 = 5/6, of 1 and 1/2
    probabilities, borne = np.array([0.9, 0.5, 0.6, 0.1]), np.array([True, True, False, False])
    assert choose(probabilities, borne, Goal("fbeta", beta), calibrated=True) == (pytest.approx(threshold), "")


@pytest.mark.parametrize("goal", [Goal("fbeta", 1.0), Goal("precision", 0.5), Goal("recall", 0.5)])
@pytest.mark.parametrize("calibrated", [True, False])
@pytest.mark.parametrize("probability", [0.3, 0.8])
def test_where_all_probabilities_are_the_same_the_label_is_never_given_and_a_note_says_so(
    goal, calibrated, probability
):
    threshold, note = choose(np.full(9, probability), np.arange(9) % 3 == 0, goal, calibrated)
    assert threshold > probability
    assert "never given" in note


def test_where_the_threshold_of_the_best_f_would_give_the_label_to_everything_it_is_never_given():
    probabilities, borne = np.array([0.6, 0.7] * 6), np.array([True, False, False, True, False, False] * 2)
    # the best cut finds two of four among six: F1 = 0.4, and half of that lies under every probability
    threshold, note = choose(probabilities, borne, Goal("fbeta", 1.0), calibrated=True)
    assert threshold > 0.7
    assert "never given" in note


def smooth(articles, per_article=5, seed=1):
    """Calibrated probabilities, labels drawn by them, and the article of each."""
    draw = np.random.default_rng(seed)
    probabilities = expit(draw.normal(-0.5, 1.5, articles * per_article))
    return probabilities, draw.random(len(probabilities)) < probabilities, np.arange(len(probabilities)) // per_article


GOALS = [Goal("fbeta", 1.0), Goal("precision", 0.7), Goal("recall", 0.8)]


@pytest.mark.parametrize("goal", GOALS)
def test_the_interval_holds_the_threshold_of_a_smooth_case_and_is_wider_where_articles_are_few(goal):
    widths = []
    for articles in (12, 200):
        probabilities, borne, groups = smooth(articles)
        low, high = interval(probabilities, borne, groups, goal, calibrated=True)
        assert low < choose(probabilities, borne, goal, calibrated=True)[0] < high
        widths.append(high - low)
    assert widths[0] > 2 * widths[1]  # by the root of 200 / 12, about 4


def test_paragraphs_of_one_article_tell_no_more_than_one_of_them():
    probabilities, borne, groups = (np.repeat(some, 4) for some in smooth(100, 1))
    whole, single = (
        interval(probabilities, borne, those, GOALS[0], calibrated=True) for those in (groups, np.arange(400))
    )
    assert whole[1] - whole[0] > 1.5 * (single[1] - single[0])  # twice, for a fourth of the cases


def test_the_interval_does_not_hang_on_the_order_of_the_paragraphs_nor_on_the_draw_of_the_day():
    probabilities, borne, groups = smooth(12)
    mixed = np.random.default_rng(0).permutation(len(groups))
    found = interval(probabilities, borne, groups, GOALS[0], calibrated=True)
    assert found == interval(probabilities[mixed], borne[mixed], groups[mixed], GOALS[0], calibrated=True)


def test_draws_in_which_the_label_does_not_vary_are_passed_over():
    # two articles, each of one side: only the draws that hold both can tell a threshold, and all tell the same
    probabilities, borne, groups = np.array([0.8, 0.7, 0.3, 0.2]), np.array([1, 1, 0, 0], bool), np.array([0, 0, 1, 1])
    assert interval(probabilities, borne, groups, Goal("recall", 1.0), calibrated=False) == (0.5, 0.5)


@pytest.mark.parametrize("side", [True, False])
def test_where_the_label_never_varies_the_interval_is_everything(side):
    found = interval(np.array([0.2, 0.4, 0.6]), np.full(3, side), np.arange(3), GOALS[0], calibrated=True)
    assert found == (0.0, 1.0)
