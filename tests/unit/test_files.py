"""Files written whole or not at all, and JSONL read line by line."""

import gzip
import io
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.files import (
    atomic,
    atomic_folder,
    jsonl_or_nothing,
    open_bytes,
    read_jsonl,
    sha256,
    write_json,
    write_jsonl,
)
from nutgraf.records import Annotation, Paragraph, Refusal

ENDINGS = (".jsonl", ".jsonl.gz")


class BrokenOffError(Exception):
    pass


def breaking_off(count):
    for number in range(count):
        yield {"text": f"line {number}"}
    raise BrokenOffError


def listing(folder):
    return [path.name for path in folder.iterdir()]


def refused(item):
    return (item.record, item.reason) if isinstance(item, Refusal) else item


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(), max_size=5))
def test_jsonl_read_back_is_what_was_written(ending, texts):
    records = [
        Paragraph(id=text, article=text, index=index, start=0, end=len(text), text=text)
        for index, text in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"some{ending}"
        assert write_jsonl(path, records) == len(records)
        with open_bytes(path) as file:
            assert list(read_jsonl(file, Paragraph, "some")) == records


def test_labels_read_back_as_a_tuple(tmp_path):
    record = Annotation(id="p1", text="Rain.", labels=("diplomacy", "quote"))
    write_jsonl(tmp_path / "one.jsonl", [record])
    with open_bytes(tmp_path / "one.jsonl") as file:
        assert list(read_jsonl(file, Annotation, "one")) == [record]


def test_a_name_in_gz_is_packed_and_another_is_not(tmp_path):
    write_jsonl(tmp_path / "a.jsonl.gz", [{"n": 1}])
    write_jsonl(tmp_path / "a.jsonl", [{"n": 1}])
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == b'{"n":1}\n'
    assert (tmp_path / "a.jsonl").read_bytes() == b'{"n":1}\n'


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_exception_among_the_records_leaves_the_old_file_and_no_temporary_one(tmp_path, ending):
    path = tmp_path / f"some{ending}"
    path.write_bytes(b"old")
    with pytest.raises(BrokenOffError):
        write_jsonl(path, breaking_off(20_000))
    assert path.read_bytes() == b"old"
    assert listing(tmp_path) == [path.name]


def test_an_exception_where_no_file_was_leaves_none(tmp_path):
    with pytest.raises(BrokenOffError):
        write_jsonl(tmp_path / "new.jsonl", breaking_off(3))
    assert listing(tmp_path) == []


def test_an_interrupt_from_the_keyboard_leaves_the_old_file(tmp_path):
    path = tmp_path / "some.txt"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), atomic(path) as part:
        part.write_text("half")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert listing(tmp_path) == ["some.txt"]


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "some.txt"
    path.write_text("old")
    with atomic(path) as part:
        part.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_missing_folders_are_made(tmp_path):
    write_jsonl(tmp_path / "a" / "b" / "some.jsonl", [{"n": 1}])
    with atomic_folder(tmp_path / "c" / "d" / "model") as part:
        (part / "weights").touch()
    assert (tmp_path / "a" / "b" / "some.jsonl").is_file()
    assert (tmp_path / "c" / "d" / "model" / "weights").is_file()


@pytest.mark.parametrize("place", [atomic, atomic_folder])
def test_what_is_being_written_is_hidden_beside_its_place(tmp_path, place):
    with place(tmp_path / "some") as part:
        assert part.parent == tmp_path
        assert part.name.startswith(".")
        if place is atomic_folder:
            (part / "weights").touch()
    assert listing(tmp_path) == ["some"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_written_file_has_the_mode_that_the_umask_leaves(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        write_jsonl(tmp_path / "some.jsonl", [])
    finally:
        os.umask(before)
    assert (tmp_path / "some.jsonl").stat().st_mode & 0o777 == mode


def test_a_folder_takes_the_place_of_the_old_one_whole(tmp_path):
    path = tmp_path / "model"
    path.mkdir()
    (path / "stale").touch()
    with atomic_folder(path) as part:
        (part / "fresh").touch()
    assert listing(path) == ["fresh"]
    assert listing(tmp_path) == ["model"]


def test_an_exception_leaves_the_old_folder_and_no_temporary_one(tmp_path):
    path = tmp_path / "model"
    path.mkdir()
    (path / "weights").write_text("old")
    with pytest.raises(BrokenOffError), atomic_folder(path) as part:
        (part / "weights").write_text("half")
        raise BrokenOffError
    assert (path / "weights").read_text() == "old"
    assert listing(tmp_path) == ["model"]


def test_records_go_one_a_line_to_an_optional_file(tmp_path):
    with jsonl_or_nothing(tmp_path / "some.jsonl") as write:
        write({"n": 1})
        write({"n": 2})
    assert (tmp_path / "some.jsonl").read_bytes() == b'{"n":1}\n{"n":2}\n'


def test_an_optional_file_that_is_not_wanted_takes_records_and_writes_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with jsonl_or_nothing(None) as write:
        write({"n": 1})
    assert listing(tmp_path) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "broken_line"),
        (b"no JSON", "broken_line"),
        (b'{"n": "\xff"}', "broken_line"),
        (b"[1, 2]", "bad_record"),
        (b"null", "bad_record"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_by_its_number_and_the_others_pass(line, reason):
    stream = io.BytesIO(b'{"n": 1}\n' + line + b'\n{"n": 3}')
    items = [refused(item) for item in read_jsonl(stream, dict, "some")]
    assert items == [{"n": 1}, (2, reason), {"n": 3}]


@pytest.mark.parametrize("line", [b'{"id": 1, "text": "Rain.", "labels": []}', b'{"id": "p1", "labels": []}'])
def test_a_field_missing_or_of_the_wrong_type_is_a_bad_record(line):
    assert [refused(item) for item in read_jsonl([line], Annotation, "some")] == [(1, "bad_record")]


def test_blank_lines_pass_and_count():
    items = [refused(item) for item in read_jsonl(io.BytesIO(b'\n  \r\n{"n": 1}\r\n\n!\n'), dict, "some")]
    assert items == [{"n": 1}, (5, "broken_line")]


def test_a_byte_order_mark_is_no_part_of_the_first_record():
    assert list(read_jsonl([b'\xef\xbb\xbf{"n": 1}\n'], dict, "some")) == [{"n": 1}]


def test_json_is_indented_with_the_keys_in_the_order_given(tmp_path):
    write_json(tmp_path / "metrics.json", {"z": 1, "a": ["é"]})
    assert (tmp_path / "metrics.json").read_text("utf-8") == '{\n  "z": 1,\n  "a": [\n    "é"\n  ]\n}\n'


def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path):
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_json_nested_beyond_reason_is_refused_and_the_next_line_read():
    deep = b'{"id": "a", "x": ' + b"[" * 5000 + b"]" * 5000 + b"}"
    good = b'{"id": "b", "text": "Rain."}'
    first, second = read_jsonl([deep, good], dict, "some")
    assert first.reason == "broken_line"
    assert second == {"id": "b", "text": "Rain."}


def test_an_ending_in_capitals_is_unpacked_too(tmp_path):
    path = tmp_path / "a.txt.GZ"
    path.write_bytes(gzip.compress(b"Rain."))
    with open_bytes(path) as file:
        assert file.read() == b"Rain."
