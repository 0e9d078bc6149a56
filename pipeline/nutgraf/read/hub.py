"""Data sets on a hub, streamed by the `datasets` library: a record an article, nothing downloaded whole."""

from __future__ import annotations

import logging
import re
from typing import Any

from nutgraf.config import Read
from nutgraf.errors import NutgrafError
from nutgraf.read.rows import Numbered
from nutgraf.read.sources import HUB
from nutgraf.records import Refusal

_ADDRESS = re.compile(rf"{re.escape(HUB)}(?P<name>[\w.-]+(?:/[\w.-]+)?)(?:@(?P<revision>[\w./-]+))?/?$")


def records(address: str, knobs: Read) -> Numbered:
    """Stream the records of `hf://datasets/OWNER/NAME[@REVISION]`, of the subset and split that the knobs name.

    Where the hub cannot be reached, or breaks off, that is a Refusal. Raises NutgrafError without the library.
    """
    found = _ADDRESS.match(address)
    if not found:
        yield 0, Refusal(path=address, reason="unreadable", detail=f"an address is {HUB}OWNER/NAME[@REVISION]")
        return
    number = 0
    try:
        for number, record in enumerate(_stream(found["name"], found["revision"], knobs), start=1):
            yield number, record
    except NutgrafError:
        raise
    except Exception as error:  # of many kinds: no network, no such data set, split or subset, a script inside
        detail = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
        yield number, Refusal(path=address, record=number, reason="unreadable", detail=detail)


def _stream(name: str, revision: str | None, knobs: Read) -> Any:
    try:
        import datasets
    except ImportError:
        raise NutgrafError(f"{HUB}{name}: reading a hub needs the extra `hub`: pip install 'nutgraf[hub]'") from None
    datasets.disable_progress_bars()
    for library in ("datasets", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.ERROR)  # not: "Repo card metadata block was not found"
    return datasets.load_dataset(name, name=knobs.subset or None, split=knobs.split, revision=revision, streaming=True)
