"""Intervals by drawing articles anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf import intervals as module
from nutgraf.intervals import intervals
from nutgraf.tally import Judgement, Tally

LABELS = ("boats", "roads")


def judgement(borne, given_, groups, probabilities=None):
    number = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    return Judgement(
        borne=np.asarray(borne, bool),
        given=np.asarray(given_, bool),
        probabilities=np.asarray(given_, float) if probabilities is None else probabilities,
        groups=np.array([number[group] for group in groups]),
        labels=LABELS[: np.shape(borne)[1]],
    )


def f1_intervals(borne, given_, groups, draws=1000):
    found = intervals(judgement(borne, given_, groups), draws, Tally.decided)
    return {name: found[name]["f1"] for name in (*LABELS[: np.shape(borne)[1]], "macro")}


def f1(borne, given_):
    right = sum(b and g for b, g in zip(borne, given_, strict=True))
    return 2 * right / max(1, sum(borne) + sum(given_))


def made_up(seed, articles=15, per_article=4, right=0.75):
    """Labels of two kinds, and decisions that are right so often; some articles easy, some hard."""
    draw = np.random.default_rng(seed)
    groups = [f"a{number // per_article}" for number in range(articles * per_article)]
    borne = draw.random((len(groups), 2)) < 0.4
    ease = np.repeat(np.clip(draw.normal(right, 0.15, articles), 0, 1), per_article)
    return borne, borne ^ (draw.random(borne.shape) > ease[:, None]), groups


def by_a_loop(borne, given_, groups, draws):
    """The same interval by plain resampling, one article after another.

    For 15 articles the ends lie at the normal distribution's share under sqrt(15 / 14) times -2.145, the t of 14.
    """
    draw = np.random.default_rng(99)
    articles = sorted(set(groups))
    rows = {name: [i for i, group in enumerate(groups) if group == name] for name in articles}
    found = []
    for _ in range(draws):
        some = [i for name in draw.choice(articles, len(articles)) for i in rows[name]]
        scores = [f1(borne[some, label].tolist(), given_[some, label].tolist()) for label in range(2)]
        found.append([*scores, sum(scores) / 2])
    return np.percentile(found, [1.32, 98.68], axis=0).T


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_is_that_of_a_plain_loop_of_resampling(seed):
    borne, given_, groups = made_up(seed)
    found = f1_intervals(borne, given_, groups, draws=4000)
    assert list(found) == ["boats", "roads", "macro"]
    assert np.array(list(found.values())) == pytest.approx(by_a_loop(borne, given_, groups, 1500), abs=0.03)


def test_of_two_articles_the_interval_reaches_beyond_the_scores_of_each_alone():
    borne = np.array([[True], [True], [True], [True]])
    given_ = np.array([[True], [True], [True], [False]])
    low, high = f1_intervals(borne, given_, ["a", "a", "b", "b"])["boats"]
    assert low < 2 / 3
    assert high == 1
    assert f1_intervals(borne, given_, ["a"] * 4)["boats"] == (0, 1)  # one article tells nothing


def test_whole_articles_are_drawn():
    borne, given_, _ = made_up(3, articles=40, per_article=1)
    fourfold = [np.repeat(some, 4, axis=0) for some in (borne, given_)]
    once = f1_intervals(borne, given_, [str(i) for i in range(40)])
    whole = f1_intervals(*fourfold, [str(i // 4) for i in range(160)])
    single = f1_intervals(*fourfold, [str(i) for i in range(160)])
    assert whole == once  # three copies of each paragraph tell nothing new
    for name in (*LABELS, "macro"):
        assert whole[name][1] - whole[name][0] > 1.5 * (single[name][1] - single[name][0])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from("abcd")), min_size=1, max_size=20))
def test_ends_are_scores_in_their_order_and_none_is_outside_nought_and_one(rows):
    borne, given_ = (np.array([[row[i]] for row in rows]) for i in (0, 1))
    for low, high in f1_intervals(borne, given_, [row[2] for row in rows], draws=50).values():
        assert 0 <= low <= high <= 1


@pytest.mark.parametrize("right", [True, False])
def test_where_no_error_or_nothing_else_was_met_the_interval_is_that_of_so_many_trials(right):
    borne = np.ones((120, 1), bool)
    found = f1_intervals(borne, borne if right else ~borne, [str(i // 3) for i in range(120)])
    # Wilson's for 40 of 40, with the t of 39: 1 - z² / (40 + z²)
    end = 2.0227**2 / (40 + 2.0227**2)
    assert found["boats"] == found["macro"] == pytest.approx((1 - end, 1) if right else (0, end), abs=1e-4)


def test_where_all_articles_are_alike_the_interval_is_a_point():
    borne, given_ = np.array([[True], [True]] * 30), np.array([[True], [False]] * 30)
    low, high = f1_intervals(borne, given_, [str(i // 2) for i in range(60)])["boats"]
    assert (low, high) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_so_many_articles_that_draws_are_taken_in_portions_give_an_interval_of_the_same_kind(monkeypatch):
    borne, given_, groups = made_up(4)
    whole = f1_intervals(borne, given_, groups, draws=500)
    monkeypatch.setattr(module, "_AT_ONCE", 7 * 60)
    assert f1_intervals(borne, given_, groups, draws=500) == whole


def test_the_interval_holds_the_true_score_about_as_often_as_it_says():
    truth = np.mean([f1(b[:, 0].tolist(), g[:, 0].tolist()) for b, g, _ in (made_up(s, 500) for s in range(8))])
    ends = [f1_intervals(*made_up(1000 + s, 30), draws=200)["boats"] for s in range(150)]
    held = sum(low <= truth <= high for low, high in ends)
    # 95 in 100 in theory, a few less with thirty articles; three standard errors of 150 draws are 5 in 100
    assert 0.87 < held / len(ends) < 1


def population(random, articles):
    """Paragraphs of articles that differ in length, in how many bear a label, and in how well a model does on them."""
    lengths = random.integers(4, 16, articles)
    groups = np.repeat(np.arange(articles), lengths)
    matter, skill = random.normal(0, 1, articles)[groups], random.normal(1.6, 0.7, articles)[groups]
    truth = np.column_stack([matter - 0.3, -matter - 1.2])
    borne = random.random(truth.shape) < 1 / (1 + np.exp(-truth))
    scores = (2 * borne - 1) * skill[:, None] + truth / 2 + random.normal(0, 1.2, truth.shape)
    probabilities = 1 / (1 + np.exp(-scores))  # surer than it should be: its calibration error is not nought
    return judgement(borne, probabilities > 0.45, groups.tolist(), probabilities)


def honest(random, articles):
    """The same of a model whose promises hold: a paragraph bears a label with the probability that was told."""
    groups = np.repeat(np.arange(articles), random.integers(4, 16, articles))
    matter = random.normal(0, 1.2, articles)[groups]
    probabilities = 1 / (1 + np.exp([0.5, 1.5] - matter[:, None] - random.normal(0, 1.5, (len(groups), 2))))
    borne = random.random(probabilities.shape) < probabilities
    return judgement(borne, probabilities > 0.45, groups.tolist(), probabilities)


@pytest.mark.slow  # 400 corpora, drawn anew a thousand times each
@pytest.mark.parametrize("made", [population, honest])
def test_intervals_cover_the_truth_as_often_as_they_say(made):
    random = np.random.default_rng(7)
    whole = made(random, 20_000)
    truth = Tally(whole).measured(np.ones((1, whole.articles)))
    held = {(name, metric): 0 for name, metrics in truth.items() for metric in metrics}
    for _ in range(400):
        for name, metrics in intervals(made(random, 60), 1000).items():
            for metric, (low, high) in metrics.items():
                held[name, metric] += low <= truth[name][metric][0] <= high
    shares = {of: count / 400 for of, count in held.items()}
    assert min(shares.values()) >= 0.93, shares
