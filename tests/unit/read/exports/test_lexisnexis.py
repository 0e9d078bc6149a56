"""Layouts of the older LexisNexis: headers in any order, paragraphs parted in any way."""

import re

import pytest

from exports_made import TWO, Made, lexisnexis
from nutgraf.read.exports import articles

MEANT = [one.paragraphs for one in TWO]


def bodies(text):
    return [tuple(item.text.split("\n\n")) for item in articles(text, "x.txt")]


@pytest.mark.parametrize("width", [60, 72, 78, 90])
def test_lines_wrapped_in_mid_sentence_are_no_paragraphs(width):
    assert bodies(lexisnexis(width=width)) == MEANT


def test_a_blank_line_after_each_line_parts_no_paragraphs():
    assert bodies(re.sub(r"\n+", "\n\n", lexisnexis())) == MEANT
    assert bodies(lexisnexis().replace("\n", "\n\n")) == MEANT


def test_paragraphs_are_told_by_indentation_where_no_blank_lines_part_them():
    assert bodies(lexisnexis(indent="   ", gap="\n")) == MEANT


def test_paragraphs_are_told_by_lines_that_end_early_where_nothing_parts_them():
    assert bodies(lexisnexis(gap="\n")) == MEANT


def test_a_body_that_is_indented_as_a_whole_keeps_its_paragraphs():
    text = re.sub(r"(?m)^(?=[“A-Z])(?![A-Z-]+:)", "     ", lexisnexis())
    assert bodies(text) == MEANT


def test_paragraphs_of_a_line_each_are_not_joined():
    assert bodies(lexisnexis(width=2000, gap="\n")) == MEANT


@pytest.mark.parametrize(
    "mark",
    ["{number} of {count} DOCUMENTS", "Document {number} of {count}", "{number} von {count} DOKUMENTEN",
     "FOCUS - {number} of {count} DOCUMENTS", "Dokument {number} von {count}", "{number} of {count} DOCUMENT"],
)  # fmt: skip
def test_articles_begin_under_any_of_the_marks(mark):
    assert bodies(lexisnexis(mark=mark)) == MEANT


@pytest.mark.parametrize(
    "day",
    ["{0.american}", "{0.british}", "{0.day:%A}, {0.british}", "{0.american} 10:12 AM GMT",
     "{0.day:%A}, {0.day:%B} {0.day.day}, {0.day.year} 10:12 AM GMT", "{0.american}, Late Edition - Final",
     "{0.day:%B} {0.day.day}, {0.day.year}, {0.day:%A}, BC cycle"],
)  # fmt: skip
def test_the_date_is_told_from_weekday_hour_and_edition(day):
    assert [item.date for item in articles(lexisnexis(day=day), "x.txt")] == ["2014-03-09", "2014-03-11"]


@pytest.mark.parametrize(
    "edition", [("Late Edition - Final",), ("Edition 1;", "Scotland"), ("", "Late Edition - Final")]
)
def test_the_edition_is_no_headline(edition):
    assert [item.title for item in articles(lexisnexis(edition=edition), "x.txt")] == [one.title for one in TWO]


def test_captions_and_index_terms_are_no_paragraphs():
    text = lexisnexis(graphic="PHOTO: The bridge on Sunday, seen from the bank. (A. Menning)\n\nMAP: The Orla.")
    text = text.replace("LANGUAGE:", "SUBJECT: ROADS (90%);\nTALKS (70%)\n\nCITY: DALMERE (50%)\n\nLANGUAGE:")
    assert bodies(text) == MEANT


def test_index_terms_without_a_date_of_loading_are_no_paragraphs_either():
    text = re.sub("LOAD-DATE: .*", "SUBJECT: ROADS (90%); TALKS (70%)", lexisnexis())
    assert bodies(text) == MEANT


def test_a_paragraph_that_opens_like_an_index_term_is_kept():
    made = Made(paragraphs=("It rained.", "LANGUAGE: she spoke of little else.", "In Venn it rained again that day."))
    assert bodies(lexisnexis((made,))) == [made.paragraphs]


