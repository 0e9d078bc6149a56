"""Partition, training, its card and cross-validation, by command line."""

from __future__ import annotations

import csv
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from conftest import Ran, made_up, write
from nutgraf.files import write_jsonl
from nutgraf.records import Annotation

Run = Callable[..., Ran]
NO_LEAK = "0 texts, 0 near-copies, 0 groups"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    """Knobs that make training short."""
    return write(tmp_path / "quick.yaml", "train: {folds: 2, goal: half}")


def parts(path: Path) -> dict[str, str]:
    return {row["group"]: row["part"] for row in table(path)}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def copy_of(article: str, name: str) -> list[Annotation]:
    return [msgspec.structs.replace(a, id=f"{name}-{a.id}", article=name) for a in made_up() if a.article == article]


def flipped(*ids: str) -> list[Annotation]:
    """The made-up paragraphs, those of these ids with the labels that they should not bear."""
    book = ("harvest", "storm")
    return [
        msgspec.structs.replace(a, labels=tuple(x for x in book if x not in a.labels)) if a.id in ids else a
        for a in made_up()
    ]


def f1(borne: list[bool], given: list[bool]) -> float:
    both = sum(b and g for b, g in zip(borne, given, strict=True))
    return 2 * both / (sum(borne) + sum(given)) if sum(borne) + sum(given) else 0.0


