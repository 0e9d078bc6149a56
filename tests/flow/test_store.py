"""A tracking server with a store of its own, and what happens to a run while no store can be used."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import mlflow
import pytest

from conftest import shell, write
from stores import client_of, free_port, run, server

pytestmark = pytest.mark.slow
LOG = "nutgraf log --model words --metrics words.json --predictions words.jsonl"


@pytest.fixture
def project(tmp_path: Path, labelled: Path) -> Path:
    """A folder with a trained and evaluated model, which is not logged."""
    run(f"nutgraf train --data {labelled} --kind words --out words", tmp_path)
    run(f"nutgraf evaluate --model words --data {labelled} --out words.json --predictions words.jsonl", tmp_path)
    return tmp_path


def waiting(project: Path) -> list[str]:
    return [path.name for path in (project / "models" / "mlflow").glob("waiting/*")]


def test_a_run_that_no_server_took_is_kept_and_logged_by_the_next(project: Path, tmp_path_factory) -> None:
    port = free_port()
    address = f"http://someone:secret@127.0.0.1:{port}"
    begun = time.perf_counter()
    done = shell(LOG, project, MLFLOW_TRACKING_URI=address)
    assert time.perf_counter() - begun < 30
    assert (done.returncode, done.stderr) == (1, "")
    assert "words: kept in " in done.stdout
    assert "cannot be reached" in done.stdout
    assert "secret" not in done.stdout
    assert "kept in" in shell(LOG, project, MLFLOW_TRACKING_URI=address).stdout
    assert len(waiting(project)) == 1  # the same content once
    run("rm -r words words.json words.jsonl", project)  # as the next training does

    with server(tmp_path_factory.mktemp("server"), port) as plain:
        said = run("nutgraf log", project, MLFLOW_TRACKING_URI=plain)
        assert said.count(": logged: run ") == 1
        assert not waiting(project)
        run("nutgraf promote", project, MLFLOW_TRACKING_URI=plain)
        (project / "far.txt").write_text("Heavy rain and wind tore the roof off the mill on Friday.")
        label = "nutgraf label far.txt --model models:/nutgraf@champion --out far.jsonl"
        run(label, project, MLFLOW_TRACKING_URI=plain)
        assert json.loads((project / "far.jsonl").read_text())["storm"] is True
    assert not (project / "models" / "mlflow" / "mlflow.db").exists()


def test_a_tracking_server_keeps_runs_models_and_artifacts_in_its_own_store(
    project: Path, labelled: Path, tmp_path_factory
) -> None:
    far = tmp_path_factory.mktemp("server")
    with server(far, free_port()) as address:
        assert "words: logged" in run(LOG, project, MLFLOW_TRACKING_URI=address)
        assert "already logged" in run(LOG, project, MLFLOW_TRACKING_URI=address)
        compared = run("nutgraf compare words words --out c.json", project, MLFLOW_TRACKING_URI=address)
        assert "logged to MLflow on the run words" in compared
        assert f"Scores side by side: {address}/#/experiments/" in run(
            "nutgraf ui", project, MLFLOW_TRACKING_URI=address
        )
    assert {path.name for path in far.rglob("*")} >= {"predictions.jsonl", "mistakes.html", "model.json", "scores.csv"}
    assert not (project / "models").exists()


def test_a_locked_store_keeps_the_run_too(project: Path) -> None:
    write(project / "other.yaml", "log: {experiment: other}")
    run(f"{LOG} --config other.yaml", project)
    locker = sqlite3.connect(project / "models" / "mlflow" / "mlflow.db", isolation_level=None)
    locker.execute("BEGIN EXCLUSIVE")
    try:
        done = shell(LOG, project)
    finally:
        locker.close()
    assert (done.returncode, done.stderr) == (1, "")
    assert "locked by another program" in done.stdout
    assert run("nutgraf log", project).count(": logged: run ") == 1
    with client_of(project):
        assert len(mlflow.search_runs(search_all_experiments=True)) == 2


def test_what_belongs_together_is_asked_for(project: Path) -> None:
    done = shell("nutgraf log --model words", project)
    assert (done.returncode, done.stderr) == (2, "nutgraf: --model, --metrics and --predictions belong together\n")
    assert run("nutgraf log", project) == ""
