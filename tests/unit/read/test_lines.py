"""Hard-wrapped lines joined, and lines that are paragraphs left alone."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.read.lines import unwrap

FIRST = (
    "The column of trucks crossed the Orla bridge before dawn on Monday, and by noon the last of the families who had "
    "waited on the northern bank were on their way to the camp at Dalmere, where tents and wells stood ready."
)
SECOND = (
    "Nobody at the camp could say how long the road would stay open, since the river was rising, the ferry had no "
    "fuel left, and the garrison on the far side had not answered a single message from the governor since Friday."
)


def wrapped(*paragraphs, width=72):
    return "\n\n".join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in paragraphs)


@pytest.mark.parametrize("width", [50, 64, 72, 80])
def test_lines_wrapped_in_mid_sentence_are_joined_to_paragraphs(width):
    assert unwrap(wrapped(FIRST, SECOND, width=width)) == f"{FIRST}\n\n{SECOND}"


def test_blank_lines_with_spaces_part_paragraphs_too():
    text = wrapped(FIRST) + "\n \t\n\n\n" + wrapped(SECOND)
    assert unwrap(text) == f"{FIRST}\n\n{SECOND}"


def test_indented_lines_are_joined_by_one_space():
    assert unwrap(textwrap.indent(wrapped(FIRST, SECOND), "   ").strip()).replace("   ", "") == f"{FIRST}\n\n{SECOND}"


def test_a_hyphen_at_the_margin_stays():
    lines = [
        "The two sides met by the river at noon and agreed on a cease-",
        "fire that was to hold until the boats had left the harbour of",
        "the old town, where the governor had promised bread and water",
        "to all.",
    ]
    joined = unwrap("\n".join(lines))
    assert "a cease-fire that" in joined
    assert "\n" not in joined


@pytest.mark.parametrize("mark", ["-", "*", "•", "–", "1.", "2)", "(3)"])
def test_the_items_of_a_list_stay_lines_of_their_own(mark):
    text = wrapped(FIRST, SECOND) + f"\n{mark} four wells\n{mark} two clinics"
    assert unwrap(text).endswith(f"{SECOND}\n{mark} four wells\n{mark} two clinics")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rain fell.",
        f"{FIRST}\n{SECOND}\n{FIRST}\n{SECOND}\n{FIRST}",
        f"{FIRST}\n\n{SECOND}",
        "\n".join(["The governor of Dalmere said that the road was shut."] * 6),
        "\n".join(["Three Held After Fire in the Harbour of Old Dalmere"] * 6),
        "\n".join(["the well", "the bridge", "the ferry", "the road", "the camp"]),
    ],
    ids=["nothing", "one line", "long lines", "two paragraphs", "sentences", "headlines", "short lines"],
)
def test_lines_that_are_no_wrapped_prose_stay_as_they_are(text):
    assert unwrap(text) == text


LINES = [*wrapped(FIRST, SECOND).split("\n"), "- four wells", "  1. bread", "cease-", "", " ", "\t", "Rain fell."]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(LINES), max_size=20).map("\n".join)))
def test_no_character_but_white_space_is_lost_added_or_moved(text):
    assert "".join(unwrap(text).split()) == "".join(text.split())


WORDS = st.sampled_from(["bridge", "harbour", "governor’s", "ferry,", "families", "cease-fire", "étang", "river"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=45, max_size=50).map(" ".join), min_size=1, max_size=2))
def test_wrapping_is_undone_whatever_the_words(paragraphs):
    assert unwrap(wrapped(*paragraphs)) == "\n\n".join(paragraphs)
