"""The kind `ensemble`: its weights, on members whose probabilities are given, and itself, of two linear kinds."""

import itertools

import numpy as np
import pytest
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from nutgraf import classifiers
from nutgraf.classifiers import Examples
from nutgraf.classifiers.ensemble import EnsembleClassifier
from nutgraf.config import Classifiers, Ensemble
from nutgraf.errors import NutgrafError

KNOBS = Classifiers.model_validate({"ensemble": {"members": ["words", "linear"]}})
TEXTS = ["A ferry came.", "A lorry came.", "“A ferry came,” she said.", "Rain fell.", "“Snow fell,” he said."] * 4
LABELS = np.array([[1, 0], [0, 0], [1, 1], [0, 0], [0, 1]] * 4, dtype=bool)
FRESH = ["A ferry sank.", "«Rain fell,» she said.", "Nothing."]


class Given:
    """A member that knows its answers, and notes what it is to learn from."""

    def __init__(self, answers):
        self.answers, self.learned, self.limit = answers, [], 0

    def fit(self, texts, labels, held_out=None):
        self.learned.append((texts, labels, held_out))
        return self

    def predict_proba(self, texts):
        return self.answers[: len(texts)]

    def windowed(self, texts):
        return sum(len(text) > self.limit for text in texts)


def drawn(seed, noises, count=300):
    """Labels by chance, and for each member what it makes of them: the greater the noise, the worse."""
    rng = np.random.default_rng(seed)
    borne = rng.random((count, 2)) < 0.4
    logits = np.where(borne, 2.0, -2.0)
    return borne, [expit(logits + noise * rng.normal(size=logits.shape)) for noise in noises]


def of(*answers):
    names = ("words", "linear", "embedding")[: len(answers)]
    members = dict(zip(names, map(Given, answers), strict=True))
    return EnsembleClassifier(None, Ensemble(members=names), members)


def weighed(borne, answers):
    texts = [""] * len(borne)
    return of(*answers).fit(texts, borne, Examples(texts, borne))


def losses(borne, mean):
    """The log loss of each paragraph by log-odds that were calibrated, label by label."""
    each = []
    for odds, label in zip(mean.T, borne.T, strict=True):
        curve = LogisticRegression(C=1e6).fit(odds[:, None], label)
        each.append(-np.log(curve.predict_proba(odds[:, None])[np.arange(len(label)), label.astype(int)]))
    return np.mean(each, axis=0)


def fitted():
    return classifiers.new("ensemble", None, KNOBS, 1).fit(TEXTS, LABELS, Examples(TEXTS[:10], LABELS[:10]))


@pytest.mark.parametrize("noises", [(1, 2), (2, 2), (4, 1), (1, 9), pytest.param((2, 1, 3), marks=pytest.mark.slow)])
def test_no_weights_nearer_to_equal_ones_are_as_good_as_the_best(noises):
    borne, answers = drawn(1, noises)
    found = weighed(borne, answers).weights
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)
    equal = np.full(len(noises), 1 / len(noises))
    tenths = [one for one in itertools.product(range(11), repeat=len(noises)) if sum(one) == 10]
    tried = [equal, *(np.array(one) / 10 for one in tenths)]
    each = [losses(borne, np.tensordot(one, logit(answers), axes=1)) for one in tried]
    best = min(each, key=np.mean)
    bound = np.mean(best) + np.std(best) / np.sqrt(len(borne))
    near = [one for one, loss in zip(tried, each, strict=True) if np.mean(loss) <= bound]
    assert np.linalg.norm(found - equal) == pytest.approx(min(np.linalg.norm(one - equal) for one in near))
    assert any(np.allclose(found, one) for one in near)


def test_the_better_member_weighs_more():
    shares = weighed(*drawn(3, (1, 4))).shares
    assert shares["words"] > 0.7
    assert shares["words"] == pytest.approx(1 - shares["linear"])


def test_members_of_one_worth_weigh_the_same():
    assert weighed(*drawn(3, (2, 2))).shares == {"words": 0.5, "linear": 0.5}


