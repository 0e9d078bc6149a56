"""`make kinds ALSO=file`: every kind of classifier over several seeds, and the README's table from their metrics.json.

Each training is kept under models/kinds/ with its scores on the corpus's test part and on the labelled file ALSO (real
paragraphs, never trained on), its time, the speed of labelling and the size of its folder, and is not made again while
data and knobs stay the same. `--only-table` writes the table from docs/kinds.csv. An ensemble takes its
members from the same seed; its time is that of all of them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
DATA = ROOT / "models" / "corpus" / "labelled.jsonl"
PLACE = ROOT / "models" / "kinds"
TABLE = ROOT / "docs" / "kinds.csv"
PARAMS = ROOT / "configs" / "params.yaml"
# a sum is an ensemble of those kinds
KINDS = ("rules", "words", "linear", "embedding", "encoder", "linear+embedding", "linear+encoder")
ENCODED = ("embedding", "encoder")
COMMON = ["--labels", "configs/labels.yaml", "--partition", "seeds/partition.csv"]
HEAD = ["kind", "seed", "on", "macro", "military_action", "diplomacy", "humanitarian", "quote", "ece", "chance",
        "train_seconds", "paragraphs_a_second", "megabytes"]  # fmt: skip


def nutgraf(*words: str, **environment: str) -> float:
    """Run a command of nutgraf; its wall seconds."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "nutgraf", *words]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=os.environ | environment)
    return time.perf_counter() - begun


def held_back(place: Path) -> Path:
    """The corpus's test part alone, as a file: to score what was learned from says nothing, and takes its time."""
    with (ROOT / "seeds" / "partition.csv").open(encoding="utf-8", newline="") as file:
        test = {one["group"] for one in csv.DictReader(file) if one["part"] == "test"}
    lines = DATA.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if json.loads(line)["group"] in test), encoding="utf-8")
    return place


def data_digest() -> str:
    """The digest of what is learned from, as model folders have it."""
    from nutgraf.dataset import data_digest as digest
    from nutgraf.records import Annotation

    return digest([msgspec.json.decode(line, type=Annotation) for line in DATA.read_bytes().splitlines()])


def learned_by(config: Path) -> dict[str, Any]:
    """The knobs that training goes by."""
    knobs: dict[str, Any] = YAML(typ="safe").load(config.read_text(encoding="utf-8"))
    return {name: knobs[name] for name in ("train", "partition", "classifiers")}


def speed(kind: str, folder: Path, scratch: Path) -> float:
    """Paragraphs labelled a second, the start and the loading of the model taken off."""
    corpus = DATA.read_text(encoding="utf-8").splitlines()
    slow = any(one in ENCODED for one in kind.split("+"))
    lines = corpus[:2001] if slow else [line for _ in range(16) for line in corpus]  # so that it takes some seconds
    times = []
    for name, some in (("one", lines[:1]), ("many", lines[1:])):
        path = scratch / f"{name}.jsonl"
        path.write_text("\n".join(some) + "\n", encoding="utf-8")
        words = ["label", str(path), "--unit", "paragraph", "--model", str(folder), "--out", str(scratch / "out.jsonl")]
        times.append(nutgraf(*words, "--config", "configs/params.yaml", NUTGRAF_CACHE=str(scratch / "cache")))
    return (len(lines) - 1) / max(1e-9, times[1] - times[0])


def trained(kind: str, seed: int, also: Path) -> Path:
    """The folder of one training with its scores, made unless it is there."""
    folder = PLACE / f"{kind}-{seed}"
    facts = folder / "facts.json"
    fresh = {"data": data_digest(), "knobs": learned_by(PARAMS)}
    if facts.is_file() and json.loads(facts.read_text(encoding="utf-8"))["of"] == fresh:
        return folder
    print(f"{kind}, seed {seed}", flush=True)
    model = folder / "model"
    folder.mkdir(parents=True, exist_ok=True)
    members = kind.split("+")
    config, name = (PARAMS, kind) if len(members) == 1 else (of_members(folder, members), "ensemble")
    words = ["train", "--data", str(DATA), "--kind", name, "--seed", str(seed), "--out", str(model), *COMMON]
    words += ["--config", str(config)]
    before = 0.0
    for member in members if len(members) > 1 else ():
        known = json.loads((trained(member, seed, also) / "facts.json").read_text(encoding="utf-8"))
        before += known["train_seconds"]
        words += ["--member", str(PLACE / f"{member}-{seed}" / "model")]
    with tempfile.TemporaryDirectory() as scratch:
        seconds = before + nutgraf(*words, NUTGRAF_CACHE=str(Path(scratch) / "fresh"))
        for name, data in (("seeds", held_back(Path(scratch) / "test.jsonl")), ("also", also)):
            out = str(folder / f"{name}.json")
            nutgraf(
                "evaluate", "--model", str(model), "--data", str(data), "--out", out, "--config", "configs/params.yaml"
            )
        rate = speed(kind, model, Path(scratch))
    size = sum(file.stat().st_size for file in model.rglob("*") if file.is_file()) / 1e6
    found = {"of": fresh, "train_seconds": seconds, "paragraphs_a_second": rate, "megabytes": size}
    facts.write_text(json.dumps(found), encoding="utf-8")
    return folder


