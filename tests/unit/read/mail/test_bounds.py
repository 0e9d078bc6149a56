"""Mails that are none, nested without end, or hostile."""

import quopri
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mails_made import BODY, HEAD, HTML, LATER, mailed, parts
from nutgraf.read import mail
from nutgraf.records import Article
from reading import Reading

some = Reading(mail.read, "some.eml")
items, only, reasons = some.items, some.only, some.reasons


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00\x01" * 50, BODY.encode()])
def test_what_is_no_mail_is_refused(data):
    assert reasons(data) == ["broken_file"]


def test_a_mail_of_nothing_is_refused():
    assert reasons(mailed("")) == ["no_text"]


def nested(levels: int) -> bytes:
    inside = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(levels))
    return f"{HEAD.format(subject='x')}{inside}Content-Type: text/plain\n\n{BODY}".encode()


def test_parts_in_parts_are_read_to_a_depth():
    assert only(nested(50)).text == BODY


@pytest.mark.slow
def test_a_thousand_parts_in_parts_are_refused():
    assert reasons(nested(1000)) == ["broken_file"]


def test_mails_in_mails_are_read_to_a_depth():
    def inside(levels: int) -> bytes:
        return mailed("Content-Type: message/rfc822\n\n" * levels + mailed().decode(), more="X: y\n").replace(
            b"X: y\n\n", b""
        )

    assert only(inside(5)).text == BODY
    assert reasons(inside(40)) == ["broken_file"]
    assert reasons(inside(1000)) == ["broken_file"]


@pytest.mark.parametrize("header", ["Subject", "From", "Date", "Content-Type", "Content-Disposition", "To"])
@pytest.mark.parametrize("fill", ['a b <("', "=?utf-8?q?a?= ", "=?utf-8?b?"])
def test_a_header_of_a_megabyte_is_borne(header, fill):
    begun = time.process_time()
    items(f"{header}: {fill * (1_000_000 // len(fill))}\n".encode() + mailed())
    assert time.process_time() - begun < 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "fill",
    [
        *(
            "> a\n",
            "On a b c d e\n",
            "On " + "wrote " * 18 + "\n",
            "-----Original Message-----\n",
            "From: a\n",
            "-- \n",
        ),
        *("a \n", "unsubscribe\n\n", "\n \n", "-", "[a] Re: ", " ", "this email ", "you are "),
    ],
)
def test_a_megabyte_of_anything_is_read_in_seconds(fill):
    begun = time.process_time()
    items(mailed(fill * (1_000_000 // len(fill)) + BODY))
    assert time.process_time() - begun < 5


def test_too_many_parts_are_refused():
    assert reasons(parts(*[("Content-Type: text/plain", "a b")] * 10_001)) == ["too_large"]


PIECES = [
    *(
        b"--xx\n",
        b"--xx--\n",
        b"Content-Type: ",
        b"multipart/mixed; boundary=xx\n",
        b"text/html\n",
        b"message/rfc822\n",
    ),
    *(b"\n", b"\r\n", b"charset=", b"=?utf-8?b?", b"?=", b"Content-Transfer-Encoding: base64\n", b"> ", b"-- \n"),
    *(
        b"Content-Disposition: attachment; filename*0*=",
        b"\xff",
        b"\x00",
        b"Subject: ",
        b"From: ",
        b"Date: ",
        b"wrote:",
    ),
    *(b"-----Original Message-----\n", b"format=flowed", b";", b'"', b"<p>", BODY.encode(), b"filename*=utf-8''%ff"),
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=30).map(b"".join))
def test_any_bytes_give_articles_or_refusals_and_never_an_exception(data):
    for head in (b"", b"Subject: x\n", b"Subject: x\nContent-Type: multipart/mixed; boundary=xx\n"):
        found = items(head + data)
        assert found
        for item in found:
            assert item.path == "some.eml"
            assert not isinstance(item, Article) or item.text.strip()
            assert str(item).encode()


@pytest.mark.parametrize("head", ["From: <Saved by Blink>\nSnapshot-Content-Location: https://dalmere.example/a\n", ""])
def test_a_page_that_a_browser_saved_whole_is_that_page(head):
    head = head or "From: <Saved by WebKit>\n"
    meta = '<title>Trucks</title><meta property="article:published_time" content="2020-03-01T08:00:00Z">'
    whole = HTML.replace("<html>", f"<html><head>{meta}</head>")
    advert = "<html><body><p>Buy a truck.</p></body></html>"
    pieces = [
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(page.encode()).decode()
        for page in (whole, advert)
    ]
    pieces += ["Content-Type: text/css\n\np {}", "Content-Type: application/javascript\n\nlet a = 1"]
    body = "".join(f"--b\n{piece}\n" for piece in pieces)
    data = f"{head}Subject: Saved\nDate: Mon, 9 Mar 2020 10:00:00 -0000\nMIME-Version: 1.0\n"
    data += f'Content-Type: multipart/related; boundary="b"\n\n{body}--b--\n'
    found = only(data.encode())
    assert (found.title, found.date) == ("Trucks", "2020-03-01")
    assert found.text == f"{BODY}\n\n{LATER}"
