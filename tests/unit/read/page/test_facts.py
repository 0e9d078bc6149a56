"""Title, day, source and byline of a saved page."""

import json

import pytest
from lxml import html

from nutgraf.config import Read
from nutgraf.read import page as pages
from nutgraf.read.page.data import Told, told
from nutgraf.read.page.facts import facts
from nutgraf.records import Article

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.",
        "By noon the last of the families were on their way to the camp in the northern hills.",
        "The envoy of the lake states is to meet both sides in Tessin before the end of the week.",
    )
)


NOTHING = Told()


def known(title="", date="", site="", host="", authors="", machine=NOTHING):
    return facts(title, date, site, host, authors, machine)


def read(head):
    text = f"<html><head>{head}</head><body><main><h1>Boats leave</h1>{STORY}</main></body></html>"
    (found,) = pages.read(text.encode(), "page.html", Read())
    assert isinstance(found, Article), found
    return found


def told_by(*values):
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)
    return told(html.document_fromstring(f"<html><head>{scripts}</head><body></body></html>"))


@pytest.mark.parametrize(
    "title",
    [
        "Boats leave Dalmere - Dalmere Post",
        "Boats leave Dalmere | Dalmere Post",
        "Boats leave Dalmere – dalmere post",
        "Boats leave Dalmere|Dalmere Post",
        "Boats leave Dalmere :: Dalmere-Post",
        "Dalmere Post | Boats leave Dalmere",
        "Boats leave Dalmere — dalmerepost",
        "  Boats leave\n Dalmere ",
    ],
)
def test_the_site_s_name_is_no_part_of_the_title(title):
    assert known(title, site="Dalmere Post", host="dalmerepost.example").title == "Boats leave Dalmere"


@pytest.mark.parametrize(
    "title", ["Boats - and lorries - leave Dalmere", "Orla | Boats leave", "Dalmere Post wins a prize"]
)
def test_other_dashes_and_bars_stay_in_the_title(title):
    assert known(title, site="Dalmere Post").title == title


@pytest.mark.parametrize(
    ("site", "host", "publisher", "source"),
    [
        ("Dalmere Post", "post.example", "Dalmere Media Group", "Dalmere Post"),
        ("dalmerepost", "post.example", "Dalmere Post", "Dalmere Post"),
        ("", "post.example", "Dalmere Post", "Dalmere Post"),
        ("post.example", "post.example", "Dalmere Post", "Dalmere Post"),
        ("", "post.example", "", "post.example"),
    ],
)
def test_the_source_is_the_site_s_name_best_spelt(site, host, publisher, source):
    assert known(site=site, host=host, machine=Told(publisher=publisher)).source == source


@pytest.mark.parametrize(
    ("authors", "byline"),
    [
        ("By Ada Fictive", "Ada Fictive"),
        ("Von Ada Fictive und Ben Fictive", "Ada Fictive; Ben Fictive"),
        ("Ada Fictive, Ben Fictive and Cyd Fictive", "Ada Fictive; Ben Fictive; Cyd Fictive"),
        ("Ada Fictive; ada-fictive", "Ada Fictive"),
        ("ada fictive; Ada Fictive", "Ada Fictive"),
        ("Ada Fictive; https://post.example/ada; ada@post.example; @adafictive; 9 March 2014", "Ada Fictive"),
        ("Ada Fictive, Senior Correspondent", "Ada Fictive"),
        ("Staff Reporter", "Staff Reporter"),
        ("Dalmere Post", ""),
        ("", ""),
        ("a" * 500, ""),
    ],
)  # fmt: skip
def test_a_byline_is_names_and_nothing_else(authors, byline):
    assert known(site="Dalmere Post", authors=authors).byline == byline


def test_what_the_page_tells_machines_goes_before_what_its_text_shows():
    machine = Told(date="2014-03-09T08:00:00Z", authors=("Ada Fictive",), publisher="Dalmere Post", place="TESSIN")
    found = known("Boats", "2013-01-01", "Dalmere Post", "", "Photo Desk", machine)
    assert (found.date, found.byline, found.place) == ("2014-03-09", "Ada Fictive", "TESSIN")


def test_a_date_that_machines_cannot_read_is_passed_over():
    assert known(date="2014-03-09", machine=Told(date="last week")).date == "2014-03-09"


def test_the_article_is_found_among_the_things_of_a_graph():
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "name": "Boats"},
            {"@type": ["Thing", "NewsArticle"], "headline": "Boats leave",
             "author": [{"@id": "#ada"}, {"name": "Ben Fictive"}],
             "datePublished": "2014-03-09", "publisher": {"@type": "Organization", "name": "Dalmere Post"}},
            {"@id": "#ada", "@type": "Person", "name": "Ada Fictive"},
        ],
    }  # fmt: skip
    found = told_by(graph)
    assert (found.title, found.date, found.authors, found.publisher) == (
        "Boats leave",
        "2014-03-09",
        ("Ada Fictive", "Ben Fictive"),
        "Dalmere Post",
    )


@pytest.mark.parametrize(
    "value",
    [
        None, 4, "NewsArticle", [], [[[]]], {}, {"@type": None}, {"@type": "NewsArticle"}, {"@graph": {"@type": 4}},
        {"@type": "NewsArticle", "headline": {"a": 1}, "author": 4, "datePublished": [], "articleBody": {}},
        {"@type": "NewsArticle", "headline": "", "author": [None, [], {"name": None}, {"@id": []}], "@id": [1]},
    ],
)  # fmt: skip
def test_odd_values_tell_nothing(value):
    assert told_by(value) == Told()


def test_a_broken_script_does_not_hide_the_next_one():
    page = '<script type="application/ld+json">{"@type": </script><script type="application/ld+json">{}</script>'
    good = '<script type="application/ld+json">{"@type": "Report", "headline": "Boats"};</script>'
    assert told(html.document_fromstring(f"<html><head>{page}{good}</head></html>")).title == "Boats"


def test_a_deep_script_is_passed_over():
    assert told(html.document_fromstring(f'<script type="application/ld+json">{"[" * 100_000}</script>')) == Told()


def test_the_day_of_publication_is_told_from_those_of_change_and_saving():
    head = """<meta property="article:published_time" content="2014-03-09T08:00:00Z">
    <meta property="article:modified_time" content="2016-01-01T08:00:00Z"><meta name="saved" content="2019-01-01">"""
    assert read(head).date == "2014-03-09"


def test_control_characters_and_half_pairs_reach_no_field():
    value = {
        "@type": "NewsArticle",
        "headline": "Boats\ud800 le\x00ave",
        "author": "Ada\x01 Fictive",
        "dateline": "OR\x00LA",
    }
    found = read(f'<script type="application/ld+json">{json.dumps(value)}</script>')
    for field in (found.title, found.byline, found.place, found.text, found.source):
        assert not any(
            ord(character) < 32 or 0xD800 <= ord(character) < 0xE000 for character in field.replace("\n", "")
        )


def test_doubly_encoded_fields_are_mended():
    assert known("Dalmereâ€™s boats leave", site="La GacÃ©ta").title == "Dalmere’s boats leave"
    assert known("Boats", site="La GacÃ©ta").source == "La Gacéta"
