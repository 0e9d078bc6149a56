"""The language of a text."""

import pytest

from nutgraf.language import other_language

ENGLISH = "Heavy rain fell on the valley on Monday and the road to the ferry was shut until the evening, he said."
FRENCH = "De fortes pluies sont tombées lundi sur la vallée et la route est restée fermée jusqu’au soir, dit-il."
GERMAN = "Am Montag fiel starker Regen im Tal, und die Straße zur Fähre blieb bis zum Abend gesperrt, sagte er."


@pytest.mark.parametrize(("text", "code"), [(FRENCH, "fr"), (GERMAN, "de")])
def test_another_language_is_named(text, code):
    assert other_language(text, "en") == code
    assert other_language(text, code) == ""
    assert other_language(text, "any") == ""


def test_english_with_foreign_names_is_english():
    assert other_language(ENGLISH, "en") == ""
    assert other_language(f"GOSTIVAL — Wójt Łukasz Dvořák i Père Étienne: {ENGLISH}", "en") == ""


def test_too_short_a_text_is_never_refused():
    assert other_language(FRENCH[:60], "en") == ""
