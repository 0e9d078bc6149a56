"""Plain text: header lines, headline and body."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Read
from nutgraf.read import text
from nutgraf.records import Article, Refusal, article_id


def read(data: bytes, name: str, knobs: Read) -> Article | Refusal:
    (found,) = text.read(data, name, knobs)
    return found


BODY = "Rain fell on the valley.\n\nThe road to Dalmere was shut, the governor said."


def article(text, **knobs):
    return read(text.encode(), "some.txt", Read(**knobs))


def test_a_short_first_line_that_is_no_sentence_is_the_headline():
    read_back = article(f"Road to Dalmere shut\n{BODY}")
    assert (read_back.title, read_back.text) == ("Road to Dalmere shut", BODY)


@pytest.mark.parametrize("first", ["Rain fell.", "Who knows?", "“We stay.”", "The road " * 20 + "was shut"])
def test_a_first_line_that_is_a_sentence_or_long_belongs_to_the_body(first):
    read_back = article(f"{first}\n\n{BODY}")
    assert (read_back.title, read_back.text) == ("", f"{first}\n\n{BODY}")


def test_a_single_line_is_the_body_and_no_headline():
    assert (article("Road to Dalmere shut").title, article("Road to Dalmere shut").text) == ("", "Road to Dalmere shut")


def test_a_header_gives_title_day_and_source():
    read_back = article(f"Title: Road shut\nDate: 9 March 2014\nSource: Dalmere Post\n\n{BODY}")
    assert (read_back.title, read_back.date, read_back.source, read_back.text) == (
        "Road shut",
        "2014-03-09",
        "Dalmere Post",
        BODY,
    )


def test_a_header_may_stand_under_the_headline():
    found = article("Bridge shut at Orla\n\nDate: 3 March 2020\nSource: The Bench\n\nRain fell. It was cold.\n")
    assert (found.title, found.date, found.source) == ("Bridge shut at Orla", "2020-03-03", "The Bench")
    assert found.text == "Rain fell. It was cold."


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("HEADLINE: Road shut", "title", "Road shut"),
        ("Published: 2014-03-09", "date", "2014-03-09"),
        ("publication : Dalmere Post", "source", "Dalmere Post"),
    ],
)
def test_fields_of_a_header_go_by_other_names_too(line, field, value):
    assert getattr(article(f"{line}\n\nRain fell.\n\n{BODY}"), field) == value


def test_the_first_of_two_like_fields_counts():
    assert article(f"Source: Dalmere Post\nSource: Orla Times\nTitle: Road shut\n{BODY}").source == "Dalmere Post"


def test_the_line_after_a_header_is_the_headline_though_it_is_a_sentence():
    read_back = article(f"Source: Dalmere Post\n\nIs the road shut?\n{BODY}")
    assert (read_back.title, read_back.text) == ("Is the road shut?", BODY)


@pytest.mark.parametrize("saved", ["SUN 9 - 3 - 2014", "Sunday, 9/3/2014", "Sun 09.03.2014"])
def test_the_day_of_saving_heads_the_page_and_is_not_the_day_of_publication(saved):
    read_back = article(f"{saved}\nRoad to Dalmere shut\n{BODY}")
    assert (read_back.title, read_back.date, read_back.text) == ("Road to Dalmere shut", "", BODY)


def test_a_field_within_the_body_is_body():
    assert article(f"{BODY}\nDate: 9 March 2014").text == f"{BODY}\nDate: 9 March 2014"


def test_the_id_depends_on_title_and_text_and_not_on_the_file():
    one, other = (read(f"Road shut\n{BODY}".encode(), name, Read()) for name in ("a.txt", "b.txt"))
    assert one.id == other.id == article_id("Road shut", BODY)
    assert (one.path, other.path) == ("a.txt", "b.txt")


WRAPPED = (
    "The column of trucks crossed the Orla bridge before dawn on Monday,\n"
    "and by noon the last of the families who had waited on the northern\n"
    "bank were on their way to the camp at Dalmere, where wells and tents\n"
    "stood ready for four hundred, the governor said in the evening."
)


def test_wrapped_lines_are_joined_only_where_the_knob_says_so():
    text = f"Boats leave Dalmere\n\n{WRAPPED}"
    assert article(text).text == WRAPPED.replace("\n", " ")
    assert article(text, unwrap=False).text == WRAPPED


def test_spaces_around_lines_are_no_part_of_header_and_headline():
    plain = article(f"Source: Dalmere Post\nSUN 9-3-2014\n\nRoad shut\n{BODY}")
    spaced = article(f"\n  Source:  Dalmere Post \n\n SUN 9-3-2014  \n\n\n  Road shut \n{BODY}")
    assert spaced == plain
    assert (spaced.source, spaced.title) == ("Dalmere Post", "Road shut")


def test_a_longer_headline_is_believed_after_a_header():
    line = "The road to Dalmere is shut for the fourth day and nobody knows when it will open " * 2
    assert article(f"{line}\n\n{BODY}").title == ""
    assert article(f"Source: Dalmere Post\n{line}\n\n{BODY}").title == line.strip()


def test_a_refusal_tells_a_header_without_text_from_nothing_at_all():
    assert article("Source: Dalmere Post\n").detail == "a header and no text"
    assert article("\n").detail == ""


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"Date: 9 March 2014\nSource: Dalmere Post\n"])
def test_a_file_without_a_body_is_refused_as_empty(data):
    assert read(data, "some.txt", Read()).reason == "empty"


def test_bytes_that_are_no_text_are_refused_by_the_file_s_name():
    assert read(b"\x00\x01\x02" * 20, "some.txt", Read()) == Refusal(path="some.txt", reason="not_text")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Date: 9 March 2014", "Title: ", "Source: a", "SUN 9-3-2014", "Rain", "Rain.", " ", ""]))
)
def test_a_body_is_stripped_and_not_empty_whatever_the_lines(lines):
    read_back = article("\n".join(lines))
    if isinstance(read_back, Article):
        assert read_back.text == read_back.text.strip() != ""
    else:
        assert read_back.reason == "empty"


def test_a_first_line_that_is_wrapped_in_mid_sentence_belongs_to_the_body():
    text = "The column crossed the Orla bridge before dawn,\nand by noon it was gone. Nobody saw it go."
    assert article(text).title == ""
