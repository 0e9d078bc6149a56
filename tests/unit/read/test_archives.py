"""Packed files."""

import errno
import gzip
import io
import struct
import sys
import zipfile

import pytest

from nutgraf.config import Read
from nutgraf.read import REASONS, archives, read
from nutgraf.read.sources import Source, walk
from nutgraf.records import Article, Refusal

SENTENCE = "The road to Dalmere was shut on Monday, the governor said."
OTHER = "The ferry of Orla carried nobody on Tuesday, its captain wrote."


def zipped(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def found(data: bytes, name: str = "some.zip", **knobs: int) -> list[tuple[str, str]]:
    suffix = "." + name.rpartition(".")[2]
    return [
        (item.path, item.text if isinstance(item, Article) else item.reason)
        for item in read([Source(name, suffix, data=data)], Read(**knobs))
    ]


def test_the_members_of_a_zip_are_read_by_name_whatever_their_order():
    members = {"b.txt": OTHER.encode(), "a/z.txt": SENTENCE.encode(), "a/.hidden.txt": b"x", "__MACOSX/a.txt": b"x"}
    assert found(zipped(members)) == [("some.zip/a/z.txt", SENTENCE), ("some.zip/b.txt", OTHER)]


def test_members_may_be_of_any_format_and_packed_again():
    table = gzip.compress(b'{"text": "%s"}' % SENTENCE.encode())
    inner = zipped({"page.html": f"<html><body><article><p>{OTHER}</p></article></body></html>".encode()})
    data = zipped({"a.jsonl.gz": table, "b.zip": inner, "c.css": b"p {}"})
    assert found(data) == [
        ("some.zip/a.jsonl.gz", SENTENCE),
        ("some.zip/b.zip/page.html", OTHER),
        ("some.zip/c.css", "unknown_format"),
    ]


def test_a_zip_without_its_extension_and_a_gzip_without_its_own_are_unpacked():
    assert found(zipped({"a.txt": SENTENCE.encode()}), "some.txt") == [("some.txt/a.txt", SENTENCE)]
    assert found(gzip.compress(SENTENCE.encode()), "some.txt") == [("some.txt", SENTENCE)]


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_a_zip_on_standard_input_is_unpacked(monkeypatch, pack):
    data = pack(zipped({"a.txt": SENTENCE.encode()}))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,) = read(walk(["-"]), Read())
    assert (article.path, article.text) == ("-/a.txt", SENTENCE)


def test_archives_inside_archives_are_opened_up_to_a_depth():
    data = SENTENCE.encode()
    for _ in range(3):
        data = zipped({"a.txt": data})
    assert [text for _, text in found(data)] == [SENTENCE]
    assert [reason for _, reason in found(zipped({"a.txt": data}))] == ["broken_archive"]


def test_a_damaged_archive_is_refused_and_what_is_whole_in_it_is_read():
    data = zipped({"a.txt": SENTENCE.encode(), "b.txt": OTHER.encode()}, zipfile.ZIP_STORED)
    torn = data.replace(OTHER.encode(), OTHER.encode().upper())
    assert found(torn) == [("some.zip/a.txt", SENTENCE), ("some.zip/b.txt", "broken_archive")]
    assert [reason for _, reason in found(data[:-30])] == ["broken_archive"]
    assert [reason for _, reason in found(zipped({}))] == ["unknown_format"]  # an empty archive has another beginning


def test_a_member_that_unpacks_to_far_over_its_size_is_refused_unopened():
    bomb = zipped({"a.txt": b" " * 30_000_000, "b.txt": SENTENCE.encode()})
    assert found(bomb) == [("some.zip/a.txt", "too_large"), ("some.zip/b.txt", SENTENCE)]


def test_a_gzip_that_unpacks_to_over_the_bound_is_refused():
    assert found(gzip.compress(b"a" * 1_000_001), "a.txt", max_megabytes=1) == [("a.txt", "too_large")]
    assert found(gzip.compress(b'{"text": "' + b"a" * 1_000_001), "a.jsonl", max_megabytes=1) == [
        ("a.jsonl", "too_large")
    ]
    stuffed = gzip.compress(zipped({"a.txt": SENTENCE.encode()}) + b" " * 1_000_000)
    assert found(stuffed, "a.zip", max_megabytes=1) == [("a.zip", "too_large")]


def test_office_files_that_are_no_article_are_refused_whole():
    book = zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""})
    assert found(book, "some.xlsx") == [("some.xlsx", "unknown_format")]
    assert found(book, "some.docx") == [("some.docx", "unknown_format")]


@pytest.mark.parametrize("cut", range(1, 200, 7))
def test_an_archive_cut_anywhere_gives_articles_or_refusals(cut):
    data = zipped({"a.txt": SENTENCE.encode(), "b.txt": OTHER.encode()})
    for _, text in found(data[:-cut]):
        assert text in {SENTENCE, OTHER, *REASONS}


def test_a_gzip_inside_a_gzip_is_unpacked():
    assert found(gzip.compress(gzip.compress(SENTENCE.encode())), "a.txt") == [("a.txt", SENTENCE)]
    assert found(gzip.compress(b"\x1f\x8b"), "a.txt") == [("a.txt", "broken_archive")]


def changed(data: bytes, flag: int = 0, method: int = 0, version: int = 20) -> bytes:
    """A zip archive whose first member says in its two headers that it is locked, or packed in another way."""
    raw = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 4), (b"PK\x01\x02", 6)):
        start = raw.index(mark) + at
        raw[start : start + 6] = struct.pack("<HHH", version, flag, method)
    return bytes(raw)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"flag": 1}, "password required"),
        ({"method": 99}, "compression method is not supported"),
        ({"version": 99}, "zip file version 9.9"),
    ],
)
def test_a_member_that_cannot_be_opened_is_refused_with_the_reason_and_the_next_is_read(change, words):
    data = changed(zipped({"a.txt": SENTENCE.encode(), "b.txt": OTHER.encode()}, zipfile.ZIP_STORED), **change)
    items = list(read([Source("some.zip", ".zip", data=data)], Read()))
    assert [item.reason for item in items if isinstance(item, Refusal)] == ["broken_archive"]
    assert any(words in item.detail for item in items if isinstance(item, Refusal))
    assert [item.text for item in items if isinstance(item, Article)] == ([OTHER] if "version" not in change else [])


def test_a_failure_of_the_system_is_no_damage_and_a_failure_without_words_is_named():
    told = [archives.refused("a", OSError(errno.EIO, "Input/output error")), archives.refused("a", EOFError())]
    told.append(archives.refused("a", OSError(errno.EINVAL, "Invalid argument")))
    assert [(one.reason, one.detail) for one in told] == [
        ("unreadable", "Input/output error"),
        ("broken_archive", "EOFError"),
        ("broken_archive", "[Errno 22] Invalid argument"),
    ]
