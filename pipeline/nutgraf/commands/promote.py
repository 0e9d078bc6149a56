"""`nutgraf promote`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.commands.edge import PATH, Refusals, config_option, print_table, read_annotations
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.config import Config
    from nutgraf.judged import Predictions
    from nutgraf.promotion import Verdict
    from nutgraf.records import Annotation
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
    refusals = Refusals(receipt or Path("promote"))
    annotations = read_annotations(data, refusals) if data else None
    ranked = registry.candidates(name, wanted)
    new, old = _chosen(ranked, version), registry.champion(name, wanted)
    print_table([["version", "kind", wanted.metric], *([c.version, c.kind, f"{c.score:.4f}"] for c in ranked)])
    if old and old.version == new.version:
        best = new
        print(f"version {new.version} ({new.kind}) is the champion already")
    else:
        found = _verdict(name, old, new, annotations, settings, force)
        if found.passed:
            tags = {"nutgraf.promoted": found.why, **({"nutgraf.forced": "yes"} if force else {})}
            registry.crown(name, new, old, wanted, tags)
        best = new if found.passed or not old else old
        print(f"version {new.version} ({new.kind}) is {'promoted' if found.passed else 'not promoted'}: {found.why}")
    if receipt:
        write_json(receipt, {"model": name, "alias": wanted.alias, "kind": best.kind, "content": best.content})
    return refusals.done(f"models:/{name}@{wanted.alias} is version {best.version} ({best.kind})")


def _chosen(ranked: list[Candidate], version: str | None) -> Candidate:
    if version is None:
        return ranked[0]
    found = next((one for one in ranked if one.version == version), None)
    if found is None:
        known = ", ".join(sorted((one.version for one in ranked), key=int))
        raise NutgrafError(f"--version {version}: not among those of the newest data: {known}")
    return found


def _verdict(
    name: str,
    old: Candidate | None,
    new: Candidate,
    annotations: list[Annotation] | None,
    settings: Config,
    force: bool,
) -> Verdict:
    """Whether the candidate passes, and why: by the data if they are given, else by what was logged of both."""
    from nutgraf import bundle, promotion
    from nutgraf.commands.models import folder_of
    from nutgraf.compare import NotComparableError, compare
    from nutgraf.evaluate import judge
    from nutgraf.promotion import Verdict
    from nutgraf.tracking import registry

    if old is None:
        return Verdict(True, "there was no champion yet")
    champion = f"version {old.version} ({old.kind})"
    if force:
        return Verdict(True, f"forced, in the place of {champion}")
    if not old.usable:
        return Verdict(True, f"the champion, {champion}, is of a form that this version of nutgraf cannot read")

    def predictions(one: Candidate) -> Predictions:
        if annotations is None:
            return registry.predictions(one.run_id)
        return judge(annotations, bundle.load(folder_of(f"models:/{name}/{one.version}")))

    knobs = settings.compare.model_copy(update={"part": settings.promote.part})
    try:
        found = compare(predictions(old), predictions(new), knobs)
    except NotComparableError as error:
        return Verdict(False, f"it cannot be compared with {champion}: {error}; give --data, or --force")
    return promotion.verdict(found, settings.promote)
