"""Ids and the side by which a partition decides."""

import hashlib
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.records import (
    Annotation,
    Article,
    Paragraph,
    Passage,
    Quotation,
    Refusal,
    article_id,
    digest,
    paragraph_id,
)


def test_a_digest_is_twelve_hexadecimal_digits_of_the_joined_parts():
    assert digest("alpha", "béta") == hashlib.sha256("alpha\x1fbéta".encode()).hexdigest()[:12]


def test_an_id_given_today_is_the_id_given_by_earlier_versions():
    assert article_id("Harbour reopens", "The harbour reopened at noon.") == "d6e778fec21a"


def test_where_parts_meet_changes_the_digest():
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_a_digest_is_found_for_any_text_with_lone_surrogates_too(text):
    assert len(digest(text)) == 12
    assert set(digest(text)) <= set("0123456789abcdef")


def test_another_title_gives_another_article_id():
    assert article_id("Harbour reopens", "At noon.") != article_id("Harbour closes", "At noon.")


def test_a_paragraph_id_names_its_article_and_place():
    assert [paragraph_id("f00", index) for index in (0, 11)] == ["f00-0", "f00-11"]


@pytest.mark.parametrize(
    ("group", "article", "side"),
    [("delta-war", "a1", "delta-war"), ("", "a1", "a1"), ("", "", "p1"), ("delta-war", "", "delta-war")],
)
def test_the_side_is_the_group_else_the_article_else_the_paragraph(group, article, side):
    assert Annotation(id="p1", text="Rain.", labels=(), group=group, article=article).side == side


def test_records_are_frozen():
    article = Article(id="a1", text="Rain fell.")
    with pytest.raises(AttributeError):
        article.text = "Snow fell."
    assert article in {article}


def test_what_is_not_known_of_a_record_is_empty_and_people_are_its_annotators():
    article = Article(id="a1", text="Rain fell.")
    annotation = Annotation(id="p1", text="Rain fell.", labels=("quote",))
    refusal = Refusal(path="some.txt", reason="empty")
    assert (article.title, article.date, article.source, article.path) == ("", "", "", "")
    assert (annotation.article, annotation.group, annotation.date, annotation.by) == ("", "", "", "people")
    assert (refusal.record, refusal.detail) == (0, "")


def test_a_passage_is_its_text_and_keeps_what_is_known_of_it_between_processes():
    quotation = Quotation(start=0, end=6, mark="“", attributed=True)
    passage = Passage("“Rain”", (quotation,), "Floods", "Snow fell.")
    assert passage == "“Rain”"
    assert {passage: 1}["“Rain”"] == 1
    copied = pickle.loads(pickle.dumps(passage))  # noqa: S301  (what joblib does between processes)
    assert (copied, copied.quotes, copied.headline, copied.before) == ("“Rain”", (quotation,), "Floods", "Snow fell.")


def test_of_a_text_by_itself_nothing_more_is_known():
    passage = Passage("Rain")
    assert (passage.quotes, passage.headline, passage.before) == (None, "", "")


@pytest.mark.parametrize("kind", [Paragraph, Annotation])
def test_the_passage_of_a_record_has_its_quotations_and_its_headline_and_nothing_before(kind):
    quotation = Quotation(start=0, end=6, mark="“", attributed=True)
    more = {"article": "a", "index": 3, "start": 0, "end": 6} if kind is Paragraph else {"labels": ()}
    passage = kind(id="p", text="“Rain”", title="Floods", quotes=(quotation,), **more).passage
    assert (passage, passage.quotes, passage.headline, passage.before) == ("“Rain”", (quotation,), "Floods", "")
