import re
from html.parser import HTMLParser

import jinja2  # noqa: F401  (imported here, so that no test pays for it)
import pytest

from nutgraf import report
from nutgraf.codebook import Codebook, of_names
from nutgraf.config import Report
from nutgraf.errors import NutgrafError
from nutgraf.records import Article
from nutgraf.report import labels_of, render, sheets

HOSTILE = [
    "<script>alert(1)</script>",
    "</p></article><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "{{ 7 * 191 }}{% raw %}",
    "</title><style>*{display:none}</style><!--",
]


class Seen(HTMLParser):
    """What a browser would make of the page: its elements, their attributes, and the text apart from code."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text, self.inside = [], [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.inside = tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside not in ("script", "style"):
            self.text.append(data)


def row(article="n", paragraph=0, text="A ferry left.", **labels):
    given = labels or {"boats": (True, 0.9), "roads": (False, 0.2)}
    return (
        {"article_id": article, "paragraph": paragraph, "start": 0, "end": len(text), "text": text}
        | {name: yes for name, (yes, _) in given.items()}
        | {f"p_{name}": share for name, (_, share) in given.items()}
    )


def page_of(*rows, codebook=None, articles=None, **knobs):
    names = labels_of(rows[0])
    page, _, _ = render(sheets(rows, names, articles or {}), names, codebook or of_names(names), Report(**knobs))
    return page


def book(**of_boats):
    return Codebook.model_validate({"labels": [{"name": "boats"} | of_boats, {"name": "roads"}]})


PLACES = {
    "text": lambda evil: page_of(row(text=evil)),
    "article id": lambda evil: page_of(row(article=evil)),
    "headline": lambda evil: page_of(row(), articles={"n": Article(id="n", text="", title=evil)}),
    "source": lambda evil: page_of(row(), articles={"n": Article(id="n", text="", source=evil)}),
    "date": lambda evil: page_of(row(), articles={"n": Article(id="n", text="", date=evil)}),
    "definition": lambda evil: page_of(row(), codebook=book(definition=evil)),
    "title of a label": lambda evil: page_of(row(), codebook=book(title=evil)),
    "title of the page": lambda evil: page_of(row(), title=evil),
    # with a codebook of its own, a table's other columns are no longer checked as names of labels
    "name of a label": lambda evil: page_of(row(**{evil: (True, 0.9)}), codebook=book()),
}


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_is_shown_as_text_and_adds_no_element_or_attribute(place, evil):
    hostile, harmless = Seen(PLACES[place](evil)), Seen(PLACES[place]("harmless"))
    assert hostile.tags == harmless.tags
    assert [(tag, name) for tag, name, _ in hostile.attributes] == [(tag, name) for tag, name, _ in harmless.attributes]
    assert evil.replace("_", " ").casefold() in " ".join(hostile.text).replace("_", " ").casefold()


def test_the_page_reaches_for_nothing_outside():
    page = page_of(row(), row(paragraph=1), codebook=book(definition="Boats of all kinds."))
    assert not re.search(r"https?:|//[a-z]|url\(|@import", page)
    assert not {name for _, name, _ in Seen(page).attributes} & {"src", "href", "srcset", "action", "data"}
    assert "default-src 'none'" in page


def test_an_address_in_an_article_is_text_and_no_link():
    seen = Seen(page_of(row(text="See https://example.org for more.")))
    assert "See https://example.org for more." in seen.text
    assert not {"a", "link", "img", "iframe"} & set(seen.tags)


def test_labels_of_other_people_are_shown_without_a_codebook():
    rows = [row(sport=(True, 0.976), soft_news=(False, 0.4)), row(paragraph=1, sport=(False, 0), soft_news=(False, 0))]
    seen = Seen(page_of(*rows))
    shown = " ".join(seen.text)
    for words in ("Sport", "98%", "1 of 2", "Soft news 40%", "0 of 2"):
        assert words in shown
    assert [value for _, name, value in seen.attributes if name == "data-labels"] == ["sport", "none"]


def test_a_label_has_the_title_definition_and_colour_of_its_codebook():
    page = page_of(row(), codebook=book(title="Watercraft", definition="Whatever floats.", colour="#123456"))
    assert "Watercraft" in page
    assert "1 of 1. Whatever floats." in page
    assert "--c: #123456" in page


def test_a_label_that_the_codebook_does_not_know_is_shown_all_the_same():
    assert "Bridges" in page_of(row(bridges=(True, 0.9)), codebook=book())


@pytest.mark.parametrize("yes", [True, "True", "true", " TRUE ", "1", 1, "yes"])
@pytest.mark.parametrize("no", [False, "False", "false", "0", 0, "", None])
def test_decisions_are_understood_as_every_table_writes_them(yes, no):
    shown = " ".join(Seen(page_of(row(boats=(yes, "0.9"), roads=(no, "0.1")))).text)
    assert "1 of 1" in shown
    assert "0 of 1" in shown


def test_the_paragraphs_of_an_article_stand_together_in_their_order_with_headline_source_and_date():
    rows = [row("n", 0, "First."), row("n", 1, "Second."), row("m", 0, "Third.")]
    known = {"n": Article(id="n", text="", title="At the quay", source="The Gull", date="2031-02-03")}
    first, second = sheets(rows, ("boats", "roads"), known)
    assert (first.title, first.source, first.date, first.id) == ("At the quay", "The Gull", "2031-02-03", "n")
    assert [(block.number, block.text) for block in first.blocks] == [(1, "First."), (2, "Second.")]
    assert (second.id, second.title, [block.text for block in second.blocks]) == ("m", "", ["Third."])


def test_articles_beyond_the_limit_are_left_out_and_counted():
    rows = [row(f"article-{number}") for number in range(5)]
    names = ("boats", "roads")
    page, shown, left_out = render(sheets(rows, names, {}), names, of_names(names), Report(max_articles=2))
    assert (shown, left_out) == (2, 3)
    assert "3 more articles are not on this page" in page
    assert "article-1" in page
    assert "article-2" not in page


def test_labels_are_the_columns_that_have_a_probability_beside_them():
    assert labels_of({"text": "", "boats": True, "p_value": 0.1, "roads": False, "p_roads": 0.2, "p_boats": 0.9}) == (
        "roads",
        "boats",
    )


@pytest.mark.parametrize("columns", [{"text": "A ferry."}, {"text": "", "boats": True}, {"text": "", "p_boats": 0.9}])
def test_a_table_without_labels_is_refused(columns):
    with pytest.raises(NutgrafError, match="the table has no labels"):
        labels_of(columns)


ROW = {"article_id": "a", "paragraph": 0, "text": "A ferry.", "boats": True, "p_boats": 0.9}


@pytest.mark.parametrize("value", ["", None, "high", float("nan"), 2])
def test_a_row_whose_probability_is_none_says_so(value):
    assert "p_boats" in report.fault(ROW | {"p_boats": value})


def test_a_row_without_text_says_so():
    assert "text" in report.fault(ROW | {"text": None})


@pytest.mark.parametrize("cell", [{}, {"paragraph": "1.0"}, {"paragraph": "x"}, {"p_boats": "0.5"}])
def test_a_row_that_can_be_shown_is_shown(cell):
    assert report.fault(ROW | cell) == ""
    (sheet,) = report.sheets([ROW | cell], ("boats",), {})
    assert [block.number for block in sheet.blocks] == [1]
