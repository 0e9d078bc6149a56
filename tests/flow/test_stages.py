"""The stages one after the other, on a small made-up corpus."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet
import pytest

from conftest import Ran

ARTICLE = """MON 4 - 5 - 2020
Date: May 2, 2020
Source: The Tarn Gazette
Mill roofs lost in storm over the Tarn

TARN: Heavy rain and wind tore the roof off two mills on Friday, the weather office said.

“We had barley up to the rafters,” said Ilse Marn, who farms above the weir.

The library will open an hour later from next month.

Readers Comments (2)
Related News
Ferry to run again on Sunday
Copyright 2020 The Tarn Gazette. All rights reserved
"""
LABELS = """
labels:
  - name: storm
    rules: [{name: weather, phrases: [rain, wind*]}]
  - name: quote
    rules: [{name: attributed_quotation, function: attributed_quotation}]
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "articles" / "tarn").mkdir(parents=True)
    (tmp_path / "articles" / "tarn" / "mills.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "people" / "tarn").mkdir(parents=True)
    (tmp_path / "people" / "tarn" / "mills.csv").write_text(
        "opening,labels\nTARN: Heavy rain,none\n“We had barley,\nThe library,\n", encoding="utf-8"
    )
    (tmp_path / "labels.yaml").write_text(LABELS, encoding="utf-8")
    return tmp_path


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_read_split_and_annotate_stand_alone(corpus: Path, nutgraf: Callable[..., Ran]) -> None:
    articles, paragraphs, labelled = (corpus / name for name in ("a.jsonl", "p.jsonl", "l.jsonl"))
    assert nutgraf("read", corpus / "articles", "--out", articles).code == 0
    (article,) = rows(articles)
    assert {"id", "title", "date", "source", "text", "path"} <= set(article)
    assert (article["title"], article["date"], article["source"]) == (
        "Mill roofs lost in storm over the Tarn",
        "2020-05-02",
        "The Tarn Gazette",
    )
    ran = nutgraf("split", articles, "--out", paragraphs, "--dropped", corpus / "d.jsonl")
    assert ran.code == 0
    assert "3 paragraphs" in ran.last
    assert "4 pieces dropped" in ran.last
    assert [row["reason"] for row in rows(corpus / "d.jsonl")] == [
        "comment_form",
        "related",
        "headline_list",
        "copyright",
    ]
    found = rows(paragraphs)
    assert {"id", "article", "index", "start", "end", "text"} <= set(found[0])
    assert all(row["text"] == article["text"][row["start"] : row["end"]] for row in found)

    ran = nutgraf(
        *("annotate", paragraphs, "--articles", articles, "--people", corpus / "people"),
        *("--labels", corpus / "labels.yaml", "--out", labelled, "--rules", corpus / "rules.csv"),
    )
    assert ran.code == 0
    assert "1 labelled by people, 2 proposed by rules" in ran.last
    assert [(row["labels"], row["by"]) for row in rows(labelled)] == [
        ([], "people"),  # the rule would say storm: people are not overwritten
        (["quote"], "rules"),
        ([], "rules"),
    ]
    table = list(csv.DictReader((corpus / "rules.csv").open(encoding="utf-8")))
    assert [(row["rule"], row["votes"], row["precision"]) for row in table] == [
        ("weather", "1", "0.000"),
        ("attributed_quotation", "1", "-"),
    ]


def test_train_evaluate_label_and_report_follow_the_contract(
    labelled: Path, tmp_path: Path, nutgraf: Callable[..., Ran]
) -> None:
    model, scores = tmp_path / "model", tmp_path / "scores.json"
    assert nutgraf("train", "--data", labelled, "--kind", "words", "--out", model).code == 0
    assert nutgraf("evaluate", "--model", model, "--data", labelled, "--out", scores).code == 0
    written = json.loads(scores.read_text())
    assert written["labels"] == ["harvest", "storm"]
    assert set(written["scores"]["train"]["storm"]) >= {"precision", "recall", "f1", "average_precision", "support"}

    text = tmp_path / "news.txt"
    text.write_text(ARTICLE, encoding="utf-8")
    tables = {}
    for ending in ("jsonl", "csv", "parquet"):
        out = tmp_path / f"out.{ending}"
        ran = nutgraf("label", text, "--model", model, "--out", out)
        assert (ran.code, ran.last) == (0, f"3 paragraphs labelled to {out}; 4 pieces of page furniture dropped")
        tables[ending] = out
    expected = ["article_id", "paragraph", "start", "end", "text", "harvest", "storm", "p_harvest", "p_storm"]
    as_json = rows(tables["jsonl"])
    assert list(as_json[0]) == expected
    assert [row["paragraph"] for row in as_json] == [0, 1, 2]
    assert as_json[0]["storm"] is True
    table = pyarrow.parquet.read_table(tables["parquet"])
    assert table.column_names == expected
    assert table.to_pylist() == as_json
    as_csv = list(csv.DictReader(tables["csv"].open(encoding="utf-8", newline="")))
    assert [{key: str(value) for key, value in row.items() if key in expected[:5]} for row in as_json] == [
        {key: row[key] for key in expected[:5]} for row in as_csv
    ]
    assert {row["storm"] for row in as_csv} <= {"true", "false"}

    page = tmp_path / "page.html"
    assert nutgraf("report", tables["csv"], "--out", page).code == 0
    assert "We had barley" in page.read_text(encoding="utf-8")


def test_a_record_is_labelled_as_it_stands_and_keeps_its_id(
    miniature: Path, tmp_path: Path, nutgraf: Callable[..., Ran]
) -> None:
    data, out = tmp_path / "records.jsonl.gz", tmp_path / "out.jsonl"
    texts = ["  Rain.Wind and\nrain  ", "Copyright 2020. All rights reserved"]
    lines = [json.dumps({"id": f"r{n}", "text": text}) for n, text in enumerate(texts)]
    data.write_bytes(gzip.compress("\n".join(lines).encode()))
    ran = nutgraf("label", data, "--unit", "paragraph", "--model", miniature, "--out", out)
    assert ran.code == 0
    assert [(row["id"], row["text"], row["start"], row["end"]) for row in rows(out)] == [
        (f"r{n}", text, 0, len(text)) for n, text in enumerate(texts)
    ]


def test_standard_input_is_labelled(
    miniature: Path, tmp_path: Path, nutgraf: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps({"text": "Wind and rain tore off a roof on Friday."}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert nutgraf("label", "-", "--model", miniature, "--out", tmp_path / "o.jsonl").code == 0
    assert rows(tmp_path / "o.jsonl")[0]["storm"] is True


def test_several_processes_give_what_one_gives(miniature: Path, tmp_path: Path, nutgraf: Callable[..., Ran]) -> None:
    data, config = tmp_path / "many.jsonl", tmp_path / "params.yaml"
    config.write_text("label: {chunk: 7}\n")
    data.write_text("\n".join(json.dumps({"text": f"Rain over barley field {n} and no wind"}) for n in range(60)))
    outs = []
    for workers in (1, 2):
        out = tmp_path / f"{workers}.jsonl"
        ran = nutgraf(
            *("label", data, "--unit", "paragraph", "--model", miniature, "--out", out),
            *("--workers", workers, "--config", config),
        )
        assert ran.code == 0
        outs.append(out.read_bytes())
    assert outs[0] == outs[1]


def test_excel_gets_a_byte_order_mark_and_no_formulas(
    miniature: Path, tmp_path: Path, nutgraf: Callable[..., Ran]
) -> None:
    data = tmp_path / "records.jsonl"
    data.write_text(json.dumps({"text": '=HYPERLINK("x") in the rain'}))
    out = tmp_path / "o.csv"
    nutgraf("label", data, "--unit", "paragraph", "--model", miniature, "--out", out, "--excel")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert next(csv.DictReader(out.open(encoding="utf-8-sig")))["text"] == '\'=HYPERLINK("x") in the rain'
