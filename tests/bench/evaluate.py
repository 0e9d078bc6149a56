"""`make bench`: scoring in bulk with intervals, beside a plain loop of scikit-learn over articles drawn anew.

Both score the same 100,000 made-up paragraphs in articles of twelve, by the model of `make demo`. nutgraf's time is the
whole command's: reading, labelling, scores, 1,000 draws for each of them, slices and writing. The loop scores F1 and
average precision of each label on what the command wrote; some of its draws are timed, and told for a thousand.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from label import ROOT, measure
from sklearn.metrics import average_precision_score, f1_score

LABELS = ("military_action", "diplomacy", "humanitarian", "quote")
DRAWS, PLAIN_DRAWS = 1000, 10


def write_labelled(path: Path, count: int) -> None:
    """Write `count` labelled paragraphs: each of the corpus's texts with another's number, in articles of twelve."""
    lines = (ROOT / "models" / "corpus" / "labelled.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(line) for line in lines]
    draw = random.Random(20261123)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            one = draw.choice(known)
            article = f"made-up-{number // 12}"
            row = {"id": str(number), "text": f"{one['text']} ({number})", "labels": one["labels"], "article": article}
            more = {"kind": one.get("kind", ""), "source": one.get("source", ""), "group": f"conflict-{number // 1200}"}
            file.write(json.dumps(row | more, ensure_ascii=False) + "\n")


def plain(predictions: Path) -> float:
    """Seconds that a thousand draws take by scikit-learn, by the time of a few."""
    rows = [json.loads(line) for line in predictions.open(encoding="utf-8")]
    borne, given = (
        np.array([[name in row[key] for name in LABELS] for row in rows]) for key in ("labels", "predicted")
    )
    probabilities = np.array([row["probabilities"] for row in rows])
    articles: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        articles.setdefault(row["article"], []).append(number)
    members = [np.array(some) for some in articles.values()]
    random_ = np.random.default_rng(0)
    begun = time.perf_counter()
    for _ in range(PLAIN_DRAWS):
        some = np.concatenate([members[i] for i in random_.integers(0, len(members), len(members))])
        f1_score(borne[some], given[some], average=None)
        average_precision_score(borne[some], probabilities[some], average=None)
    return (time.perf_counter() - begun) * DRAWS / PLAIN_DRAWS


def main() -> None:
    """Time both, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data, predictions = Path(scratch) / "data.jsonl", Path(scratch) / "predictions.jsonl"
        write_labelled(data, given.paragraphs)
        words = ["evaluate", "--model", str(ROOT / "models" / "linear"), "--data", str(data)]
        words += ["--out", f"{scratch}/metrics.json", "--predictions", str(predictions)]
        seconds, peak = measure([sys.executable, "-m", "nutgraf", *words])
        theirs = plain(predictions)
    print(f"{given.paragraphs:,} paragraphs, {DRAWS} draws: nutgraf evaluate {seconds:.1f} s, peak {peak:.0f} MB")
    print(
        f"a loop of scikit-learn, F1 and average precision alone: {theirs:.0f} s, {theirs / seconds:.1f} times as long"
    )


if __name__ == "__main__":
    main()
