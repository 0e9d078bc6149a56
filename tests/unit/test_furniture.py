"""Lines of a page that are no paragraph of its article."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.furniture import reason, reasons

LINES = [
    ("copyright", "© 2014 The Dalmere Post"),
    ("copyright", "Copyright 2014 Dalmere Media"),
    ("copyright", "Dalmere Media. All rights reserved."),
    ("copyright", "This material may not be republished without leave."),
    ("comment_form", "Comments (14)"),
    ("comment_form", "12 comments"),
    ("comment_form", "Leave a comment"),
    ("comment_form", "Please log in to comment"),
    ("comment_form", "Your email address will not be published"),
    ("comment_form", "E-mail *"),
    ("captcha", "Enter the code shown below: *"),
    ("captcha", "I'm not a robot"),
    ("subscription", "Subscribe to the Dalmere Post"),
    ("subscription", "Sign up for our weekly newsletter"),
    ("subscription", "Already a subscriber? Log in"),
    ("share", "Share this story"),
    ("share", "Tweet | Facebook | Print"),
    ("share", "Follow us on Telegram"),
    ("related", "Related news"),
    ("related", "Most read"),
    ("related", "Read more: wells of the north"),
    ("related", "Tags: dam, river"),
    ("related", "Next article »"),
    ("caption", "Photo: A. Fictive"),
    ("caption", "The bridge at dawn (Photo by A. Fictive)"),
    ("advertisement", "Advertisement"),
    ("advertisement", "Story continues below"),
    ("sign_off", "(Reporting by A. Fictive; editing by B. Fictive)"),
    ("sign_off", "ENDS"),
    ("sign_off", "A. Fictive contributed to this report"),
    ("contact", "Tel: 555 0100"),
    ("contact", "Privacy policy"),
    ("contact", "Got a story? Call our newsdesk"),
]
SENTENCES = [
    "Troops crossed the Orla bridge at dawn, the governor said.",
    "The two photographs were taken by a shepherd, the army said.",
    "The minister declined to comment on the closed road.",
    "Farmers share the wells of three villages, the agency said.",
    "The printing works in Dalmere caught fire on Sunday.",
    "More than forty families left the valley by boat.",
    "The most popular of the rebels' leaders went home.",
    "He tweeted a photo of the empty square at noon.",
    "The copyright law was not discussed at the summit.",
    "The talks end on Friday, and the captives will go home.",
    "All rights of passage were reserved for the convoy.",
    "“Who will pay for the bridge?” the mayor asked.",
]
SENTENCE = SENTENCES[0]


@pytest.mark.parametrize(("why", "line"), LINES)
def test_a_line_of_furniture_has_its_reason(why, line):
    assert reason(line) == why


@pytest.mark.parametrize("line", ["SHARE THIS STORY", "share this story", "  • Share this story", "[Share this story]"])
def test_capitals_bullets_and_brackets_do_not_hide_furniture(line):
    assert reason(line) == "share"


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_of_news_that_holds_such_words_is_no_furniture(line):
    assert reason(line) == ""


@pytest.mark.parametrize("line", [SENTENCE, "Ten held in raid", "", "1997"])
def test_a_line_without_a_heading_before_it_is_no_list_of_headlines(line):
    assert list(reasons([line])) == [""]


def test_a_long_paragraph_is_no_furniture_whatever_its_first_word():
    assert reason("Share this story") == "share"
    assert reason("Share this story" + " of the long march through the valley" * 4) == ""


@pytest.mark.parametrize("heading", ["Related news", "Share this story", "Comments (4)", "Privacy policy"])
def test_headlines_after_the_heading_of_a_list_are_dropped(heading):
    lines = [heading, "Three held after harbour fire", "Will the old bridge at Orla be rebuilt?"]
    assert list(reasons(lines))[1:] == ["headline_list", "headline_list"]


def test_a_sentence_ends_a_list_of_headlines():
    lines = ["Related news", "Three held after harbour fire", SENTENCE, "Four wells, two clinics", SENTENCE]
    assert list(reasons(lines)) == ["related", "headline_list", "", "", ""]


@pytest.mark.parametrize("line", ["INA-HK 0303 1155", "Weather, page 2", "The Carrow Observer", "Inside: bombs away"])
def test_short_lines_behind_the_last_sentence_are_the_foot(line):
    assert list(reasons([SENTENCE, line])) == ["", "foot"]
    assert list(reasons([SENTENCE, line, "Share this story", line])) == ["", "foot", "share", "headline_list"]
    assert list(reasons([SENTENCE, line, SENTENCE])) == ["", "", ""]
    assert list(reasons(["Rain", line])) == ["", ""]


@pytest.mark.parametrize(
    "line", ["So who sent in the guard?", "• Blankets for 300 families", "“Go home”", "18:20 Guns heard at the bridge"]
)
def test_a_question_an_item_a_quotation_or_an_entry_at_the_end_is_text(line):
    assert list(reasons([SENTENCE, line])) == ["", ""]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Orlic contributed reporting from Dalmere.",
        "This interview has been shortened.",
        "Benito Karvel writes on Sundays.",
        "The author teaches politics in Dalmere.",
        "Compiled by the research desk.",
    ],
)
def test_who_made_it_is_told_at_the_end_only(line):
    assert list(reasons([SENTENCE, line]))[1] in ("author", "sign_off")
    assert list(reasons([SENTENCE, line, SENTENCE])) == ["", "", ""]


@pytest.mark.parametrize(
    "line",
    [
        "Rain fell on the valley again.",
        "Who knows what the governor will do about the road, the river, the wells and the camp?",
    ],
)
def test_a_short_sentence_and_a_long_question_end_a_list_of_headlines(line):
    assert list(reasons(["Related news", line])) == ["related", ""]


def test_a_quoted_sentence_ends_a_list_of_headlines():
    assert list(reasons(["Related news", "“Nobody told us that the bridge was shut.”"])) == ["related", ""]


def test_a_long_line_ends_a_list_of_headlines_though_it_has_no_stop():
    assert list(reasons(["Related news", "the boats came in one after another " * 4])) == ["related", ""]


@pytest.mark.parametrize("heading", ["Advertisement", "Photo: A. Fictive", "© 2014 The Dalmere Post", "ENDS"])
def test_furniture_that_heads_no_list_leaves_the_next_line_alone(heading):
    assert list(reasons([heading, "Four wells, two clinics"]))[1] == ""


def test_furniture_of_another_kind_does_not_end_a_list():
    lines = ["Related news", "Advertisement", "Three held after harbour fire"]
    assert list(reasons(lines)) == ["related", "advertisement", "headline_list"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from([line for _, line in LINES] + SENTENCES), st.text(max_size=60)), max_size=10))
def test_every_line_has_one_reason_and_furniture_by_its_own_words_keeps_its_own(lines):
    whys = list(reasons(lines))
    assert len(whys) == len(lines)
    for line, why in zip(lines, whys, strict=True):
        assert why in ({reason(line)} if reason(line) else {"", "headline_list", "foot"})


@pytest.mark.parametrize(
    "sentence",
    [
        "Also on Monday, a roadside bomb killed two soldiers.",
        "Elsewhere in the province, three soldiers were killed by a mine.",
        "Terms of the ceasefire were not disclosed.",
        "“Do you know what it is like to lose a child?” she asked.",
        "“Show all sides that we want peace,” he said.",
        "Contact with the village was lost on Monday.",
        "He and/or his deputy will attend the talks in Dalmere.",
        "Reporting by the monitoring group suggests that 40 died.",
        "Bread has risen from $1 to $4 a loaf in the camp.",
        "No beds are available at the city's main hospital.",
        "“We thank those who support our work,” the medic said.",
        "Refugees continued to enter in numbers not seen since 2012.",
        "Sponsored by Orla, the talks opened on Monday.",
        "Promoted to general in March, he led the siege.",
        "Video by residents showed tanks entering the town.",
        "“Join us on the streets,” the opposition leader told the crowd.",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays(sentence):
    assert reason(sentence) == ""


def test_short_sentences_after_a_share_button_stay():
    assert list(reasons(["Share this story", "“We are hungry,” he said.", "Rain."])) == ["share", "", ""]


@pytest.mark.parametrize("mark", ["-", '"', ".", "“", "—", " "])
def test_a_long_run_of_marks_takes_no_time(mark):
    begun = time.process_time()
    assert reason(mark * 50_000) == ""
    assert time.process_time() - begun < 1
