"""A model with its scores as one run in MLflow, and as a version of the registered model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

from nutgraf import bundle
from nutgraf.config import Log
from nutgraf.tracking import COMPLETE, CONTENT, contents, model, store, view
from nutgraf.tracking.entry import Entry, check, content


class Logged(Struct, frozen=True, kw_only=True):
    """Where a model stands in MLflow; `new` tells whether this call put it there."""

    run_id: str
    version: str
    content: str
    new: bool


def log(folder: Path, entry: Entry, knobs: Log) -> Logged:
    """Log a model folder with its scores as one run, and register the model; once, however often it is called.

    A run is known again by the digest of the model and of its scores. A run that an interruption left incomplete is
    deleted and written anew. Raises StoreError if the store cannot be used, NutgrafError if the scores are of another
    model.
    """
    description = bundle.describe(folder)
    check(folder, description, entry)
    known_as = content(folder, entry)
    with store.connected() as mlflow:
        experiment = store.experiment(mlflow, knobs.experiment)
        view.offer(mlflow, experiment, description.labels)
        if (old := finished(mlflow, experiment, CONTENT, known_as)) is not None:
            return Logged(run_id=old.info.run_id, version=old.data.tags[COMPLETE], content=known_as, new=False)
        with mlflow.start_run(experiment_id=experiment, run_name=f"{description.kind} {known_as[:6]}") as run:
            mlflow.set_tag(CONTENT, known_as)
            contents.fill(mlflow, folder, entry, knobs.mistakes)
            version = model.register(mlflow, folder, description, knobs.model)
            mlflow.MlflowClient().set_model_version_tag(knobs.model, version, "kind", description.kind)
            mlflow.set_tag(COMPLETE, version)
        return Logged(run_id=run.info.run_id, version=version, content=known_as, new=True)


def finished(mlflow: Any, experiment: str, tag: str, value: str) -> Any:
    """The run that bears the tag and was logged to its end, or None; one that was not is deleted."""
    client = mlflow.MlflowClient()
    for run in client.search_runs([experiment], f"tags.`{tag}` = '{value}'"):
        if run.data.tags.get(COMPLETE):
            return run
        client.delete_run(run.info.run_id)
    return None
