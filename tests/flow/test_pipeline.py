"""`dvc repro` on a copy of this checkout: once, again for nothing, after a changed knob, and from the cache."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT, shell

pytestmark = pytest.mark.slow


# folders of seeds/ that are enough to train on, and that leave something in every part
SOME = ("karwal-line", "tinguara-river", "lower-dhey-famine", "sagawin-junta", "trebnik-siege", "taruma-secession")


def is_wanted(name: str) -> bool:
    """Whether a file belongs into the copy: all but most of the corpus, for the test's speed."""
    parts = name.split("/")
    return name != "dvc.lock" and (
        parts[:2] not in (["seeds", "articles"], ["seeds", "annotations"]) or parts[2] in SOME
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of this checkout, tracked and new ones, as a repository of their own, with a small corpus."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, listed):
        if (ROOT / name).is_file() and is_wanted(name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    shell("git init -q && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm start", folder)
    return folder


def repro(folder: Path) -> list[str]:
    """Run `dvc repro`; return the stages that ran (not those skipped or restored)."""
    done = shell("dvc repro", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return re.findall(r"^Running stage '([^']+)'", done.stdout, re.MULTILINE)


def change(folder: Path, before: str, after: str) -> None:
    params = folder / "configs" / "params.yaml"
    text = params.read_text(encoding="utf-8")
    assert text.count(before) == 1
    params.write_text(text.replace(before, after), encoding="utf-8")


def runs_in_mlflow(folder: Path) -> dict[str, int]:
    code = (
        "import collections, mlflow\n"
        "client = mlflow.MlflowClient('sqlite:///models/mlflow/mlflow.db')\n"
        "runs = client.search_runs([client.get_experiment_by_name('nutgraf').experiment_id])\n"
        "print(dict(collections.Counter(run.data.tags['kind'] for run in runs)))"
    )
    done = shell(f'python -c "{code}"', folder)
    return dict(json.loads(done.stdout.splitlines()[-1].replace("'", '"')))


def test_the_job_runs_once_and_a_knob_reruns_what_depends_on_it(checkout: Path) -> None:
    kinds = ("rules", "words", "linear")
    everything = [
        "read",
        "split",
        "annotate",
        "agree",
        *(f"{s}@{k}" for s in ("train", "evaluate", "curve", "log") for k in kinds),
    ]
    everything += ["promote", "label", "report"]
    assert sorted(repro(checkout)) == sorted(everything)
    assert (checkout / "models" / "new" / "report.html").stat().st_size > 10_000
    assert runs_in_mlflow(checkout) == {"rules": 1, "words": 1, "linear": 1}
    assert not (checkout / "mlruns").exists()
    assert shell("git status --porcelain", checkout).stdout.split() == ["??", "dvc.lock"]

    assert repro(checkout) == []

    change(checkout, "  words:\n    words: {least: 1, most: 2", "  words:\n    words: {least: 1, most: 1")
    ran = repro(checkout)
    assert set(ran) - {"promote", "label", "report"} == {f"{s}@words" for s in ("train", "evaluate", "curve", "log")}
    assert runs_in_mlflow(checkout) == {"rules": 1, "words": 2, "linear": 1}

    change(checkout, "  title: Labelled articles", "  title: Read these")
    assert repro(checkout) == ["report"]

    # back again, and where MLflow has nothing at all: DVC restores models from its cache, and they are logged
    change(checkout, "  words:\n    words: {least: 1, most: 1", "  words:\n    words: {least: 1, most: 2")
    assert shell("rm -rf models/mlflow models/words models/linear models/rules", checkout).returncode == 0
    ran = repro(checkout)
    assert not [stage for stage in ran if stage.startswith(("train", "evaluate", "curve"))]
    assert runs_in_mlflow(checkout) == {"rules": 1, "words": 1, "linear": 1}
