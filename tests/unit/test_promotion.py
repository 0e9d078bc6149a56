"""The gate to the champion's place."""

import pytest

from nutgraf.compare import Change, Comparison
from nutgraf.config import Promote
from nutgraf.promotion import verdict

LABELS = ("boats", "roads")


def comparison(p=0.01, **differences):
    changes = [
        Change(label=name, metric="f1", first=0.8, second=0.8 + by, low=-1, high=1, p=p, corrected=p)
        for name, by in ({"boats": 0.03, "roads": 0.03, "macro": 0.03} | differences).items()
    ]
    return Comparison(labels=LABELS, paragraphs=100, articles=20, changes=changes, differing=[])


@pytest.mark.parametrize(
    ("found", "passed", "why"),
    [
        (comparison(), True, "it is better: macro-F1 0.830 against 0.800, p 0.010, on 20 articles"),
        (comparison(roads=-0.019), True, "on no label worse by more than 0.02"),
        (comparison(roads=-0.03, boats=-0.05), False, "it is worse on boats by 0.050 F1, over the margin 0.02"),
        (comparison(p=0.05), False, "it is not surely better: macro-F1 0.830 against 0.800, p 0.050"),
        (comparison(macro=-0.01), False, "it is not surely better"),
        (comparison(macro=0.0), False, "it is not surely better"),
    ],
)
def test_a_candidate_must_be_better_overall_and_hardly_worse_on_any_label(found, passed, why):
    told = verdict(found, Promote())
    assert told.passed is passed
    assert why in told.why


def test_margin_and_level_are_knobs():
    assert verdict(comparison(roads=-0.03), Promote(margin=0.05)).passed
    assert not verdict(comparison(p=0.03), Promote(level=0.01)).passed
