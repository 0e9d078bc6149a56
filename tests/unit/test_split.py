"""Paragraphs and dropped pieces as spans of an article's text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Split
from nutgraf.records import Article, Dropped, Paragraph, Refusal
from nutgraf.split import pieces, split

KNOBS = [Split(furniture=furniture, mend=mend) for furniture in (True, False) for mend in (True, False)]
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", " \n\t\n "]
FURNITURE = [
    "Share this story",
    "Tweet | Facebook | Print",
    "Related news",
    "Tags: dam, river",
    "Comments (4)",
    "Your email address will not be published",
    "Enter the code shown below: *",
    "Subscribe to the Dalmere Post",
    "© 2014 The Dalmere Post",
    "Photo: A. Fictive",
    "Advertisement",
    "ENDS",
    "Tel: 555 0100",
    "* * *",
    "____",
    "Three held after harbour fire",
    "Will the bridge be rebuilt?",
]
NEWS = [
    "The column crossed the Orla bridge at dawn, the governor said.",
    "“We will stay until the last boat has left,” she said.",
    "\"Nobody told us,\" he said. 'Nobody asked.'",
    "«It is over» was written on the wall",
    "officials said.Border guards saw nothing",
    "he told reporters.”The minister denied it",
    "“It is over.”“We know that much",
    "Four wells, two clinics",
]


def parts():
    words = st.text(st.sampled_from("abYZ .?!\"'“”‘’«»:;-—1\t\xa0"), max_size=12)
    return st.one_of(st.sampled_from(NEWS), st.sampled_from(FURNITURE), words, st.text(max_size=8))


def articles():
    """Any text, and lines like those of a news page in any order."""
    joined = st.lists(st.tuples(parts(), st.sampled_from([*BREAKS, "", " "])), max_size=12)
    return st.one_of(st.text(), joined.map(lambda some: "".join(part + after for part, after in some)))


def found(text, knobs=KNOBS[0]):
    return list(pieces(Article(id="a", text=text), knobs))


def paragraphs(text, knobs=KNOBS[0]):
    return [piece.text for piece in found(text, knobs) if isinstance(piece, Paragraph)]


@settings(max_examples=60, deadline=None)
@given(text=articles(), knobs=st.sampled_from(KNOBS))
def test_spans_index_the_text_in_order_and_rebuild_it_with_white_space(text, knobs):
    rebuilt, position = "", 0
    for piece in found(text, knobs):
        gap = text[position : piece.start]
        assert piece.start >= position
        assert gap.strip() == ""
        assert piece.text == text[piece.start : piece.end] != ""
        rebuilt += gap + piece.text
        position = piece.end
    assert text[position:].strip() == ""
    assert rebuilt + text[position:] == text


@settings(max_examples=60, deadline=None)
@given(text=articles(), knobs=st.sampled_from(KNOBS))
def test_splitting_the_joined_paragraphs_again_changes_nothing(text, knobs):
    once = paragraphs(text, knobs)
    assert paragraphs("\n\n".join(once), knobs) == once


@settings(max_examples=60, deadline=None)
@given(text=articles(), knobs=st.sampled_from(KNOBS))
def test_a_paragraph_is_a_stripped_line_or_a_verse_with_a_letter_or_digit(text, knobs):
    for paragraph in paragraphs(text, knobs):
        assert paragraph == paragraph.strip()
        assert len(paragraph.splitlines()) == 1 or all(len(line.split()) <= 12 for line in paragraph.split("\n"))
        assert any(character.isalnum() for character in paragraph)


@settings(max_examples=60, deadline=None)
@given(text=articles(), knobs=st.sampled_from(KNOBS))
def test_paragraphs_are_numbered_without_a_gap_and_named_by_their_number(text, knobs):
    some = [piece for piece in found(text, knobs) if isinstance(piece, Paragraph)]
    assert [piece.index for piece in some] == list(range(len(some)))
    assert [piece.id for piece in some] == [f"a-{index}" for index in range(len(some))]


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(articles(), max_size=4))
def test_every_article_gives_a_paragraph_or_one_refusal_after_its_dropped_pieces(texts):
    items = list(split([Article(id=str(n), text=text, path=str(n)) for n, text in enumerate(texts)], KNOBS[0]))
    for number, text in enumerate(texts):
        of_it = [i for i in items if (i.path if isinstance(i, Refusal) else i.article) == str(number)]
        refusals = [item for item in of_it if isinstance(item, Refusal)]
        assert len(refusals) == (0 if paragraphs(text) else 1)
        assert of_it[-len(refusals) or len(of_it) :] == refusals


@pytest.mark.parametrize("line_break", BREAKS)
def test_every_kind_of_line_break_parts_paragraphs(line_break):
    assert paragraphs(f"Rain fell.{line_break}Snow fell.") == ["Rain fell.", "Snow fell."]


def test_a_line_of_furniture_is_dropped_with_its_reason_and_span():
    text = "Rain fell on the valley.\nShare this story\nSnow fell on the hills of the north."
    assert found(text)[1] == Dropped(article="a", start=25, end=41, reason="share", text="Share this story")
    assert paragraphs(text) == ["Rain fell on the valley.", "Snow fell on the hills of the north."]


def test_furniture_stays_where_the_knob_is_off():
    assert paragraphs("Share this story", Split(furniture=False)) == ["Share this story"]


@pytest.mark.parametrize("knobs", KNOBS)
@pytest.mark.parametrize("line", ["* * *", "____", "…", "—"])
def test_a_line_without_a_letter_or_digit_is_an_ornament(line, knobs):
    assert [piece.reason for piece in found(line, knobs)] == ["ornament"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Snow was expected.Officials shut the pass.", ["Snow was expected.", "Officials shut the pass."]),
        ("Was it over?Nobody knew yet.", ["Was it over?", "Nobody knew yet."]),
        ("“It is over.”The mayor left.", ["“It is over.”", "The mayor left."]),
    ],
)
def test_a_break_lost_after_a_sentence_is_mended(text, expected):
    assert paragraphs(text) == expected
    assert paragraphs(text, Split(mend=False)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S.Army base was shut.",
        "The map at relief.Dalmere.org shows the wells.",
        "The pass (see map.jpg) was shut.",
        "He arrived at 5.Then he left.",
        "It was over. The mayor left.",
    ],
)
def test_abbreviations_addresses_and_spaced_sentences_are_not_parted(text):
    assert paragraphs(text) == [text]


@pytest.mark.parametrize("text", ["", " \n\t\n", "Share this story\n© 2014 The Dalmere Post"])
def test_an_article_without_a_paragraph_is_refused_by_name(text):
    *dropped, last = split([Article(id="a7", text=text, path="page.html")], Split())
    assert all(isinstance(piece, Dropped) for piece in dropped)
    assert (last.path, last.reason) == ("page.html", "no_paragraph")
    assert "a7" in last.detail


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "“We fight and it is over.”“We will fight on,” he said.",
            ["“We fight and it is over.”", "“We will fight on,” he said."],
        ),
        (
            'It was calm, officials said."We will stay," he said.',
            ["It was calm, officials said.", '"We will stay," he said.'],
        ),
        ('"It is calm here now."Officials said no more.', ['"It is calm here now."', "Officials said no more."]),
    ],
)
def test_a_lost_break_beside_marks_leaves_each_mark_with_its_words(text, parts):
    article = Article(id="a", text=text)
    assert [piece.text for piece in pieces(article, Split()) if isinstance(piece, Paragraph)] == parts
