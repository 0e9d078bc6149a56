"""PDF reports: paragraphs and headings from where the lines stand."""

import pytest

import papers_made
from nutgraf.read.pdf import layout
from nutgraf.read.pdf.pdfium import Line
from papers_made import MANY, SOME, Report, made, report_of_everything, reports

items, only, told, texts = reports.items, reports.only, reports.told, reports.texts


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
