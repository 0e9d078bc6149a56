"""RTF: signs and code pages, what is no text, and constructs that would hang a parser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports_made import rtf
from nutgraf.config import Read
from nutgraf.read.rtf import read, to_text
from nutgraf.records import Article, Refusal

HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Arial;}}"
BODY = "The road to Dalmere was shut.\n\nIt rained, the governor said, and nobody crossed the bridge."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (rb"it\'92s", "it’s"),
        (rb"\'93Wait,\'94 she said", "“Wait,” she said"),
        (rb"\ldblquote Wait\rdblquote", "“Wait”"),
        (rb"\u8220?Wait\u8221?", "“Wait”"),
        (rb"\uc0\u8220 Wait\u8221  she", "“Wait” she"),
        (rb"\uc2\u8220ab Wait", "“ Wait"),
        (rb"\u8220\'93Wait", "“Wait"),
        (rb"{\f1 \'c4\'e0}", "Да"),
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"a\~b", "a\N{NO-BREAK SPACE}b"),
        (rb"cease\_fire", "cease-fire"),
        (rb"cross\-ing", "crossing"),
        (rb"\{a\\b\}", r"{a\b}"),
        (b"caf\xe9 \x93x\x94", "café “x”"),
        ("café “x”".encode(), "café “x”"),
        (rb'{\field{\*\fldinst{HYPERLINK "https://orla.example/a"}}{\fldrslt the bridge}}', "the bridge"),
        (rb"{\info{\title Other}}{\header Page 1}{\*\unknown x}{\pict 00ff}a", "a"),
        (rb"{\footnote Other}a{\footer b}", "a"),
        (rb"{\pict\bin4 }}}}}a", "a"),
        (rb"{\pict\bin }a", "a"),
        (rb"a long run of plain text with a \b word\b0  in bold type, and more", None),
        (rb"x\u99999999?y\u-99999?z\uc w\u", "x\ufffdy\ufffdzw"),
    ],
)  # fmt: skip
def test_signs_come_out_as_they_were_meant(written, meant):
    meant = meant or "a long run of plain text with a word in bold type, and more"
    assert to_text(HEAD + rb"\f0 " + written + b"}") == meant


def test_the_code_page_of_the_document_holds_for_bytes_beyond_ascii():
    assert to_text(b"{\\rtf1\\ansi\\ansicpg1251 \xc4\xe0}") == "Да"
    assert to_text(b"{\\rtf1\\ansi\\ansicpg99999 \x93x\x94}") == "“x”"


def test_a_charset_that_python_does_not_know_is_no_failure():
    assert to_text(rb"{\rtf1{\fonttbl{\f0\fcharset78 Osaka;}{\f1\fcharset0 Times;}}\f0 a\'41\f1 b}") == "aAb"


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Mn")), min_size=1), min_size=1))
def test_any_text_comes_back_line_by_line(lines):
    lines = [line.replace("\xad", "").replace("\u2011", "-") for line in lines]
    assert to_text(rtf(lines)) == "\n".join(lines) + "\n"


def test_a_document_is_an_article_with_its_header_and_without_tables():
    lines = ["Road shut", "Source: Orla Courier", "", *BODY.split("\n\n"), "Shells|12|"]
    (one,) = read(rtf(["Date: 9 March 2014", *lines[1:2], lines[0], "", *lines[3:]]), "a.rtf", Read())
    assert (one.title, one.date, one.source) == ("Road shut", "2014-03-09", "Orla Courier")
    assert one.text.split("\n") == BODY.split("\n\n")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain text", b"rtf1", b"{\\rtf1 " + b"{" * 500])
def test_what_is_no_rtf_is_refused(data):
    (refused,) = read(data, "a.rtf", Read())
    assert (refused.path, refused.reason) == ("a.rtf", "broken_file")
    assert refused.detail


def test_a_document_without_words_is_refused_as_empty():
    assert [item.reason for item in read(HEAD + b"}", "a.rtf", Read())] == ["empty"]


@pytest.mark.parametrize(
    "piece",
    [
        b"{", b"{b", b"}", b"\\a\\b\\c1", b"\\par", b"{\\fonttbl", b"\\f1\\fcharset0 a", b"{\\fonttbl\\f1\\fcharset0 a",
        b'{\\field{\\*\\fldinst{HYPERLINK "', b'HYPERLINK "', b"\\'92", b"\\u8217?", b"\\bin5", b"\x92a",
        b"\\pict\\bin", b"The road to Dalmere. ", b"|", b"a|\\par ", b"\\'9", b"\\",
    ],
)  # fmt: skip
@pytest.mark.parametrize("head", [b"{\\rtf1\\ansi ", b"{\\rtf1{\\fonttbl", b"{\\rtf1{\\field{\\*\\fldinst{"])
def test_no_document_takes_long(head, piece, seconds):
    with seconds(0.5):
        list(read(head + piece * (100_000 // len(piece)), "a.rtf", Read()))


PIECES = [
    *(b"{", b"}", b"\\", b"\\u", b"\\uc", b"9", b"-", b"\\'", b"\xff", b"\\bin", b"\\f", b" ", b"ab", b"\n"),
    *(b"\\fonttbl", b"\\fcharset", b"\\ansicpg", b"\\pict"),
]


@settings(max_examples=100, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES)))
def test_no_bytes_raise(pieces):
    items = list(read(b"{\\rtf1" + b"".join(pieces), "a.rtf", Read()))
    assert items and all(isinstance(item, Article | Refusal) for item in items)
