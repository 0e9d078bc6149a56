"""`nutgraf log`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, config_option
from nutgraf.commands.points import read_points
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.tracking.entry import Entry


@click.command("log", short_help="A model and its scores to MLflow, once.")
@click.option("--model", type=PATH, help="The model folder.")
@click.option("--metrics", type=PATH, help="Its scores (from `nutgraf evaluate --out`).")
@click.option("--predictions", type=PATH, help="From `nutgraf evaluate --predictions`; the pictures need it.")
@click.option("--curve", "curve_file", type=PATH, help="Its learning curve (from `nutgraf curve --out`).")
@click.option(
    "--receipt",
    type=PATH,
    help="Also write to this JSON file what was logged; the same for the same content.",
)
@config_option
def command(
    model: Path | None,
    metrics: Path | None,
    predictions: Path | None,
    curve_file: Path | None,
    receipt: Path | None,
    config: Path | None,
) -> int:
    """Log a model with its scores to MLflow as one run, and register it; a second call changes nothing.

    The store is MLFLOW_TRACKING_URI, or else models/mlflow in the current folder. Where it cannot be used, the run is
    kept, and the next `nutgraf log` logs it, also one without a model.
    """
    from nutgraf import config as knobs
    from nutgraf.files import write_json
    from nutgraf.tracking import runs, waiting
    from nutgraf.tracking.store import StoreError

    settings = knobs.load(config)
    given = [one for one in (model, metrics, predictions) if one]
    if len(given) not in (0, 3) or (not given and (receipt or curve_file)):
        raise NutgrafError("--model, --metrics and --predictions belong together")
    entry = _entry(metrics, predictions, curve_file) if metrics and predictions else None
    try:
        left = _log_waiting()
        if model and entry:
            logged = runs.log(model, entry, settings.log)
    except StoreError as error:
        if not (model and entry):
            raise
        kept = waiting.keep(model, entry, settings.log)
        print(f"{model}: kept in {kept}, for the next `nutgraf log`: {error}")
        return 1
    if model and entry:
        if receipt:
            write_json(receipt, {"model": settings.log.model, "content": logged.content})
        what = "logged" if logged.new else "already logged, nothing changed"
        print(f"{model}: {what}: run {logged.run_id}, {settings.log.model} version {logged.version}")
    return 1 if left else 0


def _entry(metrics: Path, predictions: Path, curve_file: Path | None) -> Entry:
    import msgspec

    from nutgraf.evaluate import Evaluation
    from nutgraf.judged import Judged
    from nutgraf.tracking.entry import Entry
    from nutgraf.tracking.origin import origin

    try:
        evaluation = msgspec.json.decode(metrics.read_bytes(), type=Evaluation)
        judged = [msgspec.json.decode(line, type=Judged) for line in predictions.read_bytes().splitlines()]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NutgrafError(f"{metrics} or {predictions}: not written by `nutgraf evaluate`: {error}") from None
    curve = read_points(curve_file) if curve_file else []
    return Entry(evaluation=evaluation, judged=judged, origin=origin(), curve=curve)


def _log_waiting() -> int:
    """Log what was kept; how many are left."""
    from nutgraf.tracking import waiting

    left = 0
    for kept, found in waiting.log_all():
        if isinstance(found, NutgrafError):
            left += 1
            print(f"left: {found}")
        else:
            what = "logged" if found.new else "already logged"
            print(f"{kept}: {what}: run {found.run_id}, version {found.version}")
    return left
