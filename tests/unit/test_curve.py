"""The learning curve, where a model of the whole was trained before."""

import pytest

import nutgraf.curve
from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.curve import curve, runs
from nutgraf.errors import NutgrafError
from nutgraf.partition import assign
from nutgraf.train import train
from training_made import BOOK, KNOBS, annotations, knobs, twisted

KNOWN = assign(annotations(), BOOK.names, KNOBS.partition)
WHOLE = train(annotations(), BOOK, "words", KNOBS, known=KNOWN).bundle


def points(settings: Config = KNOBS, data=None, book: Codebook = BOOK, whole=()):
    return list(
        curve(data or annotations(), book, {}, settings, runs(["words"], [0.5, 1.0], 1), known=KNOWN, whole=whole)
    )


def test_a_model_of_the_whole_gives_the_same_points_and_is_not_trained_again(monkeypatch: pytest.MonkeyPatch) -> None:
    afresh = points()
    trained = []

    def watched(kept, *rest):
        trained.append(len(kept))
        return train(kept, *rest)

    monkeypatch.setattr(nutgraf.curve, "train", watched)
    assert points(whole=[WHOLE]) == afresh
    assert len(trained) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"data": annotations(11)},
        {"data": twisted(annotations(), KNOWN, ("train",))},
        {"book": Codebook(labels=BOOK.labels[::-1])},
        {"settings": knobs(classifiers={"words": {"strength": 0.01}})},
        {"settings": knobs(train={"seed": 7})},
    ],
    ids=["articles", "annotations", "labels", "knobs", "seed"],
)
def test_a_model_of_something_else_is_refused(other) -> None:
    with pytest.raises(NutgrafError, match="the words model was trained on other data, labels, parts or knobs"):
        points(**other, whole=[WHOLE])
