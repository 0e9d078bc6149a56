"""Furniture over all the articles of the corpus: what is told as furniture, against what annotators left out."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from nutgraf.config import Read, Split
from nutgraf.read import read
from nutgraf.read.sources import walk
from nutgraf.records import Article, Dropped
from nutgraf.split import pieces

SEEDS = Path(__file__).parents[2] / "seeds"


def openings(path: Path) -> tuple[str, ...]:
    table = SEEDS / "annotations" / path.relative_to(SEEDS / "articles").with_suffix(".csv")
    with table.open(encoding="utf-8", newline="") as file:
        return tuple(row["opening"] for row in csv.DictReader(file))


@pytest.mark.slow
def test_furniture_of_the_corpus_is_told_with_precision_and_recall_of_99_percent() -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for path in sorted((SEEDS / "articles").glob("*/*.txt")):
        paragraphs = openings(path)
        (article,) = read(walk([str(path)]), Read())
        assert isinstance(article, Article), article
        for piece in pieces(article, Split()):
            dropped, furniture = isinstance(piece, Dropped), not piece.text.startswith(paragraphs)
            counts[
                {(True, True): "found", (True, False): "lost", (False, True): "left"}.get((dropped, furniture), "")
            ] += 1
            if dropped != furniture:
                wrong.append((path.stem, piece.text))
    precision = counts["found"] / (counts["found"] + counts["lost"])
    recall = counts["found"] / (counts["found"] + counts["left"])
    print(f"furniture: precision {precision:.4f} recall {recall:.4f} of {counts['found'] + counts['left']} lines")
    assert precision >= 0.99, wrong
    assert recall >= 0.99, wrong
