"""Made-up paragraphs, their codebook and quick knobs for the tests that train."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.records import Annotation

BOOK = Codebook.model_validate(
    {"labels": [{"name": "boats", "rules": [{"name": "r", "phrases": ["ferry"]}]}, {"name": "roads"}]}
)
FRESH = ["A ferry.", "A lorry on day 3.", "Rain, the ferry and a lorry.", "Nothing."]


def knobs(**sections: Any) -> Config:
    """Thresholds of one half, unless asked for others: they are the quickest."""
    train = {"folds": 2, "goal": "half"} | sections.pop("train", {})
    members = {"ensemble": {"members": ["rules", "words"]}}
    classifiers = members | sections.pop("classifiers", {})
    return Config.model_validate({"train": train, "classifiers": classifiers} | sections)


KNOBS = knobs()


def annotations(articles: int = 12, **more: Any) -> list[Annotation]:
    """Articles of four paragraphs, of which no two are near-copies."""
    matter: list[tuple[str, tuple[str, ...]]] = [
        ("ferry", ("boats",)),
        ("lorry", ("roads",)),
        ("rain", ()),
        ("ferry met a lorry", ("boats", "roads")),
    ]
    return [
        Annotation(
            id=f"{article}-{index}",
            text=f"Quay{article} the {what} quay{article} on day {article}.",
            labels=labels,
            article=f"a{article}",
            index=index,
            **more,
        )
        for article in range(articles)
        for index, (what, labels) in enumerate(matter)
    ]


def twisted(made: list[Annotation], known: Mapping[str, str], parts: Collection[str]) -> list[Annotation]:
    """The same with labels that are wrong, in some parts."""
    return [replace(a, labels=() if a.labels else ("roads",)) if known[a.side] in parts else a for a in made]
