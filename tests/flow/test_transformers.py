"""Transformer kinds by the command line, on a miniature encoder."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import tiny
from conftest import Ran, write
from nutgraf.records import Annotation

pytestmark = pytest.mark.slow
Run = Callable[..., Ran]


def drawn(articles: int) -> list[Annotation]:
    """Articles of six paragraphs of words by chance, of which some are about a ferry and some about a lorry."""
    draw, made = random.Random(5), []
    words = [*tiny.WORDS, *["ferry", "lorry"] * 3]
    for number in range(articles * 6):
        text = " ".join(draw.choices(words, k=draw.randint(5, 25)))
        labels = tuple(name for name in ("ferry", "lorry") if name in text)
        article = f"a{number // 6}"
        made.append(Annotation(id=str(number), text=text, labels=labels, article=article, index=number % 6))
    return made


def written(path: Path, some: list[Annotation]) -> Path:
    path.write_bytes(b"\n".join(map(msgspec.json.encode, some)))
    return path


@pytest.fixture(scope="module")
def knobs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("knobs")
    tiny.encoder(folder / "encoder")
    text = (
        f"partition: {{validation: 0.35}}\nlabel: {{chunk: 12}}\nclassifiers:\n  encoder: {{encoder: "
        f"{json.dumps(str(folder / 'encoder'))}, length: 16, epochs: 3, batch: 8, rate: 3e-3, head_rate: 1e-2, "
        f"freeze: 0}}\n"
        f"  ensemble: {{members: [words, encoder]}}\n"
    )
    return write(folder / "params.yaml", text)


@pytest.fixture(scope="module")
def model(knobs: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A model of a kind, trained when first asked for."""
    from nutgraf.cli import run

    folder = tmp_path_factory.mktemp("models")
    data = written(folder / "data.jsonl", drawn(20))

    def of(kind: str) -> Path:
        if not (folder / kind).exists():
            member = ["--member", str(of("encoder"))] if kind == "ensemble" else []
            words = ["train", "--data", str(data), "--kind", kind, "--config", str(knobs), "--out", str(folder / kind)]
            assert run([*words, *member]) == 0
        return folder / kind

    return of


@pytest.mark.parametrize("kind", ["encoder", "ensemble"])
def test_two_processes_label_as_one_does(
    kind: str, model: Callable[[str], Path], knobs: Path, tmp_path: Path, nutgraf: Run
) -> None:
    data = written(tmp_path / "fresh.jsonl", drawn(30)[-60:])
    found = []
    for workers in (1, 2):
        out = tmp_path / f"{workers}.jsonl"
        how = ("--unit", "paragraph", "--config", knobs, "--workers", workers)
        assert nutgraf("label", data, "--model", model(kind), "--out", out, *how).code == 0
        found.append([json.loads(line) for line in out.read_text().splitlines()])
    one, two = found
    chances = ("p_ferry", "p_lorry")
    assert len(one) == 60
    assert [{k: v for k, v in row.items() if k not in chances} for row in one] == [
        {k: v for k, v in row.items() if k not in chances} for row in two
    ]
    for name in chances:  # rounded to six places
        assert [row[name] for row in one] == pytest.approx([row[name] for row in two], abs=1.5e-6)
    assert len({row["p_ferry"] for row in one}) > 10


def test_training_stops_and_calibrates_by_validation_and_tells_of_windows(model: Callable[[str], Path]) -> None:
    told = json.loads((model("encoder") / "model.json").read_text())["training"]
    assert told["calibrated_on"] == "the validation part"
    groups = [name for name, part in told["groups"].items() if part == "train"]
    learned = [a for a in drawn(20) if a.article in groups]
    long = sum(len(tiny.tokenizer()(a.text)["input_ids"]) > 16 for a in learned)
    assert f"{long} of {len(learned)} training paragraphs are taken in several windows" in told["notes"]
    assert 0 < long < len(learned)


def test_where_validation_is_too_small_training_articles_stop_it_and_the_notes_say_so(
    knobs: Path, tmp_path: Path, nutgraf: Run
) -> None:
    data, out = written(tmp_path / "data.jsonl", drawn(8)), tmp_path / "model"
    ran = nutgraf("train", "--data", data, "--kind", "encoder", "--config", knobs, "--out", out)
    assert ran.code == 0
    (note,) = [line for line in ran.out.splitlines() if "too small" in line]
    assert note.startswith("note: stopped and calibrated by 1 of the training articles")  # a fifth of five
    assert json.loads((out / "history.json").read_text())


def test_mlflow_shows_the_epochs_and_the_card_and_serves_the_model(
    model: Callable[[str], Path], knobs: Path, tmp_path: Path, nutgraf: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import mlflow
    import pandas as pd

    from nutgraf import bundle

    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path / 'mlflow.db'}")
    monkeypatch.chdir(tmp_path)
    folder = model("ensemble")
    data = written(tmp_path / "data.jsonl", drawn(20))
    scored = ("--out", tmp_path / "metrics.json", "--predictions", tmp_path / "predictions.jsonl")
    assert nutgraf("evaluate", "--model", folder, "--data", data, *scored, "--config", knobs).code == 0
    given = ("--metrics", tmp_path / "metrics.json", "--predictions", tmp_path / "predictions.jsonl")
    assert nutgraf("log", "--model", folder, *given).code == 0
    mlflow.set_tracking_uri(f"sqlite:///{tmp_path / 'mlflow.db'}")
    client = mlflow.MlflowClient()
    (run,) = client.search_runs([client.get_experiment_by_name("nutgraf").experiment_id])
    known = json.loads((folder / "encoder" / "history.json").read_text())
    shown = client.get_metric_history(run.info.run_id, "epoch/held_out_score")
    assert [(point.step, point.value) for point in shown] == [(row["epoch"], row["held_out_score"]) for row in known]
    assert len(shown) > 1
    assert {"README.md", "metrics.json"} <= {file.path for file in client.list_artifacts(run.info.run_id)}
    texts = ["a ferry came by the gate", "the lorry fell in the well"]
    served = mlflow.pyfunc.load_model("models:/nutgraf/1").predict(pd.DataFrame({"text": texts}))
    straight = bundle.load(folder).probabilities(texts)
    assert served[["p_ferry", "p_lorry"]].to_numpy() == pytest.approx(straight, abs=1e-5)
