import json
import random

import numpy as np
import pytest
import sklearn.metrics

from nutgraf.classifiers.words import WordsClassifier
from nutgraf.config import Ngrams, Words
from nutgraf.errors import NutgrafError

MARKERS = (("ferry", "tugboat", "harbour"), ("lorry", "junction", "asphalt"))
FILLER = [
    "grey",
    "noon",
    "market",
    "window",
    "slowly",
    "paper",
    "under",
    "seven",
    "bread",
    "music",
    "corner",
    "quiet",
    "green",
    "table",
    "winter",
]


def made_up(seed, count=160):
    """Short texts that bear a label where one of its words stands among others."""
    draw = random.Random(seed)
    texts, labels = [], []
    for _ in range(count):
        borne = [draw.random() < 0.4 for _ in MARKERS]
        words = draw.sample(FILLER, 3) + [draw.choice(those) for those, yes in zip(MARKERS, borne, strict=True) if yes]
        draw.shuffle(words)
        texts.append(" ".join(words).capitalize() + ".")
        labels.append(borne)
    return texts, np.array(labels)


@pytest.fixture(scope="module")
def fitted():
    return WordsClassifier(None, Words()).fit(*made_up(1))


def test_it_learns_the_words_of_its_labels_for_fresh_texts(fitted):
    texts, borne = made_up(2)
    found = sklearn.metrics.f1_score(borne, fitted.predict_proba(texts) > 0.5, average=None)
    assert (found > 0.95).all()


def test_a_model_read_back_gives_the_same_probabilities(fitted, tmp_path):
    texts = [*made_up(3)[0], "", "Words never seen, ☂ 7"]
    fitted.save(tmp_path)
    assert np.array_equal(WordsClassifier.load(tmp_path).predict_proba(texts), fitted.predict_proba(texts))


def test_a_model_read_back_has_its_knobs(tmp_path):
    knobs = Words(words=Ngrams(most=3, min_count=1), strength=0.5)
    WordsClassifier(None, knobs).fit(*made_up(1)).save(tmp_path)
    assert WordsClassifier.load(tmp_path).knobs == knobs


def test_a_pair_of_words_can_tell_what_its_words_alone_do_not():
    texts = ["dog bites man", "man bites dog"] * 10
    borne = np.array([[True], [False]] * 10)
    pairs, single = (
        WordsClassifier(None, Words(words=Ngrams(most=most))).fit(texts, borne).predict_proba(texts[:2])[:, 0]
        for most in (2, 1)
    )
    assert pairs[0] > 0.8 > 0.2 > pairs[1]
    assert single[0] == single[1]


def test_a_word_seen_less_often_than_asked_for_counts_for_nothing(tmp_path):
    texts, borne = made_up(1)
    model = WordsClassifier(None, Words(words=Ngrams(min_count=3))).fit(
        [*texts, "zebra zebra zebra", "zebra"], np.vstack([borne, [[True, True]] * 2])
    )
    model.save(tmp_path)
    assert "zebra" not in json.loads((tmp_path / "terms.json").read_text(encoding="utf-8"))["terms"]["words"]


def test_balancing_weighs_a_rare_label_up():
    texts, borne = made_up(1)
    rare = borne & (np.arange(len(texts)) % 4 == 0).reshape(-1, 1)
    weighed, plain = (
        WordsClassifier(None, Words(balanced=balanced)).fit(texts, rare).predict_proba(texts)
        for balanced in (True, False)
    )
    assert weighed[rare].mean() > plain[rare].mean()


@pytest.mark.parametrize(("value", "low", "high"), [(False, 0, 0.02), (True, 0.98, 1)])
def test_a_label_that_never_varies_stops_nothing_and_gets_its_rate(value, low, high, tmp_path):
    texts, borne = made_up(1)
    borne[:, 1] = value
    model = WordsClassifier(None, Words()).fit(texts, borne)
    found = model.predict_proba(["A ferry in the harbour.", "A lorry.", ""])
    assert ((low < found[:, 1]) & (found[:, 1] < high)).all()
    assert found[0, 0] > 0.9 > found[1, 0]
    model.save(tmp_path)
    assert np.array_equal(WordsClassifier.load(tmp_path).predict_proba(texts), model.predict_proba(texts))


@pytest.mark.parametrize("texts", [["one", "two"], ["", "..."], ["alone here now"]])
def test_too_little_text_is_refused(texts):
    with pytest.raises(NutgrafError, match="too little text to learn from"):
        WordsClassifier(None, Words()).fit(texts, np.array([[True], [False]])[: len(texts)])
