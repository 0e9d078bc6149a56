"""`make bench`: reading saved pages, beside the bare extraction on which it stands.

Both take the same bytes in the same process, turn about, with the same options; nutgraf's time includes decoding,
extraction, repair, metadata, splitting and the telling of furniture. The overhead is the median over pairs. The pages
are made up, of the build of news pages, or those of a folder that is given.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import trafilatura

from nutgraf.config import Read, Split
from nutgraf.read import page
from nutgraf.records import Paragraph
from nutgraf.split import split

WORDS = """
    the a of in on at to for with from after before governor ferry bridge harbour convoy village river road envoy
    talks truce shelling wells camp families soldiers officials council north south monday friday said told reported
    crossed reached left closed reopened repaired denied signed promised warned asked waited returned dozens
    hundreds three seven water bread fuel medicine school clinic market border patrol checkpoint commander
    spokeswoman mayor nurse farmer Dalmere Orla Karvel Tessin Obrava Lower Upper Hills
""".split()


def sentence(draw: random.Random) -> str:
    """A made-up sentence of 8 to 24 words, one in five of them quoted."""
    words = " ".join(draw.choices(WORDS, k=draw.randint(8, 24))).capitalize()
    return f"“{words},” the mayor of Dalmere said." if draw.random() < 0.2 else f"{words}."


def made_up(draw: random.Random) -> bytes:
    """A news page of 20 to 60 KB: menus, scripts, article, subheadings, related lists, comment form, footer."""

    def link(words: int) -> str:
        return f'<a class="link" href="/{draw.randint(1, 99999)}">{" ".join(draw.choices(WORDS, k=words))}</a>'

    def links(count: int, words: int, name: str) -> str:
        return f'<ul class="{name}">' + "".join(f"<li>{link(words)}</li>" for _ in range(count)) + "</ul>"

    def card() -> str:
        picture = f'<figure><img src="/i/{draw.randint(1, 999)}.jpg" alt="picture"></figure>'
        return f'<article class="card">{picture}<h3>{link(8)}</h3><p class="when">2 hours ago</p></article>'

    body = []
    for number in range(draw.randint(12, 45)):
        text = " ".join(sentence(draw) for _ in range(draw.randint(1, 3)))
        body.append(f'<p class="body-text">{text.replace("harbour", link(1), 1)}</p>')
        if number % 8 == 5:
            body.append(f"<h2>{' '.join(draw.choices(WORDS, k=4)).capitalize()}</h2>")
        if number % 9 == 4:
            body.append(f'<aside class="related"><h3>More on this</h3>{links(3, 8, "more")}</aside>')
    title = " ".join(draw.choices(WORDS, k=9)).capitalize()
    script = "".join(f"window.q{n}={{slot:{draw.randint(1, 9**9)}}};" for n in range(draw.randint(50, 500)))
    comment = '<input name="name"><textarea name="comment"></textarea><button>Post</button>'
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Dalmere Post</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Dalmere Post">
<meta property="article:published_time" content="2014-03-09T08:00:00Z"><script>{script}</script></head><body>
<header class="site"><nav>{links(30, 2, "menu")}</nav></header><main><article class="story"><header><h1>{title}</h1>
<p class="standfirst">{sentence(draw)}</p><div class="byline">By A. Fictive</div></header>
<div class="story-body">{"".join(body)}</div><div class="tags">{links(6, 1, "tags")}</div></article>
<section class="most-read"><h2>Most read</h2>{"".join(card() for _ in range(draw.randint(10, 25)))}</section></main>
<form id="comments"><h3>Leave a comment</h3>{comment}</form>
<footer>{links(24, 2, "foot")}<p>© 2014 Dalmere Media. All rights reserved.</p></footer></body></html>""".encode()


def saved(folder: Path) -> Iterator[bytes]:
    """The pages of a folder, unpacked where their name ends in .gz."""
    for path in sorted(folder.rglob("*.htm*")):
        yield gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="saved pages; without it, made-up ones")
    parser.add_argument("--pages", type=int, default=60, help="how many pages to make up")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    draw = random.Random(20261122)
    pages = list(saved(given.folder)) if given.folder else [made_up(draw) for _ in range(given.pages)]
    bare: list[float] = []
    whole: list[float] = []
    paragraphs = 0
    for turn in range(given.rounds + 1):
        for data in pages:
            begin = time.perf_counter()
            trafilatura.bare_extraction(data, **page.OPTIONS)
            middle = time.perf_counter()
            pieces = list(split(page.read(data, "page.html", Read()), Split()))
            end = time.perf_counter()
            if turn:  # the first round warms up
                bare.append(middle - begin)
                whole.append(end - middle)
                paragraphs += sum(isinstance(piece, Paragraph) for piece in pieces)
    each = paragraphs // given.rounds
    ratios = [ours / theirs for ours, theirs in zip(whole, bare, strict=True)]
    size = statistics.mean(map(len, pages)) / 1000
    print(f"{len(pages)} pages of {size:.0f} KB on average, {given.rounds} rounds, {each} paragraphs")
    print(f"bare extraction            {len(bare) / sum(bare):6.1f} pages/s")
    print(f"nutgraf: read and split    {len(whole) / sum(whole):6.1f} pages/s")
    print(
        f"overhead: median of pairs {statistics.median(ratios) - 1:+.1%}, of totals {sum(whole) / sum(bare) - 1:+.1%}"
    )


if __name__ == "__main__":
    main()
