"""`make bench`: reading and splitting plain text, one article a file, in one process."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from nutgraf.config import Config
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


def main() -> None:
    """Print paragraphs a second, with and without the search for reprints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        write_articles(Path(scratch), arguments.articles)
        print(f"{'reprints':<10} {'paragraphs':>10} {'seconds':>8} {'paragraphs/s':>13}   (best of {arguments.rounds})")
        for reprints in ("ignore", "mark"):
            knobs = Config.model_validate({"read": {"reprints": reprints}})
            best, count = float("inf"), 0
            for _ in range(arguments.rounds):
                begun = time.perf_counter()
                articles = (item for item in read(walk([scratch]), knobs.read) if isinstance(item, Article))
                count = sum(isinstance(piece, Paragraph) for piece in split(articles, knobs.split))
                best = min(best, time.perf_counter() - begun)
            print(f"{reprints:<10} {count:>10,} {best:>8.2f} {count / best:>13,.0f}")


if __name__ == "__main__":
    main()
