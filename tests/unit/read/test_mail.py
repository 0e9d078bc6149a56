"""Saved mails: what of them is the article, and what mail puts around it."""

import base64
import quopri
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Read
from nutgraf.read import mail
from nutgraf.records import Article, Refusal

BODY = """The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.

Relief workers counted forty tents and two wells, of which one had run dry by the evening."""
HEAD = """From: "Dalmere Post" <news@dalmere.example>
To: desk@vessen.example
Subject: {subject}
Date: Tue, 3 Mar 2020 23:30:00 -0800
"""
LATER = BODY.replace("Monday", "Friday").replace("the evening", "nightfall")
HTML = "<html><body><article>{}</article></body></html>".format(
    "".join(f"<p>{paragraph}</p>" for paragraph in f"{BODY}\n\n{LATER}".split("\n\n"))
)


def mailed(body: str = BODY, subject: str = "Trucks cross the bridge", more: str = "") -> bytes:
    return f"{HEAD.format(subject=subject)}{more}\n{body}\n".encode()


def parts(*given: tuple[str, str], kind: str = "mixed", subject: str = "Trucks cross the bridge") -> bytes:
    inside = "".join(f"--xx\n{head}\n\n{body}\n" for head, body in given)
    return mailed(f"{inside}--xx--", subject, f"MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=xx\n")


def items(data: bytes) -> list[Article | Refusal]:
    return list(mail.read(data, "some.eml", Read()))


def only(data: bytes) -> Article:
    (found,) = items(data)
    assert isinstance(found, Article), found
    return found


def reasons(data: bytes) -> list[str]:
    return [item.reason for item in items(data) if isinstance(item, Refusal)]


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


def test_plain_text_goes_before_html():
    plain = f"{BODY}\n\nThe road is open again.\n\n{BODY}"
    both = parts(("Content-Type: text/plain", plain), ("Content-Type: text/html", HTML), kind="alternative")
    assert only(both).text == plain


@pytest.mark.parametrize("stub", ["View this mail in your browser: http://x.example", "", "Sent as HTML."])
def test_html_is_read_where_the_plain_text_is_a_stub_of_it(stub):
    both = parts(("Content-Type: text/plain", stub), ("Content-Type: text/html", HTML), kind="alternative")
    found = only(both)
    assert "on Friday" in found.text
    assert (found.title, found.date, found.source) == ("Trucks cross the bridge", "2020-03-03", "Dalmere Post")


def test_a_footer_of_html_is_left_out_and_the_rest_stays():
    html = HTML.replace("</article>", "<p>You are receiving this because you signed up at a fair.</p></article>")
    found = only(parts(("Content-Type: text/html", html)))
    assert found.text.endswith("by nightfall.")


def test_packed_text_and_its_soft_breaks_are_undone():
    packed = quopri.encodestring(BODY.replace("Monday", "“Monday”").encode()).decode()
    more = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
    assert only(mailed(packed, more=more)).text == BODY.replace("Monday", "“Monday”")


def test_the_declared_encoding_decides_where_the_bytes_are_not_utf_8():
    text = "Колонна пересекла мост на рассвете. " * 6
    data = HEAD.format(subject="x").encode() + b"Content-Type: text/plain; charset=koi8-r\n\n" + text.encode("koi8-r")
    found = only(data)
    assert (found.text, found.repaired) == (text.strip(), ("decoded from koi8-r",))


@pytest.mark.parametrize("charset", ["x-nothing", "punycode", "zip", '"a\x00b"', "utf-8\n\t"])
def test_an_encoding_that_nobody_knows_does_not_cost_the_mail(charset):
    assert only(mailed(more=f"Content-Type: text/plain; charset={charset}\n")).text == BODY


def test_flowed_text_is_put_together():
    flowed = "The column of trucks crossed the \nOrla bridge before dawn.\n\n From here on all \nis well.\n-- \nJo"
    found = only(mailed(flowed, more="Content-Type: text/plain; format=flowed\n"))
    assert found.text == "The column of trucks crossed the Orla bridge before dawn.\n\nFrom here on all is well."


def test_flowed_text_with_deleted_spaces():
    more = "Content-Type: text/plain; format=flowed; delsp=yes\n"
    assert only(mailed("The column of tru \ncks crossed the bridge.", more=more)).text == (
        "The column of trucks crossed the bridge."
    )


def test_every_attached_document_is_refused_by_name_and_pictures_are_not():
    data = parts(
        ("Content-Type: text/plain", BODY),
        ('Content-Type: application/pdf\nContent-Disposition: attachment; filename="Sitrep 3.pdf"', "JVBE"),
        ("Content-Type: text/csv\nContent-Disposition: attachment; filename=camps.csv", "a,b"),
        ('Content-Type: image/png\nContent-Disposition: inline; filename="logo.png"', "x"),
        ("Content-Type: application/pgp-signature", "x"),
    )
    article, *refused = items(data)
    assert article.text == BODY
    assert [(item.reason, item.detail) for item in refused] == [
        ("attachment", "Sitrep 3.pdf"),
        ("attachment", "camps.csv"),
    ]


def test_an_attached_mail_is_read_and_the_note_above_it_is_not():
    data = parts(
        ("Content-Type: text/plain", "Please see below."),
        ("Content-Type: message/rfc822", mailed(subject="Boats leave").decode()),
    )
    found = only(data)
    assert (found.title, found.text) == ("Boats leave", BODY)


def test_a_mail_that_says_much_beside_an_attached_one_gives_two_articles():
    long = "\n\n".join([BODY] * 3)
    inner = ("Content-Type: message/rfc822", mailed(subject="Boats leave").decode())
    assert [item.title for item in items(parts(("Content-Type: text/plain", long), inner))] == [
        "Trucks cross the bridge",
        "Boats leave",
    ]


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
    begun = time.perf_counter()
    items(f"{header}: {fill * (1_000_000 // len(fill))}\n".encode() + mailed())
    assert time.perf_counter() - begun < 2


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
    begun = time.perf_counter()
    items(mailed(fill * (1_000_000 // len(fill)) + BODY))
    assert time.perf_counter() - begun < 5


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
