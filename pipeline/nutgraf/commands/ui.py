"""`nutgraf ui`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click

from nutgraf.commands.edge import config_option
from nutgraf.errors import NutgrafError

_HOST = "127.0.0.1"


@click.command("ui", short_help="The MLflow UI on the right store.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=5000,
    show_default=True,
    help="The next free one is taken.",
)
@config_option
def command(port: int, config: Path | None) -> int:
    """Start the MLflow UI on the store that `nutgraf log` writes to, for this machine only.

    The second line that it prints is a link to the runs with the columns worth comparing.
    """
    from nutgraf import config as knobs
    from nutgraf.tracking import store, view

    settings = knobs.load(config)
    address = store.uri()
    with store.connected() as mlflow:
        found = mlflow.get_experiment_by_name(settings.log.experiment)
    served, free = store.is_server(address), 0
    if served:
        print(f"MLflow UI: {address}", flush=True)
    else:
        free = _free(port)
        print(f"MLflow UI: http://{_HOST}:{free} (Ctrl+C ends it)", flush=True)
    if found is not None:
        where = address if served else f"http://{_HOST}:{free}"
        print(f"Scores side by side: {view.link(where, found.experiment_id)}", flush=True)
    if served:
        return 0
    server = [
        sys.executable,
        "-m",
        "mlflow",
        "server",
        "--backend-store-uri",
        address,
        "--host",
        _HOST,
        "--port",
        str(free),
    ]
    # the jobs that MLflow runs beside its server are for language models: seven processes, over two gigabytes
    environment = os.environ | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the server must end, too
    process = subprocess.Popen([*server, "--workers", "1"], env=environment)
    try:
        return 0 if process.wait() in (0, -2, -15) else 2
    except KeyboardInterrupt:
        return 0
    finally:
        process.terminate()
        process.wait()


def _free(port: int) -> int:
    for candidate in range(port, min(port + 50, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((_HOST, candidate))
            except OSError:
                continue
            return candidate
    raise NutgrafError(f"no free port between {port} and {port + 49}; name another with --port")
