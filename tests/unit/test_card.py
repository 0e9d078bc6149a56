import math
import re
from dataclasses import replace

import numpy as np
import pytest
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from nutgraf.bundle import Bundle, HeldOut, Training
from nutgraf.calibration import Calibration
from nutgraf.card import card
from nutgraf.codebook import Codebook
from nutgraf.config import Evaluate, Train
from nutgraf.evaluate import evaluate
from nutgraf.partition import audit
from nutgraf.records import Annotation

BOOK = Codebook.model_validate({"labels": [{"name": "boats", "definition": "Ferries,\nand rafts"}, {"name": "roads"}]})


class Teller:
    """Gives boats where a text has `boat` in it, and roads where it has `road`; of lorries it knows nothing."""

    def __init__(self):
        self.history = []
        self.shares = {}

    def predict_proba(self, texts):
        return np.array([[0.9 if "boat" in text else 0.1, 0.9 if "road" in text else 0.1] for text in texts])


def model(seen="paragraph", goal="f1", **training):
    return Bundle(
        kind="words",
        labels=BOOK.names,
        classifier=Teller(),
        calibrations=(Calibration(threshold=0.25, low=0.125, high=0.75), Calibration(threshold=0.5)),
        knobs={"train": Train(input=seen, goal=goal).model_dump(), "words": {"strength": 4.0}},
        training=Training(digest="d1g35t", **training),
        held_out=HeldOut(np.zeros((0, 2)), np.zeros((0, 2), bool), np.zeros(0, np.int64)),
    )


def annotation(article, index, text, *labels):
    return Annotation(id=f"{article}-{index}", article=article, index=index, text=text, labels=labels)


KEPT = [
    annotation("a", 0, "A boat.", "boats"),
    annotation("a", 1, "A road.", "roads"),
    annotation("b", 0, "A lorry.", "roads"),
    annotation("b", 1, "A boat.", "boats"),
]
LEARNED = [
    annotation("c", 0, "Boats on roads.", "boats", "roads"),
    annotation("c", 1, "Sun."),
    annotation("d", 0, "Fog."),
]
FOUND = audit({"train": LEARNED, "validation": [], "test": KEPT}, BOOK.names, 0.5)


def lines(page):
    return [line.strip() for line in page.splitlines()]


def section(page, head):
    """The lines of a section, by its head."""
    return lines(page.split(f"## {head}\n")[1].split("\n## ")[0])


def test_the_card_tells_kind_labels_data_thresholds_knobs_and_limits():
    page = card(model(calibrated_on="the moon", notes=("boats: rare", "roads: long")), BOOK, FOUND, None)
    assert page.startswith("# A model of nutgraf: words\n")
    assert "| `boats` | Ferries, and rafts |" in lines(page)
    assert "| `roads` | - |" in lines(page)
    assert "`d1g35t`" in page
    assert [line for line in section(page, "Data") if line[:2] == "| "] == [
        "| part | groups | paragraphs | boats | roads |",
        "| train | 2 | 3 | 0.33 | 0.33 |",
        "| validation | 0 | 0 | 0.00 | 0.00 |",
        "| test | 2 | 4 | 0.50 | 0.50 |",
    ]
    assert "Shared by two parts: 0 texts, 0 near-copies, 0 groups." in section(page, "Data")
    assert "Chosen for `f1` on the moon" in page
    assert "| boats | 0.250 | 0.125 to 0.750 |" in section(page, "Thresholds")
    assert "- `words`: `strength=4.0`" in section(page, "Knobs")
    assert section(page, "Limits")[1:3] == ["- boats: rare", "- roads: long"]


def test_a_definition_shows_as_it_stands_and_tears_no_table():
    book = Codebook.model_validate(
        {"labels": [{"name": "boats", "definition": "A <b>raft</b> | a [barge](x)\n\n# now"}]}
    )
    (row,) = (line for line in lines(card(model(), book, FOUND, None)) if line.startswith("| `boats`"))
    assert re.findall(r"(?<!\\)[<\[|]", row) == ["|", "|", "|"]
    assert row.replace("\\", "") == "| `boats` | A <b>raft</b> | a [barge](x) # now |"


