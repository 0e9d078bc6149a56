"""Labelling by other thresholds, with doubts told, with headline and neighbours, and with other people's labels."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)
from safetensors.numpy import load_file

from conftest import Ran, made_up, write
from nutgraf.files import write_jsonl
from nutgraf.records import Annotation

Run = Callable[..., Ran]
COLUMNS = ["id", "article_id", "paragraph", "start", "end", "text", "harvest", "storm", "p_harvest", "p_storm"]


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up paragraphs, four in nine of some with other labels than they should bear."""
    folder = tmp_path_factory.mktemp("doubtful")
    turned = {("harvest",): (), (): ("storm",)}
    made = [
        msgspec.structs.replace(a, labels=turned.get(a.labels, a.labels)) if n % 9 in (2, 5, 7, 8) else a
        for n, a in enumerate(made_up(120))
    ]
    write_jsonl(folder / "data.jsonl", made)
    return folder / "data.jsonl"


@pytest.fixture(scope="module")
def unsure(doubtful: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of them, which cannot be right of all."""
    from nutgraf.cli import run

    folder = tmp_path_factory.mktemp("unsure") / "model"
    assert run(["train", "--data", str(doubtful), "--kind", "words", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def label(unsure: Path, doubtful: Path, tmp_path: Path, nutgraf: Run) -> Callable[..., list[dict[str, object]]]:
    """Label the doubtful paragraphs with more options."""

    def given(*words: object) -> list[dict[str, object]]:
        out = tmp_path / "out.jsonl"
        ran = nutgraf("label", doubtful, "--unit", "paragraph", "--model", unsure, "--out", out, *words)
        assert ran.code == 0
        return rows(out)

    return given


def midpoints(model: Path, label: int) -> Iterator[tuple[float, float, float]]:
    """Each threshold that parts the held-out paragraphs, its precision and its recall, by counting."""
    held = load_file(model / "held_out.safetensors")
    chances, borne = held["probabilities"][:, label], held["borne"][:, label].astype(bool)
    steps = np.unique(chances)
    for threshold in (steps[1:] + steps[:-1]) / 2:
        hits = borne[chances >= threshold].sum()
        yield threshold, hits / (chances >= threshold).sum(), hits / borne.sum()


@pytest.mark.slow  # draws the intervals of the thresholds anew
@pytest.mark.parametrize(("goal", "other"), [("recall=0.95", "precision=1"), ("precision=0.9", "f1")])
def test_a_goal_gives_the_threshold_that_reaches_it_on_held_out_articles(
    goal: str, other: str, unsure: Path, label: Callable[..., list[dict[str, object]]]
) -> None:
    found, usual = label("--goal", goal), label("--goal", other)
    least = float(goal.split("=")[1])
    for number, name in enumerate(("harvest", "storm")):
        if goal.startswith("recall"):
            threshold = max(t for t, _, recall in midpoints(unsure, number) if recall >= least)
        else:
            threshold = min(t for t, precision, _ in midpoints(unsure, number) if precision >= least)
        assert [row[name] for row in found] == [row[f"p_{name}"] >= threshold for row in found]  # type: ignore[operator]
    changed = {name for new, old in zip(found, usual, strict=True) for name in new if new[name] != old[name]}
    assert changed
    assert changed <= {"harvest", "storm"}


@pytest.mark.slow
def test_the_same_goal_as_in_training_changes_nothing(label: Callable[..., list[dict[str, object]]]) -> None:
    assert label("--goal", "f1") == label()


def test_a_threshold_of_a_persons_own_holds_for_its_label_alone_and_over_a_goal(
    label: Callable[..., list[dict[str, object]]],
) -> None:
    usual, found = label(), label("--threshold", "storm=0.9")
    assert [row["storm"] for row in found] == [row["p_storm"] >= 0.9 for row in found]  # type: ignore[operator]
    assert [row["storm"] for row in found] != [row["storm"] for row in usual]
    assert [row["harvest"] for row in found] == [row["harvest"] for row in usual]
    both = label("--goal", "half", "--threshold", "storm=0.9", "--threshold", "harvest=0")
    assert [row["storm"] for row in both] == [row["storm"] for row in found]
    assert all(row["harvest"] for row in both)


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_the_columns_are_those_of_the_contract_and_doubts_come_last(
    ending: str, unsure: Path, doubtful: Path, tmp_path: Path, nutgraf: Run
) -> None:
    config = write(tmp_path / "c.yaml", "label: {band: 0.45}")
    own = [word for name in ("storm", "harvest") for word in ("--threshold", f"{name}=0.5")]
    arguments = ("label", doubtful, "--unit", "paragraph", "--model", unsure, *own, "--config", config)
    tables = []
    for more in ([], ["--uncertain"]):
        out = tmp_path / f"out{len(more)}.{ending}"
        assert nutgraf(*arguments, "--out", out, *more).code == 0
        with out.open(encoding="utf-8", newline="") as file:
            tables.append(list(csv.DictReader(file)) if ending == "csv" else list(map(json.loads, file)))
    plain, told = tables
    assert list(plain[0]) == COLUMNS
    assert list(told[0]) == [*COLUMNS, "uncertain"]
    assert [{name: row[name] for name in COLUMNS} for row in told] == plain
    expected = [
        " ".join(name for name in ("harvest", "storm") if abs(float(row[f"p_{name}"]) - 0.5) < 0.45) for row in plain
    ]
    assert [row["uncertain"] for row in told] == expected
    assert {"", "harvest", "storm"} <= set(expected)


NEUTRAL = [a + b for a in "bdfgklmnprstvz" for b in ("alo", "eno", "iru", "oda", "uma", "ako")]
TELLING = ("The siren was heard over the harbour.", "The market was held on the square.")


def told_elsewhere(where: str) -> list[Annotation]:
    """Paragraphs of drawn words; whether they are of an alarm tells their headline, or the paragraph before."""
    draw, made = random.Random(3), []
    for article in range(60):
        loud = draw.random() < 0.5
        title = TELLING[not loud] if where == "headline" else "News of the day"
        for index in range(4):
            bears = loud
            text = " ".join(draw.choices(NEUTRAL, k=9))
            loud = loud if where == "headline" else draw.random() < 0.5
            made.append(
                Annotation(
                    id=f"{article}-{index}",
                    text=f"{text} {TELLING[not loud]}" if where == "neighbours" else text,
                    labels=("alarm",) if bears and (index or where == "headline") else (),
                    article=f"a{article}",
                    title=title,
                    index=index,
                )
            )
    return made


@pytest.mark.slow  # two trainings each
@pytest.mark.parametrize("where", ["headline", "neighbours"])
def test_what_stands_around_a_paragraph_is_learned_from_only_with_the_knob(
    where: str, tmp_path: Path, nutgraf: Run
) -> None:
    data, right = tmp_path / "data.jsonl", {}
    write_jsonl(data, told_elsewhere(where))
    for given in ("paragraph", where):
        model, judged = tmp_path / given, tmp_path / f"{given}.jsonl"
        config = write(tmp_path / "c.yaml", f"train: {{input: {given}, goal: half}}\npartition: {{test: 0.4}}")
        assert nutgraf("train", "--data", data, "--kind", "linear", "--config", config, "--out", model).code == 0
        evaluate = ("evaluate", "--model", model, "--data", data, "--out", tmp_path / "m.json")
        assert nutgraf(*evaluate, "--predictions", judged).code == 0
        test = [row["labels"] == row["predicted"] for row in rows(judged) if row["part"] == "test"]
        assert len(test) > 80
        right[given] = sum(test) / len(test)
    assert right["paragraph"] < 0.75
    assert right[where] > 0.95

    # the same holds for articles that are read and split, whatever goes together through the model
    alarm, market = TELLING
    texts = [" ".join(NEUTRAL[n : n + 9]).capitalize() for n in (0, 20, 40)]
    if where == "headline":
        articles = [{"title": alarm, "text": "\n\n".join(texts)}, {"title": market, "text": "\n\n".join(texts)}]
        expected = [True] * 3 + [False] * 3
    else:
        loud = [f"{text} {what}" for text, what in zip(texts, (alarm, market, alarm), strict=True)]
        articles = [{"title": "News", "text": "\n\n".join(loud)}, {"title": "News", "text": texts[0]}]
        expected = [False, True, False, False]
    news = write(tmp_path / "news.jsonl", "\n".join(map(json.dumps, articles)))
    for chunk in (1, 100):
        config, out = write(tmp_path / "c.yaml", f"label: {{chunk: {chunk}, language: any}}"), tmp_path / "out.jsonl"
        assert nutgraf("label", news, "--model", tmp_path / where, "--config", config, "--out", out).code == 0
        assert [row["alarm"] for row in rows(out)] == expected


@pytest.mark.slow  # five trainings
def test_other_peoples_labels_go_the_whole_way_by_command_line_alone(tmp_path: Path, nutgraf: Run) -> None:
    said = {
        ("praise",): "Guest {n} loved the soup and thanked the cook of table {n} warmly.",
        ("complaint",): "Guest {n} waited an hour, and the cold fish at table {n} went back.",
        ("praise", "complaint"): "Guest {n} loved the soup at table {n} and sent the cold fish back.",
        (): "Table {n} stands by the window, for {n} persons at most.",
    }
    reviews = [
        {"id": f"r{n}", "text": text.format(n=n), "labels": labels, "article": f"visit{n // 4}"}
        for n in range(80)
        for labels, text in [list(said.items())[n % 4]]
    ]
    data = write(tmp_path / "reviews.jsonl", "\n".join(map(json.dumps, reviews)))
    book = write(tmp_path / "book.yaml", "labels: [{name: praise, title: Praise}, {name: complaint}]")
    parts, model, table = tmp_path / "parts.csv", tmp_path / "model", tmp_path / "new.csv"
    shared = ("--data", data, "--labels", book)
    for words in (
        ["partition", *shared, "--folds", 4, "--out", parts],
        ["train", *shared, "--kind", "linear", "--partition", parts, "--out", model],
        ["evaluate", "--model", model, "--data", data, "--out", tmp_path / "scores.json"],
        ["crossvalidate", *shared, "--kind", "words", "--folds", 4, "--out", tmp_path / "judged.jsonl"],
    ):
        assert nutgraf(*words).code == 0
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["labels"] == ["praise", "complaint"]
    assert all(scores["scores"]["test"][name]["f1"] > 0.9 for name in ("praise", "complaint", "macro"))
    agreed = [row["labels"] == row["predicted"] for row in rows(tmp_path / "judged.jsonl")]
    assert (len(agreed), sum(agreed) > 72) == (80, True)

    new = [{"text": said["praise",].format(n=901)}, {"text": said["complaint",].format(n=902)}, {"text": said[()]}]
    write(tmp_path / "new.jsonl", "\n".join(map(json.dumps, new)))
    assert nutgraf("label", tmp_path / "new.jsonl", "--unit", "paragraph", "--model", model, "--out", table).code == 0
    with table.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert list(found[0])[-4:] == ["praise", "complaint", "p_praise", "p_complaint"]
    assert [(row["praise"], row["complaint"]) for row in found] == [
        ("true", "false"),
        ("false", "true"),
        ("false", "false"),
    ]
    page = tmp_path / "page.html"
    assert nutgraf("report", table, "--labels", book, "--out", page).code == 0
    assert "Complaint" in page.read_text(encoding="utf-8")
