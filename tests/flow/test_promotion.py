"""The champion and the gate before it, in a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import mlflow
import pytest

from conftest import made_up, shell, write
from nutgraf.files import write_jsonl
from stores import client_of, run

pytestmark = pytest.mark.slow


def logged(kind: str, folder: Path) -> None:
    """Train, evaluate and log a model of words that sees so much of them."""
    data = "--data data.jsonl"
    run(f"nutgraf train --kind words {data} --out {kind} --config {kind}.yaml", folder)
    run(f"nutgraf evaluate --model {kind} {data} --out {kind}.json --predictions {kind}.jsonl", folder)
    run(f"nutgraf log --model {kind} --metrics {kind}.json --predictions {kind}.jsonl", folder)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the knobs of a model that sees one word, which is logged, and of one that sees all."""
    folder = tmp_path_factory.mktemp("promotion")
    write_jsonl(folder / "data.jsonl", made_up(600))
    write(folder / "blind.yaml", "classifiers: {words: {words: {most: 1, max_features: 1}}}")
    write(folder / "seeing.yaml", "classifiers: {words: {words: {most: 1}}}")
    logged("blind", folder)
    return folder


@pytest.fixture
def client(project: Path) -> Iterator[mlflow.MlflowClient]:
    with client_of(project) as found:
        yield found


def test_a_champion_is_followed_by_a_surely_better_one_only(project: Path, client: mlflow.MlflowClient) -> None:
    def holds(alias: str) -> str:
        return str(client.get_model_version_by_alias("nutgraf", alias).version)

    assert "version 1 (words) is promoted: there was no champion yet" in run("nutgraf promote", project)
    assert "is the champion already" in run("nutgraf promote", project)

    logged("seeing", project)
    said = run("nutgraf promote", project)
    assert "version 2 (words) is promoted: it is better: macro-F1" in said
    assert (holds("champion"), holds("previous")) == ("2", "1")

    for more in ("", "--data data.jsonl"):  # what was logged, and both scored anew, tell the same
        said = run(f"nutgraf promote --version 1 {more}", project)
        assert "version 1 (words) is not promoted: it is worse on " in said
        assert "models:/nutgraf@champion is version 2 (words)" in said
    assert (holds("champion"), holds("previous")) == ("2", "1")

    said = run("nutgraf promote --version 1 --force", project)
    assert "version 1 (words) is promoted: forced, in the place of version 2 (words)" in said
    assert (holds("champion"), holds("previous")) == ("1", "2")
    assert client.get_model_version("nutgraf", "1").tags["nutgraf.forced"] == "yes"


def test_a_version_that_is_none_is_told(project: Path) -> None:
    done = shell("nutgraf promote --version 9", project)
    told = "--version 9: not among those of the newest data: 1"
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_runs_hold_the_ends_of_each_interval_what_was_judged_and_by_what(
    project: Path, client: mlflow.MlflowClient
) -> None:
    run_id = client.get_model_version("nutgraf", "1").run_id
    metrics = client.get_run(run_id).data.metrics
    for name in ("test/macro/f1", "validation/storm/average_precision", "test/all/exact_match"):
        assert metrics[f"{name}_low"] <= metrics[name] <= metrics[f"{name}_high"]
    assert {"predictions.jsonl", "environment.txt"} <= {file.path for file in client.list_artifacts(run_id)}
    assert client.get_run(run_id).data.tags["environment"]
