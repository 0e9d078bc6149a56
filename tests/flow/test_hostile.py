"""Ten thousand hostile inputs: no crash, no hang, memory bounded, all accounted for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
INPUTS, PARTS = 10_000, 4
SECONDS, MEGABYTES = 5.0, 1000  # of work, so that a busy machine does not fail the test
WAITED = 20.0  # seconds by the clock: nothing sleeps


def run(part: int) -> dict[str, object]:
    step = INPUTS // PARTS
    words = [sys.executable, str(TESTS / "hostile.py"), str(part * step), str((part + 1) * step)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False, timeout=900)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return dict(json.loads(ran.stdout))


@pytest.mark.slow
def test_no_input_does_harm() -> None:
    with ThreadPoolExecutor(min(PARTS, os.cpu_count() or 1)) as pool:
        parts = list(pool.map(run, range(PARTS)))
    assert sum(part["inputs"] for part in parts) == INPUTS
    assert [fault for part in parts for fault in part["faults"]] == []
    assert max(part["slowest"][0] for part in parts)[0] < SECONDS
    assert max(part["longest"] for part in parts) < WAITED
    assert max(part["peak_mb"] for part in parts) < MEGABYTES
    seen = {name for part in parts for name in part["seen"]}
    assert {"article", "not_text", "no_article", "too_large", "broken_archive", "broken_file", "empty"} <= seen
