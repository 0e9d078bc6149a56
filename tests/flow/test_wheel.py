"""The built wheel: one top-level name, its data inside, and the command without development packages."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "pipeline"):  # a build writes beside its source: not into this checkout
        subprocess.run(["cp", "-r", ROOT / name, source], check=True)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_claims_one_top_level_name_and_holds_its_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"nutgraf"}
    assert {"nutgraf/py.typed", "nutgraf/templates/report.html"} <= set(names)


def required(name: str, seen: set[str]) -> set[str]:
    """The distributions that one needs, extras left out, and what those need."""
    if name in seen:
        return seen
    seen.add(name)
    for line in importlib.metadata.requires(name) or []:
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            required(need.name, seen)
    return seen


def test_the_wheel_runs_without_development_packages(wheel: Path, tmp_path: Path) -> None:
    """An environment of the wheel and of what it requires: other distributions are not there to be imported."""
    packages = tmp_path / "packages"
    packages.mkdir()
    zipfile.ZipFile(wheel).extractall(packages)
    for distribution in required("nutgraf", set()) - {"nutgraf"}:
        tops = {file.parts[0] for file in importlib.metadata.files(distribution) or [] if file.parts[0] != ".."}
        for top in tops - {"__pycache__"}:
            origin = Path(str(importlib.metadata.distribution(distribution).locate_file(top)))
            if not (packages / top).exists():
                (packages / top).symlink_to(origin)
    code = f"import sys\nsys.path = [{str(packages)!r}, *(path for path in sys.path if 'site-packages' not in path)]\n"
    code += "from nutgraf.cli import run; sys.exit(run(sys.argv[1:]))"

    def nutgraf(*words: str) -> subprocess.CompletedProcess[str]:
        python = [sys.executable, "-I", "-S", "-c", code, *words]
        return subprocess.run(python, capture_output=True, text=True, cwd=tmp_path, check=False)

    done = nutgraf("--help")
    assert done.returncode == 0, done.stderr
    assert "promote" in done.stdout
    (tmp_path / "news.html").write_text(
        "<html><head><title>Mill roof</title></head><body><article><h1>Mill roof</h1>"
        + "<p>Heavy rain and wind tore the roof off the mill on Friday, the weather office said.</p>" * 4
    )
    done = nutgraf("read", "news.html", "--out", "a.jsonl")
    assert done.returncode == 0, done.stderr
    done = nutgraf("promote")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "nutgraf[mlflow]" in done.stderr
