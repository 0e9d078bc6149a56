"""The blocks of a page's tree, their kinds, and which of them the article missed."""

import pytest
from lxml import html

from nutgraf.read.page.blocks import blocks
from nutgraf.read.page.body import body
from pages_made import PARAGRAPHS, PLEA, STANDFIRST, paragraphs, within


def blocks_of(markup):
    return list(blocks(html.document_fromstring(markup)))


def body_of(markup, found=PARAGRAPHS, title="Boats leave Dalmere", summary=""):
    return body(blocks_of(markup), found, title, summary)


def test_a_paragraph_that_the_extraction_missed_is_found_among_its_siblings():
    markup = "<div class='story'>" + "".join(paragraphs()) + "</div>"
    assert list(body_of(markup, PARAGRAPHS[:2] + PARAGRAPHS[3:]).lines) == PARAGRAPHS
    assert list(body_of(markup, PARAGRAPHS[1:]).lines) == PARAGRAPHS


def test_a_line_of_links_among_its_siblings_is_not_taken_for_a_missed_paragraph():
    markup = within(f'<p><a href="/1">{PLEA[:60]}</a></p>')
    assert list(body_of(markup).lines) == PARAGRAPHS


@pytest.mark.parametrize("tag", ["aside", "table", "form", "footer", "sidebar", "hidden"])
def test_a_kind_of_furniture_that_holds_what_was_found_is_none(tag):
    inner = "".join(paragraphs()[:2]) + "<h3>The long night</h3>" + "".join(paragraphs()[2:])
    wrapped = {
        "table": f"<table><tr><td>{inner}</td></tr></table>",
        "sidebar": f"<div class='sidebar'>{inner}</div>",
        "hidden": f"<div style='display: none'>{inner}</div>",
    }.get(tag, f"<{tag}>{inner}</{tag}>")
    assert {block.kinds for block in blocks_of(wrapped)} == {(tag,)}
    assert body_of(wrapped).headings == {2}


def test_a_headline_in_the_midst_is_left_out_whatever_its_words():
    assert list(body_of(within("<h1>Lorries leave Dalmere</h1>")).lines) == PARAGRAPHS


def test_a_summary_in_bold_before_the_first_paragraph_is_one():
    lead = "Families cross the lake by night, and shells fall on the road"
    made = body_of(within(f"<p><b>{lead}</b></p>", place=0), [lead, *PARAGRAPHS])
    assert (list(made.lines), made.headings) == ([lead, *PARAGRAPHS], frozenset())


def test_a_long_sentence_in_a_heading_s_tag_is_a_paragraph():
    long = " ".join(PARAGRAPHS[:2])
    assert body_of(within(f"<h4>{long}</h4>"), [long, *PARAGRAPHS]).headings == frozenset()


def test_a_heading_at_the_foot_of_the_article_is_left_out():
    assert list(body_of(within("<h3>More of the day</h3>", place=5)).lines) == PARAGRAPHS


def test_two_line_breaks_part_what_is_no_sentence():
    assert [block.text for block in blocks_of("<p>The long night<br><br>shells fall<br>on the road</p>")] == [
        "The long night",
        "shells fall on the road",
    ]


@pytest.mark.parametrize("given", ["hidden", 'aria-hidden="true"', 'style="display:none"'])
def test_hidden_words_inside_a_paragraph_are_no_part_of_it(given):
    assert [block.text for block in blocks_of(f"<p>The boats <span {given}>(open in app) </span>left.</p>")] == [
        "The boats left."
    ]


@pytest.mark.parametrize(
    "name", ["articleNewsletterBox", "storyRelated", "inlineReadMore", "figCaption", "box_related"]
)
def test_names_that_capitals_or_marks_part_tell_furniture(name):
    assert [bool(block.kinds) for block in blocks_of(f'<div class="{name}"><p>Boats</p></div>')] == [True]


@pytest.mark.parametrize("name", ["story", "sc-hAdXyz", "headline", "download", "loads", "article__body"])
def test_other_names_tell_none(name):
    assert [block.kinds for block in blocks_of(f'<div class="{name}"><p>Boats</p></div>')] == [()]


def test_a_standfirst_that_the_page_s_summary_goes_on_from_is_known():
    markup = f"<h1>Boats leave Dalmere</h1><section><div><div>{STANDFIRST}</div></div></section>" + within("")
    assert body_of(markup, summary=f"{STANDFIRST}, and envoys meet in Tessin").lines[0] == STANDFIRST


def test_shares_of_links_and_of_bold_are_told():
    (block,) = blocks_of("<p>ab <a href='x'>cd</a> <b>ef<i>gh</i></b></p>")
    assert (block.linked, block.stressed, block.tag, block.key) == (0.25, 0.5, "p", "abcdefgh")
