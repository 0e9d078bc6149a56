import pickle

import pytest

from nutgraf.context import around, passages, passages_of, seen
from nutgraf.records import Annotation, Paragraph, Passage, Quotation

QUOTES = (Quotation(start=0, end=6, mark="“", attributed=True),)


def paragraph(article, index, text, title="", quotes=None):
    return Paragraph(
        id=f"{article}-{index}",
        article=article,
        index=index,
        start=0,
        end=len(text),
        text=text,
        title=title,
        quotes=quotes,
    )


def annotation(article, index, text, title=""):
    return Annotation(id=f"{article}-{index}", article=article, index=index, text=text, labels=(), title=title)


def befores(some):
    return [one.before for one in some]


def test_a_passage_has_its_headline_its_quotations_and_the_paragraph_before_it():
    first, second = passages([paragraph("a", 0, "“Rain”", "Floods", QUOTES), paragraph("a", 1, "Snow.", "Floods")])
    assert (first, first.headline, first.quotes, first.before) == ("“Rain”", "Floods", QUOTES, "")
    assert (second, second.headline, second.quotes, second.before) == ("Snow.", "Floods", None, "“Rain”")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("a", 0), ("b", 1)),  # another article
        (("a", 0), ("a", 2)),  # one between them is missing
        (("a", 1), ("a", 0)),
        (("a", 0), ("a", 0)),
        (("", 0), ("", 1)),  # of no known article
    ],
)
def test_what_only_comes_before_it_in_a_file_is_not_the_paragraph_before(first, second):
    assert befores(passages([paragraph(*first, "Rain."), paragraph(*second, "Snow.")])) == ["", ""]
    if first[1] < second[1]:
        assert befores(passages_of([annotation(*first, "Rain."), annotation(*second, "Snow.")])) == ["", ""]


def test_of_annotations_the_paragraph_before_is_found_in_any_order():
    rows = [
        annotation("a", 2, "Hail."),
        annotation("b", 0, "Sun."),
        annotation("a", 0, "Rain."),
        annotation("a", 1, "Snow."),
    ]
    assert befores(passages_of(rows)) == ["Snow.", "", "", "Rain."]
    assert [str(one) for one in passages_of(rows)] == [row.text for row in rows]


def test_paragraphs_and_annotations_of_one_article_give_the_same_passages():
    texts = ["Rain.", "Snow.", "Hail."]
    streamed = list(passages(paragraph("a", i, text, "Weather") for i, text in enumerate(texts)))
    listed = passages_of([annotation("a", i, text, "Weather") for i, text in enumerate(texts)])
    assert [(one, one.headline, one.before) for one in streamed] == [(one, one.headline, one.before) for one in listed]


def test_paragraphs_are_taken_one_at_a_time():
    taken = []

    def watched():
        for index in range(3):
            taken.append(index)
            yield paragraph("a", index, "Rain.")

    next(passages(watched()))
    assert taken == [0]


@pytest.mark.parametrize(
    ("given", "headline", "before", "shown"),
    [
        ("paragraph", "", "", ""),
        ("headline", "Floods", "", "Floods"),
        ("neighbours", "Floods", "Snow.", "Floods\nSnow."),
    ],
)
def test_only_what_the_knob_lets_be_seen_is_left(given, headline, before, shown):
    (one,) = seen([Passage("“Rain”", QUOTES, "Floods", "Snow.")], given)
    assert (one, one.quotes, one.headline, one.before) == ("“Rain”", QUOTES, headline, before)
    assert around(one) == shown


def test_a_text_by_itself_shows_nothing_around_it():
    (one,) = seen(["Rain."], "neighbours")
    assert (one, one.quotes, one.headline, one.before) == ("Rain.", None, "", "")
    assert around("Rain.") == around(one) == ""
    assert around(Passage("Rain.", None, "", "Snow.")) == "Snow."


def test_a_passage_keeps_what_is_around_it_between_processes():
    copied = pickle.loads(pickle.dumps(Passage("Rain.", None, "Floods", "Snow.")))  # noqa: S301
    assert (copied, copied.headline, copied.before) == ("Rain.", "Floods", "Snow.")
