"""Two models on the same paragraphs."""

import numpy as np
import pytest
from msgspec import structs

from nutgraf import compare as stage
from nutgraf.compare import Change, NotComparableError, _corrected
from nutgraf.config import Compare
from nutgraf.judged import Judged, Predictions

LABELS = ("boats", "roads")
KNOBS = Compare(draws=200)


def judged(seed, right=0.8, articles=30, per_article=5, truth=1, part="test"):
    """Paragraphs of one truth, and what a model that is right so often says of them."""
    fixed, random = np.random.default_rng(truth), np.random.default_rng(seed)
    rows = []
    for number in range(articles * per_article):
        borne = fixed.random(2) < 0.4
        given = borne ^ (random.random(2) > right)
        names = [tuple(name for name, yes in zip(LABELS, some, strict=True) if yes) for some in (borne, given)]
        rows.append(
            Judged(
                id=f"p{number}",
                article=f"a{number // per_article}",
                part=part,
                text=f"Paragraph {number}.",
                labels=names[0],
                predicted=names[1],
                probabilities=tuple(np.clip(given * 0.6 + random.random(2) * 0.4, 0, 1)),
            )
        )
    return rows


def compare(first, second):
    return stage.compare(Predictions(LABELS, first), Predictions(LABELS, second), KNOBS)


def test_a_model_does_not_differ_from_itself():
    found = compare(judged(1), judged(1))
    assert not found.differing
    assert {(one.difference, one.low, one.high, one.p, one.corrected) for one in found.changes} == {(0, 0, 0, 1, 1)}
    assert (found.paragraphs, found.articles) == (150, 30)


def test_a_model_that_is_surely_better_is_told_so_and_the_other_way_round_worse():
    worse, better = judged(1, right=0.7), judged(2, right=0.95)
    there, back = (compare(*pair).change("macro", "f1") for pair in ((worse, better), (better, worse)))
    assert there.difference > 0.1
    assert 0 < there.low < there.difference < there.high
    assert there.p == pytest.approx(1 / 201)
    assert (back.difference, back.p) == (pytest.approx(-there.difference), there.p)
    assert (back.low, back.high) == (pytest.approx(-there.high), pytest.approx(-there.low))


def test_two_models_that_err_alike_are_compared_more_closely_than_each_is_known():
    one = judged(1)
    other = [*judged(2)[:10], *one[10:]]  # alike but for two articles
    change = compare(one, other).change("macro", "f1")
    unlike = compare(one, judged(3)).change("macro", "f1")
    assert change.high - change.low < (unlike.high - unlike.low) / 2


def test_paragraphs_labelled_differently_tell_who_is_nearer_to_people():
    one = judged(1, articles=1, per_article=3)
    first = [
        structs.replace(row, labels=("boats",), predicted=given)
        for row, given in zip(one, [("boats",), (), ()], strict=True)
    ]
    second = [
        structs.replace(row, labels=("boats",), predicted=given)
        for row, given in zip(one, [(), ("boats",), ("roads",)], strict=True)
    ]
    found = compare(first, second)
    assert [(row.id, row.better) for row in found.differing] == [("p0", "first"), ("p1", "second"), ("p2", "first")]


def change(label, p, metric="f1"):
    return Change(label=label, metric=metric, first=0, second=0, low=0, high=0, p=p, corrected=p)


def test_p_is_corrected_for_the_number_of_labels_by_holm():
    given = [change(name, p) for name, p in zip("abcd", (0.01, 0.04, 0.03, 0.5), strict=True)]
    found = _corrected([*given, change("macro", 0.04)], tuple("abcd"))
    assert [one.corrected for one in found] == pytest.approx([0.04, 0.09, 0.09, 0.5, 0.04])
    assert [one.p for one in found] == [0.01, 0.04, 0.03, 0.5, 0.04]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (judged(1, part="train"), "no paragraph of the part 'test' in common"),
        (judged(1, truth=2), "scored against different annotations, the first of them p"),
    ],
)
def test_what_cannot_be_compared_is_told(second, told):
    with pytest.raises(NotComparableError, match=told):
        compare(judged(1), second)


def test_models_of_the_same_labels_in_another_order_are_compared_and_of_others_not():
    rows = judged(1)
    turned = Predictions(LABELS, rows).ordered(LABELS[::-1])
    assert turned.rows[0].probabilities == rows[0].probabilities[::-1]
    there, back = (
        stage.compare(Predictions(LABELS, rows), other, KNOBS) for other in (Predictions(LABELS, rows), turned)
    )
    assert there.changes == back.changes
    with pytest.raises(NotComparableError, match="do not know the same labels"):
        stage.compare(Predictions(LABELS, rows), Predictions(("boats", "rails"), rows), KNOBS)


@pytest.mark.slow  # 200 comparisons
def test_models_of_one_worth_are_told_apart_one_time_in_twenty():
    found = [compare(judged(2 * s + 5, truth=s), judged(2 * s + 6, truth=s)) for s in range(200)]
    macro = [one.change("macro", "f1") for one in found]
    assert 0.01 < np.mean([one.p < 0.05 for one in macro]) < 0.1  # three standard errors are .046
    assert np.mean([one.low <= 0 <= one.high for one in macro]) > 0.9
    any_label = [min(one.change(name, "f1").corrected for name in LABELS) < 0.05 for one in found]
    assert np.mean(any_label) < 0.1
