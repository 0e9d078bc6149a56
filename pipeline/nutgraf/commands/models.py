"""Models as people name them, a folder or an MLflow URI; and what is done in MLflow where it can be reached."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


def folder_of(model: str) -> Path:
    """The folder of a model; one that MLflow keeps is fetched first. Raises NutgrafError.

    MLflow keeps what is named by a URI (models:/NAME@ALIAS, runs:/ID), or by the id of a run.
    """
    if Path(model).exists() or not re.match(r"[a-z][a-z0-9+-]+:/|[0-9a-f]{32}$", model):  # C:/models is a folder
        return Path(model)
    from nutgraf.tracking import registry

    return registry.fetch(model)


def tracked(action: Callable[[], Result]) -> Result | None:
    """Do something in MLflow; that its store cannot be used now is told, for the work itself is done."""
    from nutgraf.tracking.store import StoreError

    try:
        return action()
    except StoreError as error:
        print(f"note: not logged to MLflow: {error}")
        return None
