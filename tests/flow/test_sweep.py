"""Sweeps by command line: child runs of one run, gone on with where they were stopped."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import mlflow
import pytest

from conftest import made_up, shell, write
from nutgraf.files import write_jsonl
from stores import client_of, run

pytestmark = pytest.mark.slow
SWEEP = "nutgraf sweep sweep.yaml --data data.jsonl --out swept --config c.yaml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a sweep of four choices has run; one of them can learn hardly anything."""
    folder = tmp_path_factory.mktemp("sweep")
    write_jsonl(folder / "data.jsonl", made_up(240))
    write(folder / "c.yaml", "evaluate: {draws: 50}\ntrain: {kind: words}")
    knobs = "{classifiers.words.words.max_features: [1, 100], train.goal: [f1, half]}"
    write(folder / "sweep.yaml", f"knobs: {knobs}")
    assert run(SWEEP, folder).startswith("4 trainings, 0 of them made before\n")
    return folder


@pytest.fixture
def client(project: Path) -> Iterator[mlflow.MlflowClient]:
    with client_of(project) as found:
        yield found


def runs_of(client: mlflow.MlflowClient, parent: str) -> list[mlflow.entities.Run]:
    place = client.get_experiment_by_name("nutgraf").experiment_id
    return list(client.search_runs([place], f"tags.`mlflow.parentRunId` = '{parent}'"))


def parents(client: mlflow.MlflowClient) -> list[mlflow.entities.Run]:
    place = client.get_experiment_by_name("nutgraf").experiment_id
    return list(client.search_runs([place], "tags.kind = 'sweep'", order_by=["start_time ASC"]))


def rows(project: Path) -> list[dict[str, str]]:
    with (project / "swept" / "sweep.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_choices_are_child_runs_and_the_whole_has_a_table_and_a_picture(
    project: Path, client: mlflow.MlflowClient
) -> None:
    parent = parents(client)[0]
    assert parent.info.status == "FINISHED"
    children = runs_of(client, parent.info.run_id)
    scores = [float(row["validation/macro/f1"]) for row in rows(project)]
    assert len(children) == 4
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] + 0.1
    assert [round(one.data.metrics["validation/macro/f1"], 4) in scores for one in children] == [True] * 4
    assert parent.data.metrics["best/validation/macro/f1"] == pytest.approx(scores[0], abs=1e-4)
    assert parent.data.params["best/classifiers.words.words.max_features"] == "100"
    files = {file.path for folder in ("", "pictures") for file in client.list_artifacts(parent.info.run_id, folder)}
    assert {"sweep.csv", "pictures/parallel_coordinates.png"} <= files


def test_the_best_knobs_give_the_best_model_again(project: Path) -> None:
    run("nutgraf train --data data.jsonl --out again --config swept/best.yaml", project)
    best = rows(project)[0]["choice"]
    for name in ("weights.safetensors", "terms.json"):
        assert (project / "again" / name).read_bytes() == (project / "swept" / best / "model" / name).read_bytes()


def test_a_stopped_sweep_goes_on_and_an_enlarged_one_trains_what_is_new(
    project: Path, client: mlflow.MlflowClient
) -> None:
    lost = rows(project)[-1]["choice"]
    before = {one.info.run_id for one in runs_of(client, parents(client)[0].info.run_id)}
    run(f"rm -r swept/{lost}", project)
    assert run(SWEEP, project).startswith("4 trainings, 3 of them made before\n")
    assert {one.info.run_id for one in runs_of(client, parents(client)[0].info.run_id)} == before

    write(project / "sweep.yaml", "knobs: {classifiers.words.words.max_features: [1, 100, 50], train.goal: [f1, half]}")
    assert run(SWEEP, project).startswith("6 trainings, 4 of them made before\n")
    assert [len(runs_of(client, parent.info.run_id)) for parent in parents(client)] == [4, 6]


def test_a_training_that_fails_is_told_and_the_others_go_on(project: Path) -> None:
    write(project / "other.yaml", "knobs: {classifiers.words.words.min_count: [2, 10000]}")
    command = "nutgraf sweep other.yaml --data data.jsonl --out other --config c.yaml"
    done = shell(command, project, MLFLOW_TRACKING_URI="http://127.0.0.1:9")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "note: not logged to MLflow: MLflow server http://127.0.0.1:9 cannot be reached" in done.stdout
    assert "too little text to learn from" in done.stdout
    assert "; 1 failed" in done.stdout.splitlines()[-1]
    assert "best: validation/macro/f1" in done.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("knobs: {train.gaol: [f1]}", "unknown knob 'train.gaol'; did you mean 'train.goal'?"),
        ("knobs: {train.seed: [1]}\nmetric: test/macro/f1", "what is chosen by test is no longer tested by it"),
    ],
)
def test_a_sweep_that_cannot_be_is_a_line_before_any_work(text: str, told: str, project: Path) -> None:
    write(project / "bad.yaml", text)
    done = shell("nutgraf sweep bad.yaml --data data.jsonl --out bad", project)
    assert (done.returncode, done.stderr.count("\n"), told in done.stderr) == (2, 1, True), done.stderr
    assert not (project / "bad").exists()
