"""What tells whether a corpus is good enough: agreement of annotators, and the learning curve."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, made_up, refused, write
from nutgraf.files import write_jsonl

Run = Callable[..., Ran]
LABELS = "labels:\n  - name: storm\n  - name: harvest\n"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    write(tmp_path / "labels.yaml", LABELS)
    (tmp_path / "people" / "tarn").mkdir(parents=True)
    rows = "opening,labels,first,second,why\na,storm,storm,storm,\nb,none,storm,none,rain alone\nc,none,none,none,\n"
    write(tmp_path / "people" / "tarn" / "mills.csv", rows)
    write(tmp_path / "people" / "tarn" / "barley.csv", "opening;labels;first;second\nd;harvest;harvest;harvest\n")
    return tmp_path


def test_agreement_is_printed_and_written(twice: Path, nutgraf: Run) -> None:
    out = twice / "agreement.csv"
    ran = nutgraf("agree", twice / "people", "--labels", twice / "labels.yaml", "--out", out)
    assert ran.code == 0
    assert ran.last == f"4 paragraphs labelled twice, 3 of them alike, to {out}"
    assert [(row["label"], row["first"], row["second"], row["both"]) for row in table(out)] == [
        ("storm", "2", "1", "1"),
        ("harvest", "1", "1", "1"),
        ("macro", "", "", ""),
    ]
    assert [row["f1"] for row in table(out)] == ["0.667", "1.000", "0.833"]


def test_a_row_that_was_labelled_once_or_strangely_is_refused(twice: Path, nutgraf: Run) -> None:
    write(twice / "people" / "more.csv", "opening,first,second\nx,storm,\ny,strom,none\n")
    out = twice / "agreement.csv"
    ran = nutgraf("agree", twice / "people", "--labels", twice / "labels.yaml", "--out", out)
    assert ran.code == 1
    assert refused(out) == [("more.csv", 2, "not_labelled_twice"), ("more.csv", 3, "unknown_label")]


def test_a_folder_of_one_annotator_is_told_what_it_lacks(twice: Path, nutgraf: Run) -> None:
    write(twice / "people" / "more.csv", "opening,labels\nx,storm\n")
    ran = nutgraf("agree", twice / "people", "--labels", twice / "labels.yaml", "--out", twice / "agreement.csv")
    assert ran.code == 2
    assert "has no column 'first'" in ran.err


@pytest.mark.slow  # trains seven models and draws
def test_a_learning_curve_grows_and_is_drawn(tmp_path: Path, nutgraf: Run) -> None:
    data, also = tmp_path / "data.jsonl", tmp_path / "fresh.jsonl"
    write_jsonl(data, made_up(240))
    write_jsonl(also, made_up(280)[240:])
    out, picture = tmp_path / "curve.csv", tmp_path / "curve.svg"
    ran = nutgraf(
        *("curve", "--data", data, "--also", also, "--kind", "words", "--out", out, "--picture", picture),
        *("--share", "0.1", "--share", "0.5", "--share", "1"),
    )
    assert ran.code == 0
    assert ran.last == f"7 trainings to {out}"
    rows = table(out)
    assert {row["on"] for row in rows} == {"validation", "test", "fresh"}
    assert [row["draw"] for row in rows if row["on"] == "test"] == ["1", "2", "3", "1", "2", "3", "1"]
    sizes = [int(row["paragraphs"]) for row in rows if row["on"] == "test"]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1] / 5
    assert picture.read_text(encoding="utf-8").count("<svg") == 1


def test_a_file_beside_that_was_trained_on_is_refused(tmp_path: Path, nutgraf: Run) -> None:
    data, also, out = tmp_path / "data.jsonl", tmp_path / "also.jsonl", tmp_path / "curve.csv"
    write_jsonl(data, made_up(40))
    write_jsonl(also, made_up(40))
    (tmp_path / "params.yaml").write_text("partition: {test: 0.0}\n")
    how = ("--kind", "words", "--share", "1", "--config", tmp_path / "params.yaml", "--out", out)
    ran = nutgraf("curve", "--data", data, "--also", also, *how)
    assert ran.code == 2
    assert "also: all of it stands in the data" in ran.err
    assert not out.exists()


@pytest.mark.parametrize("share", ["0", "1.5", "-1"])
def test_a_share_that_is_none_is_refused(tmp_path: Path, nutgraf: Run, share: str) -> None:
    data = tmp_path / "data.jsonl"
    write_jsonl(data, made_up(40))
    ran = nutgraf("curve", "--data", data, "--share", share, "--out", tmp_path / "curve.csv")
    assert ran.code == 2
    assert "a share must be over 0 and at most 1" in ran.err
