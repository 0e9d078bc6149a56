import random

import numpy as np
import pytest
import sklearn.metrics

from nutgraf.classifiers.linear import LinearClassifier
from nutgraf.classifiers.words import WordsClassifier
from nutgraf.config import Linear, Ngrams, Words
from nutgraf.errors import NutgrafError

NAMES = ("boats", "roads", "quote")
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
USUAL, OTHER = ("“{}”", '"{}"'), ("«{}»", "„{}“")


def made_up(seed, count=120, marks=USUAL):
    """Short texts: two labels are told by words, and `quote` by nothing but quotation marks round the same words."""
    draw = random.Random(seed)
    texts, labels = [], []
    for _ in range(count):
        borne = [draw.random() < 0.4 for _ in NAMES]
        words = draw.sample(FILLER, 4) + [draw.choice(those) for those, yes in zip(MARKERS, borne, strict=False) if yes]
        draw.shuffle(words)
        speech = " ".join(words)
        texts.append(f"The mayor said {draw.choice(marks).format(speech) if borne[2] else speech} on Monday.")
        labels.append(borne)
    return texts, np.array(labels)


def f1(model, texts, borne):
    return sklearn.metrics.f1_score(borne, model.predict_proba(texts) > 0.5, average=None)


@pytest.fixture(scope="module")
def fitted():
    return LinearClassifier(None, Linear()).fit(*made_up(1))


def test_it_learns_words_and_quotation_marks_for_fresh_texts(fitted):
    assert (f1(fitted, *made_up(2)) > 0.95).all()


def test_a_quotation_is_told_by_marks_of_a_style_that_training_never_showed(fitted):
    unseen = made_up(2, marks=OTHER)
    assert f1(fitted, *unseen)[2] > 0.95
    without = LinearClassifier(None, Linear(quotations=0)).fit(*made_up(1))
    assert f1(without, *unseen)[2] < 0.5


def test_words_alone_do_not_tell_a_quotation():
    assert f1(WordsClassifier(None, Words()).fit(*made_up(1)), *made_up(2))[2] < 0.7


def test_a_word_is_told_by_its_characters_in_a_form_never_seen(fitted):
    found = fitted.predict_proba(["Seven ferryboats under noon.", "Seven cows under noon."])[:, 0]
    assert found[0] > 0.5 > found[1]


@pytest.mark.parametrize("knobs", [Linear(), Linear(quotations=0), Linear(characters=Ngrams(least=3, most=3))])
def test_a_model_read_back_gives_the_same_probabilities_and_has_its_knobs(knobs, tmp_path):
    model = LinearClassifier(None, knobs).fit(*made_up(1))
    model.save(tmp_path)
    read = LinearClassifier.load(tmp_path)
    texts = [*made_up(3)[0], "", "“", "Words never seen, ☂ 7"]
    assert np.array_equal(read.predict_proba(texts), model.predict_proba(texts))
    assert read.knobs == knobs


@pytest.mark.parametrize(("value", "low", "high"), [(False, 0, 0.02), (True, 0.98, 1)])
def test_a_label_that_never_varies_stops_nothing_and_gets_its_rate(value, low, high):
    texts, borne = made_up(1)
    borne[:, 1] = value
    found = (
        LinearClassifier(None, Linear()).fit(texts, borne).predict_proba(["A ferry in the harbour.", "A lorry.", ""])
    )
    assert ((low < found[:, 1]) & (found[:, 1] < high)).all()
    assert found[0, 0] > 0.8 > found[1, 0]


def test_too_little_text_is_refused():
    with pytest.raises(NutgrafError, match="too little text to learn from"):
        LinearClassifier(None, Linear()).fit(["one", "two"], np.array([[True], [False]]))
