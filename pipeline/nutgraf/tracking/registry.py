"""Registered models in MLflow: which version is the champion, and a model's folder brought here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

import nutgraf
from nutgraf.config import Promote
from nutgraf.errors import NutgrafError
from nutgraf.judged import Predictions
from nutgraf.tracking import COMPLETE, CONTENT, FORMAT, PREDICTIONS, RUN, store


class Candidate(Struct, frozen=True, kw_only=True):
    """A registered version with the score that promotion goes by."""

    version: str
    kind: str
    score: float
    run_id: str
    content: str  # digest of model and scores
    usable: bool  # whether it was logged to its end, in a form that this version of nutgraf can read


def candidates(name: str, knobs: Promote) -> list[Candidate]:
    """The versions that may become champion, the best score first.

    Only versions trained on the data of the newest one are among them, for scores on different data are not
    comparable, and only those whose model folder this version of nutgraf can read. Of equal scores the older version
    comes first. Raises NutgrafError if there is none.
    """
    with store.connected() as mlflow:
        client = mlflow.MlflowClient()
        versions = sorted(client.search_model_versions(f"name = '{name}'"), key=lambda version: int(version.version))
        runs = {version.version: client.get_run(version.run_id) for version in versions if version.run_id}
        digests = {number: run.data.tags.get("data_digest") for number, run in runs.items()}
        newest = next((digests[v.version] for v in reversed(versions) if v.version in digests), None)
        found = [
            _candidate(str(number), run, knobs.metric)
            for number, run in runs.items()
            if digests[number] == newest and knobs.metric in run.data.metrics
        ]
        found = [candidate for candidate in found if candidate.usable]
        if not found:
            raise NutgrafError(
                f"no version of {name!r} has the metric {knobs.metric!r}: log one first, or mend promote.metric"
            )
        return sorted(found, key=lambda candidate: (-candidate.score, int(candidate.version)))


def champion(name: str, knobs: Promote) -> Candidate | None:
    """The version that bears the alias, if one does."""
    with store.connected() as mlflow:
        client = mlflow.MlflowClient()
        number = client.get_registered_model(name).aliases.get(knobs.alias)
        if number is None:
            return None
        version = client.get_model_version(name, number)
        return _candidate(str(number), client.get_run(version.run_id), knobs.metric)


def crown(name: str, new: Candidate, old: Candidate | None, knobs: Promote, tags: dict[str, str]) -> None:
    """Give the alias to a version, and the alias of the previous champion to the one that had it."""
    with store.connected() as mlflow:
        client = mlflow.MlflowClient()
        for tag, value in tags.items():
            client.set_model_version_tag(name, new.version, tag, value)
        if old:
            client.set_registered_model_alias(name, knobs.previous, old.version)
        client.set_registered_model_alias(name, knobs.alias, new.version)


def _candidate(version: str, run: Any, metric: str) -> Candidate:
    return Candidate(
        version=version,
        kind=run.data.tags.get("kind", ""),
        score=run.data.metrics.get(metric, float("nan")),
        run_id=run.info.run_id,
        content=run.data.tags.get(CONTENT, ""),
        usable=bool(run.data.tags.get(COMPLETE)) and run.data.tags.get(FORMAT) == str(nutgraf.MODEL_FORMAT),
    )


def predictions(run_id: str) -> Predictions:
    """What a logged model said of each paragraph that it was scored on and had not learned from."""
    with store.connected() as mlflow:
        return Predictions.parse(mlflow.artifacts.load_text(f"runs:/{run_id}/{PREDICTIONS}"))


def fetch(model: str) -> Path:
    """Bring the model folder of a model URI or of a run here; nothing of it is executed. Raises NutgrafError."""
    run = RUN.fullmatch(model)
    with store.connected() as mlflow:
        local = Path(mlflow.artifacts.download_artifacts(artifact_uri=f"runs:/{run[1]}/model" if run else model))
    folder = local / "artifacts" / "bundle"
    if not folder.is_dir():
        raise NutgrafError(f"{model}: was not logged by nutgraf: it holds no model folder")
    return folder
