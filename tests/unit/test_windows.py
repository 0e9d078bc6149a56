"""Windows of long texts, by a real tokenizer of few words."""

import random
from itertools import compress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tiny
from nutgraf import windows
from nutgraf.records import Passage

TOKENIZER = tiny.tokenizer()
LENGTHS = st.integers(16, 40)
WORDS = (*tiny.WORDS, "ferries", "lorrys", "“", ".", "407", "Übersee", "🚢")
SPACES = (" ", "  ", "\n", "\u00a0")


def written(count, seed):
    """A text of so many words by chance."""
    draw = random.Random(seed)
    return "".join(draw.choice(WORDS) + draw.choice(SPACES) for _ in range(count))


TEXTS = st.builds(written, st.integers(0, 80), st.integers(0))
PASSAGES = st.builds(Passage, TEXTS, st.none(), TEXTS, TEXTS | st.just(""))
WITHIN = settings(max_examples=20, deadline=None)


def tokens(text):
    return TOKENIZER(text, add_special_tokens=False)["input_ids"]


def put_together(runs, share):
    """One run of those that each begin with the last `share` tokens of the one before."""
    whole = list(runs[0])
    for run in runs[1:]:
        assert share > 0
        assert whole[-share:] == run[:share]
        assert len(run) > share
        whole += run[share:]
    return whole


@WITHIN
@given(TEXTS, LENGTHS)
def test_windows_overlap_and_hold_every_token_of_a_text(text, length):
    found = windows.windows(TOKENIZER, [text], length)
    assert put_together([one[1:-1] for one in found.tokens], length // 8) == tokens(text)
    assert all(all(own) for own in found.own)


@WITHIN
@given(PASSAGES, LENGTHS)
def test_every_window_tells_the_same_of_the_surroundings_and_owns_the_paragraph_alone(passage, length):
    found = windows.windows(TOKENIZER, [passage], length)
    around = tokens(f"{passage.headline} {passage.before}")
    assume(around and tokens(passage))
    (first,) = {own.index(True) for own in found.own}
    assert all(one[1 : first - 1] == around[: length // 2 - 2] for one in found.tokens)
    mine = [list(compress(one, own)) for one, own in zip(found.tokens, found.own, strict=True)]
    assert put_together(mine, (length - first) // 8) == tokens(passage)


@WITHIN
@given(st.lists(PASSAGES, max_size=4), LENGTHS)
def test_no_window_is_too_long_and_each_knows_its_text(passages, length):
    found = windows.windows(TOKENIZER, passages, length)
    assert all(len(one) <= length for one in found.tokens)
    assert [len(one) for one in found.tokens] == [len(own) for own in found.own]
    each = [windows.windows(TOKENIZER, [passage], length) for passage in passages]
    assert found.tokens == [one for alone in each for one in alone.tokens]
    assert found.rows == [row for row, alone in enumerate(each) for _ in alone.tokens]


@WITHIN
@given(st.lists(PASSAGES, max_size=4), LENGTHS)
def test_as_many_texts_are_counted_as_are_given_several_windows(passages, length):
    several = [len(windows.windows(TOKENIZER, [passage], length).rows) > 1 for passage in passages]
    assert windows.count(TOKENIZER, passages, length) == sum(several)


@pytest.mark.parametrize(("words", "many"), [(14, 1), (15, 2)])
def test_a_window_holds_two_tokens_of_its_own_beside_the_text(words, many):
    assert len(windows.windows(TOKENIZER, ["ferry " * words], 16).rows) == many


def test_a_long_headline_leaves_the_paragraph_half_a_window():
    passage = Passage("rain", None, "ferry " * 100)
    (one,) = windows.windows(TOKENIZER, [passage], 32).tokens
    assert one.count(*tokens("ferry")) == 14  # half of 32, less the two that mark beginning and end
    assert one.count(*tokens("rain")) == 1


@WITHIN
@given(st.integers(0, 60), st.sampled_from(SPACES), LENGTHS)
def test_pieces_overlap_and_leave_nothing_of_a_text_out(words, space, length):
    text = space.join(f"{tiny.WORDS[number % 40]}{number}" for number in range(words))  # no word twice
    found = windows.pieces(TOKENIZER, text, length)
    end = 0
    for piece in found:
        assert len(TOKENIZER(piece)["input_ids"]) <= length
        start = text.index(piece)
        assert start < end or not end
        end = start + len(piece)
    assert text.startswith(found[0])
    assert end == len(text)


def test_a_text_that_is_short_enough_is_one_piece_as_it_stands():
    assert windows.pieces(TOKENIZER, " the ferry\n", 16) == [" the ferry\n"]
    assert windows.pieces(TOKENIZER, "", 16) == [""]


def test_of_no_texts_there_are_no_windows():
    assert windows.windows(TOKENIZER, [], 16).rows == []
    assert windows.count(TOKENIZER, [], 16) == 0
