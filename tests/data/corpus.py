"""The corpus as the tests of the data and the card see it: each article with its annotations, read and split."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nutgraf import codebook
from nutgraf.config import Read, Split
from nutgraf.read import read
from nutgraf.read.sources import of_file
from nutgraf.records import Article, Dropped, Paragraph
from nutgraf.split import pieces

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"  # other people's texts, beside the checkout where they may be used
LABELS = codebook.load(ROOT / "configs" / "labels.yaml").names
NAMES = sorted(
    path.relative_to(SEEDS / "articles").with_suffix("").as_posix() for path in SEEDS.glob("articles/*/*.txt")
)
FORMS = {  # of text, by what a reader wants of it
    "news": (
        "agency wire",
        "broadsheet report",
        "tabloid",
        "1980s telex in capitals",
        "local radio bulletin",
        "live-blog entries",
    ),
    "official": ("UN situation report", "press statement", "translated state media"),
    "voices": ("feature from the ground", "interview", "opinion column", "analysis"),
    "reference": ("explainer with questions", "what we know on day N", "timeline", "anniversary piece"),
}
FORM_OF = {kind: form for form, kinds in FORMS.items() for kind in kinds}
_CONFLICTS = """
    interstate war; insurgency; siege of a city; air campaign; coup; border clash; maritime blockade and piracy;
    hostage crisis; terrorist attack; militias and gangs; frozen conflict; nuclear and missile crisis;
    peacekeeping; ceasefire and its collapse; peace talks; sanctions; war-crimes trial; refugee crisis; famine;
    disaster in a war zone; reconstruction
"""
CONFLICTS = tuple(" ".join(kind.split()) for kind in _CONFLICTS.split(";"))
ERAS = ("1980s", "1990s", "2000s", "2010s", "2020s")
CONTINENTS = ("Africa", "Asia", "Europe", "North America", "South America", "Oceania")
OTHER = "other matters"


class Labelled(NamedTuple):
    """A paragraph of the corpus with the row that annotates it."""

    article: str
    text: str
    labels: tuple[str, ...]
    row: dict[str, str]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def annotations(name: str) -> list[dict[str, str]]:
    """The rows of one article."""
    return table(SEEDS / "annotations" / f"{name}.csv")


@cache
def article(name: str) -> tuple[Article, list[Paragraph | Dropped]]:
    """One article, and its pieces."""
    (found,) = read([of_file(SEEDS / "articles" / f"{name}.txt")], Read(reprints="ignore"))
    assert isinstance(found, Article), found
    return found, list(pieces(found, Split()))


@cache
def paragraph_texts(name: str) -> list[str]:
    """The paragraphs that annotators left in one article, from its file alone."""
    lines = article(name)[0].text.split("\n")
    return [next(line for line in lines if line.startswith(row["opening"])) for row in annotations(name)]


@cache
def labelled() -> list[Labelled]:
    """Every paragraph of the corpus."""
    return [
        Labelled(name, text, tuple(label for label in row["labels"].split() if label != "none"), row)
        for name in NAMES
        for text, row in zip(paragraph_texts(name), annotations(name), strict=True)
    ]


@cache
def catalogue() -> list[dict[str, str]]:
    """What each article is."""
    return table(SEEDS / "catalogue.csv")


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    """The runs of so many words."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def matrix() -> dict[tuple[str, str, str], int]:
    """How many articles each cell of the plan holds: (table, row, column) -> articles."""
    cells: Counter[tuple[str, str, str]] = Counter()
    wanted = [("kind of conflict by form", conflict, form) for conflict in CONFLICTS for form in FORMS]
    wanted += [("continent by era", continent, era) for continent in CONTINENTS for era in ERAS]
    wanted += [("form by era", form, era) for form in FORMS for era in ERAS]
    wanted += [("kind of text", kind, "all") for kind in FORM_OF]
    wanted += [("other matters by continent", continent, "all") for continent in CONTINENTS]
    for row in catalogue():
        if row["conflict_kind"] == OTHER:
            cells["other matters by continent", row["continent"], "all"] += 1
            continue
        form = FORM_OF[row["kind"]]
        cells["kind of conflict by form", row["conflict_kind"], form] += 1
        cells["continent by era", row["continent"], row["era"]] += 1
        cells["form by era", form, row["era"]] += 1
        cells["kind of text", row["kind"], "all"] += 1
    return {key: cells[key] for key in dict.fromkeys([*wanted, *cells])}
