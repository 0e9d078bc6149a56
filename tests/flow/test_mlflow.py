"""MLflow: one run a model, once; promotion; the served model; stores that cannot be used."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import mlflow
import pytest

from conftest import shell, write
from stores import client_of, run

pytestmark = pytest.mark.slow
LOG = "nutgraf log --model {0} --metrics {0}.json --predictions {0}.jsonl --curve {0}.csv"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, labelled: Path, ruled: Path) -> Path:
    """A folder with two trained and evaluated models, both logged."""
    folder = tmp_path_factory.mktemp("project")
    for kind in ("rules", "words"):
        run(f"nutgraf train --data {labelled} --labels {ruled} --kind {kind} --out {kind}", folder)
        run(f"nutgraf evaluate --model {kind} --data {labelled} --out {kind}.json --predictions {kind}.jsonl", folder)
        run(f"nutgraf curve --data {labelled} --labels {ruled} --kind {kind} --draws 2 --out {kind}.csv", folder)
        run(LOG.format(kind), folder)
    return folder


@pytest.fixture
def client(project: Path) -> Iterator[mlflow.MlflowClient]:
    with client_of(project) as found:
        yield found


def test_a_run_holds_all_that_a_reader_asks(project: Path, client: mlflow.MlflowClient) -> None:
    experiment = client.get_experiment_by_name("nutgraf")
    runs = {run.data.tags["kind"]: run for run in client.search_runs([experiment.experiment_id])}
    assert set(runs) == {"rules", "words"}
    words = runs["words"]
    scores = json.loads((project / "words.json").read_text())["scores"]
    for part in scores:
        for label in ("storm", "harvest", "macro"):
            assert words.data.metrics[f"{part}/{label}/f1"] == pytest.approx(scores[part][label]["f1"])
    assert words.data.params["words/words/most"] == "2"
    assert words.data.tags["data_digest"]
    assert words.data.tags["git_commit"]
    assert words.inputs.dataset_inputs[0].dataset.digest == words.data.tags["data_digest"]
    pictures = {file.path for file in client.list_artifacts(words.info.run_id, "pictures")}
    for part in set(scores) - {"train"}:
        assert f"pictures/co_occurrence_{part}.png" in pictures
        assert {f"pictures/precision_recall_{part}_{label}.png" for label in ("storm", "harvest")} <= pictures
    assert {"pictures/learning_curve.png", "pictures/reliability_test.png"} <= pictures
    learned = client.get_metric_history(words.info.run_id, "learning/test/macro/f1")
    assert len(learned) == 3
    assert [one.step for one in learned] == sorted({one.step for one in learned})
    assert learned[-1].value == pytest.approx(scores["test"]["macro"]["f1"], abs=1e-4)
    info = mlflow.models.get_model_info(f"models:/nutgraf/{words.data.tags['nutgraf.complete']}")
    assert [column.name for column in info.signature.inputs] == ["text"]
    assert [column.name for column in info.signature.outputs] == ["harvest", "storm", "p_harvest", "p_storm"]
    assert info.saved_input_example_info


def test_logging_twice_changes_nothing(project: Path, client: mlflow.MlflowClient) -> None:
    experiment = client.get_experiment_by_name("nutgraf").experiment_id
    before = len(client.search_runs([experiment])), len(client.search_model_versions("name = 'nutgraf'"))
    assert "already logged" in run(LOG.format("words"), project)
    assert before == (len(client.search_runs([experiment])), len(client.search_model_versions("name = 'nutgraf'")))


def test_a_run_that_was_interrupted_is_logged_anew(project: Path, client: mlflow.MlflowClient) -> None:
    experiment = client.get_experiment_by_name("nutgraf").experiment_id
    (rules,) = client.search_runs([experiment], "tags.kind = 'rules'")
    client.delete_tag(rules.info.run_id, "nutgraf.complete")
    assert "rules: logged" in run(LOG.format("rules"), project)
    (again,) = client.search_runs([experiment], "tags.kind = 'rules'")
    assert again.info.run_id != rules.info.run_id


def test_promote_takes_the_best_validation_score(project: Path, client: mlflow.MlflowClient) -> None:
    said = run("nutgraf promote", project)
    chosen = client.get_model_version_by_alias("nutgraf", "champion")
    scores = {kind: json.loads((project / f"{kind}.json").read_text())["scores"] for kind in ("rules", "words")}
    reached = {kind: score["validation"]["macro"]["f1"] for kind, score in scores.items()}
    kind = chosen.tags["kind"]
    assert reached[kind] == max(reached.values())
    assert f"is version {chosen.version} ({kind})" in said


def test_labelling_by_uri_and_by_folder_is_the_same(project: Path) -> None:
    champion = run("nutgraf promote", project).rstrip().rpartition("(")[2].rstrip(")")
    (project / "news.txt").write_text("Heavy rain and wind tore the roof off the mill on Friday.")
    run("nutgraf label news.txt --model models:/nutgraf@champion --out a.jsonl", project)
    run(f"nutgraf label news.txt --model {champion} --out b.jsonl", project)
    assert (project / "a.jsonl").read_bytes() == (project / "b.jsonl").read_bytes()


@pytest.mark.parametrize("model", ["models:/nutgraf@nobody", "models:/gone/1", "models:/nutgraf/999"])
def test_a_model_that_mlflow_does_not_have(model: str, project: Path) -> None:
    done = shell(f"nutgraf label news.txt --model {model} --out none.jsonl", project)
    (project / "news.txt").write_text("Rain.")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (project / "none.jsonl").exists()


def test_the_logged_model_loads_where_nutgraf_is_not_installed(project: Path, tmp_path: Path) -> None:
    """A fresh virtual environment that sees this one's libraries, but not the package: it is installed editable,
    by a .pth file, which is not followed from another's."""
    run("nutgraf promote", project)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = tmp_path / "venv" / "lib" / version / "site-packages" / "borrowed.pth"
    site.write_text(sysconfig.get_paths()["purelib"] + "\n")
    (tmp_path / "pipeline.py").write_text("raise RuntimeError('a file of the caller')\n")
    code = f"""
import importlib.util
assert importlib.util.find_spec("nutgraf") is None, "nutgraf is installed here"
import mlflow, pandas
mlflow.set_tracking_uri("sqlite:///{project}/models/mlflow/mlflow.db")
model = mlflow.pyfunc.load_model("models:/nutgraf@champion")
table = pandas.DataFrame({{"text": ["Wind and rain tore off a roof.", "The library opens later."]}}, index=[7, 3])
out = model.predict(table)
print(out.to_json())
"""
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "python", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    out = json.loads(done.stdout.splitlines()[-1])
    assert list(out) == ["harvest", "storm", "p_harvest", "p_storm"]
    assert out["storm"] == {"7": True, "3": False}
    assert 0 <= out["p_storm"]["3"] <= 1


