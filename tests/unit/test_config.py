from pathlib import Path

import pytest

from nutgraf import config
from nutgraf.classifiers import KINDS
from nutgraf.config import Classifiers, Config
from nutgraf.errors import NutgrafError

SHIPPED = Path(__file__).parents[2] / "configs" / "params.yaml"


@pytest.fixture
def load(tmp_path):
    """Write knobs into a file and load it."""

    def write_and_load(text):
        path = tmp_path / "knobs.yaml"
        path.write_text(text, encoding="utf-8")
        return config.load(path)

    return write_and_load


def refusal(load, text):
    with pytest.raises(NutgrafError) as caught:
        load(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("misspelt", "nearest"), [("trian", "train"), ("partitions", "partition"), ("classifier", "classifiers")]
)
def test_a_misspelt_section_is_refused_with_the_nearest_known_one(load, misspelt, nearest):
    said = refusal(load, f"{misspelt}: {{}}")
    assert "knobs.yaml: " in said
    assert f"unknown knob {misspelt!r}; did you mean {nearest!r}?" in said


@pytest.mark.parametrize(
    ("text", "knob", "nearest"),
    [
        ("train: {fold: 3}", "train.fold", "train.folds"),
        ("classifiers: {words: {strenght: 3}}", "classifiers.words.strenght", "classifiers.words.strength"),
        (
            "classifiers: {linear: {characters: {min_cuont: 3}}}",
            "classifiers.linear.characters.min_cuont",
            "classifiers.linear.characters.min_count",
        ),
    ],
)
def test_a_misspelt_nested_knob_is_refused_with_the_nearest_known_one(load, text, knob, nearest):
    assert f"knobs.yaml: unknown knob {knob!r}; did you mean {nearest!r}?" in refusal(load, text)


def test_a_knob_near_to_none_is_refused_with_the_known_ones_of_its_own_section(load):
    said = refusal(load, "read: {zzzzzz: 1}")
    assert "unknown knob 'read.zzzzzz'; known: " in said
    assert "max_megabytes" in said
    assert "folds" not in said


@pytest.mark.parametrize("number", ["1e-5", "1E-5", "0.00001"])
def test_a_number_in_scientific_notation_is_a_number_as_in_yaml_1_2(load, number):
    assert load(f"partition: {{validation: {number}}}").partition.validation == 1e-5


@pytest.mark.parametrize("word", ["NO", "no", "yes", "off", "Y"])
def test_a_word_that_older_yaml_takes_for_a_truth_value_is_a_string(load, word):
    assert load(f"partition: {{salt: {word}}}").partition.salt == word


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("train:\n  folds: 3\n  kind: 'linear\n", 4),
        ("read:\n  min_words: 3\nsplit:\n\tmend: true\n", 4),
        ("train:\n  folds: 3\n  folds: 4\n", 3),
        ("train:\n  kind: !!python/object/apply:os.getcwd []\n", 2),
    ],
)
def test_broken_yaml_is_refused_with_the_number_of_its_line(load, text, line):
    assert f"knobs.yaml, line {line}: not valid YAML" in refusal(load, text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("train: {folds: 1}", "train.folds: "),
        ("train: {folds: many}", "train.folds: "),
        ("train: {goal: 0.9}", "train.goal: "),
        ("train: {input: all}", "train.input: "),
        ("label: {band: 1.5}", "label.band: "),
        ("classifiers: {encoder: {decay: 0}}", "classifiers.encoder.decay: "),
        ("classifiers: {encoder: {device: gpu}}", "classifiers.encoder.device: "),
        ("classifiers: {ensemble: {members: [linear]}}", "classifiers.ensemble.members: "),
        ("classifiers: {ensemble: {members: [linear, linear]}}", "classifiers.ensemble: members must be different"),
        ("classifiers: {ensemble: {members: [linear, liner]}}", "classifiers.ensemble: members must be different"),
        ("classifiers: {ensemble: {members: [linear, ensemble]}}", "classifiers.ensemble: an ensemble is no member"),
        ("partition: {salt: 12}", "partition.salt: "),
        ("partition: {validation: .nan}", "partition.validation: "),
        ("partition: {validation: .6, test: .4}", "partition: validation + test must be under 1"),
        ("classifiers: {linear: {strength: 0}}", "classifiers.linear.strength: "),
        ("train: 5", "train: "),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_knob(load, text, where):
    assert f"knobs.yaml: {where}" in refusal(load, text)


def test_a_list_in_place_of_sections_is_refused(load):
    assert "must hold sections of knobs, not a list" in refusal(load, "- train\n- read\n")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "knobs.yaml"
    path.write_bytes(b"train: \xff\xfe\n")
    with pytest.raises(NutgrafError, match=r"knobs\.yaml: not valid YAML"):
        config.load(path)


def test_a_missing_file_is_refused_by_its_name(tmp_path):
    with pytest.raises(NutgrafError, match=r"nowhere\.yaml: no such file"):
        config.load(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "{}"])
