"""Tables of articles."""

import io
import json

import pyarrow
import pyarrow.parquet
import pytest

from nutgraf.config import Read
from nutgraf.read.formats import read as read_source
from nutgraf.read.rows import rows
from nutgraf.read.sources import Source
from nutgraf.read.tables import usual
from nutgraf.records import Article, Refusal, article_id

TEXT = "Rain fell on the valley, “again”; the road was shut."


def of(suffix, data):
    return Source("some", suffix, data=data.encode() if isinstance(data, str) else data)


def read(suffix, data, **knobs):
    return list(read_source(of(suffix, data), Read(**{"min_words": 1} | knobs)))


def texts(suffix, data):
    return [(item.record, item.reason) if isinstance(item, Refusal) else item.text for item in read(suffix, data)]


def jsonl(*records):
    return "\n".join(json.dumps(record) for record in records)


def parquet(records):
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records), file)
    return file.getvalue()


RECORDS = [
    {"id": "x1", "title": "Road shut", "date": "2014-03-09", "source": "Dalmere Post", "text": TEXT},
    {"id": "x2", "title": "", "date": "9 March 2014", "source": "", "text": "Rain.\n\nSnow."},
]
ARTICLES = [
    Article(id="x1", title="Road shut", date="2014-03-09", source="Dalmere Post", text=TEXT, path="some"),
    Article(id="x2", date="2014-03-09", text="Rain.\n\nSnow.", path="some"),
]
CSV = f'id,title,date,source,text\nx1,Road shut,2014-03-09,Dalmere Post,"{TEXT}"\nx2,,9 March 2014,,"Rain.\n\nSnow."\n'
TSV = f"id\ttitle\tdate\tsource\ttext\nx1\tRoad shut\t2014-03-09\tDalmere Post\t{TEXT}\n"
TSV += 'x2\t\t2014-03-09\t\t"Rain.\n\nSnow."'


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".jsonl", jsonl(*RECORDS)),
        (".ndjson", jsonl(*RECORDS)),
        (".csv", CSV),
        (".csv", CSV.replace("\n", "\r\n")),
        (".csv", CSV.encode("utf-8-sig")),
        (".csv", CSV.encode("utf-16")),
        (".csv", CSV.encode("cp1252")),
        (".tsv", TSV),
        (".parquet", parquet(RECORDS)),
    ],
    ids=["jsonl", "ndjson", "csv", "csv-crlf", "csv-bom", "csv-utf-16", "csv-cp1252", "tsv", "parquet"],
)
def test_every_kind_of_table_gives_the_same_articles(suffix, data):
    assert read(suffix, data) == ARTICLES


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_a_csv_is_told_from_its_first_line(delimiter):
    data = f"id{delimiter}title{delimiter}text\nx1{delimiter}Road shut{delimiter}Rain. Snow."
    assert read(".csv", data) == [Article(id="x1", title="Road shut", text="Rain. Snow.", path="some")]


@pytest.mark.parametrize("name", ["body", "Content", "ARTICLE_TEXT", " full_text ", "maintext", "article"])
def test_the_text_is_found_under_its_usual_names(name):
    assert texts(".jsonl", jsonl({name: "Rain."})) == ["Rain."]


def test_the_most_telling_name_wins_and_an_empty_field_gives_way():
    record = {"content": "Less telling.", "text": "Rain.", "headline": "Road shut", "title": " "}
    fields = usual(record)
    assert (fields["text"], fields["title"]) == ("Rain.", "Road shut")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *((name, "title") for name in ("title", "Headline")),
        *((name, "date") for name in ("Date", "published", "publish_date", "publication_date", "pub_date")),
        *((name, "source") for name in ("source", "Outlet", "publisher", "publication", "newspaper")),
        *((name, "id") for name in ("ID", "doc_id", "uuid")),
    ],
)
def test_other_fields_are_found_under_their_usual_names(name, field):
    assert usual({"text": "Rain.", name: " some "})[field] == "some"


def test_numbers_are_taken_as_text_and_nested_values_are_not():
    fields = usual({"id": 7, "title": None, "source": ["a"], "date": {"y": 1}})
    assert (fields["id"], fields["title"], fields["source"], fields["date"]) == ("7", "", "", "")


def test_an_article_without_an_id_is_named_by_its_content():
    assert read(".jsonl", jsonl({"title": "Road shut", "text": TEXT}))[0].id == article_id("Road shut", TEXT)


