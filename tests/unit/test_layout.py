"""Where paragraphs begin and end."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf import layout
from nutgraf.config import Split
from nutgraf.records import Article, Paragraph
from nutgraf.split import pieces


def lines(text: str, mend: bool = True) -> list[str]:
    return [text[start:end] for start, end in layout.lines(text, mend)]


def verses(text: str) -> list[str]:
    return [text[start:end] for start, end in layout.verses(text, layout.lines(text, False))]


def packed(text: str, words: int = 20) -> list[str]:
    return [text[start:end] for start, end in layout.packed(text, (0, len(text)), words)]


def test_lines_are_parted_by_any_line_break_and_stripped():
    assert lines(" One. \n\n\tTwo.\u2028Three.\x0bFour.\n \n") == ["One.", "Two.", "Three.", "Four."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The mayor left, it said.Valley radio said he stayed.",
            ["The mayor left, it said.", "Valley radio said he stayed."],
        ),
        ("“We stayed.”The mayor left at dawn.", ["“We stayed.”", "The mayor left at dawn."]),
        ('He said "we stay."The mayor left.', ['He said "we stay."', "The mayor left."]),
        ("Who stayed?Nobody did.", ["Who stayed?", "Nobody did."]),
    ],
)
def test_a_lost_break_is_mended(text, parts):
    assert lines(text) == parts
    assert lines(text, mend=False) == [text]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "The U.S. army and the U.N.Force met.",
            "Grid No.5 failed.",
            "It rose 3.5 metres.",
            "Fruit, e.g.this one, rots.",
        ),
        *(
            "See www.valley.Example.org for more.",
            "Mr J.K.Dorn spoke.",
            "At 5 p.m.The bell rang.",
            "See valley.org/News.Today now.",
        ),
    ],
)
def test_other_stops_without_a_space_are_no_lost_breaks(text):
    assert lines(text) == [text]


VERSE = "We came by the river\nwith nothing to carry,\nwe left by the road\nwhen the river was dry."


def test_the_lines_of_a_verse_are_one_paragraph():
    text = f"The choir sang in the square on Monday evening, as it does every year.\n{VERSE}\nThen the bell rang."
    found = verses(text)
    assert f"{VERSE}\nThen the bell rang." in found
    assert found[0].startswith("The choir")
    assert verses(f"{VERSE}\n\n{VERSE}") == [VERSE, VERSE]


@pytest.mark.parametrize(
    "text",
    [
        "- Rain fell\n- The road was shut\n- The ferry stayed",
        "1. Rain fell\n2. The road was shut\n3. The ferry stayed",
        "Q: Did it rain\nA: It did\nQ: And then",
        "Rain fell.\nThe road was shut.\nThe ferry stayed.",
        "Rain fell\n\nThe road was shut\n\nThe ferry stayed",
        "Rain fell\nThe road was shut",
    ],
)
def test_lists_questions_and_short_sentences_stay_apart(text):
    assert verses(text) == [line for line in text.split("\n") if line]


SENTENCES = "The ferry left at dawn with the mail. Mr. Dorn of the U.N. counted 3.5 tons of flour. “We wait,” he said. "


def test_sentences_are_packed_to_about_the_length_and_none_is_broken():
    text = (SENTENCES * 8).strip()
    found = packed(text, 30)
    assert " ".join(found) == text
    assert all(piece.endswith((".", "”")) for piece in found)
    assert all(30 <= len(piece.split()) < 60 for piece in found[:-1])


def test_a_short_quotation_is_not_broken():
    text = "Rain fell on all of the valley for days. “We wait. We have time. We have flour for a month.” It was over."
    assert packed(text, 9)[1] == "“We wait. We have time. We have flour for a month.”"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB “”.!?\n\u00e9\U0001f600", max_size=300), st.integers(1, 20))
def test_packed_pieces_cover_all_but_white_space_in_order(text, words):
    spans = layout.packed(text, (0, len(text)), words)
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_an_article_of_one_long_line_is_packed_and_marked():
    found = [p for p in pieces(Article(id="a", text=(SENTENCES * 12).strip()), Split()) if isinstance(p, Paragraph)]
    assert len(found) > 3
    assert all(p.packed for p in found)
    (short,) = pieces(Article(id="a", text=SENTENCES.strip()), Split())
    assert not short.packed


@pytest.mark.slow
@pytest.mark.parametrize("text", ["a. " * 300_000, "“" * 500_000, "it said.Syrian " * 60_000, "a\n" * 300_000])
def test_long_texts_take_no_longer_than_their_length(text):
    begun = time.process_time()
    layout.verses(text, layout.lines(text, True))
    layout.packed(text, (0, len(text)), 45)
    assert time.process_time() - begun < 4
