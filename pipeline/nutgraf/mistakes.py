"""The paragraphs that a model gets most wrong, with the words that misled it, as a page to read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from nutgraf.bundle import Bundle
from nutgraf.judged import Judged

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_MOST_WORDS = 200  # of a paragraph that are looked at
_TELLING = 4


class Mistake(Struct, frozen=True, kw_only=True):
    """One wrong decision: a label given that people did not give, or not given that they did."""

    row: Judged
    label: str
    given: bool
    probability: float
    words: tuple[str, ...]  # without each of which the model would be less sure of its mistake


def mistakes(judged: Sequence[Judged], bundle: Bundle, most: int) -> list[Mistake]:
    """The wrong decisions on paragraphs not learned from, those that the model was surest of first.

    The telling words are those whose removal changes the probability most (Li, Monroe and Jurafsky, "Understanding
    neural networks through representation erasure", 2016): a way to read any kind of classifier. The
    model looks at the paragraph alone here, without headline and paragraph before.
    """
    found = [
        (abs(row.probabilities[i] - (name in row.labels)), row, i)
        for row in judged
        if row.part != "train"
        for i, name in enumerate(bundle.labels)
        if (name in row.predicted) != (name in row.labels)
    ]
    found.sort(key=lambda one: (-one[0], one[1].id, one[2]))
    chosen = [(row, i) for _, row, i in found[:most]]
    words = _telling(chosen, bundle)
    return [
        Mistake(
            row=row,
            label=bundle.labels[i],
            given=bundle.labels[i] in row.predicted,
            probability=row.probabilities[i],
            words=those,
        )
        for (row, i), those in zip(chosen, words, strict=True)
    ]


def _telling(chosen: Sequence[tuple[Judged, int]], bundle: Bundle) -> list[tuple[str, ...]]:
    texts, owners, names = [], [], []
    for number, (row, _) in enumerate(chosen):
        for match in list(_WORD.finditer(row.text))[:_MOST_WORDS]:
            texts.append(row.text[: match.start()] + row.text[match.end() :])
            owners.append(number)
            names.append(match[0])
    whole = bundle.probabilities([row.text for row, _ in chosen])
    without = bundle.probabilities(texts)
    changes: list[dict[str, float]] = [{} for _ in chosen]
    for place, number in enumerate(owners):
        row, column = chosen[number]
        drop = float(whole[number, column] - without[place, column])
        towards = drop if bundle.labels[column] in row.predicted else -drop  # towards the mistake
        word = names[place].lower()
        changes[number][word] = max(towards, changes[number].get(word, 0.0))
    ranked = [sorted(some.items(), key=lambda one: (-one[1], one[0])) for some in changes]
    return [tuple(word for word, by in some[:_TELLING] if by > 0) for some in ranked]


def page(found: Sequence[Mistake], bundle: Bundle, title: str) -> str:
    """The mistakes as one HTML page without scripts; all text from outside is escaped."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("nutgraf", "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    rendered: str = environment.get_template("mistakes.html").render(title=title, found=found, labels=bundle.labels)
    return rendered
