"""`nutgraf ui` in a real browser: the runs side by side, a run's pictures, the registered model with its alias.

`make picture` runs this on the store of `make demo`, and keeps the README's picture of it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import mlflow
import psutil
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from browser import chromium
from stores import client_of, free_port, run, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(labelled: Path, ruled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store has two runs, and a champion."""
    if given := os.environ.get("NUTGRAF_PROJECT"):
        return Path(given).resolve()
    folder = tmp_path_factory.mktemp("ui")
    for kind in ("rules", "words"):
        scored = f"--model {kind} --data {labelled} --out {kind}.json --predictions {kind}.jsonl"
        logged = f"--model {kind} --metrics {kind}.json --predictions {kind}.jsonl"
        run(f"nutgraf train --data {labelled} --labels {ruled} --kind {kind} --out {kind}", folder)
        run(f"nutgraf evaluate {scored} && nutgraf log {logged}", folder)
    run("nutgraf promote", folder)
    return folder


@pytest.fixture(scope="module")
def ui(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """What `nutgraf ui` prints, while it runs: its address, and the link to the columns worth comparing."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    command = [sys.executable, "-m", "nutgraf", "ui", "--port", str(port)]
    with (tmp_path_factory.mktemp("log") / "ui.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert running.stdout is not None
        address, link = (running.stdout.readline().strip() for _ in range(2))
        assert address == f"MLflow UI: http://127.0.0.1:{port} (Ctrl+C ends it)"
        wait_for(f"http://127.0.0.1:{port}/health")
        tree = [psutil.Process(running.pid), *psutil.Process(running.pid).children(recursive=True)]
        assert len(tree) < 6  # no runners of jobs, which would take gigabytes
        listening = {c.laddr.ip for one in tree for c in one.net_connections() if c.status == psutil.CONN_LISTEN}
        assert listening == {"127.0.0.1"}
        yield [address.split()[2], link.removeprefix("Scores side by side: ")]
    finally:
        running.terminate()
        assert running.wait(30) == 0
    assert not any(one.is_running() for one in tree)
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


@pytest.fixture(scope="module")
def browser(ui: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as found:
        found.get(ui[0])
        found.execute_script("localStorage.setItem('mlflow.assistant.panelOpen_v1', 'false')")
        found.execute_script("localStorage.setItem('mlflow.assistant.fab.autoOpenedOnFirstLoad_v1', 'true')")
        yield found


@pytest.fixture(scope="module")
def runs(project: Path) -> list[mlflow.entities.Run]:
    with client_of(project) as client:
        return list(client.search_runs([client.get_experiment_by_name("nutgraf").experiment_id]))


def wait_for_text(browser: Chrome, *words: str, seconds: int = 60) -> str:
    """Wait until the page shows all the words."""
    text = ""
    for _ in range(seconds * 2):
        text = browser.find_element(By.TAG_NAME, "body").text
        if all(word in text for word in words):
            return text
        time.sleep(0.5)
    pytest.fail(f"not on {browser.current_url}: {[word for word in words if word not in text]}\n{text[:2000]}")


def test_the_link_opens_the_runs_with_the_columns_worth_comparing(
    browser: Chrome, ui: list[str], runs: list[mlflow.entities.Run]
) -> None:
    browser.set_window_size(2100, 620)
    browser.get(ui[1])
    text = wait_for_text(browser, *(one.info.run_name for one in runs), "test/macro/f1_high")
    heads = {line for line in text.splitlines() if line.startswith(("test/", "validation/"))}
    assert {"test/macro/f1", "test/macro/f1_low", "test/macro/f1_high"} <= heads < {*runs[0].data.metrics}
    for one in runs:
        assert f"{one.data.metrics['test/macro/f1']:.10g}"[:6] in text
    if picture := os.environ.get("NUTGRAF_PICTURE"):
        browser.find_element(By.CSS_SELECTOR, "[aria-label='Hide banner']").click()
        time.sleep(1)
        browser.save_screenshot(picture)


def test_the_compare_view_shows_the_metrics_of_both(
    browser: Chrome, ui: list[str], runs: list[mlflow.entities.Run]
) -> None:
    ids = [one.info.run_id for one in runs[:2]]
    place = runs[0].info.experiment_id
    query = f"runs={json.dumps(ids)}&experiments={json.dumps([place])}".replace(" ", "")
    browser.get("about:blank")
    browser.get(f"{ui[0]}/#/compare-runs?{query}")
    text = wait_for_text(browser, "Comparing 2 Runs", *(one[:20] for one in ids), "test/all/exact_match_low")
    for one in runs[:2]:  # the table draws only the lines that fit
        assert f"{one.data.metrics['test/all/exact_match']:.3f}".rstrip("0").rstrip(".") in text.splitlines()


@pytest.mark.parametrize("name", ["reliability_test", "co_occurrence_test"])
def test_the_pictures_of_a_run_are_shown(
    name: str, browser: Chrome, ui: list[str], runs: list[mlflow.entities.Run]
) -> None:
    one = runs[0].info
    browser.get("about:blank")  # the page takes another path of its own only when it is loaded anew
    browser.get(f"{ui[0]}/#/experiments/{one.experiment_id}/runs/{one.run_id}/artifacts/pictures/{name}.png")
    wait_for_text(browser, one.run_name, f"pictures/{name}.png", "mistakes.html")
    drawn = "return [...document.images].some(i => i.complete && i.naturalWidth > 300)"
    for _ in range(60):
        if browser.execute_script(drawn):
            return
        time.sleep(0.5)
    pytest.fail(f"no picture on {browser.current_url}")


def test_the_registered_model_has_its_alias(browser: Chrome, ui: list[str]) -> None:
    browser.get(f"{ui[0]}/#/models/nutgraf")
    wait_for_text(browser, "nutgraf", "champion")
