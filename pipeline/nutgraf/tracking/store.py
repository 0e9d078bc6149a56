"""Where MLflow keeps runs and models, and what a person is told when it cannot be reached."""

from __future__ import annotations

import logging
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from nutgraf.errors import NutgrafError


class StoreError(NutgrafError):
    """The store cannot be reached or used now: what was to be logged there is not at fault."""


_VARIABLE = "MLFLOW_TRACKING_URI"
_SECONDS = 5


def folder() -> Path:
    """The folder of the embedded store, for the project in the current folder."""
    return Path.cwd() / "models" / "mlflow"


def uri() -> str:
    """The address of the store: MLFLOW_TRACKING_URI, or the embedded SQLite one."""
    given = os.environ.get(_VARIABLE, "").strip()
    return given or _embedded()


def _embedded() -> str:
    return f"sqlite:///{folder() / 'mlflow.db'}"


def is_server(address: str) -> bool:
    """Whether the address is that of a tracking server."""
    return address.startswith(("http://", "https://"))


def exists() -> bool:
    """Whether there may be something in the store: the embedded one has not been made before the first run."""
    return bool(os.environ.get(_VARIABLE, "").strip()) or (folder() / "mlflow.db").is_file()


@contextmanager
def connected() -> Iterator[ModuleType]:
    """Yield the mlflow module, set to the store; its own errors become NutgrafErrors that name the store."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")  # read at import: nothing is told to anybody
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3")  # of seven, the last ones take minutes
    try:
        import mlflow
        from mlflow.exceptions import MlflowException
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError:
        raise StoreError("MLflow is not installed: pip install 'nutgraf[mlflow]'") from None
    address = uri()
    if is_server(address):
        _probe(address)
    elif address.startswith("sqlite:///"):
        Path(address.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    for name in ("alembic", "mlflow"):  # they tell of every migration and registration
        logging.getLogger(name).setLevel(logging.ERROR)
    mlflow.set_tracking_uri(address)
    try:
        yield mlflow
    except (MlflowException, SQLAlchemyError) as error:
        raise StoreError(f"MLflow store {_hidden(address)}: {_plain(error)}") from error


def _probe(address: str) -> None:
    try:
        urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=_SECONDS).close()  # noqa: S310
    except urllib.error.HTTPError:
        pass  # a server that answers, if with an error of its own, is there; MLflow's client will say more
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", error)
        raise StoreError(
            f"MLflow server {_hidden(address)} cannot be reached ({why}); start it, or unset {_VARIABLE} "
            "to use the embedded store"
        ) from None


def _hidden(address: str) -> str:
    before, at, after = address.rpartition("@")
    return f"{before.partition('://')[0]}://…@{after}" if at else address  # a password has no place in an error


def _plain(error: Exception) -> str:
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    if "database is locked" in str(error):
        return "locked by another program; let it end (another `nutgraf log`, a UI that writes) and try again"
    return said.removeprefix("RESOURCE_DOES_NOT_EXIST: ").removeprefix("INVALID_PARAMETER_VALUE: ")


def experiment(mlflow: Any, name: str) -> str:
    """The id of an experiment, made if it is new; beside an embedded store, so are its files."""
    found = mlflow.get_experiment_by_name(name)
    if found is not None:
        if found.lifecycle_stage != "active":
            raise NutgrafError(f"the MLflow experiment {name!r} was deleted; restore it, or set log.experiment")
        return str(found.experiment_id)
    location = (folder() / "artifacts").as_uri() if mlflow.get_tracking_uri() == _embedded() else None
    return str(mlflow.create_experiment(name, artifact_location=location))
