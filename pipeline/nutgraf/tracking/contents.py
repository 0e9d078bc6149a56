"""What a run in MLflow tells: knobs, scores with their intervals, data, pictures, mistakes, the card."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

import nutgraf
from nutgraf import bundle, mistakes
from nutgraf.bundle import Description
from nutgraf.curve import Point
from nutgraf.judged import Predictions
from nutgraf.tracking import FORMAT, MODEL, PREDICTIONS
from nutgraf.tracking.entry import Entry

_CURVE = "learning"  # metrics of the learning curve begin so


def fill(mlflow: Any, folder: Path, entry: Entry, most: int) -> None:
    """Log all of it to the active run, but the model itself; `most` mistakes at most."""
    description, evaluation = bundle.describe(folder), entry.evaluation
    mlflow.set_tags(_tags(description, entry))
    mlflow.log_params(dict(_flat(description.knobs)))
    mlflow.log_metrics({name: value for name, value in _flat(evaluation.scores) if np.isfinite(value)})
    mlflow.log_metrics(dict(_ends(entry)))
    _log_data(mlflow, description)
    for name, figure in _pictures(description, entry):
        mlflow.log_figure(figure, f"pictures/{name}.png")
    mlflow.log_dict(msgspec.to_builtins(evaluation), "metrics.json")
    mlflow.log_text(Predictions(evaluation.labels, entry.judged).dump(), PREDICTIONS)
    mlflow.log_text(entry.origin.packages, "environment.txt")
    _log_curves(mlflow, folder, entry.curve)
    if (folder / bundle.CARD).is_file():
        mlflow.log_artifact(str(folder / bundle.CARD))
    if most:
        loaded = bundle.load(folder)
        found = mistakes.mistakes(entry.judged, loaded, most)
        mlflow.log_text(mistakes.page(found, loaded, f"Mistakes of {description.kind}"), "mistakes.html")


def _tags(description: Description, entry: Entry) -> dict[str, str]:
    return entry.origin.tags | {
        MODEL: description.checksum,
        FORMAT: str(description.format),
        "kind": description.kind,
        "data_digest": description.training.digest,
        "nutgraf_version": nutgraf.__version__,
        "mlflow.source.name": "nutgraf",
    }


def _ends(entry: Entry) -> Iterator[tuple[str, float]]:
    """The ends of each interval, beside the score in the UI: test/macro/f1_low, test/macro/f1_high."""
    for name, (low, high) in _flat(entry.evaluation.intervals):
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


def _log_curves(mlflow: Any, folder: Path, curve: Sequence[Point]) -> None:
    """What was kept of each epoch, and the scores of trainings on less: curves in the UI."""
    for history in sorted(folder.rglob("history.json")):
        for row in msgspec.json.decode(history.read_bytes()):
            values = {f"epoch/{name}": value for name, value in row.items() if name != "epoch"}
            mlflow.log_metrics(values, step=int(row["epoch"]))
    shares: dict[float, list[Point]] = defaultdict(list)
    for point in curve:
        shares[point.share].append(point)
    for some in shares.values():
        step = round(float(np.mean([point.paragraphs for point in some])))
        sets = {point.on: [one.macro for one in some if one.on == point.on] for point in some}
        mlflow.log_metrics({f"{_CURVE}/{name}/macro/f1": float(np.mean(f1)) for name, f1 in sets.items()}, step=step)


def _pictures(description: Description, entry: Entry) -> Iterator[tuple[str, Any]]:
    from nutgraf.pictures import scores as pictures
    from nutgraf.pictures.curve import learning_curve

    evaluation = entry.evaluation
    if entry.curve:
        yield "learning_curve", learning_curve(entry.curve)
    for part in ("validation", "test"):
        rows = [row for row in entry.judged if row.part == part]
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


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """A table as the UI shows it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
