"""Where a run comes from: the code's commit, the lock of the pipeline, the packages that are installed."""

from __future__ import annotations

import hashlib
import importlib.metadata
import subprocess
from pathlib import Path

from msgspec import Struct


class Origin(Struct, frozen=True):
    """Tags that tell code and lock, and the installed packages as pip takes them."""

    tags: dict[str, str]
    packages: str


def origin() -> Origin:
    """Commit, and digests of `dvc.lock` (empty where there is none) and of the installed packages."""
    packages = _packages()
    commit, dirty = _git()
    lock = Path.cwd() / "dvc.lock"
    tags = {
        "mlflow.source.git.commit": commit,
        "git_commit": commit,
        "git_dirty": dirty,
        "dvc_lock": _digest(lock.read_bytes()) if lock.is_file() else "",
        "environment": _digest(packages.encode()),
    }
    return Origin(tags, packages)


def _packages() -> str:
    found = {f"{one.metadata['Name']}=={one.version}" for one in importlib.metadata.distributions()}
    return "".join(f"{line}\n" for line in sorted(found, key=str.lower))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _git() -> tuple[str, str]:
    def ask(*words: str) -> str:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        commit = ask("rev-parse", "HEAD")
        return commit or "none", str(bool(commit and ask("status", "--porcelain", "-uno"))).lower()
    except OSError:
        return "none", "false"  # git is not installed
