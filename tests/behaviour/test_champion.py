"""Questions to the model trained on seeds/: what a small change to a paragraph must change, and must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutgraf import bundle
from nutgraf.bundle import Bundle

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def model(champion: Path) -> Bundle:
    return bundle.load(champion)


def labels(model: Bundle, text: str) -> set[str]:
    given = model.decide(model.probabilities([text]))[0]
    return {name for name, yes in zip(model.labels, given, strict=True) if yes}


REPORTED = [
    ("The minister said that the crossing would stay shut", "The minister said: “The crossing stays shut.”"),
    ("A nurse called the night a lottery.", "A nurse called the night “a lottery”."),
    ("The rebels' statement spoke of a regrouping.", 'The rebels\' statement spoke of "a regrouping".'),
]


@pytest.mark.parametrize(("reported", "quoted"), REPORTED)
def test_a_quotation_added_turns_quote_on(model: Bundle, reported: str, quoted: str) -> None:
    assert "quote" not in labels(model, reported)
    assert "quote" in labels(model, quoted)


@pytest.mark.parametrize(
    "text",
    [
        "A man opened a café called “The Ferry” near the square.",
        "The so-called “green line” runs past the bakery.",
        "Residents' pumps and the traders' carts stood in the square for hours.",
    ],
)
def test_marks_that_only_name_are_no_quote(model: Bundle, text: str) -> None:
    assert "quote" not in labels(model, text)


NAMED = [
    "{} said government troops shelled the town overnight and killed nine fighters.",
    "{} met the foreign minister of the neighbouring state for talks on the border treaty.",
    "{} said 400 families had fled to the camp, where there is no clean water and little food.",
    "{} won the mayor's election by forty votes, the count showed.",
]
PEOPLE = ["Colonel Arvid Tolm", "Maryam al-Hadi", "General Quispe", "Aung Zeya", "Dr Ngozi Bello"]


@pytest.mark.parametrize("text", NAMED)
def test_a_name_changed_changes_nothing(model: Bundle, text: str) -> None:
    answers = {frozenset(labels(model, text.format(name))) for name in PEOPLE}
    assert len(answers) == 1


def test_a_football_match_between_two_garrisons_is_no_military_action(model: Bundle) -> None:
    match = (
        "The garrison of Port Amsel beat the garrison of Old Quay 3-1 in the final of the army football cup on Sunday."
    )
    assert "military_action" not in labels(model, match)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Government artillery shelled rebel positions north of the river overnight, killing eleven fighters.",
            "military_action",
        ),
        ("The envoys of the two states signed a ceasefire agreement after three days of talks.", "diplomacy"),
        ("Aid agencies said 12,000 displaced people in the camp had no clean water or food.", "humanitarian"),
        ("“We have nothing left,” said the baker.", "quote"),
    ],
)
def test_the_plainest_case_of_each_label(model: Bundle, text: str, wanted: str) -> None:
    assert wanted in labels(model, text)


def test_a_paragraph_about_something_else_bears_no_label(model: Bundle) -> None:
    assert (
        labels(model, "The museum of clocks, which opened in 1911, is closed on Mondays and on public holidays.")
        == set()
    )
