"""The model card: what a model is, what it was trained on, how good it is and for what, as Markdown in its folder.

Its headings follow Mitchell et al., "Model cards for model reporting" (FAT* 2019).
"""

from __future__ import annotations

import re

from msgspec import Struct

import nutgraf
from nutgraf.bundle import Bundle
from nutgraf.codebook import Codebook
from nutgraf.evaluate import Evaluation
from nutgraf.partition import Audit
from nutgraf.slices import worst

_MARKUP = re.compile(r"[\\`*\[\]<&|]")  # what would begin a tag, a link, an entity or a cell

_SHOWN = ("precision", "recall", "f1", "calibration_error", "calibration_chance")


class _Score(Struct, frozen=True):
    label: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    calibration_error: float
    calibration_chance: float
    support: str


def card(bundle: Bundle, codebook: Codebook, found: Audit, scored: Evaluation | None) -> str:
    """The card as Markdown; scores are those of the parts that were not learned from, with 95% intervals."""
    import jinja2

    environment = jinja2.Environment(  # noqa: S701  (Markdown: what comes from outside is in code marks or `plain`)
        loader=jinja2.PackageLoader("nutgraf", "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = _plain
    page: str = environment.get_template("card.md").render(
        bundle=bundle,
        codebook=codebook,
        version=nutgraf.__version__,
        sees="paragraph" if bundle.kind in ("rules", "words") else bundle.knobs["train"]["input"],
        audit=found,
        thresholds=list(zip(bundle.labels, bundle.calibrations, strict=True)),
        parts={part: _scores(part, scored) for part in scored.scores if part != "train"} if scored else {},
        worst=worst(scored.slices, scored.scores) if scored else [],
        history=getattr(bundle.classifier, "history", []),
        weights=getattr(bundle.classifier, "shares", {}),
    )
    return page


def _plain(text: str) -> str:
    """One line of Markdown that shows the text as it stands."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def _scores(part: str, evaluation: Evaluation) -> list[_Score]:
    table, ends = evaluation.scores[part], evaluation.intervals.get(part, {})
    return [
        _Score(
            label=name,
            low=ends[name]["f1"][0] if ends else 0.0,
            high=ends[name]["f1"][1] if ends else 1.0,
            support=str(table[name].get("support", "")),
            **{key: table[name][key] for key in _SHOWN},
        )
        for name in (*evaluation.labels, "macro")
    ]
