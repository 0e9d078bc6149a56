"""dvc.yaml lists, for each stage, the sections of knobs and the source files that the stage depends on."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import grimp
import pytest
from ruamel.yaml import YAML

from nutgraf.cli import STAGES
from nutgraf.config import Classifiers, Config

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pipeline" / "nutgraf"
PIPELINE = YAML(typ="safe").load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
# the partition is decided once and kept in seeds/; four are studies of their own; one is a server
FLOW = [stage for stage in STAGES if stage not in ("partition", "crossvalidate", "sweep", "compare", "count", "ui")]


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("nutgraf")


def files_behind(command: str) -> set[str]:
    """The source files that a command imports, straight or by others; kinds of classifiers are imported by name."""
    modules = {f"nutgraf.commands.{command}"}
    modules |= graph().find_upstream_modules(f"nutgraf.commands.{command}")
    if "nutgraf.classifiers" in modules:
        for kind in graph().find_descendants("nutgraf.classifiers"):
            modules |= {kind} | graph().find_upstream_modules(kind)
    modules -= {"nutgraf"}  # holds the version alone
    paths = [PACKAGE.joinpath(*module.split(".")[1:]) for module in modules]
    files = [path / "__init__.py" if path.is_dir() else path.with_suffix(".py") for path in paths]
    files += [PACKAGE / "templates" / "report.html"] if command == "report" else []
    return {file.relative_to(ROOT).as_posix() for file in files}


def commands_of(stage: str) -> list[str]:
    cmd = PIPELINE[stage]["cmd"]
    return cmd if isinstance(cmd, list) else [cmd]


def sections_read(command: str) -> set[str]:
    """The sections that a command's source takes from the knobs it loads: the attributes of `settings`."""
    tree = ast.parse((PACKAGE / "commands" / f"{command}.py").read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "settings"
    }


@pytest.mark.parametrize("stage", FLOW)
def test_each_command_of_the_flow_is_a_stage(stage: str) -> None:
    assert stage in PIPELINE
    assert any(command.startswith(f"nutgraf {stage} ") for command in commands_of(stage))


@pytest.mark.parametrize("stage", FLOW)
def test_a_stage_lists_the_source_files_it_imports(stage: str) -> None:
    listed = PIPELINE[stage]["deps"]
    folders = tuple(f"{path}/" for path in listed)
    used = {file for word in commands_of(stage) for file in files_behind(word.split()[1])}
    assert sorted(file for file in used if file not in listed and not file.startswith(folders)) == []
    sources = [path for path in listed if path.startswith("pipeline/")]
    unused = [path for path in sources if path not in used and not any(file.startswith(f"{path}/") for file in used)]
    assert unused == []


@pytest.mark.parametrize("stage", FLOW)
def test_a_stage_lists_the_sections_of_knobs_it_reads(stage: str) -> None:
    (listed,) = PIPELINE[stage].get("params", [{"configs/params.yaml": []}])
    assert set(listed) == {"configs/params.yaml"}
    read = set().union(*(sections_read(command.split()[1]) for command in commands_of(stage)))
    if stage in ("train", "curve"):  # the whole configuration is handed on; train.py takes these of it
        read = read - {"classifiers"} | {"train", "partition", "classifiers.${item.kind}"}
    if stage == "curve":  # and curve.py this
        read |= {"evaluate"}
    assert set(listed["configs/params.yaml"]) == read
    assert all(section.split(".")[0] in Config.model_fields for section in read)


def test_training_takes_no_other_section_than_those_listed() -> None:
    tree = ast.parse((PACKAGE / "train.py").read_text(encoding="utf-8"))
    taken = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "knobs"
    }
    assert taken == {"train", "partition", "classifiers"}


@pytest.mark.parametrize("stage", ["train", "evaluate", "curve", "log"])
def test_one_matrix_runs_every_kind_of_classifier(stage: str) -> None:
    heavy = ("embedding", "encoder", "ensemble")  # the demo installs no encoder
    kinds = [kind for kind in Classifiers.model_fields if kind not in heavy]
    assert PIPELINE[stage]["matrix"]["kind"] == kinds


def test_paths_named_in_commands_are_dependencies_or_outputs() -> None:
    for name, stage in PIPELINE.items():
        outs = [next(iter(out)) if isinstance(out, dict) else out for out in stage.get("outs", [])]
        known = {*stage["deps"], *outs, *stage.get("metrics", []), "configs/params.yaml"}
        words = [word for command in commands_of(name) for word in command.split()]
        named = {word for word in words if word.startswith(("seeds/", "models/", "configs/"))}
        assert named <= known, (name, named - known)
