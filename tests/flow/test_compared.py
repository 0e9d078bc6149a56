"""Comparisons by run, and their result on the newer run."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import mlflow
import pytest

from conftest import made_up, shell, write
from nutgraf.files import write_jsonl
from stores import client_of, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two logged models, a blind one and then a seeing one, and a third that is not logged."""
    folder = tmp_path_factory.mktemp("compared")
    write_jsonl(folder / "data.jsonl", made_up(400))
    write(folder / "blind.yaml", "classifiers: {words: {words: {most: 1, max_features: 1}}}")
    write(folder / "seeing.yaml", "classifiers: {words: {words: {most: 1}}}")
    write(folder / "c.yaml", "compare: {draws: 100}")
    for name in ("blind", "seeing"):
        run(f"nutgraf train --kind words --data data.jsonl --out {name} --config {name}.yaml", folder)
        scored = f"--model {name} --data data.jsonl --out {name}.json --predictions {name}.jsonl"
        run(f"nutgraf evaluate {scored}", folder)
        run(f"nutgraf log --model {name} --metrics {name}.json --predictions {name}.jsonl", folder)
    run("nutgraf train --kind words --data data.jsonl --out other", folder)
    return folder


@pytest.fixture
def client(project: Path) -> Iterator[mlflow.MlflowClient]:
    with client_of(project) as found:
        yield found


def run_id(client: mlflow.MlflowClient, version: int) -> str:
    return str(client.get_model_version("nutgraf", str(version)).run_id)


@pytest.mark.parametrize("turned", [False, True])
def test_the_result_is_logged_on_the_newer_run_as_newer_against_older(
    turned: bool, project: Path, client: mlflow.MlflowClient
) -> None:
    older, newer = run_id(client, 1), run_id(client, 2)
    names = ["models:/nutgraf/2", older] if turned else [f"runs:/{older}", "seeing"]
    said = run(f"nutgraf compare {' '.join(names)} --out c.json --config c.yaml", project)
    assert f"({newer})" in said
    found = json.loads((project / "c.json").read_text())
    (macro,) = (one for one in found["changes"] if (one["label"], one["metric"]) == ("macro", "f1"))
    assert (macro["first"] > macro["second"]) is turned
    metrics = client.get_run(newer).data.metrics
    assert metrics["compare/macro/f1_difference"] == pytest.approx(abs(macro["second"] - macro["first"]))
    low, difference, high = (metrics[f"compare/macro/f1_{name}"] for name in ("low", "difference", "high"))
    assert low <= difference <= high
    assert metrics["compare/macro/f1_corrected"] == macro["corrected"]
    told = client.get_run(newer).data.tags["nutgraf.compared"]
    assert told.startswith(client.get_run(older).info.run_name)
    assert not any(name.startswith("compare/") for name in client.get_run(older).data.metrics)
    (folder,) = client.list_artifacts(newer, "compared")
    sheet = Path(client.download_artifacts(newer, f"{folder.path}/test/scores.csv")).read_text(encoding="utf-8")
    rows = list(csv.DictReader(sheet.splitlines()))
    assert float(next(row for row in rows if (row["label"], row["metric"]) == ("macro", "f1"))["difference"]) > 0


def test_a_model_that_was_not_logged_is_compared_on_data_and_the_other_s_run_tells(project: Path) -> None:
    done = shell("nutgraf compare seeing other --out d.json --config c.yaml", project)
    assert (done.returncode, done.stderr) == (
        2,
        "nutgraf: other: was not logged to MLflow: give --data to compare on\n",
    )
    said = run("nutgraf compare seeing other --data data.jsonl --out d.json --config c.yaml", project)
    assert "logged to MLflow on the run words" in said


@pytest.mark.parametrize("name", ["runs:/" + "0" * 32, "f" * 32, "models:/nutgraf/99"])
def test_a_run_that_is_none_is_a_line(name: str, project: Path) -> None:
    done = shell(f"nutgraf compare {name} seeing --out e.json", project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert not (project / "e.json").exists()
