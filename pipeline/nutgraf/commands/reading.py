"""What `read` and `label` share: the options that say how a person's own files are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from nutgraf.config import Read

FORMATS = """
\b
  text   .txt .text .md    plain, or a page saved as text; older LexisNexis exports
  page   .html .htm .xhtml saved web pages; Factiva exports
  pdf    .pdf              reports that hold text
  word   .docx             one article, or a Nexis Uni export
  rtf    .rtf              one article, or a Nexis Uni or Factiva export
  mail   .eml .mht .mhtml  newsletters, and pages saved whole by a browser
  warc   .warc             crawls of news sites
  tables .jsonl .ndjson .json .csv .tsv .parquet    one article a record
  hub    hf://datasets/OWNER/NAME[@REVISION]        a data set on a hub, streamed

  Each may be gzipped (.gz) or packed in a .zip. Where a file's content is
  surely of another format than its name says, the content wins."""
_FIELDS = ("text", "title", "date", "source", "byline", "id")


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options; each goes before its knob in the section `read`."""
    options = [
        *(click.option(f"--{name}-column", metavar="NAME", help=f"Column that holds the {name}.") for name in _FIELDS),
        click.option("--subset", metavar="NAME", help="Subset of a hub's data set."),
        click.option("--split", metavar="NAME", help="Split of a hub's data set. Default: read.split."),
        click.option("--language", metavar="CODE", help="Refuse articles that are surely in another (en, fr, ...)."),
        click.option(
            "--reprints",
            type=click.Choice(["ignore", "mark", "drop"]),
            help="Near-duplicates of an article read before: mark them with its id as `cluster`, or drop them.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def knobs_of(knobs: Read, given: dict[str, Any]) -> Read:
    """The knobs, with what the options give in their place. Raises NutgrafError for a value that does not fit."""
    from nutgraf.config import changed

    columns = {name: given[f"{name}_column"] for name in _FIELDS if given[f"{name}_column"] is not None}
    others = {name: given[name] for name in ("subset", "split", "language", "reprints") if given[name] is not None}
    made: Read = changed(knobs, {"columns": knobs.columns.model_dump() | columns} | others)
    return made