def test_an_empty_file_gives_the_defaults(load, text):
    assert load(text) == config.load(None) == Config()


def test_a_knob_given_leaves_the_others_at_their_defaults(load):
    knobs = load("train: {folds: 3}")
    assert knobs.train.folds == 3
    assert knobs.train.model_copy(update={"folds": 5}) == Config().train
    assert knobs.classifiers == Config().classifiers


def test_knobs_cannot_be_changed_once_read(load):
    knobs = load("")
    with pytest.raises(ValueError, match="frozen"):
        knobs.train.folds = 9


def test_every_kind_of_classifier_has_its_section():
    assert set(Classifiers.model_fields) == set(KINDS)


def test_the_members_of_an_ensemble_keep_their_order(load):
    knobs = load("classifiers: {ensemble: {members: [words, rules, embedding]}}")
    assert knobs.classifiers.ensemble.members == ("words", "rules", "embedding")


def test_the_knobs_of_a_kind_are_found_by_its_name_and_a_misspelt_kind_is_answered():
    classifiers = Config().classifiers
    assert classifiers.of("words") is classifiers.words
    with pytest.raises(NutgrafError, match="unknown kind of classifier 'liner'; did you mean 'linear'"):
        classifiers.of("liner")


def test_the_shipped_file_states_every_knob_at_its_default_save_the_salt():
    shipped = config.load(SHIPPED)
    assert shipped.model_fields_set == set(Config.model_fields)
    salt = {"partition": shipped.partition.model_copy(update={"salt": Config().partition.salt})}
    assert shipped.model_copy(update=salt) == Config()


def test_no_knob_is_left_out_of_the_shipped_file():
    def leaves(values, path=()):
        if not isinstance(values, dict):
            return {".".join(path)}
        return set().union(*(leaves(value, (*path, key)) for key, value in values.items()))

    assert leaves(config.load_yaml(SHIPPED)) == leaves(Config().model_dump())


@pytest.mark.parametrize("value", ["2024-13-45", "!!int many", "0x_", "2001-12-14t21:59:43-99:00"])
def test_a_value_that_yaml_cannot_build_is_refused_with_its_file(tmp_path, value):
    path = tmp_path / "knobs.yaml"
    path.write_text(f"partition:\n  salt: {value}\n")
    with pytest.raises(NutgrafError, match=r"knobs\.yaml"):
        config.load(path)


@pytest.mark.parametrize(
    "text", ["train: {folds: '5'}", "train: {calibrate: NO}", "read: {min_words: true}", "read: {unwrap: 1}"]
)
def test_a_value_of_another_type_is_not_converted(tmp_path, text):
    path = tmp_path / "knobs.yaml"
    path.write_text(text)
    with pytest.raises(NutgrafError, match=r"knobs\.yaml"):
        config.load(path)


def test_the_least_n_gram_is_no_larger_than_the_most(tmp_path):
    path = tmp_path / "knobs.yaml"
    path.write_text("classifiers: {words: {words: {least: 3, most: 1}}}")
    with pytest.raises(NutgrafError, match=r"classifiers\.words\.words"):
        config.load(path)


def test_a_knob_near_to_none_deep_down_is_answered_with_the_known_ones(tmp_path):
    path = tmp_path / "knobs.yaml"
    path.write_text("classifiers: {linear: {characters: {zzzzzz: 1}}}")
    with pytest.raises(NutgrafError, match="known: "):
        config.load(path)
