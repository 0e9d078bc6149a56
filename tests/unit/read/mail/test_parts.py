"""Saved mails of several parts: HTML, encodings, attachments, mails in mails."""

import quopri

import pytest

from mails_made import BODY, HEAD, HTML, mailed, parts
from nutgraf.read import mail
from reading import Reading

some = Reading(mail.read, "some.eml")
items, only, reasons = some.items, some.only, some.reasons


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
