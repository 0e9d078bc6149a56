"""Bad annotations, labelled data and models: refused with the reason, and the rest is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, refused, write

GOOD = "Heavy rain and wind tore the roof off the mill on Friday."
Run = Callable[..., Ran]


def test_annotations_that_fit_nothing_are_refused_and_the_rest_is_kept(tmp_path: Path, nutgraf: Run) -> None:
    write(tmp_path / "in" / "mill.txt", f"Mill loses its roof\n\n{GOOD}\n\nThe library opens later from next month on.")
    write(
        tmp_path / "people" / "mill.csv",
        "opening,labels\nHeavy rain,storm\nThe library,strom\nA third one,storm\nHeavy rain,none\n",
    )
    write(tmp_path / "people" / "gone.csv", "opening,labels\nNobody,storm\n")
    labels = write(tmp_path / "labels.yaml", "labels: [{name: storm}]")
    articles, paragraphs, out = (tmp_path / name for name in ("a.jsonl", "p.jsonl", "l.jsonl"))
    nutgraf("read", tmp_path / "in", "--out", articles)
    nutgraf("split", articles, "--out", paragraphs)
    ran = nutgraf(
        *("annotate", paragraphs, "--articles", articles, "--people", tmp_path / "people"),
        *("--labels", labels, "--out", out),
    )
    assert ran.code == 1
    assert refused(out) == [
        ("mill.csv", 3, "unknown_label"),
        ("mill.csv", 4, "no_such_paragraph"),
        ("mill.csv", 5, "decided_twice"),
        ("gone.csv", 2, "no_such_article"),
    ]
    first = json.loads(out.read_text().splitlines()[0])
    assert (first["labels"], first["by"]) == (["storm"], "people")


def test_training_skips_what_does_not_fit_and_says_so(tmp_path: Path, labelled: Path, nutgraf: Run) -> None:
    labels = write(tmp_path / "labels.yaml", "labels: [{name: storm}, {name: harvest}]")
    strange = {"id": "x", "text": "Wind.", "labels": ["strom"], "article": "a1"}
    data = write(tmp_path / "data.jsonl", labelled.read_text() + json.dumps(strange) + "\n{\n")
    out = tmp_path / "model"
    ran = nutgraf("train", "--data", data, "--labels", labels, "--kind", "words", "--out", out)
    assert ran.code == 1
    assert sorted(why for _, _, why in refused(out)) == ["broken_line", "unknown_label"]
    assert (out / "model.json").exists()


@pytest.mark.parametrize(
    ("records", "named"),
    [
        ([], "labelled paragraph"),
        ([{"id": "1", "text": "Rain.", "labels": "storm"}], "labels"),
        ([{"id": str(n), "text": "Rain.", "labels": [], "article": str(n)} for n in range(9)], "label"),
        ([{"id": str(n), "text": "?", "labels": ["storm"], "article": str(n)} for n in range(9)], "too little text"),
    ],
)
def test_nothing_to_train_on(records: list[dict[str, object]], named: str, tmp_path: Path, nutgraf: Run) -> None:
    data = write(tmp_path / "data.jsonl", "\n".join(map(json.dumps, records)))
    ran = nutgraf("train", "--data", data, "--kind", "words", "--out", tmp_path / "model")
    assert ran.code == 2
    assert named in ran.err
    assert not (tmp_path / "model").exists()


def test_a_folder_that_is_no_model_is_not_replaced(tmp_path: Path, labelled: Path, nutgraf: Run) -> None:
    diary = write(tmp_path / "mine" / "diary.txt", "dear")
    ran = nutgraf("train", "--data", labelled, "--kind", "words", "--out", tmp_path / "mine")
    assert ran.code == 2
    assert "is no model folder" in ran.err
    assert diary.read_text() == "dear"


def test_evaluation_on_labels_that_the_model_does_not_know(tmp_path: Path, miniature: Path, nutgraf: Run) -> None:
    data = write(tmp_path / "d.jsonl", json.dumps({"id": "1", "text": GOOD, "labels": ["flood"]}))
    ran = nutgraf("evaluate", "--model", miniature, "--data", data, "--out", tmp_path / "m.json")
    assert ran.code == 2
    assert "'flood'" in ran.err


def test_scores_of_another_model_are_not_logged(tmp_path: Path, labelled: Path, miniature: Path, nutgraf: Run) -> None:
    nutgraf("train", "--data", labelled, "--kind", "rules", "--labels", _rules(tmp_path), "--out", tmp_path / "other")
    scores, rows = tmp_path / "s.json", tmp_path / "r.jsonl"
    nutgraf("evaluate", "--model", tmp_path / "other", "--data", labelled, "--out", scores, "--predictions", rows)
    ran = nutgraf("log", "--model", miniature, "--metrics", scores, "--predictions", rows)
    assert ran.code == 2
    assert "of another model" in ran.err


def _rules(folder: Path) -> Path:
    text = "labels: [{name: storm, rules: [{name: rain, phrases: [rain]}]}, {name: harvest}]"
    return write(folder / "rules.yaml", text)


def test_annotations_as_excel_saves_them_are_understood_and_a_cell_too_many_is_refused(
    tmp_path: Path, nutgraf: Run
) -> None:
    write(
        tmp_path / "in" / "mill.txt", f"Mill loses its roof\n\n“{GOOD}”\n\nThe library opens later from next month on."
    )
    people = "Opening;Labels\n“Heavy rain;storm\nThe library;none;storm\n".encode("cp1252")
    write(tmp_path / "people" / "mill.csv", people)
    labels = write(tmp_path / "labels.yaml", "labels: [{name: storm}]")
    articles, paragraphs, out = (tmp_path / name for name in ("a.jsonl", "p.jsonl", "l.jsonl"))
    nutgraf("read", tmp_path / "in", "--out", articles)
    nutgraf("split", articles, "--out", paragraphs)
    arguments = ("--articles", articles, "--people", tmp_path / "people", "--labels", labels, "--out", out)
    assert nutgraf("annotate", paragraphs, *arguments).code == 1
    assert refused(out) == [("mill.csv", 2, "bad_record")]
    assert json.loads(out.read_text().splitlines()[0])["labels"] == ["storm"]
