"""`nutgraf promote`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, config_option, print_table, read_annotations
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.config import Config
    from nutgraf.promotion import Verdict
    from nutgraf.tracking.registry import Candidate


@click.command("promote", short_help="The best logged model becomes the champion, if it is better.")
@click.option("--data", type=PATH, help="Labelled paragraphs, to compare the two models on.")
@click.option("--version", help="The candidate, instead of the best by promote.metric.")
@click.option("--force", is_flag=True, help="Promote it whatever the comparison says; a tag records that.")
@click.option(
    "--receipt",
    type=PATH,
    help="Also write to this JSON file which is the champion; the same for the same choice.",
)
@config_option
def command(data: Path | None, version: str | None, force: bool, receipt: Path | None, config: Path | None) -> int:
    """Give the alias `champion` to the best registered version, if it surely beats the champion that there is.

    It must be better in macro-F1 by the paired test of `nutgraf compare`, and on no label worse than promote.margin
    allows. Without a champion it becomes that. The old champion keeps the alias `previous`.
    """
    from nutgraf import config as knobs
    from nutgraf.files import write_json
    from nutgraf.tracking import registry

    settings = knobs.load(config)
    name, wanted = settings.log.model, settings.promote
    ranked = registry.candidates(name, wanted)
    new, old = _chosen(ranked, version), registry.champion(name, wanted)
    print_table([["version", "kind", wanted.metric], *([c.version, c.kind, f"{c.score:.4f}"] for c in ranked)])
    best = new
    if old and old.version == new.version:
        print(f"version {new.version} ({new.kind}) is the champion already")
    else:
        passed, why = _judged(name, new, old, data, settings, force)
        if passed:
            registry.crown(
                name, new, old, wanted, {"nutgraf.promoted": why} | ({"nutgraf.forced": "yes"} if force else {})
            )
        best = new if passed else old or new
        print(f"version {new.version} ({new.kind}) is {'promoted' if passed else 'not promoted'}: {why}")
    if receipt:
        write_json(receipt, {"model": name, "alias": wanted.alias, "kind": best.kind, "content": best.content})
    print(f"models:/{name}@{wanted.alias} is version {best.version} ({best.kind})")
    return 0


def _chosen(ranked: list[Candidate], version: str | None) -> Candidate:
    if version is None:
        return ranked[0]
    found = next((one for one in ranked if one.version == version), None)
    if found is None:
        known = ", ".join(sorted((one.version for one in ranked), key=int))
        raise NutgrafError(f"--version {version}: not among those of the newest data: {known}")
    return found


def _judged(
    name: str, new: Candidate, old: Candidate | None, data: Path | None, settings: Config, force: bool
) -> tuple[bool, str]:
    """Whether the candidate passes, and why."""
    if old is None:
        return True, "there was no champion yet"
    if force:
        return True, f"forced, in the place of version {old.version} ({old.kind})"
    try:
        found = _verdict(name, old, new, data, settings)
    except NutgrafError as error:
        return False, f"it cannot be compared with version {old.version}: {error}; give --data, or --force"
    return found.passed, found.why


def _verdict(name: str, old: Candidate, new: Candidate, data: Path | None, settings: Config) -> Verdict:
    """Compare on the data if they are given, else on what was logged of both."""
    from nutgraf import bundle, promotion
    from nutgraf.commands.models import folder_of
    from nutgraf.compare import compare
    from nutgraf.evaluate import evaluate
    from nutgraf.judged import in_order
    from nutgraf.tracking import registry

    if data:
        annotations = read_annotations(data, Refusals(data.with_name(f"{data.name}.promote")))
        plain = settings.evaluate.model_copy(update={"draws": 0})
        models = [bundle.load(folder_of(f"models:/{name}/{one.version}")) for one in (old, new)]
        labels = [model.labels for model in models]
        judged = [evaluate(annotations, model, plain)[1] for model in models]
    else:
        labels, judged = map(list, zip(*(registry.judged(one.run_id) for one in (old, new)), strict=True))
    if set(labels[0]) != set(labels[1]):
        raise NutgrafError("the two do not know the same labels")
    other = in_order(judged[1], labels[1], labels[0])
    knobs = settings.compare.model_copy(update={"part": settings.promote.part})
    return promotion.verdict(compare(judged[0], other, labels[0], knobs), labels[0], settings.promote)
