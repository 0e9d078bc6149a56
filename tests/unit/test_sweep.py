"""What a sweep trains, and what it refuses to."""

import pytest

from conftest import write
from nutgraf.config import Config
from nutgraf.config.sweep import Range, Sweep, load
from nutgraf.errors import NutgrafError
from nutgraf.sweep import Outcome, best, choices, outcome, table, with_values
from training_made import BOOK, annotations

MADE = annotations(4)


def planned(**given):
    return choices(Sweep(**given), Config(), BOOK, MADE)


def test_a_grid_is_every_combination_once():
    found = planned(knobs={"train.goal": ["f1", "half"], "classifiers.linear.strength": [1.0, 2.0, 4.0]})
    assert len(found) == len({one.key for one in found}) == 6
    assert {(one.knobs.train.goal, one.knobs.classifiers.linear.strength) for one in found} == {
        (goal, strength) for goal in ("f1", "half") for strength in (1.0, 2.0, 4.0)
    }


def test_knobs_of_another_kind_make_no_other_training():
    found = planned(knobs={"train.kind": ["rules", "words"], "classifiers.words.strength": [1.0, 2.0]})
    assert [one.values for one in found if one.kind == "rules"] == [{"train.kind": "rules"}]
    assert len(found) == 3


def test_knobs_of_a_member_bear_on_the_ensemble():
    base = {"train.kind": ["ensemble"], "classifiers.ensemble.members": [["rules", "words"]]}
    assert len(planned(knobs=base | {"classifiers.words.strength": [1.0, 2.0]})) == 2
    assert len(planned(knobs=base | {"classifiers.linear.strength": [1.0, 2.0]})) == 1


def test_random_choices_are_the_same_for_a_seed_and_lie_within_their_range():
    knobs = {
        "classifiers.linear.strength": {"low": 0.1, "high": 10, "log": True},
        "classifiers.linear.words.most": {"low": 1, "high": 3, "whole": True},
        "train.goal": ["f1", "half"],
    }
    first, again, other = (planned(choose="random", runs=30, seed=seed, knobs=knobs) for seed in (1, 1, 2))
    assert [one.key for one in first] == [one.key for one in again] != [one.key for one in other]
    strengths = [one.knobs.classifiers.linear.strength for one in first]
    assert all(0.1 <= value <= 10 for value in strengths)
    assert sum(value < 1 for value in strengths) in range(8, 23)  # half of them, on a logarithmic scale
    assert {one.knobs.classifiers.linear.words.most for one in first} == {1, 2, 3}


def test_no_more_random_choices_are_made_than_there_are():
    assert len(planned(choose="random", runs=50, knobs={"train.seed": [1, 2, 3]})) == 3


def test_a_section_may_be_given_as_a_whole():
    knobs = with_values(Config(), {"classifiers.words.words": {"least": 1, "most": 1}})
    assert knobs.classifiers.words.words.most == 1
    assert knobs.classifiers.linear == Config().classifiers.linear


def test_the_key_hangs_on_data_knobs_and_parts_and_on_nothing_else():
    sweep = Sweep(knobs={"train.seed": [1]})
    (first,) = choices(sweep, Config(), BOOK, MADE)
    assert choices(sweep, Config(), BOOK, MADE[::-1])[0].key == first.key
    assert choices(sweep, Config.model_validate({"label": {"chunk": 7}}), BOOK, MADE)[0].key == first.key
    assert choices(sweep, Config(), BOOK, annotations(5))[0].key != first.key
    assert choices(sweep, Config(), BOOK, MADE, {"a1": "test"})[0].key != first.key
    assert choices(sweep, Config.model_validate({"train": {"folds": 3}}), BOOK, MADE)[0].key != first.key


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("train.gaol", "f1", "unknown knob 'train.gaol'; did you mean 'train.goal'?"),
        ("classifiers.liner.strength", 1.0, "unknown knob 'classifiers.liner'; did you mean 'classifiers.linear'?"),
        ("classifiers.linear.strength.deep", 1.0, "unknown knob 'classifiers.linear.strength.deep'"),
        ("label.chunk", 5, "is no knob of training; a sweep varies those of train, classifiers, partition"),
        ("train.goal", "best", "train.goal: string should match pattern"),
        ("classifiers.linear.strength", -1.0, "classifiers.linear.strength: input should be greater than 0"),
    ],
)
def test_a_knob_that_cannot_be_is_refused_by_name(path, value, told):
    with pytest.raises(NutgrafError) as error:
        with_values(Config(), {path: value})
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("knobs: {}", "knobs: dictionary should have at least 1 item"),
        ("knobs: {train.seed: [1]}\nmetric: test/macro/f1", "metric must be one of validation/"),
        ("knobs: {train.seed: [1]}\nmetric: validation/macro/calibration_error", "metric must end in one of f1, "),
        ("knobs: {train.seed: 1}", "knobs.train.seed: must be a list of values, or a range with low and high"),
        ("knobs: {train.seed: []}", "knobs.train.seed: must be a list of values"),
        ("knobs: {train.seed: {low: 1, high: 9}}", "is a range: list its values, or set choose: random"),
        ("choose: random\nknobs: {train.seed: {low: 9, high: 1}}", "knobs.train.seed"),
        ("knobs: {train.seed: [1]}\nrun: 3", "unknown knob 'run'; did you mean 'runs'?"),
        ("- 1", "sweep.yaml"),
        ("knobs: [", "sweep.yaml, line"),
    ],
)
def test_a_sweep_that_cannot_be_is_refused_with_its_file(text, told, tmp_path):
    with pytest.raises(NutgrafError) as error:
        load(write(tmp_path / "sweep.yaml", text))
    assert "sweep.yaml" in str(error.value)
    assert told in str(error.value)


def test_the_best_stands_first_and_what_failed_last():
    sweep = Sweep(knobs={"train.seed": [1, 2, 3, 4]})
    one, two, three, four = choices(sweep, Config(), BOOK, MADE)
    given = [
        outcome(one, sweep.metric, {"validation": {"macro": {"f1": 0.5}}}, ""),
        outcome(two, sweep.metric, {}, "nothing to train on"),
        outcome(three, sweep.metric, {"validation": {"macro": {"f1": 0.75}}}, ""),
        outcome(four, sweep.metric, {"test": {"macro": {"f1": 0.9}}}, ""),
    ]
    assert best(given).choice is three
    assert [row[1:] for row in table(sweep, given)] == [
        ["train.seed", "validation/macro/f1", "note"],
        ["3", "0.7500", ""],
        ["1", "0.5000", ""],
        ["2", "", "nothing to train on"],
        ["4", "", "there is no score validation/macro/f1"],
    ]
    with pytest.raises(NutgrafError, match=r"none of the 1 trainings gave a score; the first: nothing to train on"):
        best([Outcome(two, None, "nothing to train on")])


def test_a_range_must_be_one():
    with pytest.raises(ValueError, match="over 0 where log is true"):
        Range(low=0, high=1, log=True)
