"""What the tests share: the command line in this process, made-up data, and a miniature model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from filelock import FileLock

from nutgraf import bundle, codebook, config, train
from nutgraf.cli import run as run_cli
from nutgraf.files import atomic_folder
from nutgraf.records import Annotation

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "seeds"


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of standard output."""
        return self.out.rstrip().rsplit("\n", 1)[-1]


@pytest.fixture
def nutgraf(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process; a traceback of any kind fails the test."""

    def run(*words: object) -> Ran:
        capfd.readouterr()
        code = run_cli([str(word) for word in words])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return run


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a shell line in a folder, with this environment's programs first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW_", "COVERAGE"))}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=clean | {"PATH": path} | environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def made_up(count: int = 60) -> list[Annotation]:
    """Paragraphs of two labels that their words tell apart, ten articles of six."""
    words = {
        ("storm",): "Heavy rain and wind {n} tore the roof off mill {n}, the weather office noted.",
        ("harvest",): "Farmers of valley {n} brought in barley {n} and beans before the frost.",
        ("storm", "harvest"): "Wind and rain {n} flattened the barley that farmers {n} had not brought in.",
        (): "The library of quarter {n} will open an hour {n} later from next month.",
    }
    kinds = list(words)
    return [
        Annotation(
            id=f"m{n}",
            text=words[kinds[n % 4]].format(n=n),
            labels=kinds[n % 4],
            article=f"a{n // 6}",
            index=n % 6,
        )
        for n in range(count)
    ]


@pytest.fixture(scope="session")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up paragraphs as a file, by the contract."""
    path = tmp_path_factory.mktemp("data") / "labelled.jsonl"
    path.write_bytes(b"\n".join(msgspec.json.encode(annotation) for annotation in made_up()) + b"\n")
    return path


@pytest.fixture(scope="session")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A codebook of the made-up labels, with a rule for each."""
    text = (
        "labels:\n  - {name: harvest, rules: [{name: crops, phrases: [barley, beans]}]}\n"
        "  - {name: storm, rules: [{name: weather, phrases: [rain, wind*]}]}\n"
    )
    return write(tmp_path_factory.mktemp("codebook") / "labels.yaml", text)


@pytest.fixture(scope="session")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A miniature model of the kind `linear`, made on the spot."""
    folder = tmp_path_factory.mktemp("miniature") / "model"
    knobs = config.Config()
    trained = train.train(made_up(), codebook.of_names(("storm", "harvest")), "linear", knobs)
    bundle.save(trained.bundle, folder)
    return folder


@pytest.fixture(scope="session")
def champion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `linear` model of seeds/, trained by the commands as dvc.yaml has it, once for all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "champion"
    steps = (
        f"nutgraf read {CORPUS}/articles --out articles.jsonl",
        "nutgraf split articles.jsonl --out paragraphs.jsonl",
        f"nutgraf annotate paragraphs.jsonl --articles articles.jsonl --people {CORPUS}/annotations "
        f"--catalogue {CORPUS}/catalogue.csv --labels {ROOT}/configs/labels.yaml --out labelled.jsonl",
        f"nutgraf train --data labelled.jsonl --kind linear --labels {ROOT}/configs/labels.yaml --out linear",
    )
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            with atomic_folder(folder) as part:
                for step in steps:
                    done = shell(f"{step} --config {ROOT}/configs/params.yaml", part)
                    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "linear"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(out: Path) -> list[tuple[str, int, str]]:
    lines = out.with_name(f"{out.name}.refused.jsonl").read_text().splitlines()
    return [(Path(row["path"]).name, row["record"], row["reason"]) for row in map(json.loads, lines)]
