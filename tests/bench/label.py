"""`make bench`: labelling in bulk, beside a plain scikit-learn pipeline that holds everything in memory.

Both label the same JSONL into Parquet with the features of the kind `linear`, trained on the same paragraphs; nutgraf's
figures include reading, calibration, thresholds and writing. Peaks are of the whole tree of processes (unique set
size, sampled), so that worker processes count.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PLAIN = """
import sys
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import MultiLabelBinarizer

train, data, out = sys.argv[1:]
known = pd.read_json(train, lines=True)
binarizer = MultiLabelBinarizer()
model = make_pipeline(
    make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(ngram_range=(2, 4), min_df=2, sublinear_tf=True, analyzer="char_wb"),
    ),
    OneVsRestClassifier(LogisticRegression(C=4.0, class_weight="balanced", solver="liblinear")),
)
model.fit(known["text"], binarizer.fit_transform(known["labels"]))
table = pd.read_json(data, lines=True)
probabilities = model.predict_proba(table["text"])
for column, label in enumerate(binarizer.classes_):
    table[label] = probabilities[:, column] >= 0.5
    table[f"p_{label}"] = probabilities[:, column]
table.to_parquet(out)
"""


def write_paragraphs(path: Path, corpus: Path, count: int) -> None:
    """Write `count` paragraphs of real length: sentences of the corpus, drawn anew."""
    texts = [json.loads(line)["text"] for line in corpus.open(encoding="utf-8")]
    sentences = [sentence for text in texts for sentence in text.replace(". ", ".\n").split("\n")]
    lengths = [text.count(". ") + 1 for text in texts]
    draw = random.Random(20261122)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = " ".join(draw.choices(sentences, k=draw.choice(lengths)))
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command; return its wall seconds and the peak of its processes' memory together, in megabytes."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0.0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            try:
                root = psutil.Process(process.pid)
                tree = [root, *root.children(recursive=True)]
                peak = max(peak, sum(one.memory_full_info().uss for one in tree) / 1e6)
            except psutil.Error:
                continue
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - begun
    watcher.join()
    if code != 0:
        sys.exit(f"failed with {code}: {' '.join(command)}")
    return seconds, peak


def main() -> None:
    """Print a row for each size and program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 400_000])
    parser.add_argument("--plain-up-to", type=int, default=100_000, help="the peer is run up to this size")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        corpus = prepare(folder)
        print(f"{'paragraphs':>10}  {'program':<22} {'seconds':>8} {'paragraphs/s':>13} {'peak MB':>8}")
        for size in arguments.sizes:
            data = folder / f"{size}.jsonl"
            write_paragraphs(data, corpus, size)
            label = [sys.executable, "-m", "nutgraf", "label", str(data), "--unit", "paragraph"]
            label += ["--model", str(folder / "model"), "--out", str(folder / "out.parquet")]
            report(size, "nutgraf label", label)
            if size <= arguments.plain_up_to:
                plain = [sys.executable, "-c", PLAIN, str(corpus), str(data), str(folder / "plain.parquet")]
                report(size, "plain scikit-learn", plain)


def report(size: int, name: str, command: list[str]) -> None:
    """Measure one program and print its row."""
    seconds, peak = measure(command)
    print(f"{size:>10}  {name:<22} {seconds:>8.1f} {size / seconds:>13,.0f} {peak:>8,.0f}", flush=True)


def prepare(folder: Path) -> Path:
    """Label and train as the pipeline does; returns the labelled corpus."""

    def nutgraf(*words: str) -> None:
        subprocess.run([sys.executable, "-m", "nutgraf", *words], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)

    articles, paragraphs, labelled = (
        str(folder / name) for name in ("articles.jsonl", "paragraphs.jsonl", "seeds.jsonl")
    )
    labels = ("--labels", "configs/labels.yaml")
    nutgraf("read", "seeds/articles", "--out", articles)
    nutgraf("split", articles, "--out", paragraphs)
    nutgraf("annotate", paragraphs, "--articles", articles, "--people", "seeds/annotations", *labels, "--out", labelled)
    nutgraf("train", "--data", labelled, "--kind", "linear", *labels, "--out", str(folder / "model"))
    return Path(labelled)


if __name__ == "__main__":
    main()
