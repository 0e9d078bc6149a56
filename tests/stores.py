"""MLflow stores for tests: commands in a project's folder, its embedded store, a tracking server of its own."""

from __future__ import annotations

import io
import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import mlflow
import pytest

from conftest import shell
from nutgraf.cli import run as run_cli


def run(command: str, folder: Path, **environment: str) -> str:
    """Run commands that must succeed; what they printed. Those of nutgraf run in this process, without new imports."""
    lines = command.split(" && ")
    if environment or not all(line.startswith("nutgraf ") for line in lines):
        done = shell(command, folder, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.chdir(folder)
        for name in [name for name in os.environ if name.startswith("MLFLOW_")]:
            patch.delenv(name)
        for line in lines:
            assert run_cli(shlex.split(line)[1:]) == 0, said.getvalue()
            _forget_store()
    return said.getvalue()


def _forget_store() -> None:
    """Take back `mlflow.set_tracking_uri`, which also sets a variable of the environment."""
    mlflow.set_tracking_uri(None)
    os.environ.pop("MLFLOW_TRACKING_URI", None)


@contextmanager
def client_of(project: Path) -> Iterator[mlflow.MlflowClient]:
    """A client of the embedded store of a project."""
    mlflow.set_tracking_uri(f"sqlite:///{project}/models/mlflow/mlflow.db")
    yield mlflow.MlflowClient()
    _forget_store()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path, port: int) -> Iterator[str]:
    """A real `mlflow server` on loopback with a store of its own in `folder`; its address."""
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--backend-store-uri", f"sqlite:///{folder}/server.db", "--artifacts-destination", f"{folder}/store"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    environment["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] = "false"
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


def wait_for(address: str, seconds: int = 90) -> None:
    """Wait until something answers there."""
    for _ in range(seconds * 2):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"{address} did not answer in {seconds} s")
