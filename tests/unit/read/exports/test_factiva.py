"""Layouts of Factiva: plain lines, fields of two letters, pages."""

import pytest

from exports_made import TWO, Made, factiva_coded, factiva_lines, factiva_page, factiva_table
from nutgraf.read import exports


def one_of(lines):
    (one,) = exports.articles("\n".join(lines), "x.rtf")
    return one


ONE = TWO[:1]
BODY = "\n\n".join(TWO[0].paragraphs)


@pytest.mark.parametrize("left_out", ["16:05", "ORLACR", "English", "By Ada Menning", "(c) 2014 The Orla Courier"])
def test_any_line_of_the_header_may_be_missing(left_out):
    one = one_of([line for line in factiva_lines(ONE) if line != left_out])
    assert (one.title, one.date, one.source, one.text) == (TWO[0].title, "2014-03-09", "The Orla Courier", BODY)
    assert one.byline == ("" if left_out.startswith("By") else "Ada Menning")


def test_pages_and_volumes_of_the_header_are_no_paragraphs():
    lines = factiva_lines(ONE)
    at = lines.index("ORLACR") + 1
    assert one_of([*lines[:at], "A6", "Volume 12; Issue 3", *lines[at:]]).text == BODY


def test_a_section_above_the_headline_is_no_headline():
    one = one_of(["World News", *factiva_lines(ONE)])
    assert (one.title, one.byline) == (TWO[0].title, "Ada Menning")


@pytest.mark.parametrize("byline", ["Ada Menning", "ADA MENNING and BROM TALLIS", "By Ada Menning in Dalmere"])
def test_a_line_of_names_under_the_headline_is_the_byline(byline):
    one = one_of([byline if line.startswith("By ") else line for line in factiva_lines(ONE)])
    assert (one.title, one.byline) == (TWO[0].title, byline.removeprefix("By "))


def test_headers_of_printed_pages_are_left_out():
    lines = factiva_lines(ONE)
    at = lines.index(TWO[0].paragraphs[1])
    mark = "Page 2 of 3 © 2015 Factiva, Inc. All rights reserved."
    assert one_of(["Search Summary", mark, *lines[:at], mark, *lines[at:]]).text == BODY


def test_a_document_without_a_header_loses_no_text():
    lines = ["Road shut", "It rained.", "Document ORLACR0020140309ea3900009", *factiva_lines(ONE)]
    first, second = exports.articles("\n".join(lines), "x.rtf")
    assert (first.title, first.text, second.text) == ("Road shut", "It rained.", BODY)


@pytest.mark.parametrize("parted", ["{code}|{value}|", "\t{code}\t{value}", "{code}\n{value}", "{code}  {value}"])
def test_fields_may_be_parted_from_their_values_in_any_way(parted):
    one = one_of(factiva_coded(ONE, parted))
    assert (one.title, one.date, one.source, one.byline, one.text) == (
        *(TWO[0].title, "2014-03-09", "The Orla Courier", "Ada Menning", BODY),
    )


def test_a_paragraph_that_opens_like_a_field_is_kept():
    made = Made(
        paragraphs=("It rained.", "IN the evening it rained on.", "HD\tis short for headline.", "CO said Tallis.")
    )
    assert one_of(factiva_coded((made,))).text == "\n\n".join(made.paragraphs).replace("HD\t", "HD ")


def test_a_page_in_another_language_is_read_by_its_structure():
    html = factiva_page(ONE)
    for word, other in {
        " words<": " Wörter<",
        "9 March 2014": "9 März 2014",
        "enArticle": "deArticle",
        "enH": "deH",
    }.items():
        html = html.replace(word, other)
    html = html.replace("English", "Deutsch").replace("Document ", "Dokument ").replace("enarticle", "dearticle")
    (one,) = exports.page(html, "x.html")
    assert (one.title, one.date, one.source, one.byline, one.text) == (
        *(TWO[0].title, "2014-03-09", "The Orla Courier", "Ada Menning", BODY),
    )


@pytest.mark.parametrize("write", [factiva_page, factiva_table])
def test_an_article_without_a_body_on_a_page_is_refused_by_its_number(write):
    _, refused = exports.page(write((TWO[0], Made(title="Only a picture", paragraphs=()))), "x.html")
    assert (refused.record, refused.reason, refused.detail) == (2, "no_text", "Only a picture")


def test_a_page_may_declare_an_encoding_of_its_own():
    html = '<?xml version="1.0" encoding="iso-8859-1"?>' + factiva_page(ONE)
    (one,) = exports.page(html, "x.html")
    assert one.text == BODY