def test_the_partition_is_written_and_its_table_counts_what_is_written(
    labelled: Path, tmp_path: Path, nutgraf: Run
) -> None:
    out = tmp_path / "parts.csv"
    ran = nutgraf("partition", "--data", labelled, "--out", out)
    assert (ran.code, ran.last) == (0, f"10 groups to {out}")
    placed = parts(out)
    assert sorted(placed) == [f"a{n}" for n in range(10)]
    head, *lines, audit, _ = ran.out.splitlines()
    assert head.split() == ["part", "groups", "paragraphs", "harvest", "storm"]
    for line, part in zip(lines, ("train", "validation", "test"), strict=True):
        those = [a.labels for a in made_up() if placed[a.article] == part]
        rates = [f"{sum(name in borne for borne in those) / len(those):.2f}" for name in ("harvest", "storm")]
        assert line.split() == [part, str(len(those) // 6), str(len(those)), *rates]
    assert audit == f"shared by two parts: {NO_LEAK}"


def test_every_group_has_a_fold_and_a_reprint_that_of_its_original(tmp_path: Path, nutgraf: Run) -> None:
    data, out = tmp_path / "data.jsonl", tmp_path / "parts.csv"
    write_jsonl(data, [*made_up(), *copy_of("a3", "again")])
    assert nutgraf("partition", "--data", data, "--folds", 3, "--out", out).code == 0
    placed = {row["group"]: (row["part"], row["fold"]) for row in table(out)}
    assert placed["again"] == placed["a3"]
    assert sorted(Counter(fold for name, (_, fold) in placed.items() if name != "again").values()) == [3, 3, 4]


def test_a_paragraph_that_all_articles_share_is_counted_where_it_is_scored_only(tmp_path: Path, nutgraf: Run) -> None:
    data, out = tmp_path / "data.jsonl", tmp_path / "parts.csv"
    same = "The gazette corrects its errors in the edition of the following day."
    write_jsonl(data, [*made_up(), *(Annotation(id=f"s{n}", text=same, labels=(), article=f"a{n}") for n in range(10))])
    ran = nutgraf("partition", "--data", data, "--out", out)
    counted = {line.split()[0]: int(line.split()[2]) for line in ran.out.splitlines()[1:4]}
    many = Counter(parts(out).values())
    assert counted == {part: 6 * many[part] + (many[part] if part == "test" else 0) for part in many}
    assert NO_LEAK in ran.out


def test_what_a_partition_names_stays_when_articles_are_added(tmp_path: Path, nutgraf: Run) -> None:
    data, old, new = tmp_path / "data.jsonl", tmp_path / "old.csv", tmp_path / "new.csv"
    # no draw would deal like this: seven of ten articles to test
    kept = {f"a{n}": "test" if n < 7 else "train" for n in range(10)}
    write(old, "group,part\n" + "".join(f"{group},{part}\n" for group, part in kept.items()))
    write_jsonl(data, [*copy_of("a0", "A0"), *made_up(120), *copy_of("a9", "z9")])
    assert nutgraf("partition", "--data", data, "--keep", old, "--out", new).code == 0
    placed = parts(new)
    assert len(placed) == 22
    assert kept.items() <= placed.items()
    assert (placed["A0"], placed["z9"]) == ("test", "train")  # reprints follow what stays
    assert "validation" in placed.values()


def test_training_and_evaluation_go_by_the_partition_given(
    labelled: Path, quick: Path, tmp_path: Path, nutgraf: Run
) -> None:
    given = {f"a{n}": ("train", "test", "validation")[n % 3] for n in range(9)}
    file = write(tmp_path / "p.csv", "group,part\n" + "".join(f"{group},{part}\n" for group, part in given.items()))
    model, judged = tmp_path / "model", tmp_path / "judged.jsonl"
    ran = nutgraf(
        "train", "--data", labelled, "--kind", "words", "--partition", file, "--config", quick, "--out", model
    )
    assert ran.code == 0
    groups = json.loads((model / "model.json").read_text())["training"]["groups"]
    assert given.items() <= groups.items()
    assert set(groups) == {*given, "a9"}  # what the file does not name is dealt out
    nutgraf("evaluate", "--model", model, "--data", labelled, "--out", tmp_path / "m.json", "--predictions", judged)
    assert {(row["article"], row["part"]) for row in rows(judged)} == set(groups.items())


def test_the_same_seed_gives_the_same_bytes(labelled: Path, quick: Path, tmp_path: Path, nutgraf: Run) -> None:
    folders = [tmp_path / name for name in ("first", "second", "other")]
    for folder, seed in zip(folders, (7, 7, 8), strict=True):
        train = ("train", "--data", labelled, "--kind", "words", "--seed", seed, "--config", quick)
        assert nutgraf(*train, "--out", folder).code == 0
    first, second, other = map(contents, folders)
    assert {"README.md", "held_out.safetensors", "model.json", "terms.json", "weights.safetensors"} == set(first)
    assert first == second
    assert first["held_out.safetensors"] != other["held_out.safetensors"]  # other folds


@pytest.mark.slow  # draws its intervals
def test_the_card_tells_scores_thresholds_knobs_and_limits(tmp_path: Path, nutgraf: Run) -> None:
    data, model, scores = tmp_path / "data.jsonl", tmp_path / "model", tmp_path / "scores.json"
    write_jsonl(data, flipped(*(f"m{n}" for n in range(1, 60, 8))))
    config = write(tmp_path / "c.yaml", "train: {goal: recall=0.9}\nclassifiers: {words: {strength: 0.5}}\n")
    train = ("train", "--data", data, "--kind", "words", "--seed", 5, "--config", config, "--out", model)
    assert nutgraf(*train).code == 0
    card = (model / "README.md").read_text(encoding="utf-8")
    heads = ["What it is", "Intended use", "Data", "Scores", "Thresholds", "Knobs", "Limits"]
    assert re.findall(r"^## (.*)$", card, re.MULTILINE) == heads
    sections = dict(zip(heads, re.split(r"^## .*$", card, flags=re.MULTILINE)[1:], strict=True))

    nutgraf("evaluate", "--model", model, "--data", data, "--out", scores)
    found = json.loads(scores.read_text())["scores"]
    unseen = found.keys() - {"train"}
    tables = {part: sections["Scores"].split(f"On the {part} part")[1].split("On the")[0] for part in unseen}
    assert set(tables) == {"validation", "test"}
    for part, text in tables.items():
        lines = re.findall(r"^\| (harvest|storm|macro) (.*)$", text, re.MULTILINE)
        assert len(lines) == 3
        for name, line in lines:
            score, interval, precision, recall, *_ = line.strip("| ").split(" | ")
            values = found[part][name]
            assert [score, precision, recall] == [f"{values[key]:.3f}" for key in ("f1", "precision", "recall")]
            low, high = map(float, interval.split(" to "))
            assert low <= float(score) <= high
    known = json.loads((model / "model.json").read_text())
    for name, fitted in zip(known["labels"], known["calibrations"], strict=True):
        assert f"| {name} | {fitted['threshold']:.3f} |" in sections["Thresholds"]
    assert "Chosen for `recall=0.9`" in sections["Thresholds"]
    assert all(f"`{knob}`" in sections["Knobs"] for knob in ("seed=5", "goal=recall=0.9", "strength=0.5"))
    assert "It reads a paragraph by itself" in sections["Limits"]


def test_markup_in_a_definition_does_the_card_no_harm(
    labelled: Path, quick: Path, tmp_path: Path, nutgraf: Run
) -> None:
    plain = [{"name": "storm", "definition": "Wind"}, {"name": "harvest", "definition": "Crops"}]
    wild = "<img src=x> | x |\n\n## Scores\r\n![x](http://a.example/b) &lt; `\\| {{ 7 }} {% raw %}"
    cards = []
    for name, labels in (("plain", plain), ("wild", [plain[0], plain[1] | {"definition": wild}])):
        book = write(tmp_path / f"{name}.yaml", json.dumps({"labels": labels}))
        out = tmp_path / name
        train = ("train", "--data", labelled, "--kind", "words", "--labels", book, "--config", quick)
        assert nutgraf(*train, "--out", out).code == 0
        cards.append((out / "README.md").read_text(encoding="utf-8"))
    one, other = (card.splitlines() for card in cards)
    assert len(one) == len(other)
    ((before, after),) = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    assert before == "| `harvest` | Crops |"
    assert "{{ 7 }} {% raw %}" in after
    bare = re.sub(r"\\[^\w\s]", "", after)  # what is escaped begins nothing
    assert bare.count("|") == 3
    assert not set("<[&\\") & set(bare)
    assert bare.count("`") == 2


def test_crossvalidation_judges_each_paragraph_once_and_its_table_adds_up(
    quick: Path, tmp_path: Path, nutgraf: Run
) -> None:
    data, out = tmp_path / "data.jsonl", tmp_path / "judged.jsonl"
    write_jsonl(data, flipped(*(f"m{n}" for n in range(0, 60, 7))))
    ran = nutgraf("crossvalidate", "--data", data, "--kind", "words", "--folds", 3, "--config", quick, "--out", out)
    assert (ran.code, ran.last) == (0, f"60 paragraphs judged in 3 folds to {out}")
    judged = rows(out)
    assert sorted(str(row["id"]) for row in judged) == sorted(a.id for a in made_up())
    assert {row["part"] for row in judged} == {"test"}
    head, *folds, mean, spread, audit, _ = [line.split() for line in ran.out.splitlines()]
    assert head == ["fold", "paragraphs", "harvest", "storm", "macro"]
    assert " ".join(audit) == f"shared by two parts of any fold: {NO_LEAK}"
    expected, start = [], 0
    for fold in folds:
        those = judged[start : start + int(fold[1])]
        start += len(those)
        each = [
            f1(*([name in row[key] for row in those] for key in ("labels", "predicted")))  # type: ignore[operator]
            for name in ("harvest", "storm")
        ]
        expected.append([*each, sum(each) / 2])
        assert fold[2:] == [f"{value:.3f}" for value in expected[-1]]
    assert mean[1:] == [f"{statistics.mean(column):.3f}" for column in zip(*expected, strict=True)]
    assert spread[1:] == [f"{statistics.stdev(column):.3f}" for column in zip(*expected, strict=True)]


@pytest.mark.slow  # cleanlab takes seconds to import
def test_labels_that_were_turned_round_are_the_first_suspects(tmp_path: Path, nutgraf: Run) -> None:
    data, out, found = tmp_path / "data.jsonl", tmp_path / "judged.jsonl", tmp_path / "suspects.csv"
    write_jsonl(data, flipped("m9", "m32"))
    arguments = ("--data", data, "--kind", "words", "--suspects", found, "--most", 5, "--out", out)
    ran = nutgraf("crossvalidate", *arguments)
    assert ran.code == 0
    assert f"5 labels to look at again, in {found}" in ran.out
    ranked = table(found)
    wrong = {("m9", "harvest", "false"), ("m9", "storm", "true"), ("m32", "harvest", "true"), ("m32", "storm", "false")}
    assert {(row["id"], row["label"], row["given"]) for row in ranked[:4]} == wrong
    quality = [float(row["quality"]) for row in ranked]
    assert quality == sorted(quality)
    for row in ranked:
        chance = float(row["probability"])
        assert float(row["quality"]) == pytest.approx(chance if row["given"] == "true" else 1 - chance, abs=0.0015)
