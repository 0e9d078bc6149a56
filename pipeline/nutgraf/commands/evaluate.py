"""`nutgraf evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, apart, config_option, out_option, print_table, read_annotations

if TYPE_CHECKING:
    from nutgraf.evaluate import Evaluation


@click.command("evaluate", short_help="A model's scores on labelled paragraphs.")
@click.option("--model", required=True, help="A model folder, or an MLflow model URI (models:/nutgraf@champion).")
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels.")
@out_option("Scores, as JSON.")
@click.option("--predictions", type=PATH, help="Also write each paragraph with true and predicted labels (JSONL).")
@config_option
def command(model: str, data: Path, out: Path, predictions: Path | None, config: Path | None) -> int:
    """Score a model on labelled paragraphs, apart by what it has seen: train, validation, test.

    Whatever the model saw neither in training nor in validation is `test`, in a file it never saw all of it.
    """
    from nutgraf import bundle
    from nutgraf import config as knobs
    from nutgraf import evaluate as stage
    from nutgraf.commands.models import folder_of
    from nutgraf.files import write_json, write_jsonl

    apart([data], [out, predictions])
    settings = knobs.load(config)
    refusals = Refusals(out)
    annotations = read_annotations(data, refusals)
    evaluation, judged = stage.evaluate(annotations, bundle.load(folder_of(model)), settings.evaluate)
    write_json(out, evaluation)
    if predictions:
        write_jsonl(predictions, judged)
    print_table(_table(evaluation))
    return refusals.done(f"scores of {len(judged)} paragraphs to {out}")


def _table(evaluation: Evaluation) -> list[list[str]]:
    columns = ("precision", "recall", "f1", "average_precision", "calibration_error", "calibration_chance")
    rows = [["part", "label", *columns, "support"]]
    for part, table in evaluation.scores.items():
        for name in (*evaluation.labels, "macro"):
            values = [f"{table[name][column]:.3f}" for column in columns]
            rows.append([part, name, *values, str(table[name].get("support", ""))])
    return rows
