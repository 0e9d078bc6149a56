"""Web archives: which records are pages, how they are unpacked, and where an archive breaks off."""

import gzip
import random
import time
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import papers_made
from nutgraf.config import Read
from nutgraf.read import read, warc
from nutgraf.read.sources import Source, of_file
from nutgraf.records import Article, Refusal

SENTENCES = [
    "The column of trucks crossed the Orla bridge before dawn on Monday, the governor said.",
    "“We stay until the last boat has left,” she told reporters at the harbour of Dalmere.",
    "By noon the last of the families were on their way to the camp in the northern hills.",
]
HTML = "Content-Type: text/html; charset=utf-8"
URL = "http://www.dalmere.example/report"


def page(title: str = "Trucks", sentences: list[str] = SENTENCES) -> bytes:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>".encode()


def record(block: bytes, kind: str = "response", url: str = URL, of: str = "application/http", more: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2020-04-01T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\n{more}Content-Type: {of}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def fetched(title: str = "Trucks", **given: str) -> bytes:
    return record(http(page(title), HTML), **given)


def items(data: bytes, **knobs: int) -> list[Article | Refusal]:
    return list(read([Source("crawl.warc", ".warc", data=data)], Read(**knobs)))


def told(found: list[Article | Refusal]) -> list[str]:
    return [item.reason if isinstance(item, Refusal) else item.title for item in found]


def test_a_page_is_an_article_of_its_host_without_a_day_of_its_own():
    (found,) = items(fetched())
    assert (found.title, found.source, found.date, found.path) == ("Trucks", "dalmere.example", "", "crawl.warc")
    assert found.text == "\n\n".join(SENTENCES)
    assert found.repaired == ()


def test_a_page_that_names_its_source_keeps_it():
    named = page().replace(b"<head>", b'<head><meta property="og:site_name" content="Dalmere Post">')
    assert items(record(http(named, HTML)))[0].source == "Dalmere Post"


def test_records_that_are_no_pages_are_passed_over():
    others = [
        record(b"software: made up", "warcinfo", of="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(http(b"\xff\xd8", "Content-Type: image/jpeg")),
        record(http(b"a{}", "Content-Type: text/css")),
        record(http(b"User-agent: *", "Content-Type: text/plain")),
        record(http(page(), HTML, status="301 Moved")),
        record(http(page(), HTML, status="404 Not Found")),
        record(http(page(), HTML), "revisit"),
        record(b"x: y", "metadata", of="application/warc-fields"),
        record(b"93.184.216.34", of="text/dns"),
    ]
    assert told(items(b"".join([*others, fetched(), *others]))) == ["Trucks"]
    (refusal,) = items(b"".join(others))
    assert (refusal.reason, refusal.record, refusal.detail) == ("no_article", 0, "10 records, none of them a page")


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_pages_stored_without_their_headers_are_read(kind):
    assert told(items(record(page(), kind, of="text/html"))) == ["Trucks"]


def test_text_made_of_a_page_is_read():
    (found,) = items(record("\n\n".join(SENTENCES).encode(), "conversion", of="text/plain"))
    assert (found.text, found.source) == ("\n\n".join(SENTENCES), "dalmere.example")


def test_a_report_in_pdf_is_read():
    report = papers_made.made(lambda made: made.text_of(papers_made.paragraphs(2)))
    (found,) = items(record(http(report, "Content-Type: application/pdf")))
    assert found.text == "\n\n".join(papers_made.paragraphs(2))
    assert found.source == "dalmere.example"


def test_a_page_without_an_article_is_refused_by_number_and_address():
    empty = record(http(b"<html><body></body></html>", HTML), url=URL + "/" + "x" * 400)
    refusal = items(fetched() + record(b"GET", "request") + empty)[1]
    assert (refusal.reason, refusal.record, refusal.path) == ("no_article", 3, "crawl.warc")
    assert refusal.detail == (URL + "/" + "x" * 400)[:200]


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
        ("identity", bytes),
        ("gzip", bytes),  # undone by the crawler, its header left
        ("br", bytes),
    ],
)
def test_compression_is_undone(coding, pack):
    data = record(http(pack(page()), HTML, f"Content-Encoding: {coding}"))
    assert items(data) == items(fetched())


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_compression_that_breaks_off_is_refused(coding, pack):
    body = pack(page(sentences=[f"{number} boats left at dawn on day {number}." for number in range(200)]))[:-40]
    (refusal,) = items(record(http(body, HTML, f"Content-Encoding: {coding}")))
    assert (refusal.reason, refusal.record) == ("broken_file", 1)


def test_an_unknown_compression_is_refused_by_name():
    (refusal,) = items(record(http(b"(\xb5/\xfd", HTML, "Content-Encoding: zstd")))
    assert refusal.reason == "broken_file"
    assert "zstd" in refusal.detail


def chunked(data: bytes, size: int = 100) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def test_chunks_are_put_together():
    for body in (chunked(page()), page()):  # or were so by the crawler
        assert items(record(http(body, HTML, "Transfer-Encoding: chunked"))) == items(fetched())
    packed = chunked(gzip.compress(page()))
    assert items(record(http(packed, HTML, "Transfer-Encoding: chunked", "Content-Encoding: gzip"))) == items(fetched())


def test_chunks_that_break_off_are_refused():
    assert told(items(record(http(chunked(page())[:-200], HTML, "Transfer-Encoding: chunked")))) == ["broken_file"]


