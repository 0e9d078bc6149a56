"""The columns worth comparing, as a view of the experiment that the MLflow UI opens by a link."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any

_KEY = "scores"
_TAG = f"mlflow.sharedViewState.{_KEY}"  # where the UI's own button "Share" keeps such a view
_KIND = ("mlflow.experimentKind", "custom_model_development")  # the UI shows training runs first, not traces
_WIDTHS = (16, 6.5)  # pixels of a column, and more for each letter of its name


def columns(labels: Sequence[str]) -> list[str]:
    """The columns, as the UI names them: macro-F1 with its interval, each label's F1, on what, of which data."""
    metrics = ["test/macro/f1", "test/macro/f1_low", "test/macro/f1_high", *(f"test/{name}/f1" for name in labels)]
    return [
        "attributes.`Created`",
        *(f"metrics.`{name}`" for name in (*metrics, "test/all/exact_match", "validation/macro/f1")),
        *("tags.`kind`", "tags.`data_digest`"),
    ]


def offer(mlflow: Any, experiment: str, labels: Sequence[str]) -> None:
    """Keep the view with the experiment."""
    shown = columns(labels)
    state = {
        "selectedColumns": shown,
        "columnOrder": shown,
        "columnWidths": {name: round(_WIDTHS[0] + _WIDTHS[1] * len(name)) for name in shown},
        "runsExpanded": {},
        "runsPinned": [],
        "runsHidden": [],
        "runsVisibilityMap": {},
        "runsHiddenMode": "FIRST_20_RUNS",
        "groupBy": None,
        "groupsExpanded": {},
        "useGroupedValuesInCharts": True,
        "hideEmptyCharts": True,
        "autoRefreshEnabled": True,
    }
    packed = base64.b64encode(zlib.compress(json.dumps(state).encode(), 9)).decode()
    known = mlflow.get_experiment(experiment).tags
    for tag, value in ((_TAG, f"deflate;{packed}"), _KIND):
        if known.get(tag) != value:
            mlflow.MlflowClient().set_experiment_tag(experiment, tag, value)


def link(address: str, experiment: str) -> str:
    """The page of an experiment's runs with these columns."""
    return f"{address.rstrip('/')}/#/experiments/{experiment}/runs?viewStateShareKey={_KEY}"
