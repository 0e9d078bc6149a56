"""Quoted spans, and which of them somebody is said to have spoken."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.quotes import FEATURES, PAIRS, attributed, features, is_attributed, spans

MARKS = "".join({*PAIRS, *PAIRS.values(), *"“”’"})


def paragraphs():
    """Any text, and text thick with quotation marks."""
    pieces = st.sampled_from([*MARKS, " ", ",", ".", "?", "we", "went", "said", "don’t", "’90s", "(", "—", "\n"])
    return st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join))


def quoted(text):
    return [text[span.start : span.end] for span in spans(text)]


def spoken(text):
    return [text[span.start : span.end] for span in attributed(text)]


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_spans_index_the_text_in_order_and_never_overlap(text):
    position = 0
    for span in spans(text):
        assert position <= span.start < span.end <= len(text)
        assert text[span.start] == span.mark
        position = span.end


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_a_closed_span_ends_in_a_mark_that_closes_its_own_and_an_open_one_at_the_end(text):
    for span in spans(text):
        if span.closed:
            assert text[span.end - 1] in PAIRS[span.mark]
        else:
            assert span.end == len(text)


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_attributed_spans_are_spans(text):
    assert set(attributed(text)) <= set(spans(text))


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_features_are_numbers_from_0_to_1(text):
    assert len(features(text)) == len(FEATURES)
    assert all(0 <= number <= 1 for number in features(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay,” he said, “and wait.”", ["“We stay,”", "“and wait.”"]),
        ('"We stay," he said, "and wait."', ['"We stay,"', '"and wait."']),
        ("‘We stay,’ he said.", ["‘We stay,’"]),
        ("'We stay,' he said.", ["'We stay,'"]),
        ("„Wir bleiben“, sagte er.", ["„Wir bleiben“"]),
        ("„Zostajemy”, powiedział.", ["„Zostajemy”"]),
        ("«Остаёмся», — сказал он.", ["«Остаёмся»"]),
        ("»Wir bleiben«, sagte er.", ["»Wir bleiben«"]),
        ("‹Wir bleiben›, sagte er.", ["‹Wir bleiben›"]),
        ('The post ("closed") was empty.', ['"closed"']),
    ],
)
def test_every_style_of_marks_is_found(text, expected):
    assert quoted(text) == expected


def test_a_span_inside_another_is_part_of_it():
    assert quoted("“He shouted ‘fire’ twice,” she said.") == ["“He shouted ‘fire’ twice,”"]


@pytest.mark.parametrize("text", ["They don't know the shepherds' names.", "In the ’90s they didn’t.", "O’Dara’s dog"])
def test_an_apostrophe_opens_no_quotation(text):
    assert quoted(text) == []


def test_an_apostrophe_closes_no_quotation():
    assert quoted("‘They don’t know,’ he said.") == ["‘They don’t know,’"]


def test_inches_and_feet_open_no_quotation():
    assert quoted("The 5\" shell left a 6' hole.") == []


@pytest.mark.parametrize(
    "text", ["“We stay, he said", "He said: “We stay", '"We stay, he said', '"We stay, "and wait', '  "We stay']
)
def test_a_mark_left_open_runs_to_the_end_of_the_paragraph(text):
    (span,) = spans(text)
    assert (span.end, span.closed) == (len(text), False)


@pytest.mark.parametrize(
    "text",
    ['He said "we stay', "He said 'we stay", "We stay” he said", "“ said", "said “", "Orla»Dalmere« said", "»so"],
)
def test_a_stray_mark_opens_nothing(text):
    assert quoted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "“We stay until the last boat has left the harbour of Orla.”",
        "He called the raid “a mistake” on Monday at the summit.",
        "“We leave at dawn,” and the room fell silent again.",
        "“Who leaves at dawn?” and the room fell silent again.",
        "“All leave at dawn!” and the room fell silent again.",
        "The plan rests on “a bridge that nobody has built and that nobody will pay for” by spring.",
        "“We stay here and",
        "“We stay here.”",
        "At noon the mayor of Orla opened the door: “We stay here and",
        "According to the mayor of Orla it was “a mistake” from the first day.",
        "The crowd at the gate shouted “Orla Lives” until the evening.",
    ],
)
def test_speech_is_attributed(text):
    assert len(attributed(text)) == len(spans(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "They entered the so-called “quiet zone” on Monday, officials said.",
        "A film called “The Long Thaw” was shown, officials said.",
        "Troops began the exercise “Cold Rain” on Monday, officials said.",
        "Boats reached the “quiet zone” on Monday.",
        "Officials said that a café by the name of “The Old Ferry” was hit.",
        "Nobody wrote a thing on the wall “…” that day.",
        "“Go!”",
    ],
)
def test_names_titles_and_words_held_at_a_distance_are_not_attributed(text):
    assert len(spans(text)) == 1
    assert attributed(text) == []


def test_each_span_is_judged_by_itself():
    text = "In the so-called “quiet zone” a shepherd said: “We stay.”"
    assert spoken(text) == ["“We stay.”"]


def test_the_word_of_attribution_must_stand_outside_the_span():
    text = "The banned book lay near “statement of intent” in every window."
    (span,) = spans(text)
    assert not is_attributed(text, span)


def test_features_tell_of_spans_speech_and_open_marks():
    assert features("Rain fell.") == [0, 0, 0, 0, 0]
    assert features("Boats reached the “quiet zone” on Monday.") == [1, 0, 0, 0, 0]
    assert features("“We stay here and") == [1, 1, 1, 1, 0]


def test_the_share_of_speech_is_of_the_paragraph_s_length():
    text = "By noon he said: “We stay here,” and left."
    assert features(text)[2] == pytest.approx(len("“We stay here,”") / len(text))


@pytest.mark.parametrize("mark", [" 'a", " ‘a", " “a", ' "a', " «a"])
def test_marks_that_nothing_closes_take_no_time(mark):
    begun = time.perf_counter()
    spans(mark * 20_000)
    assert time.perf_counter() - begun < 0.5


def test_guillemets_with_spaces_inside_are_told_apart():
    text = "« We go », he said, « now »"
    assert [text[span.start : span.end] for span in spans(text)] == ["« We go »", "« now »"]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("A man opened a café called “The Ferry” near the square.", False),
        ("He called the night “a lottery” and left.", True),
        ("They chanted “Freedom” until dark.", True),
    ],
)
def test_a_name_in_marks_is_no_speech(text, spoken):
    assert bool(attributed(text)) is spoken
