"""Two models on the same paragraphs: by how much their scores differ, and whether that may be chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct, structs

from nutgraf.classifiers import Floats
from nutgraf.config import Compare
from nutgraf.errors import NutgrafError
from nutgraf.intervals import joined, percentiles, portions, weights
from nutgraf.judged import Judged, Predictions, judgement
from nutgraf.tally import Judgement, Tally


class Change(Struct, frozen=True, kw_only=True):
    """One score of both models. `p` is that of a permutation test, `corrected` the same for so many labels."""

    label: str  # or "macro", "micro", "all"
    metric: str
    first: float
    second: float
    low: float  # ends of the 95% interval of second - first
    high: float
    p: float
    corrected: float

    @property
    def difference(self) -> float:
        """By how much the second is higher."""
        return self.second - self.first


class Differing(Struct, frozen=True, kw_only=True):
    """A paragraph that the two label differently."""

    id: str
    article: str
    labels: tuple[str, ...]  # that people gave
    first: tuple[str, ...]
    second: tuple[str, ...]
    better: str  # which of the two is nearer to people: first, second, neither
    text: str


class Comparison(Struct, frozen=True, kw_only=True):
    """All changes, and on what they were found."""

    labels: tuple[str, ...]
    paragraphs: int
    articles: int
    changes: list[Change]
    differing: list[Differing]

    def change(self, label: str, metric: str) -> Change:
        """One of the changes."""
        return next(one for one in self.changes if (one.label, one.metric) == (label, metric))

    def table(self) -> Iterator[list[object]]:
        """The changes, below the names of the columns."""
        yield [*Change.__struct_fields__[:4], "difference", *Change.__struct_fields__[4:]]
        for one in self.changes:
            label, metric, first, second, *more = structs.astuple(one)
            yield [label, metric, first, second, one.difference, *more]

    def differing_table(self) -> Iterator[list[object]]:
        """The paragraphs that differ, below the names of the columns; several labels are parted by spaces."""
        yield [*Differing.__struct_fields__]
        for one in self.differing:
            yield [" ".join(cell) if isinstance(cell, tuple) else cell for cell in structs.astuple(one)]

    def turned(self) -> Comparison:
        """The same with first and second exchanged."""
        changes = [
            structs.replace(one, first=one.second, second=one.first, low=-one.high, high=-one.low)
            for one in self.changes
        ]
        names = {"first": "second", "second": "first", "neither": "neither"}
        differing = [
            structs.replace(one, first=one.second, second=one.first, better=names[one.better]) for one in self.differing
        ]
        return structs.replace(self, changes=changes, differing=differing)


class NotComparableError(NutgrafError):
    """Two models of which no comparison can be made: they share no labels, or no paragraphs."""


def compare(first: Predictions, second: Predictions, knobs: Compare) -> Comparison:
    """Compare what two models said of the paragraphs of the part `knobs.part` of both.

    Intervals are paired: both are scored on the same articles drawn anew. The test changes the models' places in half
    of the articles, at random (Good, "Permutation tests", 2000; Yeh, "More accurate tests", COLING 2000), and its p is
    corrected over the labels by Holm (1979). Raises NotComparableError if the two do not know the same labels, have no
    such paragraph in common, or were scored against different annotations.
    """
    labels = first.labels
    if set(labels) != set(second.labels):
        raise NotComparableError(f"they do not know the same labels: {', '.join(labels)}; {', '.join(second.labels)}")
    one, other = _same(first.of(knobs.part), second.ordered(labels).of(knobs.part), knobs.part)
    both = _both(judgement(one, labels), judgement(other, labels))
    tally, count = Tally(both), both.articles // 2
    still = np.zeros((1, count))
    point = [tally.measured(np.hstack(pair)) for pair in ((still + 1, still), (still, still + 1))]
    drawn = _drawn(tally, count, knobs.draws, len(one))
    swapped = _swapped(tally, count, knobs.draws, len(one))
    changes = []
    for name, metrics in point[0].items():
        for metric in metrics:
            before, after = (float(some[name][metric][0]) for some in point)
            low, high = percentiles(drawn[name][metric], count) if count > 1 else (-1.0, 1.0)
            reached = np.abs(swapped[name][metric]) >= abs(after - before) - 1e-12
            p = (1 + int(reached.sum())) / (1 + len(reached))
            changes.append(
                Change(label=name, metric=metric, first=before, second=after, low=low, high=high, p=p, corrected=p)
            )
    return Comparison(
        labels=labels,
        paragraphs=len(one),
        articles=count,
        changes=_corrected(changes, labels),
        differing=list(_differing(one, other)),
    )


def _same(first: Sequence[Judged], second: Sequence[Judged], part: str) -> tuple[list[Judged], list[Judged]]:
    """The paragraphs that are of the part for both, in one order."""
    known = {(row.id, row.text): row for row in second}
    pairs = [(row, known[row.id, row.text]) for row in first if (row.id, row.text) in known]
    if not pairs:
        raise NotComparableError(f"they have no paragraph of the part {part!r} in common")
    if wrong := [one.id for one, other in pairs if set(one.labels) != set(other.labels)]:
        raise NotComparableError(
            f"they were scored against different annotations, the first of them {wrong[0]}: evaluate them anew"
        )
    return [one for one, _ in pairs], [other for _, other in pairs]


def _both(first: Judgement, second: Judgement) -> Judgement:
    """Both judgements as one: the second's articles are numbered on from the first's."""
    return Judgement(
        borne=np.vstack([first.borne, second.borne]),
        given=np.vstack([first.given, second.given]),
        probabilities=np.vstack([first.probabilities, second.probabilities]),
        groups=np.concatenate([first.groups, second.groups + first.articles]),
        labels=first.labels,
        bins=first.bins,
    )


def _differences(tally: Tally, first: Floats, second: Floats) -> dict[str, dict[str, Floats]]:
    before, after = tally.measured(first), tally.measured(second)
    return {name: {m: after[name][m] - values for m, values in metrics.items()} for name, metrics in before.items()}


def _drawn(tally: Tally, count: int, draws: int, rows: int) -> dict[str, dict[str, Floats]]:
    """Differences on articles drawn anew, the same for both."""
    return joined(
        _differences(tally, np.hstack([some, 0 * some]), np.hstack([0 * some, some]))
        for some in weights(count, draws, 2 * rows)
    )


def _swapped(tally: Tally, count: int, draws: int, rows: int) -> dict[str, dict[str, Floats]]:
    """Differences where the two models have changed places in about half of the articles."""

    random = np.random.default_rng(1)
    kept = (random.integers(0, 2, (some, count)).astype(np.float32) for some in portions(draws, max(count, 2 * rows)))
    return joined(_differences(tally, np.hstack([own, 1 - own]), np.hstack([1 - own, own])) for own in kept)


def _corrected(changes: list[Change], labels: tuple[str, ...]) -> list[Change]:
    """Over the labels of each metric; a mean is one test and stays as it is."""
    found = list(changes)
    for metric in dict.fromkeys(change.metric for change in changes):
        those = sorted(
            (i for i, one in enumerate(changes) if one.metric == metric and one.label in labels),
            key=lambda i: changes[i].p,
        )
        least = 0.0
        for rank, i in enumerate(those):
            least = max(least, min(1.0, changes[i].p * (len(those) - rank)))
            found[i] = structs.replace(changes[i], corrected=least)
    return found


def _differing(first: Sequence[Judged], second: Sequence[Judged]) -> Iterator[Differing]:
    for one, other in zip(first, second, strict=True):
        if set(one.predicted) == set(other.predicted):
            continue
        wrong = [len(set(row.predicted) ^ set(row.labels)) for row in (one, other)]
        better = "neither" if wrong[0] == wrong[1] else "first" if wrong[0] < wrong[1] else "second"
        yield Differing(
            id=one.id,
            article=one.article,
            labels=one.labels,
            first=one.predicted,
            second=other.predicted,
            better=better,
            text=one.text,
        )
