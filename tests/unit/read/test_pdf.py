"""PDF reports: paragraphs, headings, title and day from where the lines stand; hostile files."""

import random
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import papers_made
from nutgraf.config import Read
from nutgraf.read import pdf
from nutgraf.read.pdf import layout, pdfium
from nutgraf.read.pdf.pdfium import Line
from nutgraf.records import Article, Refusal
from papers_made import Report, form_bomb, made, paragraphs, raw, stream

SOME = paragraphs(12)
MANY = paragraphs(40)


def items(data: bytes) -> list[Article | Refusal]:
    return list(pdf.read(data, "report.pdf", Read()))


def only(data: bytes) -> Article:
    (found,) = items(data)
    assert isinstance(found, Article), found
    return found


def told(data: bytes) -> list[str]:
    return [item.reason if isinstance(item, Refusal) else "article" for item in items(data)]


def texts(data: bytes) -> list[str]:
    return only(data).text.split("\n\n")


def of(text: str) -> bytes:
    """A report of one paragraph."""
    return made(lambda report: report.text_of([text]))


@pytest.mark.parametrize(
    "how", [{}, {"align": "J"}, {"gap": 1.5, "align": "J"}, {"leading": 8, "gap": 5}, {"width": 90}], ids=str
)
def test_paragraphs_with_a_gap_between_them_are_whole(how):
    assert texts(made(lambda report: report.text_of(SOME[:6], **how))) == SOME[:6]


def test_paragraphs_with_an_indented_first_line_are_whole_also_over_a_page_s_end():
    assert texts(papers_made.indented(MANY)) == MANY


def test_paragraphs_over_a_page_s_end_are_whole_and_running_lines_left_out():
    head, foot = "Situation Report No. 14 | 3 March 2020", "Page {page} of 9"
    found = only(made(lambda report: report.text_of(MANY), head=head, foot=foot))
    assert found.text.split("\n\n") == MANY
    assert found.date == "2020-03-03"


def test_a_page_number_alone_is_left_out_of_a_single_page():
    assert texts(made(lambda report: report.text_of(SOME[:2]), foot="- {page} -")) == SOME[:2]


def test_a_line_in_the_margin_that_stands_on_one_page_stays():
    assert texts(made(lambda report: report.text_of(SOME[:2]), foot="Printed at Dalmere")) == [
        *SOME[:2],
        "Printed at Dalmere",
    ]


def test_columns_are_read_one_by_one_under_their_title():
    found = only(papers_made.columns(MANY, "Trucks cross the Orla bridge", head="OVW Bulletin {page}"))
    assert found.text.split("\n\n") == MANY
    assert found.title == "Trucks cross the Orla bridge"


def test_columns_that_are_printed_row_by_row_are_read_one_by_one():
    assert texts(papers_made.rows_across([SOME[:5], SOME[5:10]])) == SOME[:10]


