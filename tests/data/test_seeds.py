"""The corpus: every annotation finds its paragraph, furniture is found, and labels occur as they should."""

from __future__ import annotations

import csv
import itertools
import re
from functools import cache
from pathlib import Path

import pytest

from nutgraf import codebook
from nutgraf.config import Read, Split
from nutgraf.read import read
from nutgraf.read.sources import walk
from nutgraf.records import Article, Dropped, Paragraph
from nutgraf.split import pieces

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
LABELS = codebook.load(ROOT / "configs" / "labels.yaml").names
NAMES = sorted(
    path.relative_to(SEEDS / "articles").with_suffix("").as_posix() for path in SEEDS.glob("articles/*/*.txt")
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def article(name: str) -> tuple[Article, list[Paragraph | Dropped]]:
    (found,) = read(walk([str(SEEDS / "articles" / f"{name}.txt")]), Read())
    assert isinstance(found, Article), found
    return found, list(pieces(found, Split()))


def annotations(name: str) -> list[dict[str, str]]:
    return table(SEEDS / "annotations" / f"{name}.csv")


def test_the_corpus_is_large_enough_and_every_text_has_its_annotations_and_its_line() -> None:
    assert len(NAMES) >= 40
    assert sum(len(annotations(name)) for name in NAMES) >= 450
    assert (
        sorted(
            path.relative_to(SEEDS / "annotations").with_suffix("").as_posix()
            for path in SEEDS.glob("annotations/*/*.csv")
        )
        == NAMES
    )
    assert sorted(row["article"] for row in table(SEEDS / "catalogue.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_article_has_its_header(name: str) -> None:
    found, _ = article(name)
    assert found.title
    assert found.source
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", found.date)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_are_the_paragraphs_in_order(name: str) -> None:
    text = article(name)[0].text
    places = []
    for row in annotations(name):
        place = text.find(row["opening"])
        assert place >= 0, row
        assert text.find(f"\n{row['opening']}", place + 1) == -1, row
        places.append(place)
    assert places == sorted(set(places))


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_known_and_disagreements_are_settled_with_a_reason(name: str) -> None:
    for row in annotations(name):
        for column in ("labels", "first", "second"):
            given = row[column].split()
            assert given == ["none"] or given == [label for label in LABELS if label in given], row
        assert bool(row["why"]) == (row["first"] != row["second"]), row
        assert row["labels"] == row["first"] or row["why"], row


def test_furniture_and_paragraphs_are_told_apart() -> None:
    counts = {"kept": 0, "lost": 0, "left": 0, "dropped": 0}
    for name in NAMES:
        openings = tuple(row["opening"] for row in annotations(name))
        for piece in article(name)[1]:
            if isinstance(piece, Paragraph):
                counts["kept" if piece.text.startswith(openings) else "left"] += 1
            else:
                counts["lost" if piece.text.startswith(openings) else "dropped"] += 1
    assert counts["lost"] / (counts["lost"] + counts["dropped"]) <= 0.01, counts
    assert counts["left"] / (counts["left"] + counts["dropped"]) <= 0.02, counts


def test_a_third_of_the_articles_has_furniture() -> None:
    assert sum(any(isinstance(piece, Dropped) for piece in article(name)[1]) for name in NAMES) >= len(NAMES) / 3


def test_every_label_is_common_and_background_is_kept() -> None:
    given = [row["labels"].split() for name in NAMES for row in annotations(name)]
    rates = {label: sum(label in labels for labels in given) / len(given) for label in (*LABELS, "none")}
    assert all(0.15 <= rate <= 0.5 for rate in rates.values()), rates
    assert sum(len(labels) >= 2 for labels in given) / len(given) >= 0.3


def runs(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_no_paragraph_is_written_twice() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for name in NAMES:
        own = set(itertools.chain.from_iterable(runs(p.text, 9) for p in article(name)[1] if isinstance(p, Paragraph)))
        for run in own:
            assert seen.setdefault(run, name) == name, (run, name, seen[run])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of other people's texts is not beside this checkout")
def test_no_sentence_is_shared_with_other_peoples_texts() -> None:
    others = [path.read_text(encoding="utf-8") for path in (SHARED / "real").glob("*.txt")]
    others.append((SHARED / "dev" / "paragraphs.jsonl").read_text(encoding="utf-8"))
    theirs = set(itertools.chain.from_iterable(runs(text, 8) for text in others))
    ours = set(itertools.chain.from_iterable(runs(article(name)[0].text, 8) for name in NAMES))
    assert not theirs & ours


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of other people's texts is not beside this checkout")
def test_the_real_page_has_its_18_paragraphs() -> None:
    (found,) = read(walk([str(SHARED / "real" / "daily-star-khan-sheikhoun.txt")]), Read())
    assert isinstance(found, Article)
    assert (found.date, found.source) == ("2019-08-21", "The Daily Star")
    assert len([piece for piece in pieces(found, Split()) if isinstance(piece, Paragraph)]) == 18
