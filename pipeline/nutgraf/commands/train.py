"""`nutgraf train`."""

from __future__ import annotations

from pathlib import Path

import click

from nutgraf.commands.edge import (
    PATH,
    Refusals,
    apart,
    config_option,
    labels_option,
    out_option,
    print_table,
    read_annotations,
    shown,
)
from nutgraf.errors import NutgrafError


@click.command("train", short_help="A model folder from labelled paragraphs.")
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels, article.")
@click.option("--kind", help="rules, words, linear or embedding. Default: train.kind of the configuration.")
@labels_option
@out_option("The model folder.")
@config_option
def command(data: Path, kind: str | None, labels: Path | None, out: Path, config: Path | None) -> int:
    """Train a classifier on labelled paragraphs, with the labels found there or those of --labels."""
    from nutgraf import bundle, dataset
    from nutgraf import codebook as codebooks
    from nutgraf import config as knobs
    from nutgraf import train as stage
    from nutgraf.records import Annotation, Refusal

    apart([data, labels], [out])
    settings = knobs.load(config)
    chosen = kind or settings.train.kind
    settings.classifiers.of(chosen)  # refuses an unknown kind before any work
    refusals = Refusals(out)
    annotations = read_annotations(data, refusals)
    if not labels and not dataset.labels_found(annotations):
        raise NutgrafError(f"{data}: none of its {len(annotations)} paragraphs bears a label; name them with --labels")
    codebook = codebooks.load(labels) if labels else codebooks.of_names(dataset.labels_found(annotations))

    def known(annotation: Annotation) -> Annotation | Refusal:
        wrong = codebook.check(annotation.labels)
        where = f"id {annotation.id}: {wrong}"
        return Refusal(path=str(data), reason="unknown_label", detail=where) if wrong else annotation

    usable = list(refusals.some(refusals.sift(map(known, annotations)), "labelled paragraph"))
    if chosen == "rules" and not any(label.rules for label in codebook.labels):
        raise NutgrafError("the kind 'rules' needs a codebook with rules: give one with --labels")
    refusals.write()
    trained = stage.train(usable, codebook, chosen, settings, lambda folds: shown(folds, "folds", len(folds)))
    bundle.save(trained.bundle, out)
    print_table(stage.as_table(trained.audit))
    print(f"shared by two parts: {trained.audit.shared_texts} texts, {trained.audit.shared_groups} groups")
    for note in trained.notes:
        print(f"note: {note}")
    return refusals.done(f"{chosen} model trained on {trained.audit.paragraphs['train']} paragraphs to {out}")