def test_the_server_s_encoding_decides_where_the_page_is_not_utf_8():
    text = "Колонна пересекла мост на рассвете. " * 9
    body = f"<html><body><article><p>{text}</p></article></body></html>".encode("koi8-r")
    (found,) = items(record(http(body, "Content-Type: text/html; charset=koi8-r")))
    assert (found.text, found.repaired) == (text.strip(), ("decoded from koi8-r",))


@pytest.mark.parametrize("charset", ["win-1251x", "idna", "", "iso-8859-1", "koi8-r"])
def test_a_wrong_encoding_does_not_cost_a_page_in_utf_8(charset):
    assert items(record(http(page(), f"Content-Type: text/html; charset={charset}"))) == items(fetched())


def test_what_servers_say_without_looking_does_not_spoil_quotation_marks():
    (found,) = items(record(http(page().decode().encode("cp1252"), "Content-Type: text/html; charset=iso-8859-1")))
    assert (found.text, found.repaired) == ("\n\n".join(SENTENCES), ("decoded from cp1252",))


def test_a_page_that_the_crawler_cut_says_so():
    (found,) = items(fetched(more="WARC-Truncated: length\r\n"))
    assert found.repaired == ("cut short when it was archived",)


def test_a_page_over_the_bound_is_refused_and_the_next_is_read():
    large = record(http(b"<p>" + b"a " * 600_000, HTML))
    bomb = record(http(gzip.compress(b"a" * 30_000_000), HTML, "Content-Encoding: gzip"))
    for pack in (bytes, gzip.compress):
        data = b"".join(map(pack, [fetched("One"), large, bomb, fetched("Two")]))
        tracemalloc.start()
        assert told(items(data, max_megabytes=1)) == ["One", "too_large", "too_large", "Two"]
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
        tracemalloc.stop()


def test_packed_by_record_or_as_a_whole_reads_alike(tmp_path):
    records = [fetched(f"Page {number}") for number in range(5)]
    for data in (b"".join(map(gzip.compress, records)), gzip.compress(b"".join(records))):
        (tmp_path / "a.warc.gz").write_bytes(data)
        found = list(read([of_file(tmp_path / "a.warc.gz")], Read()))
        assert told(found) == [f"Page {number}" for number in range(5)]


def test_a_broken_header_of_http_does_not_end_the_archive():
    long = record(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\nhi")
    nonsense = record(b"\x00\x01 nonsense")
    assert told(items(fetched("One") + long + nonsense + fetched("Two"))) == ["One", "Two"]


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_cut_anywhere_gives_what_is_whole_and_a_refusal(packed, tmp_path):
    records = [fetched(f"Page {number}") for number in range(3)]
    records = list(map(gzip.compress, records)) if packed else records
    ends = {0, *(sum(map(len, records[:count])) for count in (1, 2, 3))}
    data, path = b"".join(records), tmp_path / ("a.warc.gz" if packed else "a.warc")
    slack = 4 if not packed else 12  # the blank lines after a record, and a member's checksum, may be missing
    for cut in range(0, len(data), 37):
        path.write_bytes(data[:cut])
        found = told(list(read([of_file(path)], Read())))
        whole = sum(cut >= end - slack for end in ends) - 1
        assert found[:whole] == [f"Page {number}" for number in range(whole)]
        broken = not any(end - slack <= cut <= end for end in ends)
        assert not broken or found[whole:] in (["broken_file"], ["broken_archive"]), cut


@pytest.mark.parametrize(
    "data", [b"\x00" * 3000, b"hello\n" * 100, b"WARC/1.0\r\n" + bytes(range(256)) * 20, b"\x1f\x8b\x08" + b"a" * 99]
)
def test_what_is_no_archive_is_refused(data):
    packed = data.startswith(b"\x1f\x8b")
    assert told(items(data)) == ["broken_archive" if packed else "broken_file"]


def test_an_archive_of_nothing_is_refused_as_empty():
    assert told(items(b"")) == ["empty"]


@pytest.mark.parametrize("length", ["99999999999999999999", "-5", "abc", "9999999999"])
def test_a_length_that_lies_ends_the_archive_with_a_refusal(length):
    lies = fetched().replace(b"Content-Length: ", b"Content-Length: %b" % length.encode())
    assert told(items(fetched("One") + lies + fetched("Two")))[0] == "One"
    assert told(items(fetched("One") + lies + fetched("Two")))[-1] == "broken_file"


def test_a_failure_inside_the_library_is_a_refusal(monkeypatch):
    panic = type("PanicException", (BaseException,), {})

    def fail(stream):
        yield from ()
        raise panic

    monkeypatch.setattr(warc, "_records", fail)
    assert told(items(fetched())) == ["broken_file"]


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    changes=st.integers(1, 8),
    packed=st.booleans(),
    extra=st.sampled_from(["Content-Encoding: br", "Content-Encoding: gzip", "Transfer-Encoding: chunked", "X: y"]),
)
def test_changed_bytes_give_articles_or_refusals_and_never_an_exception(seed, changes, packed, extra):
    draw = random.Random(seed)
    records = [fetched(), record(http(page(), HTML, extra)), record(http(b"", HTML)), record(b"x", "metadata")]
    data = bytearray(b"".join(map(gzip.compress, records)) if packed else b"".join(records))
    for _ in range(changes):
        data[draw.randrange(len(data))] = draw.randrange(256)
    begun = time.process_time()
    found = items(bytes(data))
    assert found
    assert all(item.path == "crawl.warc" and str(item).encode() for item in found)
    assert time.process_time() - begun < 5
