"""What a person may say of how files are read, at `nutgraf read` and `nutgraf label`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, refused, write

Run = Callable[..., Ran]
ENGLISH = (
    "Heavy rain and wind tore the roof off the mill on Friday, and the road to the ferry was shut until the evening."
)
GERMAN = (
    "Am Freitag riss starker Regen und Wind das Dach der Mühle ab, und die Straße zur Fähre blieb bis zum Abend zu."
)


def articles(out: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_columns_are_named_on_the_command_line(tmp_path: Path, nutgraf: Run) -> None:
    table = write(
        tmp_path / "a.csv",
        f"text,inhalt,kopf,tag,blatt,autor,nr\nno,{ENGLISH.replace(',', '')},Mill,2020-03-06,Tarn,A. B.,7\n",
    )
    out = tmp_path / "o.jsonl"
    options = {"text": "inhalt", "title": "kopf", "date": "tag", "source": "blatt", "byline": "autor", "id": "nr"}
    words = [word for name, column in options.items() for word in (f"--{name}-column", column)]
    assert nutgraf("read", table, *words, "--out", out).code == 0
    (article,) = articles(out)
    assert [article[name] for name in ("title", "date", "source", "byline", "id")] == [
        "Mill",
        "2020-03-06",
        "Tarn",
        "A. B.",
        "7",
    ]
    assert article["text"].startswith("Heavy rain")


@pytest.mark.parametrize(("words", "kept"), [((), 2), (("--language", "en"), 1), (("--language", "any"), 2)])
def test_reading_refuses_another_language_where_one_is_asked_for(
    tmp_path: Path, nutgraf: Run, words: tuple[str, ...], kept: int
) -> None:
    write(tmp_path / "in" / "a.txt", ENGLISH)
    write(tmp_path / "in" / "b.txt", GERMAN)
    out = tmp_path / "o.jsonl"
    ran = nutgraf("read", tmp_path / "in", "--out", out, *words)
    assert (ran.code, len(articles(out))) == (int(kept == 1), kept)
    if kept == 1:
        assert [(path, reason) for path, _, reason in refused(out)] == [("b.txt", "other_language")]


@pytest.mark.parametrize(("words", "kept"), [((), 1), (("--language", "any"), 2), (("--language", "de"), 1)])
def test_labelling_refuses_what_the_model_does_not_read(
    tmp_path: Path, miniature: Path, nutgraf: Run, words: tuple[str, ...], kept: int
) -> None:
    write(tmp_path / "in" / "a.txt", ENGLISH)
    write(tmp_path / "in" / "b.txt", GERMAN)
    out = tmp_path / "o.jsonl"
    nutgraf("label", tmp_path / "in", "--model", miniature, "--out", out, *words)
    assert len(articles(out)) == kept


def test_a_language_that_is_none_is_refused_by_name(tmp_path: Path, nutgraf: Run) -> None:
    ran = nutgraf("read", write(tmp_path / "a.txt", ENGLISH), "--out", tmp_path / "o.jsonl", "--language", "English")
    assert ran.code == 2
    assert "language" in ran.err


@pytest.mark.parametrize(
    ("how", "clusters"), [("mark", ["1", "2", "1"]), ("drop", ["1", "2"]), ("ignore", ["", "", ""])]
)
def test_reprints_are_marked_dropped_or_ignored(tmp_path: Path, nutgraf: Run, how: str, clusters: list[str]) -> None:
    rows = [{"id": "1", "text": ENGLISH}, {"id": "2", "text": GERMAN}, {"id": "3", "text": f"{ENGLISH} It held."}]
    data = write(tmp_path / "a.jsonl", "\n".join(json.dumps(row) for row in rows))
    out = tmp_path / "o.jsonl"
    ran = nutgraf("read", data, "--out", out, "--reprints", how)
    assert [article["cluster"] for article in articles(out)] == clusters
    assert ("1 reprints of others" in ran.last) == (how == "mark")
    assert ("1 reprint)" in ran.last) == (how == "drop")


def test_repaired_articles_are_told_of(tmp_path: Path, nutgraf: Run) -> None:
    out = tmp_path / "o.jsonl"
    ran = nutgraf("read", write(tmp_path / "a.txt", f"â€œGo,â€\x9d he said. {ENGLISH}"), "--out", out)
    assert "1 with repaired text" in ran.last
    (article,) = articles(out)
    assert article["text"].startswith("“Go,” he said.")
    assert article["repaired"] == ["doubly encoded text mended"]


def test_labelling_lists_what_it_dropped(tmp_path: Path, miniature: Path, nutgraf: Run) -> None:
    page = write(tmp_path / "a.txt", f"{ENGLISH}\n\nShare this story\n\nCopyright 2020 The Tarn Gazette\n")
    ran = nutgraf("label", page, "--model", miniature, "--out", tmp_path / "o.csv", "--dropped", tmp_path / "d.jsonl")
    assert "2 pieces of page furniture dropped" in ran.last
    assert [piece["reason"] for piece in articles(tmp_path / "d.jsonl")] == ["share", "copyright"]


def test_the_help_lists_every_format(nutgraf: Run) -> None:
    from nutgraf.read.sniff import EXTENSIONS

    said = nutgraf("read", "--help").out
    assert all(extension in said for extension in EXTENSIONS)
    assert ".zip" in said
    assert "hf://" in said


@pytest.mark.slow  # starts processes
def test_any_number_of_processes_reads_and_splits_alike(tmp_path: Path, nutgraf: Run) -> None:
    (tmp_path / "in").mkdir()
    for number in range(400):
        said = f"The mayor of Orla said: “Bridge {number} is shut.”"
        text = f"Bridge {number} was shut\n\n{said}\n\nShare this\n\nRain fell.\n"
        (tmp_path / "in" / f"{number:03}.txt").write_text(text)
        (tmp_path / "in" / f"{number:03}.html").write_bytes(b"\x00\xff" * 20)
    written = []
    for workers in ("1", "2"):
        articles, paragraphs = tmp_path / f"a{workers}.jsonl", tmp_path / f"p{workers}.jsonl"
        assert nutgraf("read", tmp_path / "in", "--out", articles, "--workers", workers).code == 1
        dropped = ("--dropped", tmp_path / "d.jsonl")
        assert nutgraf("split", articles, "--out", paragraphs, *dropped, "--workers", workers).code == 0
        refused = (tmp_path / f"a{workers}.jsonl.refused.jsonl").read_bytes()
        written.append((articles.read_bytes(), refused, paragraphs.read_bytes(), (tmp_path / "d.jsonl").read_bytes()))
    assert written[0] == written[1]
    assert written[0][0].count(b"\n") == 400