def test_fields_may_name_headline_and_body_and_the_copyright_come_first():
    text = """
2 of 48 DOCUMENTS

Copyright 2001 The Orla Courier
Company of Venn
The Orla Courier

December 5, 2001, Wednesday, Late Edition - Final

SECTION: Section A; Page 1; Column 6; Foreign Desk

LENGTH: 21 words

HEADLINE: Road to Dalmere shut;
Convoy waits

BYLINE: By ADA MENNING

DATELINE: DALMERE, Orla, Dec. 4

BODY:
The road was shut.

It rained on the bank, where the convoy
had been waiting.

LOAD-DATE: December 5, 2001
"""
    (one,) = articles(text, "x.txt")
    assert (one.title, one.date) == ("Road to Dalmere shut; Convoy waits", "2001-12-05")
    assert one.source == "The Orla Courier"
    assert (one.byline, one.place) == ("ADA MENNING", "DALMERE, Orla")
    assert one.text == "The road was shut.\n\nIt rained on the bank, where the convoy had been waiting."


def test_a_headline_with_a_colon_is_no_field():
    made = Made(title="ORLA: Road to Dalmere shut")
    assert [item.title for item in articles(lexisnexis((made,)), "x.txt")] == [made.title]


def test_an_article_without_length_and_fields_has_headline_and_body():
    text = lexisnexis()
    text = re.sub(r"(?m)^(?:LENGTH|BYLINE|SECTION): .*\n+", "", text, count=3)
    first, _ = articles(text, "x.txt")
    assert (first.title, first.byline, first.text) == (TWO[0].title, "", "\n\n".join(TWO[0].paragraphs))


def test_german_fields_are_known():
    text = lexisnexis(mark="{number} von {count} DOKUMENTEN", day="9. März 2014 Sonntag")
    for word, other in {
        "LENGTH": "LÄNGE",
        "BYLINE: By": "AUTOR: Von",
        "SECTION": "RUBRIK",
        "LANGUAGE": "SPRACHE",
    }.items():
        text = text.replace(word, other)
    first, _ = articles(text, "x.txt")
    assert (first.title, first.date, first.byline) == (TWO[0].title, "2014-03-09", "Ada Menning")
    assert bodies(text) == MEANT


HEADER = """
1 of 1 DOCUMENTS

                           The Orla Courier

                         March 9, 2014 Sunday

Road to Dalmere shut

LENGTH: 90 words

"""


def body(text):
    (one,) = bodies(HEADER + text)
    return one


def test_indentation_parts_paragraphs_whose_last_lines_are_full():
    text = """    The road to Dalmere stayed shut on Sunday after shells fell on it.
    The governor said that the convoy would have to wait until dark on
the bank. It rained in the evening, and nobody came to the river now.
    Nobody knew when the road would be open again, or who held it now.
"""
    assert [paragraph.split()[0] for paragraph in body(text)] == ["The", "The", "Nobody"]


def test_a_quotation_that_is_set_in_is_no_paragraph_in_mid_sentence():
    text = """The governor, who had come from Venn by the northern road, read out
     the order of the day and went back to her house by the same road.

It rained.

It rained on.
"""
    assert len(body(text)) == 3


def test_a_subheading_apart_leaves_the_rest_to_be_parted_by_lines_that_end_early():
    text = "By our own correspondent\n\n" + "\n".join(
        f"The road to Dalmere stayed shut on day {number} after shells fell on\nthe bridge." for number in "12345"
    )
    assert len(body(text)) == 6


def test_long_lines_are_paragraphs_though_they_end_in_no_stop():
    lines = [f"{number} The road to Dalmere stayed shut " + "on the bank " * 9 for number in range(8)]
    assert body("\n".join(lines)) == tuple(line.strip() for line in lines)


def test_a_hyphen_at_the_margin_stays():
    text = """The governor said on Sunday that she would keep to the cease-
fire. A dash -
she said - stays as it is.

It rained.

It rained on.
"""
    assert body(text)[0].endswith("keep to the cease-fire. A dash - she said - stays as it is.")
