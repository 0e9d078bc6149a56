"""Training of kinds that need held-out articles, and of ensembles of models that are trained already."""

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from msgspec.structs import replace

from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.dataset import matrix
from nutgraf.errors import NutgrafError
from nutgraf.partition import assign
from nutgraf.records import Annotation
from nutgraf.train import train

BOOK = Codebook.model_validate(
    {"labels": [{"name": "boats", "rules": [{"name": "r", "phrases": ["ferry"]}]}, {"name": "roads"}]}
)
FRESH = ["A ferry.", "A lorry on day 3.", "Rain, the ferry and a lorry.", "Nothing."]


def knobs(**sections):
    """An ensemble of the quickest kinds; thresholds of one half, for they are the quickest, too."""
    given = {"train": {"folds": 2, "goal": "half"}, "classifiers": {"ensemble": {"members": ["rules", "words"]}}}
    return Config.model_validate({name: given.get(name, {}) | sections.get(name, {}) for name in {*given, *sections}})


KNOBS = knobs()


def annotations(articles=12):
    """Articles of four paragraphs, of which no two are near-copies."""
    matter = [("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ()), ("ferry met a lorry", ("boats", "roads"))]
    return [
        Annotation(
            id=f"{article}-{index}",
            text=f"Quay{article} the {what} quay{article} on day {article}.",
            labels=labels,
            article=f"a{article}",
            index=index,
        )
        for article in range(articles)
        for index, (what, labels) in enumerate(matter)
    ]


KNOWN = assign(annotations(), BOOK.names, KNOBS.partition)


def twisted(made, known, parts):
    """The same with labels that are wrong, in some parts."""
    return [replace(a, labels=() if a.labels else ("roads",)) if known[a.side] in parts else a for a in made]


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
