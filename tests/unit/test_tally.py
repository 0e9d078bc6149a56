"""Sums by article, and the scores made of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sklearn

from nutgraf.tally import Judgement, Tally

LABELS = ("boats", "roads", "rails")


def made_up(seed, rows=60, articles=12, ties=True):
    random = np.random.default_rng(seed)
    borne = random.random((rows, 3)) < [0.5, 0.2, 0.05]
    probabilities = np.clip(borne * 0.4 + random.random((rows, 3)) * 0.7, 0, 1)
    return Judgement(
        borne=borne,
        given=probabilities > 0.5,
        probabilities=probabilities.round(1) if ties else probabilities,
        groups=random.permutation(np.arange(rows) % articles),
        labels=LABELS,
    )


def once(judged):
    return np.ones((1, judged.articles))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("ties", [True, False])
def test_scores_of_the_articles_as_they_are_are_those_of_scikit_learn(seed, ties):
    judged = made_up(seed, ties=ties)
    found = Tally(judged).measured(once(judged))
    for i, name in enumerate(LABELS):
        columns = judged.borne[:, i], judged.given[:, i]
        precision, recall, f1, _ = sklearn.precision_recall_fscore_support(*columns, average="binary", zero_division=0)
        own = [found[name][metric][0] for metric in ("precision", "recall", "f1")]
        assert own == pytest.approx([precision, recall, f1])
        ranked = sklearn.average_precision_score(judged.borne[:, i], judged.probabilities[:, i])
        assert found[name]["average_precision"][0] == pytest.approx(ranked)
    assert found["macro"]["f1"][0] == pytest.approx(
        sklearn.f1_score(judged.borne, judged.given, average="macro", zero_division=0)
    )
    assert found["micro"]["f1"][0] == pytest.approx(sklearn.f1_score(judged.borne, judged.given, average="micro"))
    assert found["all"]["exact_match"][0] == pytest.approx(sklearn.accuracy_score(judged.borne, judged.given))
    told = (judged.borne | judged.given).any(axis=1)  # rows empty in both are left out
    by_example = sklearn.f1_score(judged.borne[told], judged.given[told], average="samples", zero_division=0)
    assert found["all"]["example_f1"][0] == pytest.approx(by_example)


def test_an_article_bears_what_one_of_its_paragraphs_bears():
    judged = Judgement(
        borne=np.array([[1], [0], [0], [1], [0]], bool),
        given=np.array([[0], [1], [1], [0], [0]], bool),
        probabilities=np.full((5, 1), 0.5),
        groups=np.array([0, 0, 1, 2, 3]),
        labels=("boats",),
    )
    (boats,) = (Tally(judged).decided(once(judged))[name] for name in judged.labels)
    assert (boats["precision"][0], boats["recall"][0]) == (0, 0)  # never in the same paragraph
    assert (boats["article_precision"][0], boats["article_recall"][0]) == (0.5, 0.5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 50), st.lists(st.integers(0, 3), min_size=12, max_size=12).filter(any))
def test_an_article_drawn_twice_counts_as_two_of_its_kind(seed, weights):
    judged = made_up(seed)
    rows = np.concatenate([np.flatnonzero(judged.groups == i) for i, n in enumerate(weights) for _ in range(n)])
    copies = np.concatenate(
        [np.full((judged.groups == i).sum(), c) for c, i in enumerate(np.repeat(range(12), weights))]
    )
    drawn = Judgement(
        borne=judged.borne[rows],
        given=judged.given[rows],
        probabilities=judged.probabilities[rows],
        groups=copies,
        labels=LABELS,
    )
    weighed = Tally(judged).measured(np.array([weights], np.float32))
    copied = Tally(drawn).measured(once(drawn))
    for name, metrics in copied.items():
        assert {k: v[0] for k, v in weighed[name].items()} == pytest.approx({k: v[0] for k, v in metrics.items()})
