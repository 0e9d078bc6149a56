"""Quotations over the paragraphs of an article."""

import pytest

from nutgraf.quotes import quotations


def shown(paragraphs):
    """Of each paragraph, its spans: the words, and whether they are carried (+) and left open (…)."""
    return [
        [text[s.start : s.end] + "+" * s.carried + "…" * (not s.closed) for s in here]
        for text, here in zip(paragraphs, quotations(paragraphs), strict=True)
    ]


def test_each_paragraph_opens_and_the_last_one_closes():
    texts = ["Ana Petrova spoke. “We stay,” she said. “We wait.", "“Then we go.", "“Then we rest.”", "Rain fell."]
    assert shown(texts) == [["“We stay,”", "“We wait.…"], ["“Then we go.+…"], ["“Then we rest.”+"], []]
    found = quotations(texts)
    assert [span.speaker for here in found for span in here] == ["Ana Petrova"] * 4
    assert all(span.attributed for here in found for span in here)


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»", "„“", "‘’"])
def test_only_the_first_opens_and_the_last_closes(opening, closing):
    texts = [f"The mayor said: {opening}We stay.", "We wait for the boats.", f"Then we go.{closing}", "Rain fell."]
    if opening == "‘":  # may be an apostrophe: carried only where it stands first
        texts[0] = "‘We stay."
    found = quotations(texts)
    assert [len(here) for here in found] == [1, 1, 1, 0]
    assert [here[0].carried for here in found[:3]] == [False, True, True]
    assert [here[0].closed for here in found[:3]] == [False, False, True]
    assert (found[1][0].start, found[1][0].end) == (0, len(texts[1]))
    assert all(here[0].attributed for here in found[:3])


@pytest.mark.parametrize(
    "between",
    [
        ["Officials said the road was shut."],
        ["Ana spoke of “a gift” there."],
        ["Rain fell."] * 4,
        [""],
    ],
)
def test_a_stray_mark_swallows_no_article(between):
    found = quotations(["He bought “The Old Ferry.", *between, "It was late.” The sun set."])
    assert all(not span.carried for here in found for span in here)


def test_a_paragraph_that_reports_speech_before_its_mark_carries_nothing():
    found = quotations(["He bought “The Old Ferry.", "Officials said the road was shut.”"])
    assert found[1] == ()


def test_an_apostrophe_closes_nothing_that_was_left_open():
    assert quotations(["‘We stay here and wait.", "The boys’ school was shut."])[1] == ()


def test_a_stray_opening_mark_is_taken_back_up_where_the_next_paragraph_opens():
    assert shown(['He said "we stay.', '"Then we go," he said.']) == [['"we stay.…'], ['"Then we go,"+']]


def test_other_marks_carry_nothing_on():
    assert shown(["“We stay here.", "‘Then we go,’ he said."])[1] == ["‘Then we go,’"]


def test_a_pronoun_deep_in_a_paragraph_is_nobody_of_the_one_before():
    texts = ["“We stay,” said Ana Petrova.", "Not all agree. In the camp a man came by. It rained. “I go,” she said."]
    assert quotations(texts)[1][0].speaker == "she"


def test_who_is_named_late_has_spoken_from_the_beginning():
    found = quotations(["“We stay here.", "“Then we go,” said Ana Petrova."])
    assert [span.speaker for here in found for span in here] == ["Ana Petrova", "Ana Petrova"]


def test_a_colon_introduces_the_next_paragraph():
    (spoken,) = quotations(["The mayor of Orla said this on Sunday:", "“We stay until dawn.”"])[1]
    assert (spoken.attributed, spoken.cue, spoken.speaker) == (True, "said", "The mayor of Orla")
    (spoken,) = quotations(["The mayor of Orla said this on Sunday.", "“We stay until dawn.”"])[1]
    assert spoken.speaker == ""


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Colonel Ivo Brandt leads the post.", "Colonel Ivo Brandt"),
        ("Ivo Brandt, 44, leads the post.", "Ivo Brandt"),
        ("“We stay,” said Ana Petrova.", "Ana Petrova"),
        ("Colonel Ivo Brandt met Ambassador Ana Petrova.", "He"),
        ("For years he was deputy to Colonel Ivo Brandt.", "He"),
        ("Rain fell on Orla.", "He"),
    ],
)
def test_a_pronoun_is_whom_the_paragraph_before_plainly_names(before, speaker):
    assert quotations([before, "He said the post was “held”."])[1][0].speaker == speaker


def test_nothing_of_nothing():
    assert quotations([]) == []
    assert quotations(["", "Rain fell."]) == [(), ()]
