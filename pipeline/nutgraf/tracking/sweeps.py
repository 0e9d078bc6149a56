"""A sweep in MLflow: a run for the whole, and below it one for each choice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from nutgraf import bundle
from nutgraf.config import Log
from nutgraf.pictures.sweep import parallel_coordinates
from nutgraf.sweep import Outcome, best
from nutgraf.tracking import COMPLETE, contents, store, view
from nutgraf.tracking.entry import Entry
from nutgraf.tracking.origin import Origin
from nutgraf.tracking.runs import finished

_SWEEP = "nutgraf.sweep"  # tag of the whole
_CHOICE = "nutgraf.choice"  # tag of a choice; its value is the sweep's with the choice's


def begin(name: str, key: str, origin: Origin, knobs: Log) -> str:
    """The id of the sweep's own run; the same for the same sweep, so that it goes on where it was stopped."""
    with store.connected() as mlflow:
        experiment = store.experiment(mlflow, knobs.experiment)
        client = mlflow.MlflowClient()
        for run in client.search_runs([experiment], f"tags.`{_SWEEP}` = '{key}'"):
            client.update_run(run.info.run_id, status="RUNNING")
            return str(run.info.run_id)
        tags = origin.tags | {_SWEEP: key, "kind": "sweep", "mlflow.source.name": "nutgraf"}
        return str(client.create_run(experiment, run_name=name, tags=tags).info.run_id)


def log_choice(parent: str, key: str, folder: Path, entry: Entry, knobs: Log) -> str:
    """Log a trained choice below the sweep's run, once; its run's id. Its model folder is not copied there."""
    description = bundle.describe(folder)
    with store.connected() as mlflow:
        experiment = store.experiment(mlflow, knobs.experiment)
        view.offer(mlflow, experiment, description.labels)
        if (old := finished(mlflow, experiment, _CHOICE, f"{parent} {key}")) is not None:
            return str(old.info.run_id)
        tags = {_CHOICE: f"{parent} {key}", "mlflow.parentRunId": parent}
        with mlflow.start_run(experiment_id=experiment, run_name=f"{description.kind} {key[:6]}", tags=tags) as run:
            contents.fill(mlflow, folder, entry, 0)
            mlflow.set_tag(COMPLETE, "yes")
        return str(run.info.run_id)


def end(
    parent: str, names: Sequence[str], metric: str, outcomes: Sequence[Outcome], sheet: Sequence[Sequence[str]]
) -> None:
    """Log the table and the picture of the whole, and end its run."""
    first = best(outcomes)
    with store.connected() as mlflow:
        client = mlflow.MlflowClient()
        client.log_text(parent, contents.as_csv(sheet), "sweep.csv")
        client.log_figure(parent, parallel_coordinates(names, outcomes, metric), "pictures/parallel_coordinates.png")
        client.log_metric(parent, f"best/{metric}", first.score or 0.0)
        for name, value in first.choice.values.items():
            client.log_param(parent, f"best/{name}", _text(value))
        client.set_terminated(parent)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
