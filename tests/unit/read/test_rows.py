"""Records of tables."""

import json

import pytest

from nutgraf.config import Read
from nutgraf.read import read
from nutgraf.read.rows import rows
from nutgraf.read.sources import Source
from nutgraf.records import Article, Refusal

TEXT = "Rain fell on the valley and the road was shut."


def found(suffix: str, data: bytes, **knobs: object) -> list[str | tuple[int, str]]:
    items = read([Source("some", suffix, data=data)], Read.model_validate({"min_words": 1} | knobs))
    return [item.text if isinstance(item, Article) else (item.record, item.reason) for item in items]


@pytest.mark.parametrize(
    "value",
    [
        [{"text": TEXT}, {"text": "Snow."}],
        {"articles": [{"text": TEXT}, {"text": "Snow."}], "status": "ok"},
        {"total": 2, "results": [{"text": TEXT}, {"text": "Snow."}]},
    ],
)
def test_a_json_file_holds_a_list_of_records(value):
    assert found(".json", json.dumps(value, indent=1).encode()) == [TEXT, "Snow."]


def test_a_json_file_may_hold_one_record_and_others_than_records_are_refused():
    assert found(".json", json.dumps({"text": TEXT}).encode()) == [TEXT]
    assert found(".json", b'[{"text": "Rain."}, 5, "x"]') == ["Rain.", (2, "bad_record"), (3, "bad_record")]
    assert found(".json", b"[{]") == [(0, "broken_file")]
    assert found(".json", b"[" * 100_000) == [(0, "broken_file")]


def test_named_columns_go_before_the_usual_ones():
    data = b"text,artikel,kopf\nno,Rain fell.,Road shut\n"
    (article,) = read([Source("some", ".csv", data=data)], Read.model_validate(NAMED))
    assert (article.text, article.title) == ("Rain fell.", "Road shut")


NAMED = {"min_words": 1, "columns": {"text": " Artikel", "title": "KOPF"}}


def test_a_named_column_that_is_missing_is_told():
    (refusal,) = read([Source("some", ".csv", data=b"text\nRain fell.\n")], Read.model_validate(NAMED))
    assert refusal.reason == "no_text"
    assert "`Artikel`" not in refusal.detail.replace("` Artikel`", "")
    assert "the record has `text`" in refusal.detail


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row():
    data = b'text\nRain fell.\n"Snow fell.\nHail fell.\nIce fell.\n'
    assert found(".csv", data) == ["Rain fell.", (2, "bad_record")]
    assert found(".csv", b'text\nA 5" pipe broke.\nHail fell.\n') == ['A 5" pipe broke.', "Hail fell."]


def test_each_line_of_a_csv_is_in_utf_8_or_else_western():
    assert found(".csv", "text\ncafé one\n".encode() + "café two\n".encode("cp1252")) == ["café one", "café two"]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".tsv"])
def test_a_line_over_the_bound_refuses_the_rest_of_the_file(suffix):
    begin = b'{"text": "Rain."}\n' if suffix == ".jsonl" else b"text\nRain.\n"
    items = found(suffix, begin + b"a" * 1_000_001, max_megabytes=1)
    assert items == ["Rain.", (0, "too_large")]


def test_rows_of_an_archive_s_damage_are_refusals():
    ((number, refusal),) = rows(Source("a.csv", ".csv", data=b"\x1f\x8bnothing"))
    assert number == 0
    assert isinstance(refusal, Refusal)
