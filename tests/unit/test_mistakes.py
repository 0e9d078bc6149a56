"""The page of a model's mistakes."""

import numpy as np

from nutgraf.judged import Judged
from nutgraf.mistakes import mistakes, page

LABELS = ("boats", "roads")


class Model:
    """Gives boats by the words harbour and, less, sea."""

    labels = LABELS

    def probabilities(self, texts):
        boats = [0.1 + 0.5 * ("harbour" in text) + 0.2 * ("sea" in text) for text in texts]
        return np.column_stack([boats, np.full(len(texts), 0.3)]).reshape(-1, 2)


def row(name, text, labels, predicted, probabilities, part="test"):
    return Judged(
        id=name, article=name, part=part, text=text, labels=labels, predicted=predicted, probabilities=probabilities
    )


ROWS = [
    row("right", "The harbour lay by the sea.", ("boats",), ("boats",), (0.8, 0.3)),
    row("wrong", "The harbour inn, by the sea, sold beans.", (), ("boats",), (0.8, 0.3)),
    row("missed", "A lorry <b>turned</b> over.", ("roads",), (), (0.1, 0.3)),
    row("learned", "The harbour again.", (), ("boats",), (0.99, 0.3), part="train"),
]


def test_mistakes_stand_in_the_order_of_how_sure_the_model_was_and_those_of_training_are_left_out():
    found = mistakes(ROWS, Model(), 10)
    assert [(one.row.id, one.label, one.given) for one in found] == [
        ("wrong", "boats", True),
        ("missed", "roads", False),
    ]
    assert [one.row.id for one in mistakes(ROWS, Model(), 1)] == ["wrong"]


def test_telling_words_are_those_whose_absence_changes_the_probability_most():
    wrong, missed = mistakes(ROWS, Model(), 10)
    assert wrong.words == ("harbour", "sea")
    assert missed.words == ()


def test_a_model_without_mistakes_has_an_empty_page():
    assert mistakes(ROWS[:1], Model(), 10) == []
    assert "The 0 wrong decisions" in page([], Model(), "Mistakes")


def test_the_page_escapes_what_comes_from_outside():
    shown = page(mistakes(ROWS, Model(), 10), Model(), "Mistakes of <i>words</i>")
    assert "&lt;b&gt;turned&lt;/b&gt;" in shown
    assert "<b>turned" not in shown
    assert "<i>words" not in shown
    assert "<script" not in shown
    assert "harbour, sea" in shown
