"""Days as news writes them."""

import datetime
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.read.dates import iso_day, opening_day

FORMS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M", "%d %B %Y", "%B %d, %Y", "%A, %d %B %Y", "%d %b %Y %H:%M")


@settings(max_examples=60, deadline=None)
@given(form=st.sampled_from(FORMS), moment=st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2100, 1, 1)))
def test_a_whole_day_is_told_from_the_usual_forms(form, moment):
    assert iso_day(moment.strftime(form)) == moment.date().isoformat()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("  2014-03-09\n", "2014-03-09"),
        ("2014-03-09T23:30:00-05:00", "2014-03-09"),
        ("Sun, 09 Mar 2014 23:30:00 -0500", "2014-03-09"),
        ("March 9, 2014, 5:00 p.m. EST", "2014-03-09"),
        ("9th March 2014", "2014-03-09"),
        ("2014/03/09", "2014-03-09"),
        ("03/09/2014", "2014-03-09"),
        ("25/12/2014", "2014-12-25"),
    ],
)
def test_zones_ordinals_and_slashes_are_understood(written, day):
    assert iso_day(written) == day


@pytest.mark.parametrize(
    "written", ["", " ", "2014", "March 2014", "9 March", "Monday", "yesterday", "now", "3/9/14", "no date", "1234567"]
)
def test_what_names_no_whole_day_is_no_day(written):
    assert iso_day(written) == ""


@pytest.mark.parametrize("written", ["2024-13-45", "2023-02-30", "2000 days ago", "3 May 2010 " * 20_000])
def test_what_is_no_day_gives_none_and_soon(written):
    begun = time.process_time()
    assert iso_day(written) == ""
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("January 4, 2010 Monday", "2010-01-04"),
        ("January 4, 2010 Monday 10:12 AM GMT", "2010-01-04"),
        ("Monday, January 4, 2010 10:12 AM GMT", "2010-01-04"),
        ("January 4, 2010, Monday, Late Edition - Final", "2010-01-04"),
        ("4 January 2010", "2010-01-04"),
        ("1st Sept. 2010", "2010-09-01"),
        ("11. Januar 2010 Montag", "2010-01-11"),
        ("21 Mai 2002", "2002-05-21"),
        ("1er mars 2020 dimanche", "2020-03-01"),
        ("3 de mayo de 2010 lunes", "2010-05-03"),
        ("August 31, 2010", "2010-08-31"),
    ],
)
def test_dates_of_news_databases_are_told_without_the_parser(written, day, monkeypatch):
    monkeypatch.setitem(sys.modules, "dateparser", None)
    assert iso_day(written) == day


@pytest.mark.parametrize("written", ["February 30, 2010", "January 4, 20100", "January 2010", "4 January"])
def test_a_line_that_opens_with_no_whole_day_is_no_opening_day(written):
    assert opening_day(written) is None


def test_a_span_of_days_is_no_day():
    assert iso_day("4 May 2010 to 5 May 2011") == ""


def test_the_words_of_an_opening_day_end_before_the_edition():
    line = "January 4, 2010 Monday Late Edition"
    assert line[: opening_day(line).end] == "January 4, 2010"
