"""`nutgraf promote`."""

from __future__ import annotations

from pathlib import Path

import click

from nutgraf.commands.edge import PATH, config_option, print_table


@click.command("promote", short_help="The best logged model becomes the champion.")
@click.option(
    "--receipt",
    type=PATH,
    help="Also write to this JSON file which was chosen; the same for the same choice.",
)
@config_option
def command(receipt: Path | None, config: Path | None) -> int:
    """Give the alias `champion` to the registered version with the best validation macro-F1.

    Only versions trained and validated on the same data as the newest are compared.
    """
    from nutgraf import config as knobs
    from nutgraf.files import write_json
    from nutgraf.tracking import registry

    settings = knobs.load(config)
    name, wanted = settings.log.model, settings.promote
    best, ranked = registry.promote(name, wanted)
    if receipt:
        write_json(receipt, {"model": name, "alias": wanted.alias, "kind": best.kind, "content": best.content})
    print_table([["version", "kind", wanted.metric], *([c.version, c.kind, f"{c.score:.4f}"] for c in ranked)])
    print(f"models:/{name}@{wanted.alias} is version {best.version} ({best.kind})")
    return 0
