"""Thresholds of a model chosen anew, on the held-out articles that its folder brings."""

from dataclasses import replace

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from msgspec import structs

from nutgraf import bundle, thresholds
from nutgraf.codebook import of_names
from nutgraf.config import Config
from nutgraf.errors import NutgrafError
from nutgraf.records import Annotation
from nutgraf.train import train


@pytest.fixture(scope="module")
def trained():
    """A model with thresholds of the best F1."""
    made = [
        Annotation(
            id=f"{day}-{what}", text=f"Quay{day} the {what} quay{day} on day {day}.", labels=labels, article=f"a{day}"
        )
        for day in range(12)
        for what, labels in [("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ())]
    ]
    return train(made, of_names(("boats", "roads")), "words", Config()).bundle


def test_thresholds_chosen_anew_on_what_was_read_back_are_those_that_training_chooses(trained, tmp_path):
    bundle.save(trained, tmp_path / "model")
    read = bundle.load(tmp_path / "model").with_goal(thresholds.parse("recall=0.5"))
    assert all(new.threshold != old.threshold for new, old in zip(read.calibrations, trained.calibrations, strict=True))
    assert read.with_goal(thresholds.parse("f1")).calibrations == trained.calibrations


def test_a_goal_is_reached_on_the_held_out_articles(trained):
    held = trained.held_out
    probabilities = np.random.default_rng(1).uniform(0.2, 0.8, held.probabilities.shape)  # so that goals differ
    model = replace(trained, held_out=structs.replace(held, probabilities=probabilities))
    found = model.with_goal(thresholds.parse("recall=0.7")).decide(probabilities)
    for right, borne in zip((found & held.borne).sum(axis=0), held.borne.sum(axis=0), strict=True):
        assert (right - 1) / borne < 0.7 <= right / borne


def test_a_label_of_too_few_examples_keeps_its_threshold(trained):
    held = trained.held_out
    few = held.borne & (np.cumsum(held.borne, axis=0) <= [4, 99])  # four of the first label
    changed = replace(trained, held_out=structs.replace(held, borne=few)).with_goal(thresholds.parse("recall=0.5"))
    assert changed.calibrations[0] == trained.calibrations[0]
    assert changed.calibrations[1].threshold != trained.calibrations[1].threshold


def test_a_threshold_given_holds_for_its_label_alone_and_has_no_interval(trained):
    model = trained.with_thresholds({"roads": 0.9})
    assert model.calibrations[0] == trained.calibrations[0]
    roads = model.calibrations[1]
    assert (roads.threshold, roads.low, roads.high) == (0.9, 0.9, 0.9)
    probabilities = np.array([[0.95, 0.89], [0.0, 0.91]])
    assert model.decide(probabilities).tolist() == [[True, False], [False, True]]
    assert model.unsure(probabilities, 0.05)[:, 1].tolist() == [True, True]
    assert model.unsure(probabilities, 0.005)[:, 1].tolist() == [False, False]


def test_a_threshold_for_a_label_that_is_none_is_refused_with_the_nearest(trained):
    with pytest.raises(NutgrafError, match="unknown label 'road'; did you mean 'roads'"):
        trained.with_thresholds({"road": 0.9})


def test_a_changed_model_leaves_the_one_that_it_comes_from_as_it_was(trained):
    before = trained.calibrations
    trained.with_thresholds({"roads": 0.9})
    trained.with_goal(thresholds.parse("recall=0.5"))
    assert trained.calibrations == before
