"""Scores of slices."""

import pytest

from nutgraf.judged import Judged
from nutgraf.slices import slices, worst

LABELS = ("boats", "roads")


def row(number, predicted=("boats",), labels=("boats",), **more):
    given = {"article": f"a{number}", "part": "test", "text": f"A ferry {number}.", "probabilities": (0.5, 0.5)}
    return Judged(id=f"p{number}", labels=labels, predicted=predicted, **(given | more))


def found(rows, **more):
    given = {"draws": 100, "least": 2} | more
    return {(one.part, one.by, one.value): one for one in slices(rows, LABELS, **given)}


def test_a_slice_holds_the_paragraphs_of_one_kind_and_their_scores():
    rows = [row(n, kind="telex", predicted=("roads",)) for n in range(6)] + [row(n, kind="wire") for n in range(6, 12)]
    telex, wire = (found(rows)["test", "kind", kind] for kind in ("telex", "wire"))
    assert (telex.paragraphs, telex.articles, telex.f1, telex.exact_match, telex.support) == (6, 6, 0, 0, 6)
    assert (wire.f1, wire.high, wire.exact_match, wire.labels) == (1, 1, 1, {"boats": 1})
    assert telex.high < wire.low + 0.1


@pytest.mark.parametrize(
    ("by", "given", "value"),
    [
        ("source", {"source": "Sudby Post"}, "Sudby Post"),
        ("kind", {"kind": "telex"}, "telex"),
        ("conflict", {"group": "sudby-siege"}, "sudby-siege"),
        ("length", {"text": "word " * 20}, "up to 20 words"),
        ("length", {"text": "word " * 21}, "21 to 40 words"),
        ("length", {"text": "word " * 80}, "41 to 80 words"),
        ("length", {"text": "word " * 81}, "over 80 words"),
        ("labels", {"labels": ()}, "0"),
        ("labels", {"labels": ("boats", "roads")}, "2"),
        ("labels", {"labels": ("boats", "roads", "rails")}, "3 or more"),
        ("quotation", {"quotation": True}, "with quotation marks"),
        ("pair", {"pair": "7"}, "of a hard pair"),
    ],
)
def test_paragraphs_are_sliced_by_what_is_known_of_them(by, given, value):
    others = [row(n, text="word " * 30, quotation=False) for n in range(3, 6)]
    others = [row(n, text="word " * 50) for n in range(3, 6)] if value == "21 to 40 words" else others
    assert found([row(n, **given) for n in range(3)] + others)["test", by, value].paragraphs == 3


def test_small_slices_unknown_values_and_the_whole_part_are_none():
    rows = [row(0, kind="telex"), *(row(n, kind="wire") for n in range(1, 5)), *(row(n) for n in range(5, 8))]
    assert [value for _, by, value in found(rows) if by == "kind"] == ["wire"]
    assert not [by for _, by, _ in found(rows) if by == "source"]
    assert not [value for _, by, value in found([row(n, kind="wire") for n in range(4)]) if by == "kind"]


def test_parts_are_kept_apart():
    rows = [row(n, kind="wire", part=part) for part in ("validation", "test") for n in range(3)]
    rows += [row(n, kind="telex", part=part) for part in ("validation", "test") for n in range(3, 6)]
    assert {(part, value) for part, by, value in found(rows) if by == "kind"} == {
        (part, kind) for part in ("validation", "test") for kind in ("wire", "telex")
    }


def test_the_worst_are_those_whose_interval_ends_below_the_whole_and_bear_labels():
    rows = [row(n, kind="telex", predicted=("roads",)) for n in range(6)] + [row(n, kind="wire") for n in range(6, 12)]
    rows += [row(n, kind="notice", labels=(), predicted=("roads",)) for n in range(12, 18)]
    scores = {"test": {"micro": {"f1": 0.7}}}
    below = worst(list(found(rows).values()), scores)
    assert "telex" in [one.value for one in below]
    assert not {"wire", "notice", "0"} & {one.value for one in below}
    assert len(worst(list(found(rows).values()), scores, most=1)) == 1


def test_of_few_articles_the_interval_is_all_there_is():
    rows = [row(n, kind="telex", article=f"a{n % 4}") for n in range(12)] + [row(n, kind="wire") for n in range(12, 20)]
    telex, wire = (found(rows)["test", "kind", kind] for kind in ("telex", "wire"))
    assert (telex.articles, telex.low, telex.high) == (4, 0, 1)
    assert wire.articles == 8
    assert wire.low > 0.5