def of_members(folder: Path, members: list[str]) -> Path:
    """The knobs that ship, with the ensemble's members."""
    knobs: dict[str, Any] = YAML(typ="safe").load(PARAMS.read_text(encoding="utf-8"))
    knobs["classifiers"]["ensemble"]["members"] = members
    config = folder / "params.yaml"
    with config.open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump(knobs, file)
    return config


def row(kind: str, seed: int, on: str) -> list[object]:
    """The figures of one training on one set, out of its metrics.json."""
    folder = PLACE / f"{kind}-{seed}"
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    scores: dict[str, Any] = json.loads((folder / f"{on}.json").read_text(encoding="utf-8"))["scores"]["test"]
    labels = HEAD[4:8]
    worst = max((scores[name] for name in labels), key=lambda found: float(found["calibration_error"]))
    return [
        kind, seed, on, f"{scores['macro']['f1']:.4f}", *(f"{scores[name]['f1']:.4f}" for name in labels),
        f"{worst['calibration_error']:.4f}", f"{worst['calibration_chance']:.4f}", f"{facts['train_seconds']:.1f}",
        f"{facts['paragraphs_a_second']:.0f}", f"{facts['megabytes']:.1f}",
    ]  # fmt: skip


def table() -> str:
    """The README's table out of docs/kinds.csv: means over the seeds, and standard deviations of the macro-F1."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    head = [
        "kind",
        "test: macro-F1",
        "real: macro-F1",
        "military",
        "diplomacy",
        "humanitarian",
        "quote",
        "worst ECE",
        "by chance",
        "training",
        "labelling",
        "size",
    ]
    lines = [head, ["---", *("--:" for _ in head[1:])]]
    for kind in dict.fromkeys(one["kind"] for one in rows):
        own, real = ([one for one in rows if one["kind"] == kind and one["on"] == on] for on in ("seeds", "also"))
        lines.append(
            [
                f"`{kind}`" if "+" not in kind else f"`ensemble`: {kind.replace('+', ', ')}",
                *(_spread([float(one["macro"]) for one in some]) for some in (own, real)),
                *(f"{_mean(real, name):.3f}" for name in HEAD[4:10]),
                _time(_mean(real, "train_seconds")),
                f"{_mean(real, 'paragraphs_a_second'):,.0f}/s",
                f"{_mean(real, 'megabytes'):.0f} MB",
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _mean(rows: list[dict[str, str]], name: str) -> float:
    return statistics.mean(float(one[name]) for one in rows)


def _spread(values: list[float]) -> str:
    return f"{statistics.mean(values):.3f} ± {statistics.stdev(values) if len(values) > 1 else 0:.3f}"


def _time(seconds: float) -> str:
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.0f} s"


def put(page: Path, name: str, table: str) -> None:
    """Put a table into a page, in the place of the one between `<!-- name -->` and `<!-- end -->`."""
    before, rest = page.read_text(encoding="utf-8").split(f"<!-- {name} -->\n")
    after = rest.split("<!-- end -->")[1]
    page.write_text(f"{before}<!-- {name} -->\n{table}\n<!-- end -->{after}", encoding="utf-8")


def main() -> None:
    """Train what is missing, write the figures, and put the table into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--also", type=Path, help="Labelled paragraphs that nobody trains on.")
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--only-table", action="store_true")
    given = parser.parse_args()
    if not given.only_table:
        if not given.also:
            parser.error("--also FILE is needed")
        kinds, seeds = given.kind or KINDS, given.seed or (1, 2, 3)
        rows = []
        for kind in kinds:
            for seed in seeds:
                trained(kind, seed, given.also.resolve())
                rows += [row(kind, seed, on) for on in ("seeds", "also")]
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])
    put(ROOT / "README.md", "kinds", table())
    print(table())


if __name__ == "__main__":
    main()
