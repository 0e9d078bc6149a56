from pathlib import Path

import pytest

from nutgraf import codebook
from nutgraf.codebook import PALETTE, RESERVED
from nutgraf.errors import NutgrafError

SHIPPED = Path(__file__).parents[2] / "configs" / "labels.yaml"


@pytest.fixture
def load(tmp_path):
    """Write a codebook into a file and load it."""

    def write_and_load(text):
        path = tmp_path / "labels.yaml"
        path.write_text(text, encoding="utf-8")
        return codebook.load(path)

    return write_and_load


def test_labels_keep_the_order_of_the_file(load):
    assert load("labels: [{name: sport}, {name: arts}, {name: money}]").names == ("sport", "arts", "money")


def test_a_label_that_older_yaml_takes_for_a_truth_value_keeps_its_name(load):
    assert load("labels: [{name: NO}, {name: SE}]").names == ("NO", "SE")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("labels: [{name: sport}, {name: arts}, {name: sport}]", "the label 'sport' stands 2 times"),
        ("labels: [{name: p_sport}]", "'p_sport' has a meaning of its own in tables"),
        ("labels: [{name: 1st}]", "labels.0.name: "),
        ("labels: [{name: sport}, {name: two words}]", "labels.1.name: "),
        ("labels: [{name: sport, colour: red}]", "labels.0.colour: "),
        ("labels: [{name: sport, colour: '#fff; background: url(x)'}]", "labels.0.colour: "),
        ("labels: [{name: sport, rules: [{name: r}]}]", "labels.0.rules.0: a rule has either phrases or a function"),
        ("labels: [{name: sport, rules: [{name: r, phrases: [goal], function: f}]}]", "labels.0.rules.0: "),
        ("labels: [{name: sport, rules: [{name: r, phrases: goal}]}]", "labels.0.rules.0.phrases: "),
        ("labels: [{name: sport, rules: [{name: r, phrase: [goal]}]}]", "labels.0.rules.0.phrase"),
        ("labels: []", "labels: "),
        ("label: [{name: sport}]", "labels: field required"),
        ("", "labels.yaml: "),
    ],
)
def test_a_codebook_that_is_unfit_is_refused_with_its_file_and_the_place(load, text, said):
    with pytest.raises(NutgrafError) as caught:
        load(text)
    assert "labels.yaml: " in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_label_cannot_take_the_name_of_another_column(name):
    with pytest.raises(NutgrafError, match=f"'{name}' has a meaning of its own in tables"):
        codebook.of_names(("sport", name))


def test_names_alone_make_a_codebook_without_rules():
    made = codebook.of_names(("sport", "arts"))
    assert made.names == ("sport", "arts")
    assert all(not label.rules and not label.definition for label in made.labels)


def test_names_that_are_no_column_names_make_no_codebook():
    with pytest.raises(NutgrafError, match="<b>arts</b>"):
        codebook.of_names(("sport", "<b>arts</b>"))


def test_an_unknown_label_is_answered_with_the_nearest_and_known_ones_pass():
    made = codebook.of_names(("sport", "arts"))
    assert made.check(("arts", "sport")) == ""
    assert made.check(()) == ""
    assert made.check(("arts", "sports")) == "unknown label 'sports'; did you mean 'sport'?"


def test_a_label_is_called_by_its_title_or_by_its_name_made_readable(load):
    made = load("labels: [{name: hard_news, title: News}, {name: soft_news}]")
    assert made.title("hard_news") == "News"
    assert made.title("soft_news") == "Soft news"


def test_a_label_has_its_own_colour_or_the_one_of_its_place_however_many_labels_there_are(load):
    names = [f"label_{number}" for number in range(len(PALETTE) + 2)]
    entries = "\n".join(f"  - name: {name}" for name in names)
    made = load(f"labels:\n{entries}\n    colour: '#123456'\n")
    assert [made.colour(name) for name in names[: len(PALETTE)]] == list(PALETTE)
    assert made.colour(names[-2]) == PALETTE[0]
    assert made.colour(names[-1]) == "#123456"


def test_the_shipped_codebook_has_the_four_labels_in_their_order_each_with_a_rule():
    shipped = codebook.load(SHIPPED)
    assert shipped.names == ("military_action", "diplomacy", "humanitarian", "quote")
    assert all(label.rules and label.definition and label.colour for label in shipped.labels)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("labels: [{name: sport, titel: Sport}]", "title"),
        ("labels: [{name: sport, rules: [{name: r, phrase: [goal]}]}]", "phrases"),
    ],
)
def test_a_misspelt_field_of_a_label_or_a_rule_is_answered_with_the_nearest(tmp_path, text, nearest):
    path = tmp_path / "labels.yaml"
    path.write_text(text)
    with pytest.raises(NutgrafError, match=rf"did you mean '(?:[\w.]*\.)?{nearest}'"):
        codebook.load(path)


@pytest.mark.parametrize("phrase", ["''", "' '", "'*'"])
def test_a_phrase_without_a_letter_is_refused(tmp_path, phrase):
    path = tmp_path / "labels.yaml"
    path.write_text(f"labels: [{{name: sport, rules: [{{name: r, phrases: [{phrase}]}}]}}]")
    with pytest.raises(NutgrafError, match="phrase"):
        codebook.load(path)
