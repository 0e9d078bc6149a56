"""Saved HTML pages."""

import pytest
from msgspec import structs

from nutgraf.config import Read
from nutgraf.read import page as pages
from nutgraf.records import Article, Refusal


def read(data: bytes, name: str, knobs: Read) -> Article | Refusal:
    (found,) = pages.read(data, name, knobs)
    return found


PARAGRAPHS = [
    "The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.",
    "“We stay until the last boat has left,” she told reporters at the harbour of Dalmere.",
    "By noon the last of the families were on their way to the camp in the northern hills.",
]
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Boats leave Dalmere</title>
<meta property="og:title" content="Boats leave Dalmere"><meta property="og:site_name" content="Dalmere Post">
<meta property="article:published_time" content="2014-03-09T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Boats leave Dalmere</h1>{body}</article>
<footer><p>Dalmere Media, 1 Quay Street</p></footer></body></html>"""


def page(paragraphs=PARAGRAPHS, template=PAGE):
    return template.format(body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


@pytest.fixture
def article():
    return read(page().encode(), "page.html", Read())


def test_the_body_is_the_article_s_paragraphs_a_blank_line_apart(article):
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_title_day_source_and_path_are_found(article):
    assert (article.title, article.date, article.source, article.path) == (
        "Boats leave Dalmere",
        "2014-03-09",
        "Dalmere Post",
        "page.html",
    )


def test_two_copies_of_a_page_have_one_id(article):
    assert read(page().encode("utf-16"), "copy.html", Read()).id == article.id


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_page_in_another_encoding_than_it_declares_reads_alike(article, encoding):
    found = read(page().encode(encoding), "page.html", Read())
    assert structs.replace(found, repaired=()) == article


def test_doubly_encoded_text_is_mended(article):
    broken = page().replace("“", "â€œ").replace("”", "â€\x9d")
    assert read(broken.encode(), "page.html", Read()).text == article.text


def test_entities_and_markup_inside_a_paragraph_are_text():
    marked = ["The <b>Orla</b> bridge &amp; the road <a href='/r'>were shut</a> on Monday, &ldquo;for now&rdquo;."]
    text = read(page([*PARAGRAPHS, *marked]).encode(), "page.html", Read()).text
    assert text.split("\n\n")[-1] == "The Orla bridge & the road were shut on Monday, “for now”."


def test_scripts_and_comments_of_readers_are_left_out():
    extra = "<script>var wells = 4;</script><div class='comments' id='comments'><p>Shame on the ferry firm!</p></div>"
    text = read(page().replace("</article>", f"</article>{extra}").encode(), "page.html", Read()).text
    assert text == "\n\n".join(PARAGRAPHS)


def test_tables_are_left_out():
    table = "<table><tr><th>Camp</th><th>Wells</th></tr><tr><td>North camp</td><td>Four wells</td></tr></table>"
    text = read(page().replace("</article>", f"{table}</article>").encode(), "page.html", Read()).text
    assert text == "\n\n".join(PARAGRAPHS)


def test_what_a_page_does_not_tell_is_empty():
    found = read(page(template="<html><body>{body}</body></html>").encode(), "page.html", Read())
    assert (found.title, found.date, found.source) == ("", "", "")
    assert found.text == "\n\n".join(PARAGRAPHS)


def test_an_xml_declaration_is_borne(article):
    declared = '<?xml version="1.0" encoding="utf-8"?>' + page()
    assert read(declared.encode(), "page.xhtml", Read()).text == article.text


@pytest.mark.parametrize("text", ["<html><body></body></html>", "<p></p>", "<", "<!-- -->", "<html><script>1</script>"])
def test_a_page_without_an_article_is_refused(text):
    assert read(text.encode(), "page.html", Read()).reason == "no_article"


def test_bytes_that_are_no_text_are_refused():
    assert read(b"\x00\x01\x02\x03" * 20, "page.html", Read()).reason == "not_text"


def test_tags_nested_by_the_thousand_are_no_exception():
    assert read(b"<div>" * 5000 + b"Rain.", "page.html", Read()).path == "page.html"


@pytest.mark.parametrize("reference", ["&#11;", "&#1;", "&#x0B;", "&#0;"])
def test_a_reference_to_a_control_character_does_not_cost_the_page(reference):
    found = read(
        page([PARAGRAPHS[0].replace("trucks", f"trucks{reference}"), *PARAGRAPHS[1:]]).encode(), "p.html", Read()
    )
    assert found.text == "\n\n".join(PARAGRAPHS)
