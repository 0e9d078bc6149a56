"""Training of kinds that need held-out articles, and of ensembles of models that are trained already."""

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from nutgraf.codebook import Codebook
from nutgraf.dataset import matrix
from nutgraf.errors import NutgrafError
from nutgraf.partition import assign
from nutgraf.train import train
from training_made import BOOK, FRESH, KNOBS, annotations, knobs, twisted

KNOWN = assign(annotations(), BOOK.names, KNOBS.partition)


def test_kinds_that_need_held_out_articles_take_the_validation_part_and_learn_from_the_whole_training_part():
    made = annotations(40)
    settings = knobs(partition={"validation": 0.25, "test": 0.1})
    found = train(made, BOOK, "ensemble", settings)
    assert found.bundle.training.calibrated_on == "the validation part"
    held = [a for a in made if found.bundle.training.groups[a.side] == "validation"]
    assert np.array_equal(found.bundle.held_out.borne, matrix(held, BOOK.names))
    assert found.notes == ()
    words = train(made, BOOK, "words", settings).bundle.classifier
    assert np.array_equal(found.bundle.classifier.members["words"].predict_proba(FRESH), words.predict_proba(FRESH))


def test_where_validation_is_too_small_a_fold_of_the_training_articles_is_held_out_instead():
    made = annotations(20)  # three of them for validation, twelve paragraphs; fourteen to learn from
    found = train(made, BOOK, "ensemble", KNOBS)
    why = "7 of the training articles: the validation part is too small"
    assert found.notes == (f"stopped and calibrated by {why}",)
    assert found.bundle.training.calibrated_on == why
    assert found.bundle.held_out.borne.shape == (28, 2)
    known = found.bundle.training.groups
    other = train(twisted(made, known, ("validation",)), BOOK, "ensemble", KNOBS, known=known)
    assert np.array_equal(found.bundle.probabilities(FRESH), other.bundle.probabilities(FRESH))


def test_a_member_that_is_trained_already_is_taken_as_it_is_and_the_others_are_trained():
    weak = knobs(classifiers={"words": {"strength": 0.01}})
    other = train(annotations(), BOOK, "words", weak, known=KNOWN).bundle
    found = train(annotations(), BOOK, "ensemble", KNOBS, known=KNOWN, members=[other]).bundle.classifier
    assert found.members["words"] is other.classifier
    assert np.array_equal(found.members["words"].predict_proba(FRESH), other.classifier.predict_proba(FRESH))
    right, wrong = found.members["rules"].predict_proba(["A ferry.", "Nothing."])[:, 0]
    assert right > wrong


MEMBER = {"data": annotations(), "book": BOOK, "settings": KNOBS, "known": KNOWN}


@pytest.mark.parametrize(
    "other",
    [
        {"data": annotations(11)},
        {"data": twisted(annotations(), KNOWN, ("test",))},
        {"book": Codebook(labels=BOOK.labels[::-1])},
        {"known": KNOWN | {"a0": "train", "a1": "test", "a2": "validation"}},
        {"settings": knobs(train={"input": "headline"})},
    ],
    ids=["data", "labels of the test part", "order of labels", "parts", "input"],
)
def test_a_member_trained_on_something_else_is_refused(other):
    how = MEMBER | other
    member = train(how["data"], how["book"], "rules", how["settings"], known=how["known"]).bundle
    with pytest.raises(NutgrafError, match="the rules model was trained on other data, labels or parts"):
        train(annotations(), BOOK, "ensemble", KNOBS, known=KNOWN, members=[member])


def test_a_member_of_a_kind_that_the_ensemble_does_not_have_is_refused():
    member = train(annotations(), BOOK, "linear", KNOBS).bundle
    with pytest.raises(NutgrafError, match="no member of the kind linear; it has rules, words"):
        train(annotations(), BOOK, "ensemble", KNOBS, members=[member])
