"""Tables that read back as they were written."""

import csv
import json
import tempfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.errors import NutgrafError
from nutgraf.tablewriter import ENDINGS, check_ending, write

COLUMNS = {"id": str, "text": str, "start": int, "quote": bool, "p_quote": float}
ROW = {"id": "p1", "text": "Rain.", "start": 3, "quote": True, "p_quote": 0.25}


class BrokenOffError(Exception):
    pass


def listing(folder):
    return [path.name for path in folder.iterdir()]


def read_csv(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def read_back(path):
    """The rows of a table of texts, by a reader that is not the writer's."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    if path.suffix == ".parquet":
        return pyarrow.parquet.ParquetFile(path).read().to_pylist()
    header, *rows = read_csv(path)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.fixed_dictionaries({"id": st.text(), "text": st.text()}), max_size=5))
def test_any_text_reads_back_as_it_was_written(ending, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{ending}"
        assert write(path, rows, {"id": str, "text": str}) == len(rows)
        assert read_back(path) == rows


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(), max_size=5))
def test_a_csv_of_one_column_keeps_empty_texts(texts):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write(path, [{"text": text} for text in texts], {"text": str})
        assert read_csv(path) == [["text"], *([text] for text in texts)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_exception_among_the_rows_leaves_the_old_file_and_no_temporary_one(tmp_path, ending):
    def rows():
        for _ in range(10_001):  # more than one row group of Parquet
            yield ROW
        raise BrokenOffError

    path = tmp_path / f"table{ending}"
    path.write_bytes(b"old")
    with pytest.raises(BrokenOffError):
        write(path, rows(), COLUMNS)
    assert path.read_bytes() == b"old"
    assert listing(tmp_path) == [path.name]


@pytest.mark.parametrize("ending", ENDINGS)
def test_more_rows_than_a_row_group_keep_their_order(tmp_path, ending):
    path = tmp_path / f"table{ending}"
    rows = [{"text": str(number)} for number in range(10_003)]
    assert write(path, iter(rows), {"text": str}) == 10_003
    assert read_back(path) == rows


def test_parquet_columns_have_the_types_asked_for(tmp_path):
    path = tmp_path / "table.parquet"
    write(path, [ROW], COLUMNS)
    table = pyarrow.parquet.ParquetFile(path).read()
    kinds = [pyarrow.string(), pyarrow.string(), pyarrow.int64(), pyarrow.bool_(), pyarrow.float64()]
    assert table.schema == pyarrow.schema(zip(COLUMNS, kinds, strict=True))
    assert table.to_pylist() == [ROW]


def test_a_table_without_rows_still_has_its_columns(tmp_path):
    for ending in (".csv", ".parquet"):
        assert write(tmp_path / f"table{ending}", [], COLUMNS) == 0
    assert read_csv(tmp_path / "table.csv") == [list(COLUMNS)]
    assert pyarrow.parquet.read_schema(tmp_path / "table.parquet").names == list(COLUMNS)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_columns_stand_in_the_order_asked_for(tmp_path, ending):
    path = tmp_path / f"table{ending}"
    write(path, [{"b": "2", "a": "1"}], {"a": str, "b": str})
    assert [list(row.items()) for row in read_back(path)] == [[("a", "1"), ("b", "2")]]


def test_csv_spells_booleans_as_json_does(tmp_path):
    path = tmp_path / "table.csv"
    write(path, [{"quote": True, "p": 1.0}, {"quote": False, "p": 0.0}], {"quote": bool, "p": float})
    assert read_csv(path) == [["quote", "p"], ["true", "1.0"], ["false", "0.0"]]


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False))
def test_csv_loses_no_digit_of_a_number(number):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write(path, [{"p": number}], {"p": float})
        assert float(read_csv(path)[1][0]) == number


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_excel_takes_for_a_formula_is_made_harmless_for_excel_alone(tmp_path, text):
    path = tmp_path / "table.csv"
    write(path, [{"text": text}], {"text": str}, excel=True)
    assert read_csv(path, "utf-8-sig")[1] == [f"'{text}"]
    write(path, [{"text": text}], {"text": str})
    assert read_csv(path)[1] == [text]


def test_harmless_texts_and_negative_numbers_stay_as_they_are_for_excel(tmp_path):
    path = tmp_path / "table.csv"
    row = {"text": "Rain = mud", "empty": "", "change": -0.5}
    write(path, [row], {"text": str, "empty": str, "change": float}, excel=True)
    assert read_csv(path, "utf-8-sig")[1] == ["Rain = mud", "", "-0.5"]


def test_only_a_csv_for_excel_begins_with_a_byte_order_mark(tmp_path):
    write(tmp_path / "excel.csv", [{"text": "é"}], {"text": str}, excel=True)
    write(tmp_path / "plain.csv", [{"text": "é"}], {"text": str})
    assert (tmp_path / "excel.csv").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "plain.csv").read_bytes()


def test_an_ending_in_capitals_is_known(tmp_path):
    write(tmp_path / "TABLE.CSV", [{"text": "Rain."}], {"text": str})
    assert read_csv(tmp_path / "TABLE.CSV") == [["text"], ["Rain."]]


@pytest.mark.parametrize(
    ("name", "hint"), [("a.cvs", r"did you mean '\.csv'"), ("table", "'table'"), ("a.xlsx", "known|mean")]
)
def test_an_unknown_ending_is_refused_with_a_way_out(name, hint):
    with pytest.raises(NutgrafError, match=hint):
        check_ending(Path(name))


def test_an_unknown_ending_is_refused_before_a_row_is_asked_for(tmp_path):
    rows = iter([ROW])
    with pytest.raises(NutgrafError):
        write(tmp_path / "table.xlsx", rows, COLUMNS)
    assert next(rows) is ROW
    assert listing(tmp_path) == []
