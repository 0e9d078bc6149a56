"""The command line as a whole: help, versions, exit codes of wrong usage, a quick start."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import click
import pytest

import nutgraf as package
from conftest import Ran
from nutgraf.cli import STAGES, app

HEAVY = ("torch", "transformers", "sklearn", "mlflow", "pandas", "scipy", "pyarrow", "trafilatura", "pydantic")


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom nutgraf.cli import run\nrun(['--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - begun)
    assert done.stderr.strip() == "[]"
    assert all(stage in done.stdout for stage in STAGES)
    assert min(seconds) < 0.5


@pytest.mark.parametrize("stage", STAGES)
def test_every_command_and_option_has_help(stage: str, nutgraf: Callable[..., Ran]) -> None:
    ran = nutgraf(stage, "--help")
    assert ran.code == 0
    command = app.get_command(click.Context(app), stage)
    assert command is not None
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_the_version_is_the_package_version(nutgraf: Callable[..., Ran]) -> None:
    assert nutgraf("--version").out.strip().endswith(package.__version__)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["lable"], "did you mean 'label'"),
        (["label", "x.txt"], "--model"),
        (["label", "--modell", "m", "x.txt"], "--model"),
        (["train", "--data"], "--data"),
        (["read", "--out", "x.jsonl"], "PATHS"),
        (["label", "a", "--model", "m", "--out", "o.csv", "--unit", "page"], "paragraph"),
    ],
)
def test_wrong_usage_is_one_line_that_names_the_word(words: list[str], named: str, nutgraf: Callable[..., Ran]) -> None:
    ran = nutgraf(*words)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert named in ran.err


def test_without_arguments_the_help_is_shown(nutgraf: Callable[..., Ran]) -> None:
    assert "Commands:" in nutgraf().out
