"""`nutgraf ui` in a real browser: the runs side by side, and the registered model with its alias."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from browser import chromium
from conftest import shell

pytestmark = pytest.mark.slow


def wait_for_text(browser: Chrome, *words: str, seconds: int = 60) -> str:
    """Wait until the page shows all the words."""
    text = ""
    for _ in range(seconds * 2):
        text = browser.find_element(By.TAG_NAME, "body").text
        if all(word in text for word in words):
            return text
        time.sleep(0.5)
    browser.save_screenshot("/tmp/nutgraf-ui-missing.png")  # noqa: S108
    pytest.fail(f"not on {browser.current_url}: {[word for word in words if word not in text]}\n{text[:2000]}")


def test_the_ui_shows_the_runs_and_the_champion(labelled: Path, ruled: Path, tmp_path: Path) -> None:
    ids = []
    for kind in ("rules", "words"):
        done = shell(
            f"nutgraf train --data {labelled} --labels {ruled} --kind {kind} --out {kind}"
            f" && nutgraf evaluate --model {kind} --data {labelled} --out {kind}.json --predictions {kind}.jsonl"
            f" && nutgraf log --model {kind} --metrics {kind}.json --predictions {kind}.jsonl && nutgraf promote",
            tmp_path,
        )
        assert done.returncode == 0, done.stderr
        ids += re.findall(r"run ([0-9a-f]{32})", done.stdout)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    ui = subprocess.Popen(
        [sys.executable, "-m", "nutgraf", "ui", "--port", str(port)],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=(tmp_path / "ui.log").open("wb"),
        text=True,
        start_new_session=True,
    )
    try:
        assert ui.stdout is not None
        address = ui.stdout.readline().split()[2]
        assert address == f"http://127.0.0.1:{port}"
        with chromium(tmp_path / "profile") as browser:
            for _ in range(120):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.5)
            browser.get(f"{address}/#/experiments/1/runs")
            wait_for_text(browser, "rules ", "words ")
            query = f"runs={json.dumps(ids)}&experiments={json.dumps(['1'])}".replace(" ", "")
            browser.get(f"{address}/#/compare-runs?{query}")
            wait_for_text(browser, "Comparing 2 Runs", *(run[:20] for run in ids))
            browser.get(f"{address}/#/models/nutgraf")
            wait_for_text(browser, "nutgraf", "champion")
        tree = [psutil.Process(ui.pid), *psutil.Process(ui.pid).children(recursive=True)]
        listening = {c.laddr.ip for one in tree for c in one.net_connections() if c.status == psutil.CONN_LISTEN}
        assert listening == {"127.0.0.1"}
    finally:
        os.killpg(ui.pid, signal.SIGINT)
        assert ui.wait(30) == 0
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2)
