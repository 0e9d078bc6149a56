"""Runs whose store could not be used: kept whole beside the embedded store until the next `nutgraf log`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from nutgraf import files
from nutgraf.config import Log
from nutgraf.errors import NutgrafError
from nutgraf.tracking import runs, store
from nutgraf.tracking.entry import Entry, content
from nutgraf.tracking.runs import Logged

_WHAT, _MODEL = "waiting.json", "model"


class Kept(Struct, frozen=True):
    """What stands in waiting.json: the entry, and the knobs that it was to be logged with."""

    entry: Entry
    knobs: dict[str, str | int]


def place() -> Path:
    """The folder that holds them, for the project in the current folder."""
    return store.folder() / "waiting"


def keep(folder: Path, entry: Entry, knobs: Log) -> Path:
    """Keep a copy of the model folder with its entry, whole or not at all; the same content once."""
    kept = place() / content(folder, entry)
    if not kept.is_dir():
        with files.atomic_folder(kept) as part:
            shutil.copytree(folder, part / _MODEL)
            files.write_json(part / _WHAT, Kept(entry, knobs.model_dump()))
    return kept


def log_all() -> Iterator[tuple[Path, Logged | NutgrafError]]:
    """Log what waits; what is logged is taken away, what cannot be stays and is told.

    Raises StoreError if the store cannot be used now.
    """
    for kept in sorted(path.parent for path in place().glob(f"[!.]*/{_WHAT}")):
        try:
            found = msgspec.json.decode((kept / _WHAT).read_bytes(), type=Kept)
            logged = runs.log(kept / _MODEL, found.entry, Log.model_validate(found.knobs))
        except store.StoreError:
            raise
        except (NutgrafError, msgspec.MsgspecError) as error:
            yield kept, NutgrafError(f"{kept}: cannot be logged: {error}")
        else:
            shutil.rmtree(kept)
            yield kept, logged
