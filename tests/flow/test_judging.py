"""Evaluating, comparing and counting by command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from conftest import Ran, made_up, write
from nutgraf.cli import run as run_cli
from nutgraf.files import write_jsonl
from nutgraf.records import Article

Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labelled paragraphs, some of them wrong, and two models of them: one that learns, one that hardly can."""
    folder = tmp_path_factory.mktemp("judging")
    turned = {("harvest",): (), (): ("storm",)}
    made = [
        msgspec.structs.replace(a, labels=turned.get(a.labels, a.labels), kind=("wire", "telex")[n % 2])
        if n % 9 in (2, 5)
        else msgspec.structs.replace(a, kind=("wire", "telex")[n % 2])
        for n, a in enumerate(made_up(400))
    ]
    write_jsonl(folder / "data.jsonl", made)
    blind = write(folder / "blind.yaml", "classifiers: {words: {words: {most: 1, max_features: 1}}}")
    for name, more in (("good", []), ("blind", ["--config", str(blind)])):
        words = ["train", "--data", str(folder / "data.jsonl"), "--kind", "words", "--out", str(folder / name), *more]
        assert run_cli(words) == 0
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_scores_have_their_intervals_and_slices(project: Path, nutgraf: Run, tmp_path: Path) -> None:
    slices, out = tmp_path / "slices.csv", tmp_path / "m.json"
    config = write(tmp_path / "c.yaml", "evaluate: {draws: 50, least: 5}")
    ran = nutgraf(
        *("evaluate", "--model", project / "good", "--data", project / "data.jsonl"),
        *("--out", out, "--slices", slices, "--config", config),
    )
    assert ran.code == 0
    found = json.loads(out.read_text())
    for part in ("validation", "test"):
        for label in ("harvest", "storm", "macro"):
            low, high = found["intervals"][part][label]["f1"]
            assert 0 <= low <= found["scores"][part][label]["f1"] <= high <= 1
    assert {"f1_low", "f1_high", "calibration_chance"} <= set(ran.out.splitlines()[0].split())
    assert "macro/article_f1" in ran.out
    kinds = {row["value"]: row for row in table(slices) if row["by"] == "kind" and row["part"] == "test"}
    assert set(kinds) == {"wire", "telex"}
    assert float(kinds["wire"]["low"]) <= float(kinds["wire"]["f1"]) <= float(kinds["wire"]["high"])


def test_without_draws_there_are_scores_alone(project: Path, nutgraf: Run, tmp_path: Path) -> None:
    config = write(tmp_path / "c.yaml", "evaluate: {draws: 0}")
    words = ("--data", project / "data.jsonl", "--out", tmp_path / "m.json", "--config", config)
    assert nutgraf("evaluate", "--model", project / "good", *words).code == 0
    found = json.loads((tmp_path / "m.json").read_text())
    assert (found["intervals"], found["slices"]) == ({}, [])
    assert found["scores"]["test"]["macro"]["f1"] > 0


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of its own, where there is no store: comparisons are logged to one."""
    monkeypatch.chdir(tmp_path)


def compared(nutgraf: Run, project: Path, out: Path, *words: object) -> Ran:
    config = write(out.parent / "c.yaml", "compare: {draws: 100}")
    data = ("--data", project / "data.jsonl", "--out", out, "--config", config)
    return nutgraf("compare", *words, *data)


def test_two_models_are_compared_with_intervals_tests_and_the_paragraphs_they_differ_on(
    project: Path, nutgraf: Run, tmp_path: Path
) -> None:
    differing, out = tmp_path / "differing.csv", tmp_path / "compared.json"
    ran = compared(nutgraf, project, out, project / "blind", project / "good", "--differing", differing)
    assert ran.code == 0
    found = json.loads(out.read_text())
    (macro,) = (one for one in found["changes"] if (one["label"], one["metric"]) == ("macro", "f1"))
    assert macro["second"] > macro["first"] + 0.1
    assert 0 < macro["low"] <= macro["second"] - macro["first"] <= macro["high"]
    assert macro["p"] < 0.05
    rows = table(differing)
    assert rows
    assert len(rows) == len(found["differing"])
    assert f"labelled differently: {len(rows)} paragraphs" in ran.out
    assert ran.last.startswith(f"compared on {found['paragraphs']} paragraphs of {found['articles']} articles (test)")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("{good}", "{gone}"), "gone: no such model folder"),
        (("{good}",), "Missing argument 'SECOND'"),
        (("{good}", "{good}", "--part", "train"), "'train' is not one of 'validation', 'test'"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_line(
    words: tuple[str, ...], told: str, project: Path, nutgraf: Run, tmp_path: Path
) -> None:
    places = {"good": str(project / "good"), "gone": str(project / "gone")}
    ran = compared(nutgraf, project, tmp_path / "out.json", *(word.format(**places) for word in words))
    assert ran.code == 2
    assert told in ran.err
    assert not (tmp_path / "out.json").exists()


@pytest.fixture(scope="module")
def counted(project: Path) -> Path:
    """New articles, dated over three months, as labelled by the good model."""
    texts = {n: f"The storm {n} tore roofs away in ward {n}.\n\nNothing more was said on day {n}." for n in range(9)}
    articles = [Article(id=f"n{n}", text=text, date=f"2001-0{1 + n // 3}-1{n}") for n, text in texts.items()]
    write_jsonl(project / "articles.jsonl", articles)
    words = ["label", str(project / "articles.jsonl"), "--model", str(project / "good"), "--workers", "1"]
    assert run_cli([*words, "--out", str(project / "labelled.csv")]) == 0
    return project


def test_counts_are_corrected_and_told_by_month_as_a_table_and_a_picture(
    counted: Path, nutgraf: Run, tmp_path: Path
) -> None:
    out, picture = tmp_path / "counts.csv", tmp_path / "counts.svg"
    more = ("--articles", counted / "articles.jsonl", "--by", "month", "--picture", picture)
    ran = nutgraf("count", counted / "labelled.csv", "--model", counted / "good", "--out", out, *more)
    assert ran.code == 0
    assert ran.last == f"18 paragraphs counted to {out}"
    rows = table(out)
    assert list(dict.fromkeys(row["period"] for row in rows)) == ["2001-01", "2001-02", "2001-03", "all"]
    storms = [row for row in rows if row["label"] == "storm"]
    assert [int(row["labelled"]) for row in storms][-1] == sum(int(row["labelled"]) for row in storms[:-1])
    for row in storms:
        assert 0 <= float(row["low"]) <= float(row["corrected"]) <= float(row["high"]) <= int(row["paragraphs"])
    assert picture.read_text().lstrip().startswith("<?xml")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--by", "month"), "--by needs --articles"),
        (("--threshold", "storm=0.999"), "paragraphs are not labelled as this model's thresholds tell"),
        (("--picture", "counts.gif"), "counts.gif"),
    ],
)
def test_what_cannot_be_counted_is_told_in_a_line(
    words: tuple[str, ...], told: str, counted: Path, nutgraf: Run, tmp_path: Path
) -> None:
    model = ("--model", counted / "good", "--out", tmp_path / "counts.csv")
    ran = nutgraf("count", counted / "labelled.csv", *model, *words)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert not (tmp_path / "counts.csv").exists()