def test_a_member_that_is_too_sure_of_itself_weighs_no_more_for_it():
    borne, (one, other) = drawn(3, (1, 4))
    timid, loud = expit(logit(one) * 0.2), expit(logit(other) * 5)
    assert weighed(borne, [timid, loud]).shares["words"] > 0.7


def test_a_member_that_knows_all_decides_alone():
    borne, (_, other) = drawn(4, (1, 3))
    assert weighed(borne, [borne.astype(float), other]).shares == {"words": 1, "linear": 0}


def test_odds_are_those_of_the_members_to_the_power_of_their_weights():
    made = of(np.array([[0.2, 0.5]]), np.array([[0.6, 0.9]]))
    made.weights = np.array([0.25, 0.75])
    odds = np.array([(0.2 / 0.8) ** 0.25 * (0.6 / 0.4) ** 0.75, 9**0.75])
    assert made.predict_proba([""])[0] == pytest.approx(odds / (1 + odds))


def test_a_member_that_is_quite_sure_leaves_finite_odds():
    made = of(np.array([[1.0, 0.0]]), np.array([[0.5, 0.5]]))
    assert (made.predict_proba([""])[0] > [0.9, 0]).all()
    assert (made.predict_proba([""])[0] < [1, 0.1]).all()


def test_weights_go_by_held_out_articles_and_members_learn_from_the_others():
    borne, answers = drawn(5, (1, 3), 40)
    held_out = Examples([f"held {i}" for i in range(40)], borne)
    made = of(*answers).fit(["one", "two"], ~borne[:2], held_out)
    for member in made.members.values():
        ((texts, labels, seen),) = member.learned
        assert texts == ["one", "two"]
        assert (labels == ~borne[:2]).all()
        assert seen is held_out
    assert (made.weights == weighed(borne, answers).weights).all()


@pytest.mark.parametrize("held_out", [None, Examples([], np.zeros((0, 2), dtype=bool))])
def test_without_held_out_articles_it_does_not_begin(held_out):
    with pytest.raises(NutgrafError, match="needs held-out articles"):
        classifiers.new("ensemble", None, KNOBS, 1).fit(TEXTS, LABELS, held_out)


def test_an_adopted_member_is_not_trained_again():
    borne, answers = drawn(6, (1, 2), 40)
    made, trained = of(*answers), Given(answers[1])
    made.adopt("linear", trained)
    made.fit([""] * 40, borne, Examples([""] * 40, borne))
    assert made.members["linear"] is trained
    assert trained.learned == []
    assert len(made.members["words"].learned) == 1


def test_a_member_of_a_kind_that_it_does_not_have_is_not_adopted():
    with pytest.raises(NutgrafError, match="no member of the kind rules; it has words, linear"):
        classifiers.new("ensemble", None, KNOBS, 1).adopt("rules", Given(None))


def test_the_member_with_the_shortest_window_tells_how_many_texts_are_long():
    made = of(None, None)
    made.members["words"].limit, made.members["linear"].limit = 8, 3
    assert made.windowed(["five!", "ten letters", "ab"]) == 2


def test_a_model_read_back_gives_the_same_to_the_last_digit(tmp_path):
    one = fitted()
    one.weights = np.array([0.1, 0.9])
    one.save(tmp_path)
    again = EnsembleClassifier.load(tmp_path)
    assert (again.predict_proba(FRESH) == one.predict_proba(FRESH)).all()
    assert (again.knobs, again.shares) == (one.knobs, one.shares)
    assert {file.suffix for file in tmp_path.rglob("*") if file.is_file()} == {".json", ".safetensors"}


def test_members_are_those_that_they_would_be_alone():
    alone = [classifiers.new(kind, None, KNOBS, 1).fit(TEXTS, LABELS) for kind in ("words", "linear")]
    for one, member in zip(alone, fitted().members.values(), strict=True):
        assert (member.predict_proba(FRESH) == one.predict_proba(FRESH)).all()