def test_a_locked_store_is_a_line(project: Path, tmp_path: Path) -> None:
    run("nutgraf promote", project)
    locker = sqlite3.connect(project / "models" / "mlflow" / "mlflow.db", isolation_level=None)
    locker.execute("BEGIN EXCLUSIVE")
    try:
        done = shell("nutgraf promote", project)
    finally:
        locker.close()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "locked" in done.stderr


def test_a_curve_of_another_model_is_refused(project: Path) -> None:
    done = shell("nutgraf log --model words --metrics words.json --predictions words.jsonl --curve rules.csv", project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "words: the curve is of another kind" in done.stderr


def test_two_runs_of_the_same_have_the_same_metrics_and_a_changed_annotation_another_data_digest(
    project: Path, labelled: Path, ruled: Path, client: mlflow.MlflowClient, tmp_path: Path
) -> None:
    write(tmp_path / "again.yaml", "log: {experiment: again}")
    first, *others = labelled.read_text().splitlines(keepends=True)
    write(tmp_path / "turned.jsonl", "".join([first.replace('"storm"', '"harvest"'), *others]))
    assert first != first.replace('"storm"', '"harvest"')
    for name, data in (("same", labelled), ("changed", tmp_path / "turned.jsonl")):
        run(f"nutgraf train --data {data} --labels {ruled} --kind words --out {name}", tmp_path)
        scored = f"--model {name} --data {data} --out {name}.json --predictions {name}.jsonl"
        run(f"nutgraf evaluate {scored}", tmp_path)
        log = f"nutgraf log --model {name} --metrics {name}.json --predictions {name}.jsonl --config again.yaml"
        run(log, tmp_path, MLFLOW_TRACKING_URI=f"sqlite:///{project}/models/mlflow/mlflow.db")
    places = [client.get_experiment_by_name(name).experiment_id for name in ("nutgraf", "again")]
    changed, same = client.search_runs([places[1]], order_by=["start_time DESC"])
    (words,) = client.search_runs([places[0]], "tags.kind = 'words'")
    own = {name: value for name, value in words.data.metrics.items() if not name.startswith(("learning/", "compare/"))}
    assert same.data.metrics == own
    assert same.data.params == words.data.params
    assert same.data.tags["data_digest"] == words.data.tags["data_digest"] != changed.data.tags["data_digest"]
