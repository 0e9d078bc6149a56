"""`make ablation ALSO=file`: what each part of the method gives, a change at a time, as docs/ablation.csv and a table.

Each variant is trained with seed 1 on the corpus's own partition and scored on its test part and on the labelled file
ALSO, which nobody trains on. Results are kept under models/ablation/ and not made again while data and knobs stay the
same. `--kind` may be repeated, to do the quick ones first.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any

from kinds import DATA, ROOT, data_digest, held_back, nutgraf, put
from ruamel.yaml import YAML

PLACE = ROOT / "models" / "ablation"
OUT, PAGE = ROOT / "docs" / "ablation.csv", ROOT / "docs" / "kinds.md"
Change = dict[str, dict[str, Any]]

PLAIN: Change = {}
SHARED: list[tuple[str, Change]] = [
    ("as it ships", PLAIN),
    ("headline seen, too", {"train": {"input": "headline"}}),
    ("headline and paragraph before", {"train": {"input": "neighbours"}}),
    ("thresholds of one half", {"train": {"goal": "half"}}),
]


def without_quotations(kind: str) -> tuple[str, Change]:
    """Without the quotation features."""
    return "no quotation features", {kind: {"quotations": 0.0}}


VARIANTS: dict[str, list[tuple[str, Change]]] = {
    "linear": [
        *SHARED,
        without_quotations("linear"),
        ("no class weights", {"linear": {"balanced": False}}),
        (
            "neither class weights nor tuned thresholds",
            {"linear": {"balanced": False}, "train": {"goal": "half", "calibrate": False}},
        ),
        ("class weights, not calibrated, one half", {"train": {"goal": "half", "calibrate": False}}),
        ("not calibrated", {"train": {"calibrate": False}}),
    ],
    "embedding": [
        *SHARED,
        without_quotations("embedding"),
        ("the last layer alone", {"embedding": {"layers": 1}}),
        ("logistic regression on top", {"embedding": {"head": "logistic", "strength": 2.0}}),
        (
            "logistic regression on the last layer",
            {"embedding": {"head": "logistic", "strength": 2.0, "layers": 1}},
        ),
        ("not calibrated", {"train": {"calibrate": False}}),
        ("no class weights", {"embedding": {"balanced": False}}),
    ],
    "encoder": [
        SHARED[0],
        ("one epoch", {"encoder": {"epochs": 1}}),
        ("twice the epochs", {"encoder": {"epochs": 4, "patience": 4}}),
        ("head begins at random", {"encoder": {"probe": False}}),
        without_quotations("encoder"),
        ("no class weights", {"encoder": {"balance": 0.0}}),
        SHARED[1],
    ],
}
HEAD = ["kind", "variant", "on", "macro", "military_action", "diplomacy", "humanitarian", "quote", "ece", "chance"]


def knobs(change: Change) -> dict[str, Any]:
    """The knobs that ship, with a change."""
    found: dict[str, Any] = YAML(typ="safe").load((ROOT / "configs" / "params.yaml").read_text(encoding="utf-8"))
    for section, values in change.items():
        (found if section in found else found["classifiers"])[section].update(values)
    return found


def scored(kind: str, variant: str, change: Change, also: Path) -> Path:
    """The folder of one variant with its scores, made unless it is there."""
    folder = PLACE / f"{kind} {variant}".replace(" ", "-").replace(",", "")
    config, done = folder / "params.yaml", folder / "of.json"
    fresh = {"data": data_digest(), "knobs": knobs(change)}
    if done.is_file() and json.loads(done.read_text(encoding="utf-8")) == json.loads(json.dumps(fresh)):
        return folder
    print(f"{kind}: {variant}", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    with config.open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump(knobs(change), file)
    common = ["--labels", "configs/labels.yaml", "--partition", "seeds/partition.csv", "--config", str(config)]
    nutgraf("train", "--kind", kind, "--data", str(DATA), "--out", str(folder / "model"), *common)
    for name, data in (("seeds", held_back(folder / "test.jsonl")), ("also", also)):
        model = ["--model", str(folder / "model"), "--data", str(data), "--config", str(config)]
        nutgraf("evaluate", *model, "--out", str(folder / f"{name}.json"))
    done.write_text(json.dumps(fresh), encoding="utf-8")
    return folder


def row(kind: str, variant: str, folder: Path, on: str) -> list[str]:
    """The figures of one variant on one set, out of its metrics.json."""
    scores = json.loads((folder / f"{on}.json").read_text(encoding="utf-8"))["scores"]["test"]
    worst = max((scores[name] for name in HEAD[4:8]), key=lambda found: float(found["calibration_error"]))
    ends = (worst["calibration_error"], worst["calibration_chance"])
    return [kind, variant, on, *(f"{scores[name]['f1']:.4f}" for name in HEAD[3:8]), *(f"{end:.4f}" for end in ends)]


def table() -> str:
    """The table of docs/kinds.md, out of docs/ablation.csv."""
    with OUT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    head = [
        "kind",
        "variant",
        "test",
        "real",
        "military",
        "diplomacy",
        "humanitarian",
        "quote",
        "worst ECE",
        "by chance",
    ]
    lines = [head, ["---", "---", *("--:" for _ in head[2:])]]
    for own, real in zip(rows[::2], rows[1::2], strict=True):
        values = [own["macro"], *(real[name] for name in HEAD[3:])]
        lines.append([f"`{own['kind']}`", own["variant"], *(f"{float(value):.3f}" for value in values)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Make what is missing, write the figures, and put the table into docs/kinds.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--also", type=Path, required=True, help="Labelled paragraphs that nobody trains on.")
    parser.add_argument("--kind", action="append", choices=list(VARIANTS))
    given = parser.parse_args()
    rows: list[list[str]] = []
    for kind in given.kind or VARIANTS:
        for variant, change in VARIANTS[kind]:
            folder = scored(kind, variant, change, given.also.resolve())
            rows += [row(kind, variant, folder, on) for on in ("seeds", "also")]
            written(rows)  # after each, for the whole takes an hour
    print(table())


def written(rows: list[list[str]]) -> None:
    """Write the figures, and the table into docs/kinds.md."""
    with OUT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEAD, *rows])
    put(PAGE, "ablation", table())


if __name__ == "__main__":
    main()
