"""PDF reports: day, title and source."""

from datetime import UTC, datetime

import pytest

from nutgraf.read.pdf import pdfium
from papers_made import SOME, Report, made, reports

items, only, told, texts = reports.items, reports.only, reports.told, reports.texts


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
