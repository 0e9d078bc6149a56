"""`nutgraf sweep`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import (
    PATH,
    Refusals,
    apart,
    config_option,
    kind_option,
    labels_option,
    print_table,
    shown,
)
from nutgraf.commands.models import tracked
from nutgraf.commands.partition import read_partition
from nutgraf.commands.tables import write_csv
from nutgraf.commands.training import prepared
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.codebook import Codebook
    from nutgraf.partition import Part
    from nutgraf.records import Annotation
    from nutgraf.sweep import Choice, Outcome
    from nutgraf.tracking.entry import Entry

_ENTRY, _MODEL = "entry.json", "model"


@click.command("sweep", short_help="Many trainings over a grid of knobs, or over random ones.")
@click.argument("sweep", type=PATH)
@click.option("--data", type=PATH, required=True, help="Labelled paragraphs: JSONL with id, text, labels, article.")
@kind_option
@labels_option
@click.option("--partition", "parts", type=PATH, help="As `nutgraf partition` wrote it: who stands where.")
@click.option("--out", type=PATH, required=True, help="A folder for the models, the table and the best knobs.")
@config_option
def command(
    sweep: Path,
    data: Path,
    kind: str | None,
    labels: Path | None,
    parts: Path | None,
    out: Path,
    config: Path | None,
) -> int:
    """Train with each choice of knobs that the file SWEEP asks for, and log them as child runs of one run.

    What has been trained stays in --out: a sweep that was stopped goes on, and one that is enlarged trains only what is
    new. The best by validation stands first in sweep.csv, and its knobs in best.yaml, for --config.
    """
    from nutgraf import config as knobs
    from nutgraf import sweep as stage
    from nutgraf.config.sweep import load
    from nutgraf.files import atomic
    from nutgraf.pictures.sweep import parallel_coordinates
    from nutgraf.records import digest
    from nutgraf.tracking import sweeps
    from nutgraf.tracking.origin import origin

    apart([sweep, data, labels, parts, config], [out])
    wanted = load(sweep)
    refusals = Refusals(out)
    settings, chosen, codebook, usable = prepared(data, kind, labels, config, None, refusals)
    base = knobs.changed(settings, {"train": settings.train.model_dump() | {"kind": chosen}})
    known = read_partition(parts) if parts else None
    planned = stage.choices(wanted, base, codebook, usable, known)
    fresh = sum(not (out / one.key).is_dir() for one in planned)
    print(f"{len(planned)} trainings, {len(planned) - fresh} of them made before")
    key = digest(wanted.model_dump_json(), *(one.key for one in planned))
    begin = partial(sweeps.begin, f"sweep {sweep.stem} {key[:6]}", key, origin(), settings.log)
    parent = tracked(begin)
    outcomes: list[Outcome] = []
    for choice in shown(planned, "trainings", len(planned)):
        entry, why = _made(choice, out / choice.key, codebook, usable, known)
        outcomes.append(stage.outcome(choice, wanted.metric, entry.evaluation.scores if entry else {}, why))
        if parent and entry:
            log = partial(sweeps.log_choice, parent, choice.key, out / choice.key / _MODEL, entry, settings.log)
            parent = tracked(log) and parent
    sheet = stage.table(wanted, outcomes)
    print_table(sheet)
    write_csv(out / "sweep.csv", sheet)
    best = stage.best(outcomes)
    knobs.write(best.choice.knobs, out / "best.yaml")
    with atomic(out / "sweep.png") as part:
        parallel_coordinates(list(wanted.knobs), outcomes, wanted.metric).savefig(part, format="png", dpi=150)
    if parent:
        tracked(partial(sweeps.end, parent, list(wanted.knobs), wanted.metric, outcomes, sheet))
    failed = sum(one.score is None for one in outcomes)
    more = f"; {failed} failed" if failed else ""
    model = out / best.choice.key / _MODEL
    code = refusals.done(f"best: {wanted.metric} {best.score:.4f}: {model}, knobs {out / 'best.yaml'}{more}")
    return 1 if failed else code


def _made(
    choice: Choice, place: Path, codebook: Codebook, usable: list[Annotation], known: dict[str, Part] | None
) -> tuple[Entry | None, str]:
    """Train and score a choice unless that was done before; what is to be logged, or why there is nothing."""
    import msgspec

    from nutgraf.files import atomic_folder
    from nutgraf.tracking.entry import Entry

    try:
        if not (place / _ENTRY).is_file():
            with atomic_folder(place) as part:
                _train(choice, part, codebook, usable, known)
        return msgspec.json.decode((place / _ENTRY).read_bytes(), type=Entry), ""
    except NutgrafError as error:
        return None, str(error)
    except msgspec.MsgspecError as error:
        raise NutgrafError(f"{place / _ENTRY}: damaged: {error}; delete the folder {place}") from None


def _train(
    choice: Choice, place: Path, codebook: Codebook, usable: list[Annotation], known: dict[str, Part] | None
) -> None:
    from msgspec import structs

    from nutgraf import bundle
    from nutgraf.card import card
    from nutgraf.evaluate import evaluate
    from nutgraf.files import write_json
    from nutgraf.tracking.entry import Entry
    from nutgraf.tracking.origin import origin
    from nutgraf.train import train

    trained = train(usable, codebook, choice.kind, choice.knobs, known=known)
    scored, found = evaluate(usable, trained.bundle, choice.knobs.evaluate)
    bundle.save(trained.bundle, place / _MODEL, card(trained.bundle, codebook, trained.audit, scored))
    scored = structs.replace(scored, model=bundle.describe(place / _MODEL).checksum)
    write_json(place / _ENTRY, Entry(evaluation=scored, judged=found.rows, origin=origin()))
