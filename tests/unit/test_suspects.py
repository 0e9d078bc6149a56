import random

import pytest

from nutgraf.judged import Judged
from nutgraf.suspects import suspects

pytest.importorskip("cleanlab")
LABELS = ("boats", "roads")


def judged(number, labels, probabilities):
    return Judged(
        id=f"p{number}",
        article=f"a{number // 3}",
        part="test",
        text=f"Text {number}.",
        labels=labels,
        predicted=(),
        probabilities=probabilities,
    )


@pytest.fixture
def sound():
    """Paragraphs whose labels are what a fairly sure model says of them."""
    draw = random.Random(1)
    made = []
    for number in range(60):
        borne = [draw.random() < 0.4 for _ in LABELS]
        sure = tuple(draw.uniform(0.7, 0.95) if yes else draw.uniform(0.05, 0.3) for yes in borne)
        made.append(judged(number, tuple(n for n, yes in zip(LABELS, borne, strict=True) if yes), sure))
    return made


@pytest.mark.parametrize("number", [0, 17, 59])
@pytest.mark.parametrize("label", LABELS)
def test_a_label_flipped_by_hand_ranks_first(sound, number, label):
    one = sound[number]
    flipped = tuple(name for name in LABELS if (name in one.labels) != (name == label))
    sound[number] = judged(number, flipped, one.probabilities)
    first, second = suspects(sound, LABELS, 2)
    assert (first.id, first.label, first.given) == (one.id, label, label in flipped)
    assert (first.article, first.text) == (one.article, one.text)
    assert first.probability == one.probabilities[LABELS.index(label)]
    assert first.quality < 0.5 < second.quality


def test_quality_is_what_the_model_says_for_the_label_as_it_stands_and_the_worst_comes_first(sound):
    found = list(suspects(sound, LABELS, 1000))
    assert len(found) == 2 * len(sound)
    assert len({(one.id, one.label) for one in found}) == len(found)
    assert [one.quality for one in found] == sorted(one.quality for one in found)
    for one in found:
        assert one.quality == pytest.approx(one.probability if one.given else 1 - one.probability)


def test_no_more_are_told_than_asked_for(sound):
    assert len(list(suspects(sound, LABELS, 7))) == 7
    assert list(suspects(sound, LABELS, 7)) == list(suspects(sound, LABELS, 1000))[:7]


def test_equal_suspects_keep_the_order_of_the_paragraphs():
    alike = [judged(number, ("boats",), (0.2, 0.2)) for number in range(20)]
    found = list(suspects(alike, LABELS, 20))
    assert [(one.id, one.label) for one in found] == [(f"p{number}", "boats") for number in range(20)]
