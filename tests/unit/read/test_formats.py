"""Every known extension, and whatever bytes a file of that name holds."""

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Read
from nutgraf.read import REASONS
from nutgraf.read import read as read_all
from nutgraf.read.guard import guarded
from nutgraf.read.sniff import EXTENSIONS
from nutgraf.read.sources import Source, of_file
from nutgraf.records import Article, Refusal


def read(source: Source, knobs: Read) -> list[Article | Refusal]:
    return list(read_all([source], knobs))


SENTENCE = "The road to Dalmere was shut on Monday, the governor said."
PIECES = [
    *(b"<html><body>", b"<p>", b"</p>", b"<!--", b"]]>", b"<?xml version='1.0'?>", b"&#55357;", b"<script>"),
    *(b'{"text": "', b'"}', b"{", b"[", b'"', b"text,title\n", b"text;id\n", b"text\t", b",", b"PAR1", b"\n", b"\r\n"),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80", b"\x00", b"\x81", b"\x1f\x8b\x08"),
    *(b"Date: 9 March 2014\n", b"SUN 9-3-2014\n", SENTENCE.encode(), SENTENCE.encode("utf-16-le")),
]


def contents():
    some = st.one_of(st.sampled_from(PIECES), st.binary(max_size=9))
    surrogates = st.text(st.characters(exclude_categories=())).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.one_of(st.binary(), surrogates, st.lists(some, max_size=25).map(b"".join))


def of(suffix, data):
    return Source("some", suffix, data=data)


def reasons(items):
    return [item.reason for item in items if isinstance(item, Refusal)]


@pytest.mark.parametrize("extension", EXTENSIONS)
@settings(max_examples=60, deadline=None)
@given(data=contents())
def test_any_bytes_give_an_article_or_a_refusal_and_never_an_exception(extension, data):
    items = list(read(of(extension, data), Read()))
    assert items
    for item in items:
        if isinstance(item, Refusal):
            assert item.reason in REASONS
        else:
            assert isinstance(item, Article)
            assert item.text.strip()
            assert (item.id + item.title + item.source + item.text).encode()
        assert item.path == "some"


@settings(max_examples=60, deadline=None)
@given(
    data=contents(),
    extension=st.sampled_from(sorted(EXTENSIONS)),
    whole=st.booleans(),
    cut=st.integers(0, 40),
    noise=st.binary(max_size=4),
)
def test_any_bytes_named_gz_give_an_article_or_a_refusal_and_never_an_exception(extension, data, whole, cut, noise):
    packed = gzip.compress(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"some{extension}.gz"
        path.write_bytes(packed if whole else packed[: len(packed) - cut] + noise)
        items = list(read(of_file(path), Read()))
    assert items
    assert set(reasons(items)) <= set(REASONS)


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("data", [b"", b"\n\r\n\n", b"\xef\xbb\xbf"])
def test_a_file_of_nothing_is_refused_once(extension, data):
    assert len(reasons(read(of(extension, data), Read()))) == 1


@pytest.mark.parametrize("extension", [".css", ".xlsx", ".text2"])
def test_an_unknown_extension_is_refused_and_the_known_ones_are_told(extension):
    (refusal,) = read(of(extension, SENTENCE.encode()), Read())
    assert refusal.reason == "unknown_format"
    assert all(known in refusal.detail for known in EXTENSIONS)


@pytest.mark.parametrize(
    ("extension", "data"),
    [
        (".txt", SENTENCE),
        (".md", SENTENCE),
        (".html", f"<html><body><article><p>{SENTENCE}</p></article></body></html>"),
        (".jsonl", f'{{"text": "{SENTENCE}"}}'),
        (".csv", f'text\n"{SENTENCE}"'),
        (".tsv", f"text\n{SENTENCE}"),
    ],
)
def test_each_format_gives_the_same_text_packed_or_not(tmp_path, extension, data):
    (tmp_path / f"a{extension}").write_text(data)
    (tmp_path / f"a{extension}.gz").write_bytes(gzip.compress(data.encode()))
    for name in (f"a{extension}", f"a{extension}.gz"):
        assert [item.text for item in read(of_file(tmp_path / name), Read())] == [SENTENCE]


def test_a_whole_file_over_the_bound_is_refused_and_a_table_is_not():
    large = b"Rain fell. " * 100_000
    assert reasons(read(of(".txt", large), Read(max_megabytes=1))) == ["too_large"]
    assert reasons(read(of(".csv", b"text\n" + b"Rain fell on the valley again.\n" * 5), Read(max_megabytes=1))) == []


def test_what_unpacks_to_more_than_the_bound_is_refused(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" " * 1_000_001))
    assert reasons(read(of_file(tmp_path / "a.txt.gz"), Read(max_megabytes=1))) == ["too_large"]


def test_a_packed_table_that_breaks_off_gives_its_rows_and_a_refusal(tmp_path):
    lines = b"".join(b'{"text": "Rain fell %d times that year."}\n' % number for number in range(5000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-2000])
    *read_before, last = read(of_file(tmp_path / "a.jsonl.gz"), Read())
    assert read_before[0].text == "Rain fell 0 times that year."
    assert last.reason == "broken_archive"


def test_a_file_that_is_gone_or_no_file_is_unreadable(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    for name in ("gone.txt", "gone.csv", "folder.txt"):
        assert reasons(read(of_file(tmp_path / name), Read())) == ["unreadable"]


def test_guarding_passes_items_on_and_refuses_none_at_all():
    assert list(guarded("some", iter(["one", "two"]))) == ["one", "two"]
    assert reasons(guarded("some", iter([]))) == ["empty"]


def test_an_article_of_too_few_words_is_refused_after_reading():
    sources = [of(".txt", b"Rain fell here."), of(".txt", SENTENCE.encode())]
    first, second = read_all(sources, Read(min_words=4))
    assert (first.reason, first.detail) == ("too_short", "3 words")
    assert second.text == SENTENCE
