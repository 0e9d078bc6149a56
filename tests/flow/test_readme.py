"""The README's commands run, in its order, and print what it shows."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, shell

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Each command shown after `$ `, with the output shown below it."""
    parts = [part for block in BLOCKS for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part.strip()]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def matches(shown: str, printed: str) -> bool:
    """Whether the output is the one shown; `...` stands for anything, and numbers need agree to two decimals."""
    shown, printed = (re.sub(r"\b0\.\d+", lambda found: f"{float(found[0]):.2f}", text) for text in (shown, printed))
    return re.fullmatch(".*?".join(map(re.escape, shown.strip().split("..."))), printed.strip(), re.DOTALL) is not None


def test_the_first_real_command_and_its_output_stand_by_line_40() -> None:
    first, shown = commands()[0]
    lines = README.splitlines()
    assert lines.index(f"$ {first}") < 40
    assert lines.index(shown.strip().splitlines()[-1]) < 40
    assert "..." not in shown


def test_the_tree_names_every_module_in_eight_words_at_most() -> None:
    tree = README[README.index("## The tree") :]
    told = {line.split()[0].rstrip("/"): line.split()[1:] for line in tree.splitlines() if line.startswith("    ")}
    package = ROOT / "pipeline" / "nutgraf"
    there = {
        path.name for path in package.iterdir() if not path.name.startswith(("_", ".")) and path.name != "py.typed"
    }
    assert there - {"errors.py"} <= set(told)
    assert all(len(words) <= 10 for words in told.values())


def test_the_table_of_kinds_is_made_of_the_figures_that_are_kept() -> None:
    spec = importlib.util.spec_from_file_location("kinds", ROOT / "tests" / "bench" / "kinds.py")
    assert spec and spec.loader
    kinds = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kinds)
    shown = README.split("<!-- kinds -->\n")[1].split("<!-- end -->")[0]
    assert shown.strip() == kinds.table()


@pytest.mark.slow
def test_the_commands_run_and_print_what_is_shown(champion: Path, tmp_path: Path) -> None:
    for name in ("seeds", "configs"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(champion, tmp_path / "models" / "linear")
    (tmp_path / "models" / "corpus").mkdir()
    shutil.copy(champion.parent / "labelled.jsonl", tmp_path / "models" / "corpus" / "labelled.jsonl")
    (sweep,) = re.findall(r"```yaml\n# my-sweep.yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "my-sweep.yaml").write_text(sweep)
    found = commands()
    assert len(found) >= 12
    for command, shown in found:
        done = shell(command, tmp_path)
        assert done.returncode == 0, (command, done.stderr)
        assert matches(shown, done.stdout), (command, shown, done.stdout)
    (python,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    store = f"sqlite:///{tmp_path}/models/mlflow/mlflow.db"
    done = shell(f"python - <<'END'\n{python}\nEND", tmp_path, MLFLOW_TRACKING_URI=store)
    assert done.returncode == 0, done.stderr