def report_of_everything(report: Report) -> None:
    report.line_of("Situation Report No. 14", 20, "B")
    report.line_of("As of 3 March 2020", 10)
    report.line_of("Overview", 14, "B")
    report.text_of(SOME[:2])
    report.line_of("Needs", 11, "B")
    for text in SOME[2:5]:
        report.cell(6, 5, "•")
        report.multi_cell(0, 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
    report.ln(5)
    for row in [("Camp", "Wells", "Tents"), ("North camp", "4", "120"), ("South camp", "2", "90")]:
        for cell in row:
            report.cell(50, 6, cell)
        report.ln(6)
    report.ln(4)
    report.text_of(SOME[5:7])


def test_a_report_s_title_day_headings_items_and_no_table():
    found = only(made(report_of_everything))
    assert (found.title, found.date, found.source) == ("Situation Report No. 14", "2020-03-03", "")
    items = [f"• {text}" for text in SOME[2:5]]
    body = ["As of 3 March 2020", "Overview", *SOME[:2], "Needs", *items, *SOME[5:7]]
    assert found.text.split("\n\n") == body
    assert [found.text[place:].split("\n")[0] for place in found.headings] == ["Overview", "Needs"]


def test_a_longer_table_is_left_out_and_not_read_as_columns():
    def build(report: Report) -> None:
        report.text_of(SOME[:2])
        for number in range(9):
            for cell in (f"North camp {number}", f"{number} wells", f"1{number}0 tents"):
                report.cell(50, 6, cell)
            report.ln(6)
        report.ln(4)
        report.text_of(SOME[2:4])

    assert texts(made(build)) == SOME[:4]


@pytest.mark.parametrize(("left", "whole"), [(70.0, True), (90.0, False)])
def test_where_paragraphs_are_indented_one_goes_on_after_a_sentence_s_end(left, whole):
    def page(number: int, first: float) -> list[Line]:
        lefts = [first, 70.0, 70.0, 90.0, 70.0, 90.0, 70.0, 70.0]
        return [
            Line(
                number,
                f"Line {place} of page {number} says that all is well in the valley.",
                x,
                100.0 + 14 * place,
                500.0,
                112.0 + 14 * place,
                False,
            )
            for place, x in enumerate(lefts)
        ]

    found = layout.blocks([*page(0, 90.0), *page(1, left)])
    assert len(found) == (5 if whole else 6)


def test_a_short_last_line_ends_a_paragraph_that_no_gap_and_no_indentation_ends():
    ends = [500.0, 490.0, 300.0, 500.0, 480.0, 495.0]
    words = [
        "All is well in the",
        "valley, they said, on Monday and on",
        "Tuesday.",
        "Boats left the",
        "harbour",
        "again.",
    ]
    lines = [
        Line(0, text, 70.0, 14.0 * n, right, 14.0 * n + 12, False)
        for n, (text, right) in enumerate(zip(words, ends, strict=True))
    ]
    assert [block.text for block in layout.blocks(lines)] == [" ".join(words[:3]), " ".join(words[3:])]


def test_a_hanging_line_belongs_to_its_item():
    def line(number: int, text: str, left: float, right: float) -> Line:
        return Line(0, text, left, 14.0 * number, right, 14.0 * number + 12, False)

    found = layout.blocks(
        [
            line(0, "• Wells near the mill are dry, and trucks bring water from the", 70.0, 380.0),
            line(1, "Orla valley.", 84.0, 150.0),
            line(2, "• Boats wait at the harbour of Dalmere until the storm has passed by.", 70.0, 500.0),
        ]
    )
    assert [block.text.split()[-1] for block in found] == ["valley.", "by."]


def test_a_footnote_does_not_part_a_paragraph():
    def noted(report: Report) -> None:
        report.text_of(SOME[:9])
        words = " ".join(SOME[9:11])
        first, rest = papers_made._fits(report, words, 169)
        report.text_of([first])
        report.line_of("1 Figures of the relief office, not yet checked.", 7)
        report.add_page()
        report.text_of([rest])

    found = texts(made(noted))
    assert found[9:] == [" ".join(SOME[9:11]), "1 Figures of the relief office, not yet checked."]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The cease-", "fire held in the hills."], "The cease-fire held in the hills."),
        (["The convoy is humani-", "tarian, and humanitarian it stays."], "The convoy is humanitarian, and"),
        (["They re-enter by night; they re-", "enter by day. They reenter."], "they reenter by day."),
        (["On the Orla-", "Dalmere road all is quiet."], "On the Orla-Dalmere road all is quiet."),
        (["The govern-", "ment said so."], "The government said so."),
    ],
)
def test_words_parted_at_a_line_s_end_are_mended_by_the_document_s_own_words(lines, expected):
    def build(report: Report) -> None:
        for number, line in enumerate(lines):
            report.text(20, 40 + 5 * number, line)

    assert expected in only(made(build)).text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("As of 3 March 2020", "2020-03-03"),
        ("Situation Report No. 14, 3rd of March 2020", "2020-03-03"),
        ("Dalmere, March 3, 2020", "2020-03-03"),
        ("2020-03-03", "2020-03-03"),
        ("1 - 7 March 2020", ""),
        ("Reporting period: 28 February to 3 March 2020", ""),
        ("3 March 2020 to 9 March 2020", ""),
        ("March 3, 2020 - March 9, 2020", ""),
        ("March 2020", ""),
        ("31 February 2020", ""),
        ("The talks that broke off in the town hall of Vessen on 3 March 2020 have begun again, they said.", ""),
        (
            "DALMERE, 3 March 2020 (Vessen Wire) - The talks that broke off in the town hall have begun again.",
            "2020-03-03",
        ),
    ],
)
def test_the_day_is_told_by_the_first_lines_or_not_at_all(line, day):
    def build(report: Report) -> None:
        report.text_of([line, *SOME[:2]])
        report.set_creation_date(datetime(2021, 5, 5, tzinfo=UTC))

    assert only(made(build)).date == day


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Boats leave Dalmere", "Boats leave Dalmere"),
        ("Microsoft Word - Sitrep 3.doc", "In the largest type"),
        ("sitrep_03.indd", "In the largest type"),
        ("Untitled", "In the largest type"),
        ("Slide 1", "In the largest type"),
        ("", "In the largest type"),
    ],
)
def test_the_title_is_the_file_s_own_or_what_is_in_the_largest_type(title, expected):
    def build(report: Report) -> None:
        report.set_title(title)
        report.line_of("In the largest type", 18)
        report.text_of(SOME[:3])

    assert only(made(build)).title == expected


@pytest.mark.parametrize(
    ("author", "source"),
    [("Relief Office of Vessen", "Relief Office of Vessen"), ("j.maren", ""), ("Jo Maren", ""), ("", "")],
)
def test_the_source_is_an_author_that_reads_like_an_organisation(author, source):
    def build(report: Report) -> None:
        report.set_author(author)
        report.text_of(SOME[:2])

    assert only(made(build)).source == source


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown():
    def build(report: Report) -> None:
        report.text_of(SOME[:4])

    plain = made(build)
    for turn in (b"90", b"180", b"270"):
        turned = plain.replace(b"/Type /Page\n", b"/Type /Page\n/Rotate %b\n" % turn)
        assert turned != plain
        found = pdfium.pages(turned)
        assert len(found.lines) == len(pdfium.pages(plain).lines)
        assert all(0 <= line.top <= line.bottom <= found.heights[0] for line in found.lines)


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
