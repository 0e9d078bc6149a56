"""Comparisons in MLflow: which run a model is of, and the result on the newer of two."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from nutgraf import bundle
from nutgraf.compare import Comparison
from nutgraf.errors import NutgrafError
from nutgraf.tracking import MODEL, RUN, store
from nutgraf.tracking.contents import as_csv

_METRICS = ("difference", "low", "high", "corrected")
_UNSAFE = re.compile(r"[^\w.-]+")  # in a path
_TAG = "nutgraf.compared"


class Run(Struct, frozen=True, kw_only=True):
    """A logged run, or a model that has none (no id)."""

    name: str
    id: str = ""
    started: int = 0


def run_of(model: str) -> Run | None:
    """The newest run that a model was logged by: of a run's id, a model URI, or a model folder; None if there is none.

    Raises NutgrafError for an id or a URI that the store does not know.
    """
    if not store.exists():
        return None
    with store.connected() as mlflow:
        client = mlflow.MlflowClient()
        if given := RUN.fullmatch(model):
            return _run(client.get_run(given[1]))
        if model.startswith("models:/"):
            return _run(client.get_run(mlflow.models.get_model_info(model).run_id))
        everywhere = [one.experiment_id for one in client.search_experiments()]
        checksum = bundle.describe(Path(model)).checksum
        found = client.search_runs(everywhere, f"tags.`{MODEL}` = '{checksum}'", order_by=["start_time DESC"])
        return _run(found[0]) if found else None


def _run(run: Any) -> Run:
    return Run(name=run.info.run_name, id=run.info.run_id, started=run.info.start_time)


def log(found: Comparison, first: Run, second: Run, part: str) -> Run | None:
    """Log the comparison on the newer run, the older as `first`, the newer as `second`; None if neither was logged.

    Metrics are `compare/LABEL/f1_difference`, `_low`, `_high` and `_corrected` (p), of the comparison made last; tables
    of all scores and of the paragraphs that differ stand below `compared/NAME OF THE OTHER/`.
    """
    if not (first.id or second.id):
        return None
    newer, older = (second, first) if second.started >= first.started else (first, second)
    if newer is first:
        found = found.turned()
    macro = found.change("macro", "f1")
    told = (
        f"{older.name} ({part}): macro-F1 {macro.second:.3f} against {macro.first:.3f}, {macro.difference:+.3f} "
        f"({macro.low:+.3f} to {macro.high:+.3f}), p {macro.p:.3f}"
    )
    where = f"compared/{_UNSAFE.sub('-', older.name)}/{part}"
    with store.connected() as mlflow:
        client = mlflow.MlflowClient()
        for change in found.changes:
            if change.metric == "f1":
                for name in _METRICS:
                    client.log_metric(newer.id, f"compare/{change.label}/f1_{name}", getattr(change, name))
        client.log_text(newer.id, as_csv(found.table()), f"{where}/scores.csv")
        client.log_text(newer.id, as_csv(found.differing_table()), f"{where}/differing.csv")
        client.log_text(newer.id, msgspec.json.encode(found).decode(), f"{where}/comparison.json")
        client.set_tag(newer.id, _TAG, told)
    return newer


def known(model: str) -> Run:
    """As `run_of`. Raises NutgrafError if the model was never logged."""
    found = run_of(model)
    if found is None:
        raise NutgrafError(f"{model}: was not logged to MLflow: give --data to compare on")
    return found
