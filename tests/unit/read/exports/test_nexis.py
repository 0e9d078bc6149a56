"""Layouts of Nexis Uni."""

import pytest

from exports_made import TWO, Made, nexis_lines
from nutgraf.read.exports import articles

MEANT = [(one.title, one.outlet, one.paragraphs) for one in TWO]


def told(lines):
    return [(item.title, item.source, tuple(item.text.split("\n\n"))) for item in articles("\n".join(lines), "x.docx")]


def test_the_cover_page_is_no_part_of_the_first_article():
    assert told(nexis_lines()) == MEANT


def test_an_export_without_a_cover_page_keeps_its_first_headline():
    lines = nexis_lines()
    assert told(lines[lines.index("Page 1 of 20") + 1 :]) == MEANT


def test_marks_of_pages_within_the_body_are_left_out():
    lines = nexis_lines()
    at = lines.index(TWO[0].paragraphs[1])
    assert told([*lines[:at], "Page 3 of 20", *lines[at:]]) == MEANT


def test_the_body_is_found_without_its_mark():
    assert told(nexis_lines(body="")) == MEANT


def test_articles_are_told_apart_without_the_mark_of_their_end():
    assert told(nexis_lines(end="")) == MEANT


@pytest.mark.parametrize("line", ["Subject: the bridge, and who pays for it.", "Graphics of the flood hang there."])
def test_a_paragraph_that_opens_like_an_index_term_is_kept(line):
    made = Made(paragraphs=("It rained.", line, "It rained again."))
    assert told(nexis_lines((made,))) == [(made.title, made.outlet, made.paragraphs)]


def test_a_headline_with_a_date_is_no_date():
    made = Made(title="March 3, 2014 remembered in Dalmere")
    (one,) = articles("\n".join(nexis_lines((made,))), "x.docx")
    assert (one.title, one.date, one.source) == (made.title, "2014-03-09", made.outlet)


def test_no_break_spaces_after_the_names_of_fields_are_spaces():
    (one, _) = articles("\n".join(nexis_lines()).replace(": ", ":\N{NO-BREAK SPACE}"), "x.docx")
    assert (one.byline, one.text) == ("Ada Menning", "\n\n".join(TWO[0].paragraphs))


def test_a_document_without_a_header_loses_no_text():
    lines = ["Road shut", "It rained in Venn.", "End of Document", *nexis_lines()]
    assert told(lines) == [("Road shut", "", ("It rained in Venn.",)), *MEANT]


def test_dateline_and_summary_are_no_paragraphs():
    lines = nexis_lines()
    lines.insert(lines.index("Highlight: A day"), "Dateline: DALMERE, Orla, March 8")
    (one, _) = articles("\n".join(lines), "x.docx")
    assert (one.place, one.text) == ("DALMERE, Orla", "\n\n".join(TWO[0].paragraphs))
