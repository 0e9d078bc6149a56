"""`make card`: writes what is counted into the corpus's card, seeds/README.md, and the matrix beside it."""

from __future__ import annotations

import csv
import io
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from corpus import (
    CONFLICTS,
    ERAS,
    FORM_OF,
    FORMS,
    LABELS,
    NAMES,
    OTHER,
    ROOT,
    SEEDS,
    annotations,
    article,
    catalogue,
    labelled,
    matrix,
)

from nutgraf import codebook
from nutgraf.agreement import Twice, agreement
from nutgraf.partition import PARTS
from nutgraf.records import Dropped

CARD = SEEDS / "README.md"
BEGIN, END = "<!-- counted: {} -->", "<!-- end -->"


def markdown(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A table."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    lines.insert(1, ["---", *("--:" for _ in head[1:])])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(part: int, whole: int) -> str:
    """As a percentage."""
    return f"{100 * part / whole:.1f}%"


def size() -> str:
    """Articles, paragraphs, words, furniture, hard pairs."""
    every = labelled()
    words = [len(one.text.split()) for one in every]
    tenths = statistics.quantiles(words, n=10)
    dropped = [sum(isinstance(piece, Dropped) for piece in article(name)[1]) for name in NAMES]
    pairs = {one.row["pair"] for one in every if one.row["pair"]}
    conflicts = {row["conflict"] for row in catalogue() if row["conflict"]}
    others = sum(row["conflict_kind"] == OTHER for row in catalogue())
    rows = [
        ("articles", len(NAMES)),
        ("of them of other matters", others),
        ("invented conflicts", len(conflicts)),
        ("paragraphs", len(every)),
        ("words a paragraph: least, first tenth, median, ninth tenth, most",
         ", ".join(f"{n:.0f}" for n in (min(words), tenths[0], statistics.median(words), tenths[8], max(words)))),
        ("articles with page furniture", f"{sum(map(bool, dropped))} ({share(sum(map(bool, dropped)), len(NAMES))})"),
        ("hard pairs", len(pairs)),
    ]  # fmt: skip
    return markdown(("", "number"), rows)


def labels() -> str:
    """How often labels occur, in all and in each part."""
    every = labelled()
    with (ROOT / "seeds" / "partition.csv").open(encoding="utf-8", newline="") as file:
        placed = {row["group"]: row["part"] for row in csv.DictReader(file)}
    conflicts = {row["article"]: row["conflict"] or row["article"] for row in catalogue()}
    parts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for one in every:
        parts[placed[conflicts[one.article]]].append(one.labels)
        parts["all"].append(one.labels)
    rows: list[list[object]] = []
    for part in ("all", *PARTS):
        here = parts[part]
        counts = [sum(label in some for some in here) for label in LABELS]
        counts += [sum(not some for some in here), sum(len(some) > 1 for some in here)]
        rows.append([part, len(here), *(share(count, len(here)) for count in counts)])
    return markdown(("part", "paragraphs", *LABELS, "none", "two or more"), rows)


def agreed() -> str:
    """How far the two annotators agree."""
    rows = [
        Twice(first=row["first"], second=row["second"], path=name, row=number)
        for name in NAMES
        for number, row in enumerate(annotations(name), start=2)
    ]
    found = agreement(rows, codebook.load(ROOT / "configs" / "labels.yaml").names)
    same = sum(row.first == row.second for row in rows)
    counts = [("", "", "") if r.label == "macro" else (r.first, r.second, r.both) for r in found]
    lines = [(r.label, *count, f"{r.f1:.3f}", f"{r.kappa:.3f}") for r, count in zip(found, counts, strict=True)]
    told = markdown(("label", "first", "second", "both", "F1", "kappa"), lines)
    shared = f"{same} of {len(rows)} paragraphs ({share(same, len(rows))})"
    return f"{told}\n\nBoth gave the same labels to {shared}."


def cells() -> str:
    """The matrix, and the kinds of text."""
    found = matrix()
    rows = [(kind, *(found["kind of conflict by form", kind, form] for form in FORMS)) for kind in CONFLICTS]
    kinds = [(kind, form, found["kind of text", kind, "all"]) for kind, form in FORM_OF.items()]
    places = sorted({row for name, row, _ in found if name == "continent by era"})
    eras = [(place, *(found["continent by era", place, era] for era in ERAS)) for place in places]
    return "\n\n".join(
        (
            markdown(("kind of conflict", *FORMS), rows),
            markdown(("kind of text", "form", "articles"), kinds),
            markdown(("continent", *ERAS), eras),
        )
    )


COUNTED = {"size": size, "labels": labels, "agreement": agreed, "matrix": cells}


def card(text: str) -> str:
    """The card with everything counted anew between its marks."""
    for name, count in COUNTED.items():
        begin = BEGIN.format(name)
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(END)
        text = f"{before}{begin}\n{count()}\n{END}{after}"
    return text


def matrix_table() -> str:
    """The matrix as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "row", "column", "articles"))
    writer.writerows((*cell, count) for cell, count in matrix().items())
    return out.getvalue()


if __name__ == "__main__":
    CARD.write_text(card(CARD.read_text(encoding="utf-8")), encoding="utf-8")
    (SEEDS / "matrix.csv").write_text(matrix_table(), encoding="utf-8")
    print(f"{CARD}: {Counter(row['kind'] for row in catalogue()).total()} articles")
