"""Saved mails: what of their text is the article, and what mail puts around it."""

import base64

import pytest

from mails_made import BODY, mailed
from nutgraf.read import mail
from reading import Reading

some = Reading(mail.read, "some.eml")
items, only, reasons = some.items, some.only, some.reasons


def test_title_day_sender_text_and_path():
    found = only(mailed())
    assert (found.title, found.date, found.source) == ("Trucks cross the bridge", "2020-03-03", "Dalmere Post")
    assert (found.text, found.path, found.byline, found.repaired) == (BODY, "some.eml", "", ())


def test_the_domain_is_the_source_where_no_name_is_shown():
    assert only(mailed().replace(b'"Dalmere Post" ', b"")).source == "dalmere.example"


@pytest.mark.parametrize(
    "subject",
    ["Fwd: Trucks cross", "RE: FW: Trucks cross", "[dalmere-list] Trucks cross", "Re: [press] Re[2]: Trucks cross"],
)
def test_marks_of_answering_forwarding_and_lists_are_no_part_of_the_title(subject):
    assert only(mailed(subject=subject)).title == "Trucks cross"


def test_a_subject_of_marks_alone_stays():
    assert only(mailed(subject="[press]")).title == "[press]"


def test_an_encoded_subject_is_decoded():
    encoded = base64.b64encode("Štab čeka".encode()).decode()
    assert only(mailed(subject=f"=?utf-8?B?{encoded}?=\n =?iso-8859-1?Q?_caf=E9?=")).title == "Štab čeka café"


def test_a_subject_in_bare_bytes_is_read():
    assert only(mailed(subject="Štab čeka")).title == "Štab čeka"


@pytest.mark.parametrize("date", ["", "Date: someday\n", "Date: 31 Feb 2020 10:00 +0000\n"])
def test_a_day_that_is_none_is_empty(date):
    assert only(mailed().replace(b"Date: Tue, 3 Mar 2020 23:30:00 -0800\n", date.encode())).date == ""


@pytest.mark.parametrize(
    "footer",
    [
        "\n\n-- \nJo Maren\nDalmere Post",
        "\n\nYou are receiving this because you signed up.\n\nDalmere Media, 1 Quay Street",
        "\n\nUnsubscribe | Manage your preferences",
        "\n\nOn Mon, 2 Mar 2020 at 10:00, Jo <jo@x.example> wrote:\n> Did they cross?\n> Tell me.",
        "\n\nOn Mon, 2 Mar 2020 at 10:00, Jo Maren of the northern desk\n<jo@x.example> wrote:\n\n> Did they cross?",
        "\n\n-----Original Message-----\nFrom: Jo\nSent: Monday\nSubject: trucks\n\nDid they cross the bridge?",
        "\n> Did they cross?\n> Tell me.",
    ],
)
def test_signatures_footers_and_what_was_answered_are_left_out(footer):
    assert only(mailed(BODY + footer, "Re: Trucks")).text == BODY


def test_an_answer_between_quoted_lines_is_kept():
    first, second = BODY.split("\n\n")
    text = f"On Monday Jo wrote:\n> Who crossed?\n\n{first}\n\n> How many?\n\n{second}"
    assert only(mailed(text, "Re: Trucks")).text.split() == BODY.split()


def test_a_link_to_the_browser_at_the_head_is_left_out():
    assert only(mailed("View this email in your browser\n\n" + BODY)).text == BODY


def test_a_paragraph_that_speaks_of_receiving_is_no_footer():
    text = BODY.replace("Relief workers", "“You are receiving the wounded,” he told them. Relief workers")
    more = text + "\n\n" + "\n\n".join([BODY] * 3)
    assert only(mailed(more)).text == more


@pytest.mark.parametrize(
    "marker", ["---------- Forwarded message ---------", "-----Original Message-----", "Begin forwarded message:"]
)
def test_what_was_forwarded_is_the_article_with_its_own_title_day_and_sender(marker):
    inner = (
        "From: Vessen Wire <w@vessen.example>\nDate: Mon, Mar 2, 2020 at 9:00 AM\nSubject: Fwd: Convoy waits\nTo: desk"
    )
    found = only(mailed(f"FYI, see below\n\n{marker}\n{inner}\n\n\n{BODY}", "Fwd: Convoy waits"))
    assert (found.title, found.date, found.source) == ("Convoy waits", "2020-03-02", "Vessen Wire")
    assert found.text == BODY


def test_the_innermost_of_two_forwardings_is_the_article():
    def forward(text, sender):
        return f"---------- Forwarded message ---------\nFrom: {sender}\nSubject: By {sender}\n\n{text}"

    found = only(mailed(forward(forward(BODY, "Second"), "First"), "Fwd: x"))
    assert (found.title, found.text) == ("By Second", BODY)


def test_a_sender_in_words_alone_is_taken_as_outlook_writes_it():
    text = f"-----Original Message-----\nFrom: Vessen Wire\nSent: Monday, March 2, 2020 9:00 AM\nSubject: x\n\n{BODY}"
    assert only(mailed(text, "FW: x")).source == "Vessen Wire"


def test_a_mail_that_is_quoted_as_a_whole_is_read():
    assert only(mailed("\n".join(f"> {line}" for line in BODY.split("\n")))).text == BODY
