"""Pictures: what is drawn where, and that many values stay readable."""

import matplotlib.figure  # noqa: F401  (imported here, so that no test pays for it)
import pytest

from nutgraf.config import Config
from nutgraf.counts import WHOLE, Count
from nutgraf.curve import Point
from nutgraf.pictures.counts import counts
from nutgraf.pictures.curve import learning_curve
from nutgraf.pictures.sweep import _axis, parallel_coordinates
from nutgraf.sweep import Choice, Outcome


def count(period, label="storm", corrected=3.0):
    return Count(period=period, label=label, paragraphs=9, labelled=4, corrected=corrected, low=2.0, high=5.0)


def test_counts_over_many_days_stay_within_a_page_and_name_only_some_days():
    found = [count(f"2001-{1 + n // 28:02d}-{1 + n % 28:02d}") for n in range(300)]
    figure = counts([*found, count(WHOLE)], ("storm",))
    (axes,) = figure.axes
    assert figure.get_figwidth() <= 20
    assert len(axes.get_xticks()) <= 50
    assert len(axes.patches) == 300  # a bar a day, and none for the whole


def test_counts_without_periods_have_a_bar_a_label_and_a_point_where_they_are_corrected():
    figure = counts([count(WHOLE, "storm"), count(WHOLE, "harvest", None)], ("storm", "harvest"))
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.get_xticklabels()] == ["storm", "harvest"]
    assert len(axes.patches) == 2
    assert list(axes.lines[0].get_xdata()) == [0]


def test_a_learning_curve_has_a_panel_a_set_and_a_line_a_kind():
    points = [
        Point(kind=kind, share=share, draw=1, groups=1, paragraphs=round(100 * share), on=on, macro=share, labels={})
        for kind in ("rules", "words")
        for share in (0.5, 1.0)
        for on in ("validation", "test")
    ]
    figure = learning_curve(points)
    assert [axes.get_title() for axes in figure.axes] == ["validation", "test"]
    assert list(figure.axes[0].containers[0].lines[0].get_xdata()) == [50, 100]
    assert len(figure.axes[1].containers) == 2


def outcome(score, **values):
    return Outcome(Choice({name.replace("_", "."): one for name, one in values.items()}, Config(), "words", "k"), score)


def test_parallel_coordinates_have_a_line_a_training_with_a_score_and_the_best_is_thick():
    found = [outcome(0.5, train_seed=1), outcome(None, train_seed=2), outcome(0.9, train_seed=3)]
    (axes,) = parallel_coordinates(["train.seed"], found, "validation/macro/f1").axes
    lines = [line for line in axes.lines if len(line.get_xdata()) == 2 and list(line.get_xdata()) == [0, 1]]
    assert sorted(line.get_linewidth() for line in lines) == [1.2, 3.0]
    assert max(lines, key=lambda line: line.get_linewidth()).get_ydata()[-1] == pytest.approx(1)


def test_a_sweep_of_one_training_is_drawn_too():
    assert parallel_coordinates(["train.seed"], [outcome(0.5, train_seed=1)], "validation/macro/f1").axes


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([1, 2, 3], [0, 0.5, 1]),
        ([0.1, 1.0, 10.0], [0, 0.5, 1]),  # more than a factor of 20: logarithmic
        (["f1", "half", "f1"], [0, 1, 0]),
        ([True, False], [0, 1]),
        ([["a"], ["b"], None], [0, 1, -0.12]),
        ([None, None], [-0.12, -0.12]),
        ([5, 5], [0, 0]),
    ],
)
def test_values_stand_on_their_axis_by_size_or_in_the_order_met(values, places):
    found, ticks = _axis(values)
    assert found == pytest.approx(places)
    assert all(place in [pytest.approx(tick) for tick, _ in ticks] for place in places)


def test_ticks_that_would_run_into_each_other_are_left_out():
    _, ticks = _axis([0.5, 0.501, 0.502, 0.9])
    assert [text for _, text in ticks] == ["0.502", "0.9"]
