"""What the commands share: refusals kept and counted, progress shown, tables printed, options declared once."""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.partition import Audit
    from nutgraf.records import Annotation, Refusal

Item = TypeVar("Item")
PATH = click.Path(path_type=Path)

Decorator = Callable[[Callable[..., int]], Callable[..., int]]

config_option: Decorator = click.option(
    "--config", type=PATH, help="Knobs, as configs/params.yaml. Default: built-in values."
)
workers_option: Decorator = click.option(
    "--workers", type=click.IntRange(min=0), help="Processes; 0 is one a core. Default: the knob `workers`."
)
kind_option: Decorator = click.option(
    "--kind", help="rules, words, linear, embedding, encoder or ensemble. Default: train.kind of the configuration."
)
seed_option: Decorator = click.option("--seed", type=click.IntRange(min=0), help="Default: train.seed.")
labels_option: Decorator = click.option("--labels", type=PATH, help="The codebook, as configs/labels.yaml.")


def out_option(what: str) -> Decorator:
    """The option `--out`."""
    return click.option("--out", type=PATH, required=True, help=what)


def apart(inputs: Iterable[Path | None], outputs: Iterable[Path | None]) -> None:
    """Raise NutgrafError where an output would be written over an input, or over another output."""
    taken = {path.resolve() for path in inputs if path}
    for path in outputs:
        if path and path.resolve() in taken:
            raise NutgrafError(f"{path}: is an input or output of this command already; name another file")
        if path:
            taken.add(path.resolve())


def ending(path: Path, *known: str) -> None:
    """Raise NutgrafError unless the file's name has one of the endings that fit what is written."""
    if not path.name.lower().endswith(known):
        raise NutgrafError(f"{path}: must end in {' or '.join(known)}")


class Refusals:
    """Keeps what was refused: listed in a file beside the output, counted on the last line."""

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(f"{out.name}.refused.jsonl")
        self.kept: list[Refusal] = []

    def sift(self, items: Iterable[Item | Refusal]) -> Iterator[Item]:
        """Pass on what is no refusal."""
        from nutgraf.records import Refusal

        for item in items:
            if isinstance(item, Refusal):
                self.kept.append(item)
            else:
                yield item

    def write(self) -> None:
        """Write the list, or take away one that an earlier run left."""
        from nutgraf.files import write_jsonl

        if self.kept:
            write_jsonl(self.path, self.kept)
        else:
            self.path.unlink(missing_ok=True)

    def some(self, items: Iterator[Item], what: str) -> Iterator[Item]:
        """The same stream, its first item already drawn: raises NutgrafError if there is none.

        So that nothing is written where nothing was taken.
        """
        first = next(items, None)
        if first is not None:
            return itertools.chain([first], items)
        self.write()
        if not self.kept:
            raise NutgrafError(f"there is no {what}")
        example = self.kept[0]
        where = f"{example.path}:{example.record}" if example.record else example.path
        detail = f" ({example.detail})" if example.detail else ""
        more = f"; {len(self.kept)} refused in all, listed in {self.path}" if len(self.kept) > 1 else ""
        raise NutgrafError(f"no {what} is left: {where}: {example.reason}{detail}{more}")

    def done(self, said: str) -> int:
        """Print the last line and return the exit code: 1 if anything was refused, else 0."""
        self.write()
        if not self.kept:
            print(said)
            return 0
        reasons = ", ".join(f"{count} {reason}" for reason, count in Counter(r.reason for r in self.kept).most_common())
        print(f"{said}; {len(self.kept)} refused ({reasons}), listed in {self.path}")
        return 1


def shown(items: Iterable[Item], unit: str, total: int | None = None) -> Iterator[Item]:
    """The same items with a progress bar on standard error, where that is a terminal."""
    from tqdm import tqdm

    return iter(tqdm(items, unit=f" {unit}", total=total, disable=None, file=sys.stderr, leave=False))


def print_table(rows: Iterable[Iterable[object]]) -> None:
    """Print rows in columns, the first row as the head."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    for row in cells:
        first, *rest = zip(row, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip())


def print_audit(found: Audit) -> None:
    """Print what the parts hold, and what two of them share."""
    from nutgraf.partition import as_table

    print_table(as_table(found))
    print(
        f"shared by two parts: {found.shared_texts} texts, {found.shared_nearly} near-copies, "
        f"{found.shared_groups} groups"
    )


def read_annotations(path: Path, refusals: Refusals) -> list[Annotation]:
    """Read labelled paragraphs by the contract: JSONL with `id`, `text`, `labels`, and more where known."""
    from nutgraf.files import numbered_jsonl, open_bytes
    from nutgraf.records import Annotation, Refusal

    if not path.is_file():
        raise NutgrafError(f"{path}: no such file")

    def checked(file: Iterable[bytes]) -> Iterator[Annotation | Refusal]:
        for number, item in numbered_jsonl(file, Annotation, str(path)):
            empty = isinstance(item, Annotation) and not item.text.strip()
            yield Refusal(path=str(path), record=number, reason="no_text") if empty else item

    with open_bytes(path) as file:
        return list(refusals.some(refusals.sift(checked(file)), "labelled paragraph"))
