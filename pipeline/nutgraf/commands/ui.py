"""`nutgraf ui`."""

from __future__ import annotations

import socket
import subprocess
import sys

import click

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
def command(port: int) -> int:
    """Start the MLflow UI on the store that `nutgraf log` writes to, for this machine only."""
    from nutgraf.tracking import store

    address = store.uri()
    if store.is_server(address):
        print(f"MLflow UI: {address}", flush=True)
        return 0
    with store.connected():
        pass  # says in a line if MLflow is not installed
    free = _free(port)
    print(f"MLflow UI: http://{_HOST}:{free} (Ctrl+C ends it)", flush=True)
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
    process = subprocess.Popen([*server, "--workers", "1"])
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
