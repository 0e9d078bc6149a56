"""The numbers by which a classifier is told of quotations, and the names that the rules call."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.quotes import FEATURES, features


def paragraphs():
    """Any text, and text thick with quotation marks."""
    pieces = st.sampled_from(["“", "”", '"', "‘", "’", "'", " ", ",", ".", "we", "went", "said", "don’t", "(", "\n"])
    return st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join))


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_features_are_numbers_from_0_to_1(text):
    assert len(features(text)) == len(FEATURES)
    assert all(0 <= number <= 1 for number in features(text))


def test_features_tell_of_spans_speech_and_open_marks():
    assert features("Rain fell.") == [0, 0, 0, 0, 0]
    assert features("Boats reached the “quiet zone” on Monday.") == [1, 0, 0, 0, 0]
    assert features("“We stay here and") == [1, 1, 1, 1, 0]


def test_the_share_of_speech_is_of_the_paragraph_s_length():
    text = "By noon he said: “We stay here,” and left."
    assert features(text)[2] == pytest.approx(len("“We stay here,”") / len(text))


def test_words_of_attribution_are_counted_up_to_three():
    assert features("Orla radio said the “quiet zone” holds.")[4] == pytest.approx(1 / 3)
    assert features("According to Orla radio the mayor said so in a “letter.”")[4] == 1
