"""Bad input: a clear line and the right exit code, no traceback, nothing lost and nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, refused, write

GOOD = "Heavy rain and wind tore the roof off the mill on Friday."
Run = Callable[..., Ran]


def assert_nothing_written(folder: Path, out: Path) -> None:
    assert not out.exists()
    assert list(folder.glob(".*.part")) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.jsonl", b"\n \n", "empty"),
        ("header.csv", b"text,title\n", "empty"),
        ("unknown.xyz", GOOD.encode(), "unknown_format"),
        ("none", b"\x00\x01\x02 no text", "not_text"),
        ("bytes.txt", bytes(range(256)) * 8, "not_text"),
        ("short.txt", b"Rain.", "too_short"),
        ("page.html", b"<html><body></body></html>", "no_article"),
        ("bad.parquet", b"PAR1 and no more", "broken_file"),
        ("bad.jsonl.gz", b"\x1f\x8b and no more", "broken_archive"),
        ("bad.zip", b"PK\x03\x04 and no more", "broken_archive"),
        ("bad.pdf", b"%PDF-1.7 and no more", "broken_file"),
        ("bad.docx", b"no more", "broken_file"),
        ("other.csv", b"name,age\nIlse,40\n", "no_text"),
        ("header.txt", b"Date: May 2, 2020\nSource: The Tarn Gazette\n", "empty"),
    ],
)
def test_an_unreadable_file_is_refused_with_its_reason(
    name: str, content: bytes, reason: str, tmp_path: Path, miniature: Path, nutgraf: Run
) -> None:
    bad, good, out = write(tmp_path / "in" / name, content), write(tmp_path / "in" / "zz.txt", GOOD), tmp_path / "o.csv"
    ran = nutgraf("label", bad, good, "--model", miniature, "--out", out)
    assert ran.code == 1
    assert f"1 refused (1 {reason})" in ran.last
    assert [(path, why) for path, _, why in refused(out)] == [(name, reason)]
    assert out.read_text().count(GOOD) == 1

    alone = tmp_path / "alone.csv"
    ran = nutgraf("label", bad, "--model", miniature, "--out", alone)
    assert ran.code == 2
    assert reason in ran.err
    assert ran.err.count("\n") == 1
    assert_nothing_written(tmp_path, alone)


def test_a_broken_line_and_a_record_without_text_are_named_by_number(
    tmp_path: Path, miniature: Path, nutgraf: Run
) -> None:
    lines = [
        json.dumps({"text": GOOD}),
        '{"text": "Rain',
        json.dumps({"title": "x"}),
        "",
        "[1]",
        json.dumps({"text": GOOD}),
    ]
    data = write(tmp_path / "news.jsonl", "\n".join(lines))
    for unit in ("article", "paragraph"):
        out = tmp_path / f"{unit}.jsonl"
        ran = nutgraf("label", data, "--unit", unit, "--model", miniature, "--out", out)
        assert ran.code == 1
        assert refused(out) == [
            ("news.jsonl", 2, "broken_line"),
            ("news.jsonl", 3, "no_text"),
            ("news.jsonl", 5, "bad_record"),
        ]
        assert len(out.read_text().splitlines()) == 2


def test_a_list_of_refusals_does_not_outlive_its_run(tmp_path: Path, nutgraf: Run) -> None:
    out = tmp_path / "a.jsonl"
    good, empty = write(tmp_path / "good.txt", GOOD), write(tmp_path / "empty.txt", "")
    assert nutgraf("read", good, empty, "--out", out).code == 1
    assert nutgraf("read", good, "--out", out).code == 0
    assert not out.with_name("a.jsonl.refused.jsonl").exists()


@pytest.mark.parametrize("command", ["read", "label"])
def test_a_missing_file_stops_before_any_work(command: str, tmp_path: Path, miniature: Path, nutgraf: Run) -> None:
    out = tmp_path / "o.jsonl"
    model = ["--model", miniature] if command == "label" else []
    ran = nutgraf(command, write(tmp_path / "good.txt", GOOD), tmp_path / "gone.txt", *model, "--out", out)
    assert (ran.code, ran.err) == (2, f"nutgraf: {tmp_path / 'gone.txt'}: no such file or folder\n")
    assert_nothing_written(tmp_path, out)


def test_a_folder_with_nothing_readable(tmp_path: Path, miniature: Path, nutgraf: Run) -> None:
    (tmp_path / "void").mkdir()
    out = tmp_path / "o.jsonl"
    ran = nutgraf("label", tmp_path / "void", "--model", miniature, "--out", out)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    write(tmp_path / "void" / "a.xyz", "x")
    write(tmp_path / "void" / "b.txt", "")
    ran = nutgraf("label", tmp_path / "void", "--model", miniature, "--out", out)
    assert ran.code == 2
    assert "2 refused in all" in ran.err
    assert_nothing_written(tmp_path, out)


def test_an_old_output_survives_a_failed_run(tmp_path: Path, miniature: Path, nutgraf: Run) -> None:
    out = write(tmp_path / "o.csv", "the old table")
    assert nutgraf("label", write(tmp_path / "e.txt", ""), "--model", miniature, "--out", out).code == 2
    assert out.read_text() == "the old table"


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda model: shutil.rmtree(model), "no such model folder"),
        (lambda model: (model / "model.json").unlink(), "model.json"),
        (lambda model: (model / "weights.safetensors").unlink(), "weights.safetensors is missing"),
        (lambda model: (model / "terms.json").write_text("{}"), "checksum"),
        (lambda model: (model / "model.json").write_text("{"), "damaged"),
        (lambda model: (model / "model.json").write_text('{"format": 99}'), "another version"),
    ],
)
def test_a_spoilt_model_folder(
    spoil: Callable[[Path], object], named: str, tmp_path: Path, miniature: Path, nutgraf: Run
) -> None:
    model = shutil.copytree(miniature, tmp_path / "model")
    spoil(model)
    out = tmp_path / "o.jsonl"
    ran = nutgraf("label", write(tmp_path / "good.txt", GOOD), "--model", model, "--out", out)
    assert ran.code == 2
    assert named in ran.err
    assert ran.err.count("\n") == 1
    assert_nothing_written(tmp_path, out)


@pytest.mark.parametrize(
    ("knobs", "named"),
    [
        ("label: {chunks: 5}", "did you mean 'label.chunk'"),
        ("lable: {chunk: 5}", "did you mean 'label'"),
        ("label: {chunk: many}", "label.chunk"),
        ("label: {chunk: 0}", "label.chunk"),
        ("label: [", "line"),
        ("just words", "sections"),
    ],
)
def test_a_misspelt_knob(knobs: str, named: str, tmp_path: Path, miniature: Path, nutgraf: Run) -> None:
    config, good = write(tmp_path / "params.yaml", knobs), write(tmp_path / "good.txt", GOOD)
    ran = nutgraf("label", good, "--model", miniature, "--out", tmp_path / "o.csv", "--config", config)
    assert ran.code == 2
    assert "params.yaml" in ran.err
    assert named in ran.err
    assert ran.err.count("\n") == 1


def test_an_output_that_cannot_be_written(tmp_path: Path, miniature: Path, nutgraf: Run) -> None:
    good = write(tmp_path / "good.txt", GOOD)
    ran = nutgraf("label", good, "--model", miniature, "--out", tmp_path / "o.xlsx")
    assert (ran.code, "known: .csv, .jsonl, .parquet" in ran.err) == (2, True)
    write(tmp_path / "file", "")
    ran = nutgraf("label", good, "--model", miniature, "--out", tmp_path / "file" / "o.csv")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_a_table_that_is_not_labelled_makes_no_report(tmp_path: Path, nutgraf: Run) -> None:
    table = write(tmp_path / "t.csv", "article_id,text\na,Rain\n")
    ran = nutgraf("report", table, "--out", tmp_path / "page.html")
    assert ran.code == 2
    assert "p_LABEL" in ran.err
    assert not (tmp_path / "page.html").exists()


def test_an_output_never_falls_on_an_input_or_on_another_output(
    tmp_path: Path, labelled: Path, miniature: Path, nutgraf: Run
) -> None:
    data = write(tmp_path / "data.jsonl", labelled.read_bytes())
    scores = tmp_path / "scores.json"
    for words in (
        ["evaluate", "--model", miniature, "--data", data, "--out", data],
        ["evaluate", "--model", miniature, "--data", data, "--out", scores, "--predictions", scores],
        ["label", data, "--unit", "paragraph", "--model", miniature, "--out", data],
        ["split", data, "--out", tmp_path / "p.jsonl", "--dropped", data],
        ["train", "--data", data, "--kind", "words", "--out", data],
    ):
        ran = nutgraf(*words)
        assert ran.code == 2
        assert "name another file" in ran.err
    assert data.read_bytes() == labelled.read_bytes()


def test_what_lies_in_a_folder_and_is_no_file_is_refused(tmp_path: Path, nutgraf: Run) -> None:
    write(tmp_path / "in" / "good.txt", GOOD)
    (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    out = tmp_path / "a.jsonl"
    assert nutgraf("read", tmp_path / "in", "--out", out).code == 1
    assert refused(out) == [("gone.txt", 0, "unreadable"), ("pipe.txt", 0, "unreadable")]


def test_a_file_name_that_is_no_text_is_listed(tmp_path: Path, nutgraf: Run) -> None:
    folder = tmp_path / "in"
    write(folder / "good.txt", GOOD)
    (folder / os.fsdecode(b"bad\xff.txt")).write_bytes(b"")
    out = tmp_path / "a.jsonl"
    assert nutgraf("read", folder, "--out", out).code == 1
    assert [reason for _, _, reason in refused(out)] == ["empty"]
