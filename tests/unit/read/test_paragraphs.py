"""Records that are paragraphs already."""

import io
import json

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.config import Read
from nutgraf.read import paragraphs
from nutgraf.read.sources import Source
from nutgraf.records import Paragraph, Refusal


def read(sources):
    return paragraphs.read(sources, Read())


def of(suffix, data, name="some"):
    return Source(name, suffix, data=data.encode() if isinstance(data, str) else data)


def jsonl(*records):
    return of(".jsonl", "\n".join(json.dumps(record) for record in records))


def refused(source):
    return [(item.record, item.reason) for item in read([source]) if isinstance(item, Refusal)]


def test_a_record_keeps_its_id_article_and_index():
    (paragraph,) = read([jsonl({"id": "p7", "article": "a1", "index": 4, "text": "Rain fell."})])
    assert paragraph == Paragraph(id="p7", article="a1", index=4, start=0, end=10, text="Rain fell.")


def test_a_record_without_an_id_is_named_by_file_and_number():
    assert [p.id for p in read([jsonl({"text": "Rain."}, {"text": "Snow."})])] == ["some:1", "some:2"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text().filter(str.strip), max_size=5))
def test_texts_are_kept_to_the_letter(texts):
    if texts:
        found = list(read([jsonl(*({"text": text} for text in texts))]))
        assert [paragraph.text for paragraph in found] == texts
        assert [(paragraph.start, paragraph.end) for paragraph in found] == [(0, len(text)) for text in texts]


def test_a_paragraph_is_neither_repaired_unwrapped_nor_split():
    text = "  â€œRain,â€\x9d he said.\r\n\r\nShare this story\n"
    assert [paragraph.text for paragraph in read([jsonl({"text": text})])] == [text]


@pytest.mark.parametrize("name", ["Text", "body", "content", "paragraph_text"])
def test_the_text_is_found_under_its_usual_names(name):
    assert [paragraph.text for paragraph in read([jsonl({"id": "p", name: " Rain."})])] == [" Rain."]


def test_csv_and_parquet_give_the_same_paragraphs_as_jsonl():
    records = [{"id": "p1", "text": "Rain; “snow”."}, {"id": "p2", "text": "Hail.\nIce."}]
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records), file)
    table = of(".csv", 'id,text\np1,Rain; “snow”.\np2,"Hail.\nIce."\n')
    expected = list(read([jsonl(*records)]))
    assert [paragraph.id for paragraph in expected] == ["p1", "p2"]
    assert list(read([table])) == list(read([of(".parquet", file.getvalue())])) == expected


@pytest.mark.parametrize("index", [None, "", "first", -1, "2b"])
def test_a_record_without_a_whole_index_has_its_position(index):
    found = list(read([jsonl({"text": "Rain."}, {"text": "Snow.", "index": index})]))
    assert [paragraph.index for paragraph in found] == [0, 1]


@pytest.mark.parametrize("record", [{"text": ""}, {"text": " \n\t"}, {"text": None}, {"id": "p"}, {"text": 5}])
def test_a_record_without_text_is_refused_by_its_number(record):
    assert refused(jsonl({"text": "Rain."}, record)) == [(2, "no_text")]


def test_broken_records_are_refused_in_their_place():
    items = list(read([of(".jsonl", '{"text": "Rain."}\n{\n{"text": "Snow."}')]))
    assert [getattr(item, "text", None) for item in items] == ["Rain.", None, "Snow."]
    assert (items[1].record, items[1].reason) == (2, "broken_line")


@pytest.mark.parametrize("suffix", [".txt", ".html", ""])
def test_formats_of_whole_articles_are_refused(suffix):
    assert refused(of(suffix, "Rain fell.")) == [(0, "unknown_format")]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_table_without_records_is_refused_as_empty(suffix):
    assert refused(of(suffix, "")) == [(0, "empty")]


def test_sources_are_read_in_order():
    sources = [of(".jsonl", '{"text": "Rain."}', name) for name in ("b", "a")]
    assert [paragraph.id for paragraph in read(sources)] == ["b:1", "a:1"]


def test_an_index_beyond_reason_is_passed_over():
    assert [p.index for p in read([jsonl({"text": "Rain.", "index": "9" * 5000})])] == [0]


def test_the_article_s_id_is_not_the_paragraph_s():
    found = list(read([jsonl({"article_id": "a", "text": "Rain."}, {"article_id": "a", "text": "Snow."})]))
    assert [(p.id, p.article) for p in found] == [("some:1", "a"), ("some:2", "a")]


def test_a_text_that_is_null_is_not_made_up_of_the_article_s_name():
    assert refused(jsonl({"id": "p1", "text": None, "article": "a17"})) == [(1, "no_text")]
