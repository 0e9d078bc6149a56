"""`make bench`: reading plain text, one article a file, and splitting it, in one process and in one a core."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from nutgraf.config import Config
from nutgraf.parallel import cores
from nutgraf.read import read
from nutgraf.read.sources import walk
from nutgraf.records import Article, Paragraph
from nutgraf.split import split

ROOT = Path(__file__).parents[2]


def write_articles(folder: Path, count: int) -> None:
    """Write articles of the corpus's paragraphs, drawn anew, half of them with its furniture."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds" / "articles").rglob("*.txt"))]
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    draw = random.Random(20261122)
    for number in range(count):
        head = f"Headline number {number}\n\nDate: 3 March 2020\nSource: The Bench\n\n"
        body = "\n\n".join(draw.choices(lines, k=18))
        (folder / f"{number:06}.txt").write_text(head + body, encoding="utf-8")


def seconds_of(run: Callable[[], Iterable[object]], rounds: int) -> float:
    """The seconds of the best round, its results thrown away one by one as a writer would."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        deque(run(), maxlen=0)
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    """Print paragraphs a second of each stage, in one process and in one a core."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    knobs = Config()
    with tempfile.TemporaryDirectory() as scratch:
        write_articles(Path(scratch), arguments.articles)
        articles = [item for item in read(walk([scratch]), knobs.read) if isinstance(item, Article)]
        count = sum(isinstance(piece, Paragraph) for piece in split(articles, knobs.split))
        print(f"{len(articles):,} articles, {count:,} paragraphs, best of {arguments.rounds} rounds")
        print(f"{'stage':<28} {'processes':>9} {'seconds':>8} {'paragraphs/s':>13}")
        plain = knobs.read.model_copy(update={"reprints": "ignore"})
        stages: dict[str, Callable[[int], Iterable[object]]] = {
            "read": lambda workers: read(walk([scratch]), plain, workers),
            "read, reprints marked": lambda workers: read(walk([scratch]), knobs.read, workers),
            "split": lambda workers: split(articles, knobs.split, workers),
        }
        for name, stage in stages.items():
            for workers in dict.fromkeys((1, cores())):
                seconds = seconds_of(partial(stage, workers), arguments.rounds)
                print(f"{name:<28} {workers:>9} {seconds:>8.2f} {count / seconds:>13,.0f}", flush=True)


if __name__ == "__main__":
    main()
