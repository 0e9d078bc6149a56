"""A data set on a hub, streamed by its address; the hub is one that the test serves on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import hub

pytestmark = pytest.mark.slow
ADDRESS = "hf://datasets/valley/rain"


def lines(*days: int) -> bytes:
    rows = ({"kopf": f"Rain {day}", "body": f"Rain fell on the valley on day {day}, he said."} for day in days)
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with hub.serving("valley/rain", {"data/train.jsonl": lines(1, 2, 3), "data/test.jsonl": lines(4)}) as address:
        yield address


def read(folder: Path, endpoint: str, *words: str) -> tuple[int, str, list[dict[str, str]]]:
    """Run `nutgraf read` with this hub; its code, what it said, and the articles."""
    out = folder / "articles.jsonl"
    ran = subprocess.run(
        [sys.executable, "-m", "nutgraf", "read", *words, "--out", str(out)],
        env=os.environ | {"HF_ENDPOINT": endpoint, "HF_HOME": str(folder / "cache"), "HF_HUB_DISABLE_TELEMETRY": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    articles = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
    return ran.returncode, ran.stdout + ran.stderr, articles


def test_a_data_set_is_streamed_by_its_address(tmp_path: Path, endpoint: str) -> None:
    code, said, articles = read(tmp_path, endpoint, ADDRESS, "--title-column", "kopf")
    assert (code, said.count("\n")) == (0, 1)
    assert [(a["title"], a["path"]) for a in articles] == [(f"Rain {day}", ADDRESS) for day in (1, 2, 3)]
    assert articles[0]["text"] == "Rain fell on the valley on day 1, he said."


def test_another_split_is_read_where_it_is_named(tmp_path: Path, endpoint: str) -> None:
    _, _, articles = read(tmp_path, endpoint, ADDRESS, "--split", "test")
    assert ["day 4" in a["text"] for a in articles] == [True]


@pytest.mark.parametrize(
    ("words", "told"), [((ADDRESS, "--split", "none"), "split"), (("hf://datasets/valley/none",), "valley/none")]
)
def test_a_split_or_data_set_that_is_not_there_is_told_in_one_line(
    tmp_path: Path, endpoint: str, words: tuple[str, ...], told: str
) -> None:
    code, said, _ = read(tmp_path, endpoint, *words)
    assert code == 2
    assert "unreadable" in said
    assert told in said
    assert "Traceback" not in said


def test_a_hub_that_cannot_be_reached_is_told_in_one_line(tmp_path: Path) -> None:
    code, said, _ = read(tmp_path, "http://127.0.0.1:9", ADDRESS)
    assert code == 2
    assert "unreadable" in said
    assert said.count("\n") == 1
