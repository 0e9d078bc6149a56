"""Reading a web archive: pages a second, and whether memory stays flat over the run.

Writes a .warc.gz of made-up pages as a crawler does (a request, a response and now and then a picture or a redirect,
each a gzip member of its own), reads it in other processes, and samples the memory of them all (unique set size).
"""

from __future__ import annotations

import argparse
import gzip
import random
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import psutil

WORDS = """governor bridge convoy village river mountain harbour minister ceasefire truce shelling camp family
hospital border road school market soldier envoy talks morning night said reported crossed held left reached northern
southern two four many the a of in to from before after near with""".split()


def page(number: int, draw: random.Random) -> bytes:
    """A news page of ten paragraphs between its navigation and its footer."""
    body = "".join(f"<p>{' '.join(draw.choices(WORDS, k=60)).capitalize()}.</p>" for _ in range(10))
    links = "".join(f'<li><a href="/{link}">Section {link}</a></li>' for link in range(30))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Report {number}</title>'
        f'<meta property="article:published_time" content="2020-03-{number % 28 + 1:02}T08:00:00Z"></head><body>'
        f"<nav><ul>{links}</ul></nav><article><h1>Report {number}</h1>{body}</article>"
        "<footer><p>Dalmere Media, 1 Quay Street</p></footer></body></html>"
    ).encode()


def record(kind: str, url: str, block: bytes) -> bytes:
    """One record of HTTP, as a gzip member."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        f"WARC-Date: 2020-04-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1)


def write_archive(path: Path, pages: int) -> None:
    """Write the archive."""
    draw = random.Random(20261122)
    with path.open("wb") as file:
        for number in range(pages):
            url = f"http://www.dalmere.example/{number}"
            file.write(record("request", url, b"GET / HTTP/1.1\r\nHost: www.dalmere.example\r\n\r\n"))
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            file.write(record("response", url, head + page(number, draw)))
            if number % 5 == 0:
                picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + draw.randbytes(20_000)
                file.write(record("response", url + ".jpg", picture))
                file.write(record("response", url + "/", b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"))


def measure(command: list[str]) -> tuple[float, list[float]]:
    """Run a command; return its wall seconds and the megabytes of it and its workers, sampled ten times a second."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    samples: list[float] = []
    while process.poll() is None:
        try:
            first = psutil.Process(process.pid)
            family = [first, *first.children(recursive=True)]
            samples.append(sum(one.memory_full_info().uss for one in family) / 1e6)
        except psutil.Error:
            continue
        time.sleep(0.1)
    if process.returncode not in (0, 1):
        sys.exit(f"failed with {process.returncode}: {' '.join(command)}")
    return time.perf_counter() - begun, samples


def main() -> None:
    """Print pages a second, and the peak of memory in each tenth of the run: flat, once caches are full."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        archive, out = Path(scratch) / "crawl.warc.gz", Path(scratch) / "articles.jsonl"
        write_archive(archive, arguments.pages)
        command = [sys.executable, "-m", "nutgraf", "read", str(archive), "--out", str(out)]
        command += ["--workers", str(arguments.workers)]
        seconds, samples = measure(command)
        with out.open("rb") as file:
            articles = sum(1 for _ in file)
        size = archive.stat().st_size / 1e6
    tenths = [max(samples[len(samples) * n // 10 : len(samples) * (n + 1) // 10]) for n in range(10)]
    print(f"{arguments.pages:,} pages, {size:.0f} MB packed: {articles:,} articles")
    print(f"{seconds:.1f} s, {arguments.pages / seconds:.0f} pages/s")
    print(f"peak MB in each tenth of the run: {' '.join(f'{peak:.0f}' for peak in tenths)}")
    print(f"growth from the second tenth to the last: {tenths[-1] - tenths[1]:+.1f} MB")


if __name__ == "__main__":
    main()
