"""Kinds of furniture: every reason has a meaning, and what stands before and after a line counts."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.furniture import REASONS, reason, reasons

SENTENCE = "Troops crossed the Orla bridge at dawn, the governor said."
LINES = [
    ("disclaimer", "We independently review everything that we recommend."),
    ("disclaimer", "If you buy through our links, we may earn a small commission."),
    ("disclaimer", "This page holds affiliate links."),
    ("notice", "This is a breaking news story - more to follow"),
    ("notice", "This article was first published in the Orla Gazette."),
    ("notice", "Correction: An earlier version misspelt the name of the ferry."),
    ("placeholder", "Article content"),
    ("placeholder", "This video is not available in your country"),
    ("placeholder", "Your browser does not support the video tag."),
    ("embed", "What a morning on the lake pic.twitter.com/abc123"),
    ("embed", "— Ada Fictive (@adafictive) March 9, 2014"),
    ("embed", "A post shared by Ada Fictive"),
    ("results", "RESULTS Final: Harbour 4 Quarry 3. Third place: Mill 2 Wharf 1"),
    ("results", "TABLE P12: Harbour 30 pts, Quarry 28, Mill 21, Wharf 9"),
    ("byline", "By Ada Fictive and Ben Fictive"),
    ("byline", "Published 9 March 2014"),
    ("byline", "Monday, March 9, 2014"),
    ("byline", "4 min read"),
    ("subscription", "CLICK HERE TO GET THE DALMERE POST APP"),
    ("subscription", "Download the free Dalmere Post app"),
    ("subscription", "Hat Ihnen dieser Artikel gefallen? Dann helfen Sie uns mit einer Spende."),
    ("subscription", "Abonnez-vous pour lire la suite"),
    ("subscription", "Suscríbete a nuestro boletín"),
    ("related", "ALSO READ: Wells of the north run dry"),
    ("related", "Lesen Sie auch: Der Brunnen von Dalmere"),
    ("related", "Mehr zum Thema"),
    ("related", "Lire aussi : le puits de Dalmere"),
    ("related", "À lire aussi"),
    ("related", "Lea también: El pozo de Dalmere"),
    ("related", "Recommended videos"),
    ("advertisement", "Anzeige"),
    ("advertisement", "Publicité"),
    ("advertisement", "Article continues after this advertisement"),
    ("copyright", "Alle Rechte vorbehalten."),
    ("copyright", "© 2014 Dalmere Media. Tous droits réservés."),
    ("caption", "Foto: Ada Fictive"),
    ("caption", "Crédit photo : Ada Fictive"),
    ("sign_off", "Additional reporting by Ada Fictive in Tessin"),
    ("sign_off", "(dpa/afp)"),
    ("sign_off", "Con información de agencias"),
    ("share", "Artikel teilen"),
    ("share", "Síguenos en nuestras redes"),
    ("comment_form", "Kommentare (12)"),
    ("contact", "Please e-mail our newsroom with what you saw"),
]


@pytest.mark.parametrize(("why", "line"), LINES)
def test_a_line_of_furniture_has_its_reason(why, line):
    assert reason(line) == why


@pytest.mark.parametrize("why", sorted({why for why, _ in LINES}))
def test_every_reason_has_a_meaning_of_one_line(why):
    assert REASONS[why]
    assert "\n" not in REASONS[why]


@pytest.mark.parametrize(
    "sentence",
    [
        "The report was updated on Monday to count forty more dead.",
        "This image was taken by a satellite on Monday, the ministry said.",
        "Officers receive commissions at the academy in Tessin.",
        "The results of 40 tests in 3 towns took 12 days, the clinic said.",
        "By Monday, Ada Fictive had left the town.",
        "Published reports of 40 dead were wrong, the army said.",
        "Correction of the border took 12 years.",
        "Download speeds fell to nothing as the mast was hit, the app's makers said.",
        "Ein Kommentar der Regierung lag am Montag nicht vor.",
        "La publicidad de la marcha fue prohibida, dijo el alcalde.",
        "Lire et écrire sont interdits au camp, dit une mère.",
        "Loading the boats took all night, and two sank.",
        "The video is not a fake, the envoy said.",
        "Foreign affairs are a matter of the lake states alone, the envoy said.",
    ],
)
def test_a_sentence_that_begins_or_sounds_like_furniture_stays(sentence):
    assert reason(sentence) == ""


def test_marked_headings_are_subheadings_and_end_a_list_of_headlines():
    lines = ["Related news", "Three held after harbour fire", "The long night", "Four wells, two clinics"]
    assert list(reasons(lines, frozenset({2}))) == ["related", "headline_list", "subheading", ""]


def test_a_marked_heading_that_heads_a_list_keeps_its_reason():
    assert list(reasons(["Related news", "Bread is dear"], frozenset({0}))) == ["related", "headline_list"]


@pytest.mark.parametrize("line", ["Boats leave Dalmere", "BOATS LEAVE DALMERE", " boats “leave” Dalmere"])
def test_the_headline_once_more_is_dropped(line):
    assert list(reasons([line, SENTENCE], title="Boats leave Dalmere")) == ["headline", ""]


def test_without_a_title_no_line_is_the_headline():
    assert list(reasons(["—", "Boats leave Dalmere"])) == ["", ""]


def test_a_paragraph_that_is_the_title_word_for_word_stays():
    assert list(reasons([SENTENCE], title=SENTENCE)) == [""]


AUTHOR = "Ada Fictive is a senior correspondent for the Dalmere Post, based in Tessin."


def test_who_the_author_is_goes_at_the_foot_of_an_article_only():
    assert list(reasons([SENTENCE, AUTHOR, "© 2014 Dalmere Media", "ENDS"])) == ["", "author", "copyright", "sign_off"]
    assert list(reasons([AUTHOR, SENTENCE])) == ["", ""]
    assert list(reasons([AUTHOR])) == [""]


@pytest.mark.parametrize(
    "last",
    [
        "Ada Fictive is a reporter who was held for forty days by the militia.",
        "He is a reporter.",
        "The harbour is a place that a writer would love.",
    ],
)
def test_a_last_paragraph_about_a_writer_stays(last):
    assert list(reasons([SENTENCE, last])) == ["", ""]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from([SENTENCE, AUTHOR, *(line for _, line in LINES)]), st.text(max_size=40))),
    st.frozensets(st.integers(0, 9)),
    st.text(max_size=20),
)
def test_every_line_has_one_reason_that_is_in_the_list(lines, headings, title):
    whys = list(reasons(lines, headings, title))
    assert len(whys) == len(lines)
    assert set(whys) <= {"", *REASONS}


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "(",
        "By A",
        "— ",
        "we may ",
        "our ",
        "1 ",
        "RESULTS 1",
        "Ada is a ",
        "become a ",
        "\u0130",
        "@",
        "x | ",
    ],
)
def test_a_line_of_a_megabyte_takes_less_than_a_second(piece):
    line = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    list(reasons([line, SENTENCE, f"Ada Fictive is a {line}"], title=SENTENCE))
    assert time.process_time() - begun < 1
