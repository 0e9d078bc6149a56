"""Counts for publication: how many paragraphs bear a label, corrected for the classifier's errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nutgraf import calibration
from nutgraf.bundle import Bundle
from nutgraf.classifiers import Bools, Floats
from nutgraf.errors import NutgrafError
from nutgraf.intervals import weights
from nutgraf.report import Row, bears, labels_of

WHOLE = "all"  # the name of the period that is no period: all there is
_LEAST_APART = 0.1  # of the rates of right and of false alarms: below it counts tell nothing
_DRAWS = 1000


class Count(Struct, frozen=True, kw_only=True):
    """One label in one period. `corrected` and its interval are missing where the model's errors are not known."""

    period: str
    label: str
    paragraphs: int
    labelled: int
    corrected: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


class Rates(Struct, frozen=True):
    """One label's rates of hits and of false alarms on held-out articles, and the same of those articles drawn anew."""

    hits: float
    alarms: float
    drawn_hits: Floats
    drawn_alarms: Floats


def decisions(rows: Iterable[Row], model: Bundle, period: Callable[[Row], str]) -> dict[str, Bools]:
    """What a labelled table says, by period in their order; arrays have the shape (paragraphs, labels of the model).

    Raises NutgrafError where the table is of other labels, or of other thresholds than the model's.
    """
    periods, given, probabilities = [], [], []
    for row in rows:
        if set(labels_of(row)) != set(model.labels):
            raise NutgrafError(
                f"the table has the labels {', '.join(labels_of(row))}, the model {', '.join(model.labels)}"
            )
        periods.append(period(row))
        given.append([bears(row, name) for name in model.labels])
        probabilities.append([float(row[f"p_{name}"]) for name in model.labels])
    table = np.array(given, bool).reshape(-1, len(model.labels))
    ours = model.decide(np.array(probabilities, float).reshape(table.shape))
    if other := int((table != ours).any(axis=1).sum()):
        raise NutgrafError(
            f"{other} paragraphs are not labelled as this model's thresholds tell: name the model that labelled them, "
            "and the --goal or --threshold that it was given"
        )
    where = np.array(periods)
    return {name: table[where == name] for name in sorted(set(periods))}


def count(found: Mapping[str, Bools], bundle: Bundle) -> Iterator[Count]:
    """Count each label in each period, of decisions of the shape (paragraphs, labels), in the order given.

    The corrected count is (labelled - alarms * paragraphs) / (hits - alarms), from 0 to all: Rogan and Gladen,
    "Estimating prevalence from the results of a screening test" (American Journal of Epidemiology, 1978), in machine
    learning Forman, "Quantifying counts and costs" (2008). It is right where the model errs as often on these texts,
    among those that bear the label and those that do not, as on its held-out articles. The 95% interval draws those
    articles anew, and the errors on these paragraphs.
    """
    rates = {name: _rates(bundle, i) for i, name in enumerate(bundle.labels)}
    for period, given in found.items():
        for i, name in enumerate(bundle.labels):
            yield _count(period, name, int(given[:, i].sum()), len(given), rates[name])


def _rates(bundle: Bundle, column: int) -> Rates | str:
    """The rates of one label, or why there are none."""
    held = bundle.held_out
    borne = held.borne[:, column]
    if min(borne.sum(), (~borne).sum()) < calibration.LEAST:
        return f"not corrected: the held-out articles have {int(borne.sum())} paragraphs with the label"
    given = bundle.decide(held.probabilities)[:, column]
    columns = np.column_stack([borne & given, borne, ~borne & given, ~borne]).astype(float)
    groups = np.unique(held.groups, return_inverse=True)[1]
    sums = np.zeros((int(groups.max()) + 1, 4))
    np.add.at(sums, groups, columns)
    hits, alarms = _of(sums.sum(axis=0, keepdims=True))
    if hits[0] - alarms[0] < _LEAST_APART:
        return "not corrected: on held-out articles the label is given as often where it is not borne"
    drawn = np.concatenate([some @ sums for some in weights(len(sums), _DRAWS)])
    drawn_hits, drawn_alarms = _of(drawn[(drawn[:, 1] > 0) & (drawn[:, 3] > 0)])
    return Rates(float(hits[0]), float(alarms[0]), drawn_hits, drawn_alarms)


def _of(sums: Floats) -> tuple[Floats, Floats]:
    return sums[:, 0] / sums[:, 1], sums[:, 2] / sums[:, 3]


def _count(period: str, label: str, labelled: int, paragraphs: int, rates: Rates | str) -> Count:
    if isinstance(rates, str):
        return Count(period=period, label=label, paragraphs=paragraphs, labelled=labelled, note=rates)
    corrected = float(_corrected(np.array([labelled]), paragraphs, rates.hits, rates.alarms)[0])
    low, high = np.percentile(_drawn(corrected, paragraphs, rates), [2.5, 97.5])
    return Count(
        period=period,
        label=label,
        paragraphs=paragraphs,
        labelled=labelled,
        corrected=corrected,
        low=min(float(low), corrected),
        high=max(float(high), corrected),
    )


def _corrected(labelled: NDArray[np.int64], paragraphs: int, hits: Floats | float, alarms: Floats | float) -> Floats:
    apart = np.maximum(np.asarray(hits) - alarms, _LEAST_APART)
    found: Floats = np.clip((labelled - np.asarray(alarms) * paragraphs) / apart, 0, paragraphs)
    return found


def _drawn(corrected: float, paragraphs: int, rates: Rates) -> Floats:
    """What the corrected count might have come out as, with other held-out articles and other errors here."""
    random = np.random.default_rng(0)
    bearing, size = round(corrected), len(rates.drawn_hits)
    labelled = random.binomial(bearing, rates.hits, size) + random.binomial(paragraphs - bearing, rates.alarms, size)
    return _corrected(labelled, paragraphs, rates.drawn_hits, rates.drawn_alarms)
