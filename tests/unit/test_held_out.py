"""Held-out articles: what is stopped and calibrated by, and that nothing that was learned from is among it."""

import random

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

import tiny
from nutgraf import codebook, held_out
from nutgraf.config import Config
from nutgraf.dataset import Rows, matrix
from nutgraf.errors import NutgrafError
from nutgraf.records import Annotation
from nutgraf.train import train

NAMES = ("boats", "roads")
BOOK = codebook.of_names(NAMES)
KNOBS = Config.model_validate(
    {
        "partition": {"validation": 0.35},
        "train": {"goal": "half"},
        "classifiers": {"ensemble": {"members": ["rules", "words"]}},
    }
)


def annotations(articles, seed=1):
    """Paragraphs of words by chance; a ferry in them gives one label, a lorry the other."""
    draw = random.Random(seed)
    made = []
    for number in range(articles * 6):
        words = draw.choices([*tiny.WORDS, "ferry", "lorry"], weights=[1] * len(tiny.WORDS) + [3, 3], k=9)
        labels = tuple(name for name, word in zip(NAMES, ("ferry", "lorry"), strict=True) if word in words)
        article = f"a{number // 6}"
        made.append(Annotation(id=str(number), text=" ".join(words), labels=labels, article=article, index=number % 6))
    return made


def rows(some):
    return Rows(some, [a.text for a in some], matrix(some, NAMES))


@pytest.mark.parametrize(("articles", "paragraphs", "said"), [(3, 30, True), (2, 60, False), (3, 29, False)])
def test_three_articles_and_thirty_paragraphs_are_enough(articles, paragraphs, said):
    some = [Annotation(id=str(i), text="rain", labels=(), article=f"a{i % articles}") for i in range(paragraphs)]
    assert held_out.enough(rows(some)) is said


def test_training_articles_are_parted_whole():
    everything = rows(annotations(20))
    learned, held = held_out.parted(everything, 5, NAMES, "salt")
    assert set(learned.sides).isdisjoint(held.sides)
    assert {a.id for a in learned.annotations + held.annotations} == {a.id for a in everything.annotations}
    assert len(set(held.sides)) == 4  # a fifth
    assert (held.labels == matrix(held.annotations, NAMES)).all()


def test_of_one_article_nothing_is_held_out():
    learned, held = held_out.parted(rows(annotations(1)), 5, NAMES, "salt")
    assert (len(learned.texts), len(held.texts)) == (6, 0)


class Told:
    """Answers with how many of the texts it was trained on are among those it is asked about."""

    def fit(self, texts, labels):
        self.texts = {str(text)[:2] for text in texts}
        return self

    def predict_proba(self, texts):
        return np.array([[text[:2] in self.texts, int(text[:2])] for text in texts], float)


def test_each_row_is_scored_by_a_model_that_did_not_see_its_article():
    some = [Annotation(id=str(i), text=f"{10 + i // 3} {i}", labels=(), article=str(i // 3)) for i in range(24)]
    scores = held_out.out_of_fold(Told, rows(some), NAMES, Config(), lambda folds: folds)
    assert scores[:, 0].tolist() == [0] * 24
    assert scores[:, 1].tolist() == [10 + i // 3 for i in range(24)]  # each row has its own answer


def test_a_member_that_was_trained_before_gives_the_model_that_it_would_be_without():
    some, texts = annotations(20), [a.text for a in annotations(5, seed=2)]
    member = train(some, BOOK, "words", KNOBS).bundle
    adopted, anew = (train(some, BOOK, "ensemble", KNOBS, members=those).bundle for those in ([member], []))
    assert adopted.training.calibrated_on == "the validation part"
    assert adopted.classifier.members["words"] is member.classifier is not anew.classifier.members["words"]
    assert adopted.classifier.shares == anew.classifier.shares
    assert (adopted.probabilities(texts) == anew.probabilities(texts)).all()
    held = [a for a in some if adopted.training.groups[a.article] == "validation"]
    assert adopted.held_out.probabilities == pytest.approx(adopted.probabilities([a.text for a in held]), abs=1e-6)


def test_one_article_is_too_little_for_kinds_that_need_held_out_articles():
    knobs = Config.model_validate({"partition": {"test": 0, "validation": 0}})
    with pytest.raises(NutgrafError, match="needs held-out articles"):
        train(annotations(1), BOOK, "ensemble", knobs)