def test_a_broken_record_is_refused_in_its_place_and_the_others_pass():
    assert texts(".jsonl", '{"text": "Rain."}\n\n{"text": \n[1]\n{"text": "Snow."}\n') == [
        "Rain.",
        (3, "broken_line"),
        (4, "bad_record"),
        "Snow.",
    ]
    assert texts(".csv", "id,text\n1,Rain.\n2,Snow,and ice\n3,Hail.\n") == ["Rain.", (2, "bad_record"), "Hail."]


@pytest.mark.parametrize("record", [{"text": ""}, {"text": " \n"}, {"text": None}, {"words": "Rain."}, {}])
def test_a_record_without_text_is_refused(record):
    assert texts(".jsonl", jsonl({"text": "Snow."}, record)) == ["Snow.", (2, "no_text")]


def test_a_refusal_for_want_of_a_text_column_names_the_columns_there_are():
    (refusal,) = read(".csv", "id,words\n1,Rain.\n")
    assert "`id`, `words`" in refusal.detail


def test_a_row_with_fewer_cells_than_columns_is_read():
    assert read(".csv", "text,title\nRain.\n")[0].text == "Rain."


def test_a_cell_longer_than_the_csv_module_s_limit_is_read():
    assert texts(".csv", "text\n" + "rain " * 40_000) == [("rain " * 40_000).strip()]


def test_line_breaks_and_quotation_marks_inside_a_cell_are_kept():
    assert texts(".csv", 'text\n"He said ""go"".\n\nRain."\n') == ['He said "go".\n\nRain.']


def test_doubly_encoded_text_and_carriage_returns_are_mended():
    assert texts(".jsonl", jsonl({"text": "â€œRain,â€\x9d he said.\r\nSnow."})) == ["“Rain,” he said.\nSnow."]


def test_bytes_that_the_encoding_lacks_refuse_the_rest_of_a_csv():
    assert texts(".csv", b"text\n\xe9t\x81\n") == [(1, "broken_file")]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"Rain fell.", parquet(RECORDS)[:-9], b"PAR1" * 9])
def test_a_file_that_is_no_whole_parquet_is_refused(data):
    (refusal,) = read(".parquet", data)
    assert (refusal.reason, refusal.record) == ("broken_file", 0)


def test_parquet_s_own_dates_and_numbers_are_understood():
    day = pyarrow.array([16138], pyarrow.int32()).cast(pyarrow.date32())
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"id": [7], "date": day, "text": ["Rain."]}), file)
    assert read(".parquet", file.getvalue()) == [Article(id="7", date="2014-03-09", text="Rain.", path="some")]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_rows_are_numbered_from_one(suffix):
    records = [{"text": "Rain."}, {"text": "Snow."}]
    data = {".jsonl": jsonl(*records), ".csv": "text\nRain.\nSnow.\n", ".parquet": parquet(records)}[suffix]
    assert list(rows(of(suffix, data))) == [(1, records[0]), (2, records[1])]


def test_wrapped_lines_are_joined_only_where_the_knob_says_so():
    lines = ["the column of trucks crossed the bridge before dawn on Monday"] * 4 + ["and stayed."]
    data = jsonl({"text": "\n".join(lines)})
    assert read(".jsonl", data)[0].text == " ".join(lines)
    assert read(".jsonl", data, unwrap=False)[0].text == "\n".join(lines)


def test_a_text_that_is_null_is_not_made_up_of_another_column():
    (refusal,) = read(".jsonl", jsonl({"text": None, "article": "a17"}))
    assert refusal.reason == "no_text"


def test_a_csv_that_ends_in_a_western_byte_keeps_its_last_row():
    assert [row["text"] for _, row in rows(of(".csv", b"text\ncaf\xe9"))] == ["café"]


def test_blank_lines_before_the_head_of_a_csv_are_passed_over():
    assert [dict(row) for _, row in rows(of(".csv", b"\n\ntitle,text\na,hello\n"))] == [{"title": "a", "text": "hello"}]


def test_parquet_with_bytes_that_are_no_text_is_refused():
    column = pyarrow.array([b"\xff\xfe rain"], type=pyarrow.binary()).view(pyarrow.string())
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": column}), out)
    (refusal,) = read(".parquet", out.getvalue())
    assert refusal.reason == "broken_file"


def test_what_nutgraf_read_before_keeps_its_headings_and_place():
    record = {"id": "a", "text": "Roads\n\nRain fell on the valley.", "place": "DALMERE", "headings": [0]}
    (found,) = read(".jsonl", jsonl(record))
    assert (found.headings, found.place) == ((0,), "DALMERE")
    (other,) = read(".jsonl", jsonl(record | {"text": " Roads\n\nRain fell on the valley."}))
    assert other.headings == ()
    (odd,) = read(".jsonl", jsonl(record | {"headings": ["x", None]}))
    assert odd.headings == ()
