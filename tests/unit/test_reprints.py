"""Reprints."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.reprints import Reprints, signature

WORDS = [f"{a}{b}" for a in ("bar", "tol", "ven", "mir", "sah", "dal", "kor") for b in ("un", "ak", "eth", "ol", "is")]


def story(seed: int, words: int = 300) -> list[str]:
    draw = random.Random(seed)
    return [draw.choice(WORDS) for _ in range(words)]


def test_a_reprint_has_the_id_of_the_first_and_other_stories_their_own():
    seen = Reprints(0.5)
    first, other = story(1), story(2)
    cut = first[:230]
    retouched = [word if place % 40 else "altered" for place, word in enumerate(first)]
    texts = {"a": first, "b": other, "c": cut, "d": retouched, "e": first}
    found = {name: seen.cluster(name, signature(" ".join(words))) for name, words in texts.items()}
    assert found == {"a": "a", "b": "b", "c": "a", "d": "a", "e": "a"}


def test_case_marks_and_space_make_no_difference():
    seen = Reprints(1.0)
    assert seen.cluster("a", signature("Rain fell on the valley; roads were shut.")) == "a"
    assert seen.cluster("b", signature("RAIN  fell on the valley,\nroads were shut")) == "a"


def test_stories_that_share_a_background_paragraph_are_no_reprints():
    background = story(9, 60)
    seen = Reprints(0.5)
    texts = [" ".join(story(number) + background) for number in range(20)]
    assert [seen.cluster(str(number), signature(text)) for number, text in enumerate(texts)] == list(
        map(str, range(20))
    )


@pytest.mark.parametrize(("kept", "similar"), [(0.85, True), (0.3, False)])
def test_the_bound_is_on_the_share_of_runs_in_common(kept, similar):
    found = 0
    for seed in range(40):
        words = story(seed)
        seen = Reprints(0.5)
        seen.add(signature(" ".join(words)))
        found += bool(seen.add(signature(" ".join(words[: int(kept * len(words))]))))
    assert found == (40 if similar else 0)


def test_the_most_similar_earlier_text_comes_first():
    words = story(3)
    seen = Reprints(0.3)
    seen.add(signature(" ".join(words[:150])))
    seen.add(signature(" ".join(words[:280])))
    assert seen.add(signature(" ".join(words)))[0] == 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(), max_size=6))
def test_any_texts_have_a_cluster_of_one_seen_before_and_the_same_again(texts):
    one, other = Reprints(0.5), Reprints(0.5)
    found = [one.cluster(str(place), signature(text)) for place, text in enumerate(texts)]
    assert found == [other.cluster(str(place), signature(text)) for place, text in enumerate(texts)]
    assert all(int(cluster) <= place for place, cluster in enumerate(found))
    assert all(found[int(cluster)] == cluster for cluster in found)
