"""`nutgraf log`."""

from __future__ import annotations

from pathlib import Path

import click

from nutgraf.commands.edge import PATH, config_option
from nutgraf.errors import NutgrafError


@click.command("log", short_help="A model and its scores to MLflow, once.")
@click.option("--model", type=PATH, required=True, help="The model folder.")
@click.option("--metrics", type=PATH, required=True, help="Its scores (from `nutgraf evaluate --out`).")
@click.option(
    "--predictions",
    type=PATH,
    required=True,
    help="From `nutgraf evaluate --predictions`; the pictures need it.",
)
@click.option(
    "--receipt",
    type=PATH,
    help="Also write to this JSON file what was logged; the same for the same content.",
)
@config_option
def command(model: Path, metrics: Path, predictions: Path, receipt: Path | None, config: Path | None) -> int:
    """Log a model with its scores to MLflow as one run, and register it; a second call changes nothing.

    The store is MLFLOW_TRACKING_URI, or else models/mlflow in the current folder.
    """
    import msgspec

    from nutgraf import config as knobs
    from nutgraf.evaluate import Evaluation
    from nutgraf.files import write_json
    from nutgraf.judged import Judged
    from nutgraf.tracking import runs

    settings = knobs.load(config)
    try:
        evaluation = msgspec.json.decode(metrics.read_bytes(), type=Evaluation)
        judged = [msgspec.json.decode(line, type=Judged) for line in predictions.read_bytes().splitlines()]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NutgrafError(f"{metrics} or {predictions}: not written by `nutgraf evaluate`: {error}") from None
    logged = runs.log(model, evaluation, judged, settings.log)
    if receipt:
        write_json(receipt, {"model": settings.log.model, "content": logged.content})
    what = "logged" if logged.new else "already logged, nothing changed"
    print(f"{model}: {what}: run {logged.run_id}, {settings.log.model} version {logged.version}")
    return 0