def test_scores_stand_in_it_with_their_intervals_and_those_of_training_do_not():
    scored = evaluate(KEPT + LEARNED, model(groups={"c": "train", "d": "train"}), Evaluate())[0]
    assert set(scored.scores) == {"train", "test"}
    page = card(model(), BOOK, FOUND, scored)
    assert "On the test part; 95% intervals by drawing articles anew." in page
    assert "On the train part" not in page
    rows = {line.split(" | ")[0]: line for line in section(page, "Scores") if line.startswith("| ")}
    assert list(rows) == ["| label", "| boats", "| roads", "| macro"]
    assert re.match(
        r"\| boats \| 1.000 \| 0.\d+ to 1.000 \| 1.000 \| 1.000 \|", rows["| boats"]
    )  # one is missed in training
    # of roads one of two is found, none given wrongly: in article a all is right, in b the only one is missed
    assert rows["| roads"].startswith("| roads | 0.667 | 0.000 to 1.000 | 1.000 | 0.500 |")
    assert rows["| roads"].endswith(" | 2 |")
    assert rows["| macro"].startswith("| macro | 0.833 |")


@pytest.mark.parametrize(("by", "flatters"), [("the validation part", True), ("out-of-fold scores", False)])
def test_scores_on_what_it_was_calibrated_by_are_called_flattering(by, flatters):
    trained = model(groups=dict.fromkeys("ab", "validation"), calibrated_on=by)
    page = card(trained, BOOK, FOUND, evaluate(KEPT, trained, Evaluate())[0])
    assert "On the validation part" in page
    assert ("they flatter" in page) is flatters


def test_where_nothing_was_kept_aside_the_card_says_so():
    assert "None: no paragraph was kept aside." in section(card(model(), BOOK, FOUND, None), "Scores")


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("paragraph", "It reads a paragraph by itself;"),
        ("headline", "It reads a paragraph and its headline;"),
        ("neighbours", "It reads a paragraph, its headline and the paragraph before it;"),
    ],
)
def test_the_card_says_what_of_an_article_is_seen(seen, said):
    linear = replace(model(seen), kind="linear")
    assert said in card(linear, BOOK, FOUND, None)
    assert "It reads a paragraph by itself;" in card(model(seen), BOOK, FOUND, None)  # words looks at nothing else


def test_epochs_and_weights_are_told_where_the_kind_has_some():
    trained = model()
    plain = card(trained, BOOK, FOUND, None)
    assert "## Epochs" not in plain
    assert "mean of others" not in plain
    row = {"epoch": 1, "train_loss": 0.5, "held_out_loss": math.pi, "held_out_score": 0.25}
    trained.classifier.history = [row, row | {"epoch": 2}]
    trained.classifier.shares = {"linear": 0.75, "encoder": 0.25}
    page = card(trained, BOOK, FOUND, None)
    assert [line for line in section(page, "Epochs") if line.startswith(("| 1", "| 2"))] == [
        "| 1 | 0.5000 | 3.1416 | 0.2500 |",
        "| 2 | 0.5000 | 3.1416 | 0.2500 |",
    ]
    assert "It is a mean of others, weighed: `linear` 0.75, `encoder` 0.25." in lines(page)


def test_no_table_is_torn_by_an_empty_line():
    page = lines(card(model(), BOOK, FOUND, evaluate(KEPT, model(), Evaluate())[0]))
    heads = [number for number, line in enumerate(page) if line.startswith("|---")]
    assert len(heads) == 4
    for number in heads:
        assert page[number - 1].startswith("| ")
        assert page[number + 1].startswith("| ")
        assert page[number].count("|") == page[number - 1].count("|") == page[number + 1].count("|")
        assert page[number - 2] == ""
