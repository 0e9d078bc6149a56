"""Models as people name them: a folder, or an MLflow URI."""

from __future__ import annotations

import re
from pathlib import Path


def folder_of(model: str) -> Path:
    """The folder of a model; one that MLflow keeps is fetched first. Raises NutgrafError."""
    if not re.match(r"[a-z][a-z0-9+-]+:/", model):  # of two letters or more: C:/models is a folder
        return Path(model)
    from nutgraf.tracking import registry

    return registry.fetch(model)
