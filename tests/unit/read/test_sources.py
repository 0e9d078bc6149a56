"""Files, folders and standard input as sources."""

import io
import sys
from pathlib import Path

import pytest

from nutgraf.errors import NutgrafError
from nutgraf.read.sources import Source, of_file, walk


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.txt", "c/z.html", "c/d/y.jsonl.gz", "B.txt", ".hidden.txt", ".git/x.txt", "c/.d/w.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def names(sources, folder):
    return [Path(source.name).relative_to(folder).as_posix() for source in sources]


def stdin(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_folder_is_walked_in_the_order_of_paths_without_hidden_files(folder):
    assert names(walk([str(folder)]), folder) == ["B.txt", "a.txt", "b.txt", "c/d/y.jsonl.gz", "c/z.html"]


def test_paths_are_walked_in_the_order_given(folder):
    paths = [str(folder / name) for name in ("c", "b.txt", "a.txt")]
    assert names(walk(paths), folder) == ["c/d/y.jsonl.gz", "c/z.html", "b.txt", "a.txt"]


def test_a_hidden_file_or_folder_is_walked_where_it_is_named(folder):
    paths = [str(folder / ".hidden.txt"), str(folder / ".git")]
    assert names(walk(paths), folder) == [".hidden.txt", ".git/x.txt"]


def test_an_empty_folder_has_no_sources(tmp_path):
    assert list(walk([str(tmp_path)])) == []


def test_a_missing_path_is_refused_before_the_first_source(folder):
    with pytest.raises(NutgrafError, match=r"gone\.txt"):
        walk([str(folder / "a.txt"), str(folder / "gone.txt")])


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.txt", ".txt"),
        ("a.HTML", ".html"),
        ("a.b.csv", ".csv"),
        ("a.jsonl.gz", ".jsonl"),
        ("a.CSV.gz", ".csv"),
        ("a.gz", ""),
        ("a", ""),
        (".txt", ""),
    ],
)
def test_the_extension_before_gz_tells_the_format(name, suffix):
    source = of_file(Path("some") / name)
    assert source.suffix == suffix
    assert source.name == str(Path("some") / name)


def test_bytes_in_memory_are_opened_again_from_their_beginning():
    source = Source("some", ".txt", data=b"Rain.")
    assert [source.open().read() for _ in range(2)] == [b"Rain.", b"Rain."]


def test_a_file_that_is_gone_raises_as_it_is_opened(tmp_path):
    with pytest.raises(OSError, match=r"gone\.txt"):
        of_file(tmp_path / "gone.txt").open()


def test_a_dash_among_the_paths_is_standard_input(monkeypatch, folder):
    stdin(monkeypatch, b"Rain fell.")
    sources = list(walk([str(folder / "b.txt"), "-", str(folder / "a.txt")]))
    assert [source.name for source in sources] == [str(folder / "b.txt"), "-", str(folder / "a.txt")]
    assert sources[1].open().read() == b"Rain fell."
