"""Intervals of scores: what they might have been with other articles of the same kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from scipy import special

from nutgraf.classifiers import Floats
from nutgraf.tally import Judgement, Measures, Tally

Ends = tuple[float, float]
Intervals = dict[str, dict[str, Ends]]  # as `Measures`, with the two ends of each score's 95% interval
_AT_ONCE = 2_000_000  # numbers of weights held at a time


def weights(articles: int, draws: int, rows: int = 0) -> Iterator[Floats]:
    """How often each article is drawn, shape (draws, articles), some draws at a time; always the same ones."""
    random = np.random.default_rng(0)
    for some in portions(draws, max(articles, rows)):
        drawn = random.integers(0, articles, (some, articles)) + articles * np.arange(some)[:, None]
        counted = np.bincount(drawn.ravel(), minlength=some * articles)  # much quicker than a multinomial draw
        yield counted.reshape(some, articles).astype(np.float32)


def portions(draws: int, numbers: int) -> Iterator[int]:
    """The draws in portions of which so many numbers each can be held at once."""
    step = max(1, _AT_ONCE // max(1, numbers))
    for start in range(0, draws, step):
        yield min(step, draws - start)


def joined(portions: Iterator[Measures]) -> Measures:
    """Scores of several portions of draws, put together."""
    every = list(portions)
    return {
        name: {metric: np.concatenate([one[name][metric] for one in every]) for metric in metrics}
        for name, metrics in every[0].items()
    }


def intervals(
    judged: Judgement, draws: int, measure: Callable[[Tally, Floats], Measures] = Tally.measured
) -> Intervals:
    """The 95% interval of each score, by drawing whole articles anew `draws` times.

    Paragraphs of one article are alike, so that drawing single ones would make the interval too narrow: Field and
    Welsh, "Bootstrapping clustered data" (JRSS B, 2007).
    """
    tally, count, rows = Tally(judged), judged.articles, len(judged.groups)
    point = measure(tally, np.ones((1, count)))
    drawn = joined(measure(tally, some) for some in weights(count, draws, rows))
    calibrated = any("calibration_error" in metrics for metrics in drawn.values())
    strayed = joined(tally.strayed(some) for some in weights(count, draws, rows)) if calibrated else {}
    return {
        name: {
            metric: ends(values, float(point[name][metric][0]), count, strayed.get(name, {}).get(metric))
            for metric, values in metrics.items()
        }
        for name, metrics in drawn.items()
    }


def ends(drawn: Floats, point: float, articles: int, strayed: Floats | None = None) -> Ends:
    """The ends of the interval of one score between 0 and 1. One article tells nothing.

    The outer ones of two intervals: the percentiles of what was drawn, and Wilson's for a share of as many trials as
    have the variance of what was drawn, which near 0 and 1 does not shrink to a point where no error was met (Dean and
    Pagano, "Evaluating confidence interval methods for binomial proportions in clustered surveys", 2015). A score with
    `strayed`, what it was by chance alone in each draw, is a calibration error.
    """
    if articles < 2:
        return 0.0, 1.0
    low, high = percentiles(drawn, articles)
    if strayed is not None:
        low, high = _calibration_ends(low, high, float(drawn.mean()) - point)
        if point <= percentiles(strayed, articles)[1]:
            low = 0.0
    else:
        other = _wilson(point, float(drawn.var()), articles)
        low, high = min(low, other[0]), max(high, other[1])
    return min(1.0, max(0.0, low)), min(1.0, max(0.0, high))


def _calibration_ends(low: float, high: float, bias: float) -> Ends:
    """Percentiles of a calibration error without its bias.

    It is a sum of absolute values, too high in each sample, and again in samples of that, there by `bias` (Davison and
    Hinkley, "Bootstrap methods", 1997, section 5.2). The second is known, and is taken off both ends. The first is at
    least as much, and at most 1 + sqrt(2) times that: of a normal deviate around 0 the mean absolute value grows by
    sqrt(2) - 1 where another of its size is added. The most is taken off the low end, and nothing more off the high.
    """
    return low - (2 + math.sqrt(2)) * bias, high - bias


def percentiles(drawn: Floats, articles: int) -> Ends:
    """The middle 95%; for few articles further out by the t-distribution.

    Hesterberg, "What teachers should know about the bootstrap" (American Statistician, 2015).
    """
    tail = float(special.ndtr(-np.sqrt(articles / (articles - 1)) * special.stdtrit(articles - 1, 0.975)))
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)


def _wilson(point: float, variance: float, articles: int) -> Ends:
    spread = point * (1 - point)
    if spread and not variance:
        return point, point  # all articles are alike
    size = spread / variance if spread else articles
    square = float(special.stdtrit(articles - 1, 0.975)) ** 2 / size
    centre, half = point + square / 2, np.sqrt(square * spread + square * square / 4)
    return float((centre - half) / (1 + square)), float((centre + half) / (1 + square))
