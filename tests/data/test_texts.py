"""The corpus: its texts are varied, original, and as long as news is."""

from __future__ import annotations

import difflib
import itertools
import statistics
from collections import Counter, defaultdict

import pytest
from corpus import NAMES, SHARED, Labelled, article, labelled, runs

from nutgraf.config import Read, Split
from nutgraf.quotes import found
from nutgraf.read import read
from nutgraf.read.sources import walk
from nutgraf.records import Article, Dropped, Paragraph
from nutgraf.reprints import Reprints, signature
from nutgraf.split import pieces


@pytest.fixture(scope="module")
def every() -> list[Labelled]:
    return labelled()


def test_paragraphs_have_the_lengths_of_news(every: list[Labelled]) -> None:
    words = [len(one.text.split()) for one in every]
    assert min(words) >= 5 and max(words) <= 140
    assert 27 <= statistics.median(words) <= 40
    tenths = statistics.quantiles(words, n=10)
    assert tenths[0] <= 20
    assert tenths[8] >= 50


@pytest.mark.slow
def test_no_two_paragraphs_are_nearly_the_same_but_for_the_hard_pairs(every: list[Labelled]) -> None:
    seen = Reprints(0.5)
    alike = [
        (one.article, every[earlier].article, one.text)
        for one in every
        for earlier in seen.add(signature(one.text))
        if not one.row["pair"] or one.row["pair"] != every[earlier].row["pair"]
    ]
    assert not alike


def test_few_paragraphs_open_alike(every: list[Labelled]) -> None:
    openings = Counter(" ".join(one.text.lower().split()[:3]) for one in every)
    assert [opening for opening, count in openings.items() if count > 0.02 * len(every)] == []


@pytest.mark.slow
def test_no_run_of_eight_words_stands_in_more_than_five_articles(every: list[Labelled]) -> None:
    where: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in every:
        for run in runs(one.text, 8):
            where[run].add(one.article)
    assert [" ".join(run) for run, articles in where.items() if len(articles) > 5] == []


def test_hard_pairs_are_alike_and_their_labels_are_not(every: list[Labelled]) -> None:
    pairs: dict[str, list[Labelled]] = defaultdict(list)
    for one in every:
        if one.row["pair"]:
            pairs[one.row["pair"]].append(one)
    assert len(pairs) >= 200
    for name, members in pairs.items():
        first, second = members
        assert name.startswith(first.article.split("/")[0]) and name.startswith(second.article.split("/")[0])
        assert first.labels != second.labels, name
        assert difflib.SequenceMatcher(None, first.text.split(), second.text.split()).ratio() >= 0.6, name


def test_every_style_of_quotation_marks_occurs(every: list[Labelled]) -> None:
    styles = Counter(span.mark for one in every if "quote" in one.labels for span in found(one.text) if span.attributed)
    assert all(styles[mark] >= 15 for mark in '“"‘«'), styles
    carried = sum(any(not span.closed for span in found(one.text)) for one in every if "quote" in one.labels)
    assert carried >= 30
    named = sum(bool(found(one.text)) for one in every if "quote" not in one.labels)
    assert named >= 60  # marks that quote nobody


def test_half_of_the_articles_have_furniture() -> None:
    assert sum(any(isinstance(piece, Dropped) for piece in article(name)[1]) for name in NAMES) >= 0.45 * len(NAMES)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of other people's texts is not beside this checkout")
def test_no_sentence_is_shared_with_other_peoples_texts() -> None:
    others = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in SHARED.rglob("*")
        if path.suffix in (".txt", ".jsonl", ".html")
    ]
    theirs = set(itertools.chain.from_iterable(runs(text, 8) for text in others))
    ours = set(itertools.chain.from_iterable(runs(article(name)[0].text, 8) for name in NAMES))
    assert others
    assert not theirs & ours


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of other people's texts is not beside this checkout")
def test_the_real_page_has_its_18_paragraphs() -> None:
    (page,) = read(walk([str(SHARED / "real" / "daily-star-khan-sheikhoun.txt")]), Read())
    assert isinstance(page, Article)
    assert (page.date, page.source) == ("2019-08-21", "The Daily Star")
    assert len([piece for piece in pieces(page, Split()) if isinstance(piece, Paragraph)]) == 18
