import random

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from nutgraf import bundle, codebook
from nutgraf import train as train_module
from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.errors import NutgrafError
from nutgraf.partition import part_of
from nutgraf.records import Annotation
from nutgraf.train import as_table, train

KINDS = ("rules", "words", "linear")
BOOK = Codebook.model_validate(
    {"labels": [{"name": "boats", "rules": [{"name": "r", "phrases": ["ferry"]}]}, {"name": "roads"}]}
)
KNOBS = Config.model_validate({"train": {"folds": 2}})
FRESH = ["A ferry.", "A lorry on day 3.", "Rain, the ferry and a lorry.", "Nothing."]


def annotations(articles=12, **more):
    matter = [("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ()), ("ferry met a lorry", ("boats", "roads"))]
    return [
        Annotation(
            id=f"{article}-{index}",
            text=f"Quay{article} the {what} quay{article} on day {article}.",
            labels=labels,
            article=f"a{article}",
            **more,
        )
        for article in range(articles)
        for index, (what, labels) in enumerate(matter)
    ]


def knobs(**sections):
    return Config.model_validate(sections)


def relabelled(annotation, labels):
    return Annotation(id=annotation.id, text=annotation.text, labels=labels, article=annotation.article)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("kind", KINDS)
def test_training_twice_gives_byte_identical_model_folders(kind, tmp_path):
    for name in ("first", "second"):
        bundle.save(train(annotations(), BOOK, kind, KNOBS).bundle, tmp_path / name)
    first = contents(tmp_path / "first")
    assert first == contents(tmp_path / "second")
    assert len(first) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_labels_of_the_other_parts_change_nothing_of_what_is_learned(kind):
    made = annotations()
    twisted = [
        a if part_of(a.side, KNOBS.partition) == "train" else relabelled(a, ("roads",) if not a.labels else ())
        for a in made
    ]
    assert twisted != made
    one, other = (train(those, BOOK, kind, KNOBS).bundle for those in (made, twisted))
    assert np.array_equal(one.probabilities(FRESH), other.probabilities(FRESH))
    assert one.calibrations == other.calibrations


@pytest.mark.parametrize("kind", ["words", "linear"])
def test_what_is_known_by_heart_makes_the_calibration_no_surer(kind):
    # a word that its article alone has tells the label of a paragraph learned from, and of no other
    draw = random.Random(5)
    made = [
        Annotation(id=f"{article}-{index}", text=f"{word} {word}.", labels=labels, article=str(article))
        for article in range(30)
        for word, labels in [("".join(draw.choices("abcdefghij", k=9)), ("boats",) if article % 2 else ())]
        for index in range(2)
    ]
    found = train(made, BOOK, kind, KNOBS).bundle.calibrations[0]
    assert "not calibrated" not in found.note
    assert found.slope <= 1


def test_what_rules_proposed_is_learned_from_only_when_asked_for():
    proposed = [
        Annotation(id=f"r{i}", text=f"A zeppelin, number {i}.", labels=("boats",), article=f"r{i}", by="rules")
        for i in range(20)
    ]
    without = train(annotations(), BOOK, "words", KNOBS).bundle
    left_out = train(annotations() + proposed, BOOK, "words", KNOBS).bundle
    taken = train(annotations() + proposed, BOOK, "words", knobs(train={"proposed": True, "folds": 2})).bundle
    text = ["A zeppelin."]
    assert np.array_equal(left_out.probabilities(text), without.probabilities(text))
    assert taken.probabilities(text)[0, 0] > without.probabilities(text)[0, 0] + 0.1


@pytest.mark.parametrize("kind", KINDS)
def test_a_trained_model_tells_its_labels_on_text_that_it_never_saw(kind):
    model = train(annotations(), BOOK, kind, KNOBS).bundle
    given = model.decide(model.probabilities(["One ferry, two rowers.", "One barrow, two rowers."]))
    assert given[:, 0].tolist() == [True, False]


def test_the_model_remembers_what_it_was_trained_on_and_how():
    settings = knobs(train={"folds": 3, "thresholds": "half"}, classifiers={"words": {"strength": 2}})
    found = train(annotations(), BOOK, "words", settings)
    model = found.bundle
    assert model.labels == BOOK.names
    assert model.knobs["train"]["kind"] == "words"
    assert model.knobs["train"]["folds"] == 3
    assert model.knobs["words"]["strength"] == 2
    assert model.knobs["partition"] == settings.partition.model_dump()
    assert {c.threshold for c in model.calibrations} == {0.5}
    assert model.training.groups == {f"a{i}": part_of(f"a{i}", settings.partition) for i in range(12)}
    assert model.training.paragraphs == found.audit.paragraphs
    assert sum(model.training.paragraphs.values()) == 48


def test_the_texts_of_the_test_part_are_not_remembered_as_seen():
    found = train(annotations(), BOOK, "words", KNOBS).bundle.training
    assert set(found.texts.values()) == {"train", "validation"}
    assert len(found.texts) == found.paragraphs["train"] + found.paragraphs["validation"]


def test_the_folds_pass_by_the_progress_given():
    seen = []

    def watched(folds):
        seen.extend(folds)
        return folds

    found = train(annotations(), BOOK, "rules", knobs(train={"folds": 4}), watched)
    assert len(seen) == 4
    assert sorted(row for fold in seen for row in fold) == list(range(found.audit.paragraphs["train"]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_without_examples_is_noted_and_stops_nothing(kind):
    book = Codebook.model_validate({"labels": [*BOOK.model_dump()["labels"], {"name": "bridges"}]})
    found = train(annotations(), book, kind, KNOBS)
    assert any(note.startswith("bridges: not calibrated: 0 examples") for note in found.notes)
    probabilities = found.bundle.probabilities(FRESH)
    assert probabilities.shape == (4, 3)
    assert not found.bundle.decide(probabilities)[:, 2].any()


def test_one_article_alone_is_learned_from_without_calibration_and_the_notes_say_so():
    all_train = knobs(partition={"test": 0, "validation": 0})
    found = train(annotations(articles=1) * 3, BOOK, "words", all_train)
    assert "not calibrated: all training paragraphs are of one article" in found.bundle.calibrations[0].note
    assert found.notes[-2:] == ("the validation part is empty", "the test part is empty")


def test_the_partition_is_told_as_a_table():
    found = train(annotations(), BOOK, "rules", KNOBS).audit
    head, *rows = as_table(found)
    assert head == ["part", "groups", "paragraphs", "boats", "roads"]
    assert [row[0] for row in rows] == ["train", "validation", "test"]
    assert sum(int(row[1]) for row in rows) == 12
    assert sum(int(row[2]) for row in rows) == 48
    assert rows[0][3:] == ["0.50", "0.50"]


@pytest.mark.parametrize(
    ("data", "kind", "settings", "said"),
    [
        ([], "words", {}, "no labelled paragraphs"),
        (
            annotations(articles=1),
            "words",
            {"partition": {"test": 0.999, "validation": 0}},
            "only one article or group",
        ),
        (annotations(articles=3), "words", {"partition": {"test": 0.999, "validation": 0}}, "the data hold 3 groups"),
        ([relabelled(a, ()) for a in annotations()], "words", {}, r"bears a label \(boats, roads\)"),
        (annotations(by="rules"), "words", {}, "labelled by people"),
        (annotations(), "wrods", {}, "did you mean 'words'"),
        (
            [Annotation(id=str(i), text=f"unlike{i}", labels=("boats",), article=str(i)) for i in range(20)],
            "words",
            {},
            "too little text to learn from",
        ),
    ],
)
def test_data_from_which_nothing_can_be_learned_are_refused_with_the_reason(data, kind, settings, said):
    with pytest.raises(NutgrafError, match=said):
        train(data, BOOK, kind, knobs(**settings))


def test_a_label_without_rules_is_not_given_to_every_paragraph():
    draw = np.random.default_rng(0)
    made = [
        Annotation(
            id=f"{i}-{j}", article=f"a{i}", text=f"plain {i} {j}", labels=("boats",) if draw.random() < 0.3 else ()
        )
        for i in range(40)
        for j in range(int(draw.integers(2, 9)))
    ]
    model = train_module.train(made, codebook.of_names(("boats", "roads")), "rules", Config()).bundle
    assert not model.decide(model.probabilities([a.text for a in made]))[:, 0].all()
