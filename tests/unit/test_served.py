"""The served model asks for what it imports, and for nothing else."""

from __future__ import annotations

import importlib.metadata

import grimp

from nutgraf.tracking.model import REQUIREMENTS, requirements


def test_the_requirements_of_the_served_model_are_what_it_imports() -> None:
    graph = grimp.build_graph("nutgraf", include_external_packages=True)
    graph.remove_module("nutgraf.finetune.training")  # a served model never trains
    behind = {"nutgraf.served"} | graph.find_upstream_modules("nutgraf.served")
    for kind in graph.find_descendants("nutgraf.classifiers"):
        behind |= {kind} | graph.find_upstream_modules(kind)
    outside = {module.split(".")[0] for module in behind} - {"nutgraf"}
    named = importlib.metadata.packages_distributions()
    needed = {min(named[module], key=len).lower() for module in outside if module in named}
    found = {name.replace("_", "-") for name in needed}
    assert found >= {*REQUIREMENTS}
    # which also names what is imported by name, and what that needs
    assert found < {*requirements(["embedding", "encoder"])}
    assert requirements(["linear"]) == REQUIREMENTS
