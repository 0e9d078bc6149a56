import random

import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from msgspec.structs import replace

from nutgraf import bundle, codebook
from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.dataset import matrix
from nutgraf.errors import NutgrafError
from nutgraf.partition import PARTS, assign
from nutgraf.records import Annotation
from nutgraf.train import train
from training_made import BOOK, FRESH, KNOBS, annotations, knobs, twisted

KINDS = ("rules", "words", "linear")


def placed(made, settings=KNOBS):
    return assign(made, BOOK.names, settings.partition)


def contents(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("kind", [*KINDS, "ensemble"])
def test_training_twice_gives_byte_identical_model_folders(kind, tmp_path):
    for name in ("first", "second"):
        bundle.save(train(annotations(), BOOK, kind, KNOBS).bundle, tmp_path / name)
    first = contents(tmp_path / "first")
    assert first == contents(tmp_path / "second")
    assert len(first) > 1


@pytest.mark.parametrize(
    ("kind", "others", "goal"),
    [
        ("rules", ("validation", "test"), "half"),
        ("words", ("validation", "test"), "half"),
        pytest.param("words", ("validation", "test"), "f1", marks=pytest.mark.slow),
        ("linear", ("validation", "test"), "half"),
        ("ensemble", ("test",), "half"),
    ],
)
def test_the_labels_of_parts_not_learned_from_change_nothing_of_what_is_learned(kind, others, goal):
    made = annotations()
    known = placed(made)
    assert set(known.values()) == set(PARTS)
    one, other = (
        train(those, BOOK, kind, knobs(train={"goal": goal}), known=known).bundle
        for those in (made, twisted(made, known, others))
    )
    assert np.array_equal(one.probabilities(FRESH), other.probabilities(FRESH))
    assert one.calibrations == other.calibrations


@pytest.mark.parametrize("kind", ["words", "linear"])
def test_what_is_known_by_heart_makes_the_calibration_no_surer(kind):
    # a word that its article alone has tells the label of a paragraph learned from, and of no other
    draw = random.Random(5)
    made = [
        Annotation(id=f"{article}-{index}", text=f"{word} {word}.", labels=labels, article=str(article))
        for article in range(60)
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
    taken = train(annotations() + proposed, BOOK, "words", knobs(train={"proposed": True})).bundle
    text = ["A zeppelin."]
    assert np.array_equal(left_out.probabilities(text), without.probabilities(text))
    assert taken.probabilities(text)[0, 0] > without.probabilities(text)[0, 0] + 0.1


@pytest.mark.parametrize("kind", KINDS)
def test_a_trained_model_tells_its_labels_on_text_that_it_never_saw(kind):
    model = train(annotations(), BOOK, kind, KNOBS).bundle
    given = model.decide(model.probabilities(["One ferry, two rowers.", "One barrow, two rowers."]))
    assert given[:, 0].tolist() == [True, False]


def test_the_model_remembers_what_it_was_trained_on_and_how():
    settings = knobs(train={"folds": 3}, classifiers={"words": {"strength": 2}})
    found = train(annotations(), BOOK, "words", settings)
    model = found.bundle
    assert model.labels == BOOK.names
    assert model.knobs["train"]["kind"] == "words"
    assert model.knobs["train"]["folds"] == 3
    assert model.knobs["words"]["strength"] == 2
    assert model.knobs["partition"] == settings.partition.model_dump()
    assert {c.threshold for c in model.calibrations} == {0.5}
    assert model.training.groups == placed(annotations())
    assert model.training.paragraphs == found.audit.paragraphs
    assert sum(model.training.paragraphs.values()) == 48
    assert model.training.notes == found.notes == ()


def test_groups_that_have_a_part_keep_it():
    known = placed(annotations()) | {"a0": "validation", "a1": "test", "a2": "test", "of other data": "test"}
    found = train(annotations(), BOOK, "rules", KNOBS, known=known).bundle.training
    assert found.groups == {name: part for name, part in known.items() if name != "of other data"}
    assert found.paragraphs == {p: 4 * list(found.groups.values()).count(p) for p in PARTS}


def test_a_new_article_that_is_a_reprint_of_a_known_one_goes_to_its_part():
    made = annotations()
    reprint = [replace(a, id=f"r{a.id}", article="a", group="") for a in made if a.article == "a5"]
    for part in PARTS:
        found = train(made + reprint, BOOK, "rules", KNOBS, known=placed(made) | {"a5": part}).bundle.training
        assert (found.groups["a"], found.groups["a5"]) == (part, part)


def test_a_paragraph_that_a_later_part_holds_too_is_left_out_and_counted():
    made = annotations()
    known = placed(made) | {"a0": "train", "a1": "test"}
    copied = next(a for a in made if a.article == "a1" and a.labels == ())
    copy = replace(copied, id="copy", article="a0", index=9, labels=("boats",))
    found = train([*made, copy], BOOK, "words", KNOBS, known=known)
    without = train(made, BOOK, "words", KNOBS, known=known)
    assert found.notes == ("1 paragraphs were left out, for a later part holds them or near-copies of them",)
    assert found.audit == without.audit
    assert np.array_equal(found.bundle.probabilities(FRESH), without.bundle.probabilities(FRESH))


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_that_need_no_held_out_articles_are_calibrated_by_out_of_fold_scores_of_the_training_part(kind):
    found = train(annotations(), BOOK, kind, KNOBS)
    assert found.bundle.training.calibrated_on == "out-of-fold scores of the training part"
    learned = [a for a in annotations() if found.bundle.training.groups[a.side] == "train"]
    assert np.array_equal(found.bundle.held_out.borne, matrix(learned, BOOK.names))
    groups = found.bundle.held_out.groups
    assert len(set(groups)) == found.audit.groups["train"]
    assert np.bincount(groups).tolist() == [4] * found.audit.groups["train"]


def test_what_stands_around_a_paragraph_is_learned_from_only_where_it_is_let_be_seen():
    made = [
        replace(a, title="Ships" if "boats" in a.labels else "Other", text=f"The fog by the quay{i}.")
        for i, a in enumerate(annotations())
    ]
    blind, seeing = (train(made, BOOK, "linear", knobs(train={"input": i})).bundle for i in ("paragraph", "headline"))
    passages = [replace(made[0], text="Fog.").passage, replace(made[2], text="Fog.").passage]
    assert blind.probabilities(passages)[0, 0] == blind.probabilities(passages)[1, 0]
    assert seeing.probabilities(passages)[0, 0] > seeing.probabilities(passages)[1, 0] + 0.2


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
    assert "not calibrated: there is no article to hold out" in found.bundle.calibrations[0].note
    assert found.notes[-2:] == ("the validation part is empty", "the test part is empty")
    assert found.bundle.held_out.probabilities.shape == found.bundle.held_out.borne.shape == (0, 2)


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
        ([replace(a, labels=()) for a in annotations()], "words", {}, r"bears a label \(boats, roads\)"),
        (annotations(by="rules"), "words", {}, "labelled by people"),
        (annotations(), "wrods", {}, "did you mean 'words'"),
        (annotations(articles=1), "ensemble", {"partition": {"test": 0, "validation": 0}}, "needs held-out articles"),
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
    model = train(made, codebook.of_names(("boats", "roads")), "rules", Config()).bundle
    assert not model.decide(model.probabilities([a.text for a in made]))[:, 0].all()
