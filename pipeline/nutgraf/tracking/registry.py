"""Registered models in MLflow: which version is the champion, and a model's folder brought here."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

import nutgraf
from nutgraf.config import Promote
from nutgraf.errors import NutgrafError
from nutgraf.tracking import COMPLETE, CONTENT, FORMAT, store


class Candidate(Struct, frozen=True, kw_only=True):
    """A registered version with the score that promotion goes by."""

    version: str
    kind: str
    score: float
    run_id: str
    content: str  # digest of model and scores


def promote(name: str, knobs: Promote) -> tuple[Candidate, list[Candidate]]:
    """Give the alias to the version with the best score; return it, and all that were compared, best first.

    Only versions trained on the data of the newest one are compared, for scores on different data are not
    comparable, and only those whose model folder this version of nutgraf can read.
    Of equal scores the older version wins. Raises NutgrafError if there is nothing to promote.
    """
    with store.connected() as mlflow:
        client = mlflow.MlflowClient()
        versions = sorted(client.search_model_versions(f"name = '{name}'"), key=lambda version: int(version.version))
        runs = {version.version: client.get_run(version.run_id) for version in versions if version.run_id}
        digests = {number: run.data.tags.get("data_digest") for number, run in runs.items()}
        newest = next((digests[v.version] for v in reversed(versions) if v.version in digests), None)
        candidates = [
            Candidate(
                version=str(number),
                kind=run.data.tags.get("kind", ""),
                score=run.data.metrics[knobs.metric],
                run_id=run.info.run_id,
                content=run.data.tags.get(CONTENT, ""),
            )
            for number, run in runs.items()
            if digests[number] == newest
            and knobs.metric in run.data.metrics
            and run.data.tags.get(COMPLETE)
            and run.data.tags.get(FORMAT) == str(nutgraf.MODEL_FORMAT)
        ]
        if not candidates:
            raise NutgrafError(
                f"no version of {name!r} has the metric {knobs.metric!r}: log one first, or mend promote.metric"
            )
        ranked = sorted(candidates, key=lambda candidate: (-candidate.score, int(candidate.version)))
        client.set_registered_model_alias(name, knobs.alias, ranked[0].version)
        return ranked[0], ranked


def fetch(model: str) -> Path:
    """Bring the model folder of an MLflow model URI here; nothing of it is executed. Raises NutgrafError."""
    with store.connected() as mlflow:
        local = Path(mlflow.artifacts.download_artifacts(artifact_uri=model))
    folder = local / "artifacts" / "bundle"
    if not folder.is_dir():
        raise NutgrafError(f"{model}: was not logged by nutgraf: it holds no model folder")
    return folder
