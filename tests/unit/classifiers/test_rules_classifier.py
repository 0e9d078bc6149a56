import random

import numpy as np
import pytest
import sklearn.metrics

from nutgraf.classifiers.rules import RulesClassifier
from nutgraf.codebook import Codebook, of_names
from nutgraf.config import Rules

NAMES = ("boats", "roads", "quote")
BOOK = Codebook.model_validate(
    {
        "labels": [
            {"name": "boats", "rules": [{"name": "a", "phrases": ["ferr*"]}, {"name": "b", "phrases": ["tug"]}]},
            {"name": "roads", "rules": [{"name": "c", "phrases": ["lorr*"], "unless": ["lorry park"]}]},
            {"name": "quote", "rules": [{"name": "d", "function": "attributed_quotation"}]},
        ]
    }
)
FILLER = ["grey", "noon", "market", "window", "slowly", "paper", "under", "seven", "bread", "music"]


def made_up(seed, mislabelled=0.0, count=80):
    """Texts whose labels the rules tell, but for a share that is mislabelled."""
    draw = random.Random(seed)
    texts, labels = [], []
    for _ in range(count):
        borne = [draw.random() < 0.4 for _ in NAMES]
        words = draw.sample(FILLER, 6)
        words += [draw.choice(["ferries", "tug"])] * borne[0] + [draw.choice(["lorry", "lorries"])] * borne[1]
        draw.shuffle(words)
        text = " ".join(words)
        texts.append(f"“The {text},” she said." if borne[2] else f"The {text}.")
        labels.append([not yes if draw.random() < mislabelled else yes for yes in borne])
    return texts, np.array(labels)


@pytest.fixture(scope="module")
def fitted():
    return RulesClassifier(BOOK, Rules()).fit(*made_up(1, mislabelled=0.1))


def test_it_learns_to_trust_good_rules_on_fresh_texts(fitted):
    texts, borne = made_up(2)
    found = sklearn.metrics.f1_score(borne, fitted.predict_proba(texts) > 0.5, average=None)
    assert (found > 0.95).all()


def test_a_model_read_back_gives_the_same_probabilities(fitted, tmp_path):
    texts = [*made_up(3)[0], "", "“"]
    fitted.save(tmp_path)
    assert np.array_equal(RulesClassifier.load(tmp_path).predict_proba(texts), fitted.predict_proba(texts))


def test_a_rule_is_trusted_as_far_as_it_proved_right():
    texts = ["A lorry."] * 40 + ["A barge."] * 40
    borne = np.array([[False, row % 4 != 0 and row < 40, False] for row in range(80)])
    found = RulesClassifier(BOOK, Rules()).fit(texts, borne).predict_proba(["A lorry.", "A barge.", "A lorry park."])
    assert found[0, 1] == pytest.approx(0.75, abs=0.02)
    assert found[1, 1] == found[2, 1] < 0.02


def test_smoothing_draws_a_rule_seen_once_towards_the_rate_of_its_label():
    texts = ["A lorry."] + ["A barge."] * 9
    borne = np.array([[False, row == 0, False] for row in range(10)])
    little, much = (
        RulesClassifier(BOOK, Rules(smoothing=smoothing)).fit(texts, borne).predict_proba(["A lorry."])[0, 1]
        for smoothing in (0.1, 100)
    )
    assert little > 0.9
    assert 0.1 < much < 0.12


def test_a_label_without_rules_gets_its_rate():
    borne = np.array([[True, False]] * 3 + [[False, False]] * 7)
    found = (
        RulesClassifier(of_names(("boats", "roads")), Rules()).fit(["A ferry."] * 10, borne).predict_proba(["x", ""])
    )
    assert found == pytest.approx(np.array([[0.3, 0], [0.3, 0]]))


def test_a_label_without_positives_stops_nothing_and_is_never_likely():
    texts, borne = made_up(1)
    borne[:, 1] = False
    found = RulesClassifier(BOOK, Rules()).fit(texts, borne).predict_proba(["A lorry and a ferry.", ""])
    assert (found[:, 1] < 0.05).all()
    assert found[0, 0] > 0.9
