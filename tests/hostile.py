"""Ten thousand hostile inputs: read and split each, and print what came of them as JSON.

    python tests/hostile.py FIRST LAST

Each input is made from its number alone, so that one that does harm can be made again.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable

import pyarrow
import pyarrow.parquet

import exports_made
import papers_made
from nutgraf.config import Config
from nutgraf.read import REASONS, read
from nutgraf.read.sniff import EXTENSIONS
from nutgraf.read.sources import Source
from nutgraf.records import Article, Dropped, Paragraph
from nutgraf.split import split

KNOBS = Config()
PROSE = (
    "“The road to Dalmere is shut,” the governor said on Monday. Rain fell for a third day, and 40 people left Orla."
)
LINES = [f"{PROSE} It was day {day}, and the ferry’s captain wrote: ‘We wait.’" for day in range(12)]
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Road shut</title></head><body><nav><a href='/a'>Home</a>"
    "</nav><article><h1>Road shut</h1>" + "".join(f"<p>{line}</p>" for line in LINES) + "</article></body></html>"
)
MAIL = (
    "From: Desk <desk@valley.example>\nSubject: Road shut\nDate: Mon, 9 Mar 2020 10:00:00 +0000\nMIME-Version: 1.0\n"
    'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
    + "\n\n".join(LINES)
    + "\n--b--\n"
)


def _parquet() -> bytes:
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": LINES, "date": ["2020-03-09"] * len(LINES)}), file)
    return file.getvalue()


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "\n\n".join(LINES))
        archive.writestr("b.html", PAGE)
    return file.getvalue()


def _warc() -> bytes:
    body = PAGE.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2020-03-09T10:00:00Z\r\n"
        b"WARC-Target-URI: http://valley.example/a\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(http)
    )
    return (head + http + b"\r\n\r\n") * 3


SOUND: dict[str, bytes] = {  # extension -> a sound file
    ".txt": "\n\n".join(LINES).encode(),
    ".html": PAGE.encode(),
    ".jsonl": b"".join(json.dumps({"text": line, "title": "Road"}).encode() + b"\n" for line in LINES),
    ".json": json.dumps([{"text": line} for line in LINES]).encode(),
    ".csv": ("text,title\n" + "".join(f'"{line}",Road\n' for line in LINES)).encode(),
    ".tsv": ("text\ttitle\n" + "".join(f"{line}\tRoad\n" for line in LINES)).encode(),
    ".parquet": _parquet(),
    ".eml": MAIL.encode(),
    ".zip": _zip(),
    ".warc": _warc(),
    ".warc.gz": gzip.compress(_warc()),
    ".pdf": papers_made.indented(LINES),
    ".docx": exports_made.word(LINES),
    ".rtf": exports_made.rtf(LINES),
}
NASTY = [
    *(
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\xe2\x81\xa6",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x1f\x8b\x08",
    ),
    *(b"<", b">", b"<p>", b"<![CDATA[", b"<!--", b"&#0;", b"&#xD800;", b"&", b'"', b"'", b"{", b"[", b"}", b"\\u0000"),
    *(b"\\ud800", b"\r", b"\n\n", b"\\'", b"{\\*", b"\\bin9999999 ", b"=?utf-8?q?", b"--b", b"endobj", b"stream\n"),
    *("“".encode(), "’".encode(), "«".encode(), "é".encode("cp1252"), b"PK\x03\x04", b"WARC/1.0\r\n", b"%PDF-"),
]


def cut(draw: random.Random, data: bytes) -> bytes:
    """The beginning of a sound file."""
    return data[: draw.randrange(len(data))]


def mutated(draw: random.Random, data: bytes) -> bytes:
    """A sound file with some places overwritten, doubled or taken out."""
    made = bytearray(data)
    for _ in range(draw.choice((1, 3, 10, 60))):
        place = draw.randrange(len(made) + 1)
        bit = draw.choice((draw.choice(NASTY), draw.randbytes(draw.randrange(1, 9)), bytes(made[place : place + 40])))
        made[place : place + draw.choice((0, 0, 1, len(bit), 30))] = bit
    return bytes(made)


def noise(draw: random.Random, data: bytes) -> bytes:
    """Random bytes, after the first ones of a sound file or not."""
    return data[: draw.choice((0, 4, 16, 64))] + draw.randbytes(draw.choice((1, 20, 300, 5000)))


def pieces(draw: random.Random, data: bytes) -> bytes:
    """Marks, tags, halves of pairs, NULs and words, in any order."""
    words = [*NASTY, PROSE.encode(), *(bytes(word, "utf-8") for word in PROSE.split())]
    return b" ".join(draw.choices(words, k=draw.choice((3, 30, 400))))


def bidirectional(draw: random.Random, data: bytes) -> bytes:
    """A sound file sown with bidirectional controls, NULs and lone surrogates."""
    controls = [
        chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0, 0xFEFF, 0x200B, 0xD800, 0xDFFF)
    ]
    text = data.decode("latin-1")
    sown = "".join(letter + (draw.choice(controls) if draw.random() < 0.02 else "") for letter in text[:3000])
    return sown.encode("utf-8", "surrogatepass")


def nested(draw: random.Random, data: bytes) -> bytes:
    """Deep nesting of what each format nests."""
    deep = draw.choice((100, 2000, 20_000))
    opening, inside, closing = draw.choice(
        (
            (b"<div>", b"<p>" + PROSE.encode(), b"</div>"),
            (b"<b><i>", PROSE.encode(), b""),
            (b"<table><tr><td>", PROSE.encode(), b"</td></tr></table>"),
            (b'{"text":', b'"x"', b"}"),
            (b"[", b"1", b"]"),
            (b"{\\b ", PROSE.encode(), b"}"),
            (b"<ul><li>", PROSE.encode(), b"</li></ul>"),
            ("“‘".encode(), PROSE.encode(), "’”".encode()),
            (b"(", PROSE.encode(), b")"),
            (b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n', PROSE.encode(), b"\n--b--\n"),
        )
    )
    head = draw.choice((b"", data[:40]))
    return head + opening * deep + inside + closing * (deep if draw.random() < 0.7 else 0)


def long_line(draw: random.Random, data: bytes) -> bytes:
    """A megabyte without a break: of one mark, one word, one sentence, or the file's own beginning."""
    bit = draw.choice(
        (*NASTY, b"a", b"a ", b"a. ", b"A.B.", b"it said.Then ", b"| ", b"- ", b"Share ", PROSE.encode(), data[:300])
    )
    return draw.choice((b"", data[:60])) + bit * (1_000_000 // len(bit))


def bomb(draw: random.Random, data: bytes) -> bytes:
    """A gzip that unpacks to a hundred megabytes, and a zip that claims to."""
    packed = gzip.compress(draw.choice((b"\x00", b" ", b"a", b"<p>a")) * 100_000_000, 1)
    return data[:200] + packed if draw.random() < 0.2 else packed


MAKERS: list[tuple[Callable[[random.Random, bytes], bytes], float]] = [
    *(
        (cut, 25),
        (mutated, 40),
        (noise, 15),
        (pieces, 8),
        (bidirectional, 7),
        (nested, 4),
        (long_line, 0.9),
        (bomb, 0.1),
    ),
]


def hostile(number: int) -> tuple[str, str, bytes]:
    """The input of this number: its name, its extension and its bytes."""
    draw = random.Random(number)
    extension = draw.choice(list(SOUND))
    (maker,) = draw.choices([maker for maker, _ in MAKERS], [weight for _, weight in MAKERS])
    named = extension if draw.random() < 0.8 else draw.choice([*EXTENSIONS, "", ".xyz"])
    suffix = named.removesuffix(".gz")
    return f"{number}-{maker.__name__}{named}", suffix, maker(draw, SOUND[extension])


def check(name: str, suffix: str, data: bytes, seen: Counter[str]) -> None:
    """Read and split one input; whatever it holds is accounted for."""
    items = list(read([Source(name, suffix, data=data)], KNOBS.read))
    assert items, "neither an article nor a refusal"
    for item in items:
        assert item.path == name or item.path.startswith(f"{name}/"), item.path
        if not isinstance(item, Article):
            assert item.reason in REASONS, item.reason
            seen[item.reason] += 1
            continue
        seen["article"] += 1
        item.text.encode()  # raises where half a pair is left
        assert "\x00" not in item.text
        covered = 0
        for piece in split([item], KNOBS.split):
            if isinstance(piece, Paragraph | Dropped):
                assert item.text[piece.start : piece.end] == piece.text
                assert not item.text[covered : piece.start].strip(), "text is lost between pieces"
                covered = piece.end
            if isinstance(piece, Paragraph):
                assert all(0 <= q.start < q.end <= len(piece.text) for q in piece.quotes or ())
        assert not item.text[covered:].strip(), "text is lost at the end"


def _worked() -> float:
    """Seconds that this process and its children have worked: others on the machine do not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main(first: int, last: int) -> None:
    """Run the inputs from `first` up to `last` and print a summary."""
    seen: Counter[str] = Counter()
    faults: list[str] = []
    slowest: list[tuple[float, str]] = []
    longest = 0.0
    for number in range(first, last):
        name, suffix, data = hostile(number)
        begun, worked = time.perf_counter(), _worked()
        try:
            check(name, suffix, data, seen)
        except Exception as error:
            faults.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
        slowest = sorted([*slowest, (round(_worked() - worked, 2), name)], reverse=True)[:5]
        longest = max(longest, time.perf_counter() - begun)
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in who) / 1000
    print(
        json.dumps(
            {
                "inputs": last - first,
                "seen": seen,
                "faults": faults,
                "slowest": slowest,
                "longest": longest,
                "peak_mb": peak,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
