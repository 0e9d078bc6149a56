"""PDF files that are pictures, locked, damaged or hostile."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.read.pdf import layout, pdfium
from nutgraf.read.pdf.pdfium import Line
from papers_made import MANY, SOME, Report, form_bomb, made, of, raw, report_of_everything, reports, stream

items, only, told, texts = reports.items, reports.only, reports.told, reports.texts


def test_pages_that_are_pictures_are_refused():
    (refusal,) = items(made(lambda report: report.line(10, 10, 50, 50)))
    assert (refusal.reason, refusal.detail) == ("no_text", "pages are pictures; it needs OCR")


def test_a_file_with_a_password_is_refused_and_one_that_opens_without_is_read():
    def lock(report: Report, password: str) -> None:
        report.text_of(SOME[:2])
        report.set_encryption(owner_password="secret", user_password=password)  # noqa: S106

    (refusal,) = items(made(lambda report: lock(report, "word")))
    assert (refusal.reason, refusal.detail) == ("broken_file", "protected by a password")
    assert texts(made(lambda report: lock(report, ""))) == SOME[:2]


def pages_of_nothing(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    return raw(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids), *[page] * count]
    )


def drawn(content: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return raw(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, font, stream(b"", content)]
    )


def test_too_many_pages_are_refused_whole():
    (refusal,) = items(pages_of_nothing(2001))
    assert (refusal.reason, refusal.detail) == ("too_large", "2,001 pages; at most 2,000 are read")
    assert told(pages_of_nothing(2000)) == ["no_text"]


def test_pages_that_cannot_be_opened_are_told_beside_the_rest():
    good = made(lambda report: (report.text_of(SOME[:2]), report.add_page(), report.text_of(SOME[2:4]))[0])
    last = good.rindex(b"/Type /Page\n")
    article, refusal = items(good[:last] + b"/Type /Nope\n" + good[last + 12 :])
    assert article.text.split("\n\n") == SOME[:2]
    assert (refusal.reason, refusal.detail) == ("broken_file", "1 of 2 pages cannot be opened")


def hostile() -> dict[str, bytes]:
    draw = random.Random(3)
    root = b"<</Type/Catalog/Pages 2 0 R>>"
    words = b"".join(
        b"1 0 0 1 %d %d Tm (a%d) Tj " % (draw.randint(0, 600), draw.randint(0, 800), n) for n in range(9000)
    )
    return {
        "nothing": b"",
        "noise after the magic": b"%PDF-1.7\n" + draw.randbytes(5000),
        "pages in themselves": raw([root, b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]>>"]),
        "objects in a circle": raw([root, b"3 0 R", b"2 0 R"]),
        "an object that is itself": raw([b"1 0 R"]),
        "a number of pages that lies": raw([root, b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>"]),
        "fewer pages than none": raw([root, b"<</Type/Pages/Count -5/Kids[3 0 R]>>"]),
        "lists in lists": raw([b"[" * 200_000]),
        "states in states": drawn(b"q " * 500_000),
        "type of no size": drawn(b"BT /F 0 Tf 10 700 Td (The road was shut) Tj ET"),
        "type of endless size": drawn(b"BT /F 1e38 Tf 1e38 1e38 Td (The road was shut) Tj 1e38 0 Td (x) Tj ET"),
        "words scattered": drawn(b"BT /F 9 Tf " + words + b"ET"),
        "one place": drawn(b"BT /F 9 Tf " + b"1 0 0 1 50 50 Tm (word ab) Tj " * 20_000 + b"ET"),
        "one line": drawn(b"BT /F 9 Tf 10 700 Td (" + b"ab- " * 150_000 + b") Tj ET"),
        "thousands of lines": drawn(b"BT /F 2 Tf 3 TL 10 790 Td " + b"(a bc. d) ' " * 6000 + b"ET"),
    }


@pytest.mark.parametrize("data", hostile().values(), ids=hostile())
def test_a_hostile_file_is_an_article_or_a_refusal_in_seconds(data):
    begun = time.perf_counter()
    assert items(data)
    assert time.perf_counter() - begun < 5


@pytest.mark.slow
def test_a_form_that_draws_itself_without_end_is_refused_in_seconds():
    begun = time.perf_counter()
    assert told(form_bomb(9, 10)) == ["too_large"]
    assert time.perf_counter() - begun < 6


def test_a_crash_of_the_library_is_a_refusal(monkeypatch, tmp_path):
    crashing = tmp_path / "crash.py"
    crashing.write_text("import os\nos.abort()")
    monkeypatch.setattr(pdfium, "__file__", str(crashing))
    assert told(of(SOME[0])) == ["broken_file"]


def test_a_file_cut_anywhere_is_never_taken_for_whole():
    data = made(lambda report: report.text_of(MANY))
    for cut in [*range(100, len(data), len(data) // 6), len(data) - 200, len(data) - 30]:
        assert told(data[:cut])[-1] == "broken_file"


@pytest.mark.slow
def test_changed_bytes_give_an_article_or_a_refusal():
    data = made(report_of_everything)
    draw = random.Random(7)
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(draw.randint(1, 30)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        assert set(told(bytes(changed))) <= {"article", "broken_file", "no_text", "too_large"}


def some_lines():
    number = st.one_of(st.integers(-50, 900).map(float), st.floats(-1e30, 1e30))
    words = st.one_of(st.text(max_size=30), st.sampled_from([*SOME[:3], "- ", "• x", "cease\xad", "1", "A. b", "fire"]))
    return st.lists(
        st.builds(Line, st.integers(0, 3), words, number, number, number, number, st.booleans()), max_size=40
    )


@settings(max_examples=200, deadline=None)
@given(some_lines())
def test_lines_of_any_shape_give_blocks_and_never_an_exception(lines):
    lines = [line._replace(bottom=max(line.top, line.bottom)) for line in lines]
    for block in layout.blocks(layout.without_running(lines, [800.0] * 4)):
        assert block.lines > 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MANY), min_size=1, max_size=20), st.integers(40, 90), st.booleans())
def test_no_word_of_a_plain_page_is_lost(chosen, width, indent):
    lines, top = [], 100.0
    for text in chosen:
        words, line = text.split(" "), ""
        while words:
            while words and len(line) + len(words[0]) < width:
                line += words.pop(0) + " "
            left = 70.0 + (20.0 if indent and text.startswith(line) else 0.0)
            lines.append(Line(0, line.strip(), left, top, left + 5.0 * len(line.strip()), top + 12, False))
            line, top = "", top + 14
        top += 0 if indent else 8
    found = layout.blocks(lines)
    assert " ".join(block.text for block in found).split() == " ".join(chosen).split()
