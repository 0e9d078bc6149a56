import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.intervals import f1_intervals

LABELS = ("boats", "roads")


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
    """The same interval by plain resampling, one article after another."""
    draw = np.random.default_rng(99)
    articles = sorted(set(groups))
    rows = {name: [i for i, group in enumerate(groups) if group == name] for name in articles}
    found = []
    for _ in range(draws):
        some = [i for name in draw.choice(articles, len(articles)) for i in rows[name]]
        scores = [f1(borne[some, label].tolist(), given_[some, label].tolist()) for label in range(2)]
        found.append([*scores, sum(scores) / 2])
    return np.percentile(found, [2.5, 97.5], axis=0).T


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_is_that_of_a_plain_loop_of_resampling(seed):
    borne, given_, groups = made_up(seed)
    found = f1_intervals(borne, given_, groups, LABELS, draws=4000)
    assert list(found) == ["boats", "roads", "macro"]
    assert np.array(list(found.values())) == pytest.approx(by_a_loop(borne, given_, groups, 1500), abs=0.03)


def test_of_two_articles_the_ends_are_the_scores_of_each_alone():
    # one draw in four takes the first article twice, one in four the second: both ends lie among these
    borne = np.array([[True], [True], [True], [True]])
    given_ = np.array([[True], [True], [True], [False]])
    low, high = f1_intervals(borne, given_, ["a", "a", "b", "b"], ["boats"])["boats"]
    assert (low, high) == (pytest.approx(2 / 3), 1.0)


def test_whole_articles_are_drawn():
    borne, given_, _ = made_up(3, articles=40, per_article=1)
    fourfold = [np.repeat(some, 4, axis=0) for some in (borne, given_)]
    once = f1_intervals(borne, given_, [str(i) for i in range(40)], LABELS)
    whole = f1_intervals(*fourfold, [str(i // 4) for i in range(160)], LABELS)
    single = f1_intervals(*fourfold, [str(i) for i in range(160)], LABELS)
    assert whole == once  # three copies of each paragraph tell nothing new
    for name in (*LABELS, "macro"):
        assert whole[name][1] - whole[name][0] > 1.5 * (single[name][1] - single[name][0])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from("abcd")), min_size=1, max_size=20))
def test_ends_are_scores_in_their_order_and_none_is_outside_nought_and_one(rows):
    borne, given_ = (np.array([[row[i]] for row in rows]) for i in (0, 1))
    for low, high in f1_intervals(borne, given_, [row[2] for row in rows], ["boats"], draws=50).values():
        assert 0 <= low <= high <= 1


@pytest.mark.parametrize("right", [True, False])
def test_where_every_article_scores_alike_the_interval_is_a_point(right):
    borne = np.ones((12, 1), bool)
    found = f1_intervals(borne, borne if right else ~borne, [str(i // 3) for i in range(12)], ["boats"])
    assert found == {"boats": (right, right), "macro": (right, right)}


def test_so_many_articles_that_draws_are_taken_in_portions_give_an_interval_of_the_same_kind(monkeypatch):
    borne, given_, groups = made_up(4)
    whole = f1_intervals(borne, given_, groups, LABELS, draws=500)
    monkeypatch.setattr("nutgraf.intervals._AT_ONCE", 7 * 15)
    assert f1_intervals(borne, given_, groups, LABELS, draws=500) == whole


def test_the_interval_holds_the_true_score_about_as_often_as_it_says():
    truth = np.mean([f1(b[:, 0].tolist(), g[:, 0].tolist()) for b, g, _ in (made_up(s, 500) for s in range(8))])
    ends = [f1_intervals(*made_up(1000 + s, 30), LABELS, draws=200)["boats"] for s in range(150)]
    held = sum(low <= truth <= high for low, high in ends)
    # 95 in 100 in theory, a few less with thirty articles; three standard errors of 150 draws are 5 in 100
    assert 0.87 < held / len(ends) < 1
