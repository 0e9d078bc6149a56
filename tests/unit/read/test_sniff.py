"""Formats by name and by content."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.read.sniff import EXTENSIONS, format_of

PROSE = b"Rain fell on the valley on Monday.\n"
PAGE = b"<!DOCTYPE html><html><body><p>Rain.</p>"
MAIL = b"Received: from a by b\nFrom: Desk <desk@valley.example>\nSubject: Rain\nMIME-Version: 1.0\n\nRain.\n"


@pytest.mark.parametrize(
    ("head", "suffix", "kind"),
    [
        (PROSE, ".txt", "text"),
        (PROSE, "", "text"),
        (PAGE, ".html", "page"),
        (PAGE, ".txt", "page"),
        (PAGE, ".jsonl", "page"),
        (PAGE, ".css", "page"),
        (b"\xef\xbb\xbf\r\n <html>", "", "page"),
        (b'<?xml version="1.0"?><!-- saved --><html>', ".txt", "page"),
        (PAGE.decode().encode("utf-16"), "", "page"),
        (PROSE, ".html", "text"),
        (b"Rain <b>fell</b>.", ".html", "page"),
        (b"%PDF-1.7 ...", ".txt", "pdf"),
        (b"{\\rtf1 ...", ".doc", "rtf"),
        (PROSE, ".rtf", "text"),
        (b"WARC/1.0\r\n", "", "warc"),
        (b"PAR1....", ".csv", "parquet"),
        (MAIL, "", "mail"),
        (MAIL, ".txt", "mail"),
        (b"Date: 9 March 2014\nSource: Dalmere Post\nTitle: Rain\n\nRain fell.", ".txt", "text"),
        (b'{"text": "Rain."}\n', "", "jsonl"),
        (b'{"text": "Rain."}\n', ".txt", "jsonl"),
        (b'[{"text": "Rain."}]', ".jsonl", "json"),
        (b"text,title\n", ".csv", "csv"),
        (b"", ".csv", "csv"),
        (b"", ".html", "page"),
        (PROSE, ".css", ""),
        (PROSE, ".parquet", "parquet"),
        (b"{Rain} fell", ".txt", "text"),
    ],
)
def test_the_content_wins_where_it_is_sure(head, suffix, kind):
    assert format_of(head, suffix) == kind


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([*EXTENSIONS, "", ".xyz"]))
def test_any_bytes_have_a_format_or_none(head, suffix):
    assert format_of(head, suffix) in {*EXTENSIONS.values(), ""}
