"""`nutgraf evaluate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, apart, config_option, out_option, print_table, read_annotations
from nutgraf.commands.tables import write_csv

if TYPE_CHECKING:
    from nutgraf.evaluate import Evaluation
    from nutgraf.slices import Slice


@click.command("evaluate", short_help="A model's scores on labelled paragraphs.")
@click.option("--model", required=True, help="A model folder, or an MLflow model URI (models:/nutgraf@champion).")
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels.")
@out_option("Scores, as JSON.")
@click.option("--predictions", type=PATH, help="Also write each paragraph with true and predicted labels (JSONL).")
@click.option("--slices", type=PATH, help="Also write the scores by source, kind of text, length, ... (CSV).")
@config_option
def command(
    model: str, data: Path, out: Path, predictions: Path | None, slices: Path | None, config: Path | None
) -> int:
    """Score a model on labelled paragraphs, apart by what it has seen: train, validation, test.

    Whatever the model saw neither in training nor in validation is `test`, in a file it never saw all of it. The 95%
    intervals come from drawing whole articles anew. Articles as wholes bear a label if one of their paragraphs does.
    """
    from nutgraf import bundle
    from nutgraf import config as knobs
    from nutgraf import evaluate as stage
    from nutgraf.commands.models import folder_of
    from nutgraf.files import write_json, write_jsonl
    from nutgraf.slices import worst

    apart([data], [out, predictions, slices])
    settings = knobs.load(config)
    refusals = Refusals(out)
    annotations = read_annotations(data, refusals)
    folder = folder_of(model)
    evaluation, judged = stage.evaluate(annotations, bundle.load(folder), settings.evaluate, folder)
    write_json(out, evaluation)
    if predictions:
        write_jsonl(predictions, judged.rows)
    print_table(_table(evaluation))
    print_table(_others(evaluation))
    found = list(_slices(evaluation.slices))
    if slices:
        write_csv(slices, found)
    if below := worst(evaluation.slices, evaluation.scores):
        print("surely worse than their part as a whole:")
        print_table([row[:9] for row in _slices(below)])
    return refusals.done(f"scores of {len(judged.rows)} paragraphs to {out}")


def _table(evaluation: Evaluation) -> list[list[str]]:
    columns = ("average_precision", "calibration_error", "calibration_chance")
    rows = [["part", "label", "precision", "recall", "f1", "f1_low", "f1_high", *columns, "support"]]
    for part, table in evaluation.scores.items():
        ends = evaluation.intervals.get(part, {})
        for name in (*evaluation.labels, "macro", "micro"):
            some = table[name]
            decided = [f"{some[column]:.3f}" for column in ("precision", "recall", "f1")]
            interval = [f"{end:.3f}" for end in ends[name]["f1"]] if ends else ["", ""]
            ranked = [f"{some[column]:.3f}" if column in some else "" for column in columns]
            rows.append([part, name, *decided, *interval, *ranked, str(some.get("support", ""))])
    return rows


_WHOLES = (("macro", "article_f1"), ("all", "example_f1"), ("all", "exact_match"))


def _others(evaluation: Evaluation) -> list[list[str]]:
    """What is scored by article and by paragraph, with intervals."""
    rows = [["part", "score", "value", "low", "high"]]
    for part, table in evaluation.scores.items():
        ends = evaluation.intervals.get(part, {})
        for name, metric in _WHOLES:
            interval = [f"{end:.3f}" for end in ends[name][metric]] if ends else ["", ""]
            rows.append([part, f"{name}/{metric}", f"{table[name][metric]:.3f}", *interval])
    return rows


_SLICE = ["part", "by", "value", "paragraphs", "articles", "labels_given", "f1", "low", "high", "exact_match"]


def _slices(found: Sequence[Slice]) -> Iterator[list[str]]:
    yield _SLICE
    for one in found:
        f1 = (one.f1, one.low, one.high) if one.support else ()  # without a label there is none
        ends = [f"{value:.3f}" for value in f1] or [""] * 3
        counts = (one.paragraphs, one.articles, one.support)
        yield [one.part, one.by, one.value, *map(str, counts), *ends, f"{one.exact_match:.3f}"]
