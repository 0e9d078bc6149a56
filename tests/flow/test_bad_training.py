"""What training and labelling by other thresholds refuse, each in a line, and what they fall back on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from conftest import Ran, made_up, write
from nutgraf import bundle, codebook, config, train
from nutgraf.files import write_jsonl

Run = Callable[..., Ran]


def assert_refused(ran: Ran, named: str) -> None:
    assert ran.code == 2
    assert named in ran.err
    assert ran.err.startswith("nutgraf: ")
    assert ran.err.count("\n") == 1


@pytest.fixture(scope="module")
def carded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with a card."""
    folder = tmp_path_factory.mktemp("carded") / "model"
    trained = train.train(made_up(), codebook.of_names(("harvest", "storm")), "words", config.Config())
    bundle.save(trained.bundle, folder, "# A model\n")
    return folder


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--goal", "f2"], "'f2' is no goal"),
        (["--goal", ""], "'' is no goal"),
        (["--goal", "recall=0"], "'recall=0': must be over 0"),
        (["--goal", "precision=1.5"], "'precision=1.5': must be over 0 and at most 1"),
        (["--goal", "precision=-1"], "'precision=-1' is no goal"),
        (["--goal", "recall=high"], "'recall=high' is no goal"),
        (["--threshold", "storm"], "--threshold 'storm': must be LABEL=PROBABILITY"),
        (["--threshold", "storm="], "--threshold 'storm=': must be LABEL=PROBABILITY"),
        (["--threshold", "storm=half"], "--threshold 'storm=half': must be LABEL=PROBABILITY"),
        (["--threshold", "storm=1.01"], "--threshold 'storm=1.01': must be from 0 to 1"),
        (["--threshold", "storm=nan"], "--threshold 'storm=nan': must be from 0 to 1"),
        (["--threshold", "strom=0.5"], "unknown label 'strom'; did you mean 'storm'?"),
        (["--threshold", "storm=0.5", "--threshold", "=0.5"], "unknown label ''"),
    ],
)
def test_a_goal_or_threshold_that_is_none(
    words: list[str], named: str, carded: Path, labelled: Path, tmp_path: Path, nutgraf: Run
) -> None:
    out = tmp_path / "out.csv"
    assert_refused(nutgraf("label", labelled, "--unit", "paragraph", "--model", carded, "--out", out, *words), named)
    assert not out.exists()


@pytest.mark.parametrize("command", ["train", "crossvalidate"])
def test_a_goal_in_the_knobs_that_is_none_stops_before_the_data_are_read(
    command: str, tmp_path: Path, nutgraf: Run
) -> None:
    knobs, out = write(tmp_path / "c.yaml", "train: {goal: recall=2}"), tmp_path / "out"
    ran = nutgraf(command, "--data", tmp_path / "gone.jsonl", "--kind", "words", "--config", knobs, "--out", out)
    assert_refused(ran, "'recall=2': must be over 0")
    assert not out.exists()


def test_a_member_is_for_an_ensemble_only(carded: Path, labelled: Path, tmp_path: Path, nutgraf: Run) -> None:
    out = tmp_path / "model"
    ran = nutgraf("train", "--data", labelled, "--kind", "words", "--member", carded, "--out", out)
    assert_refused(ran, "--member is for --kind ensemble, not for words")
    assert not out.exists()


@pytest.mark.parametrize("member", ["gone", "model"])
def test_a_member_that_is_not_there_or_was_trained_on_other_data(
    member: str, labelled: Path, tmp_path: Path, nutgraf: Run
) -> None:
    data, knobs = (
        tmp_path / "data.jsonl",
        write(tmp_path / "c.yaml", "train: {folds: 2, goal: half}\nclassifiers: {ensemble: {members: [words, rules]}}"),
    )
    write_jsonl(data, made_up(54))
    assert nutgraf("train", "--data", data, "--kind", "words", "--config", knobs, "--out", tmp_path / "model").code == 0
    arguments = ("train", "--data", labelled, "--kind", "ensemble", "--config", knobs, "--out", tmp_path / "out")
    ran = nutgraf(*arguments, "--member", tmp_path / member)
    assert_refused(ran, "no such model folder" if member == "gone" else "was trained on other data")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (None, "parts.csv: no such file"),
        ("group,part\na1,train\na2,trian\n", "parts.csv: row 3: unknown part 'trian'; did you mean 'train'?"),
        ("group,part\na1,\n", "parts.csv: row 2: unknown part ''"),
        ("group,role\na1,train\n", "parts.csv: has no column 'part'; it has group, role"),
        ("article,part\na1,train\n", "parts.csv: has no column 'group'"),
    ],
)
def test_a_partition_that_is_none(
    content: str | None, named: str, labelled: Path, tmp_path: Path, nutgraf: Run
) -> None:
    file, out = tmp_path / "parts.csv", tmp_path / "out.csv"
    if content is not None:
        write(file, content)
    ran = nutgraf("train", "--data", labelled, "--kind", "words", "--partition", file, "--out", tmp_path / "model")
    assert_refused(ran, named)
    assert_refused(nutgraf("partition", "--data", labelled, "--keep", file, "--out", out), named)
    assert not out.exists()
    assert not (tmp_path / "model").exists()


def test_a_partition_that_leaves_nothing_to_train_on(labelled: Path, tmp_path: Path, nutgraf: Run) -> None:
    file = write(tmp_path / "p.csv", "group,part\n" + "".join(f"a{n},test\n" for n in range(10)))
    ran = nutgraf("train", "--data", labelled, "--kind", "words", "--partition", file, "--out", tmp_path / "model")
    assert_refused(ran, "the training part is empty")


@pytest.mark.parametrize("command", ["partition", "crossvalidate"])
@pytest.mark.parametrize("folds", ["1", "0", "two"])
def test_fewer_than_two_folds(command: str, folds: str, labelled: Path, tmp_path: Path, nutgraf: Run) -> None:
    out = tmp_path / "out.csv"
    assert_refused(nutgraf(command, "--data", labelled, "--folds", folds, "--out", out), "'--folds'")
    assert not out.exists()


def test_suspects_end_in_csv_and_fall_on_no_other_file(labelled: Path, tmp_path: Path, nutgraf: Run) -> None:
    for suspects, named in (("s.txt", "must end in .csv"), ("o.csv", "name another file")):
        arguments = (
            "crossvalidate",
            "--data",
            labelled,
            "--out",
            tmp_path / "o.csv",
            "--suspects",
            tmp_path / suspects,
        )
        assert_refused(nutgraf(*arguments), named)


def test_a_label_without_examples_is_told_and_never_given(tmp_path: Path, labelled: Path, nutgraf: Run) -> None:
    book = write(tmp_path / "l.yaml", "labels: [{name: storm}, {name: harvest}, {name: flood}]")
    model, out = tmp_path / "model", tmp_path / "out.jsonl"
    knobs = write(tmp_path / "c.yaml", "train: {folds: 2, goal: half}")
    shared = ("--data", labelled, "--labels", book, "--kind", "words", "--config", knobs)
    ran = nutgraf("train", *shared, "--out", model)
    note = "flood: not calibrated: 0 examples with the label"
    assert ran.code == 0
    assert f"note: {note}" in ran.out
    assert f"- {note}" in (model / "README.md").read_text(encoding="utf-8")
    ran = nutgraf(
        *("label", labelled, "--unit", "paragraph", "--model", model, "--out", out),
        *("--goal", "half", "--uncertain"),
    )
    assert ran.code == 0
    assert f"note: {note}" in ran.out  # the goal does not hold for it
    assert not any(json.loads(line)["flood"] for line in out.read_text().splitlines())
    assert nutgraf("crossvalidate", *shared, "--folds", 2, "--out", tmp_path / "judged.jsonl").code == 0


def test_one_article_alone_is_learned_from_and_no_fold_can_be_made(tmp_path: Path, nutgraf: Run) -> None:
    data, model = tmp_path / "data.jsonl", tmp_path / "model"
    write_jsonl(data, [msgspec.structs.replace(a, article="a") for a in made_up(24)])
    ran = nutgraf("train", "--data", data, "--kind", "words", "--out", model)
    assert ran.code == 0
    for name in ("harvest", "storm"):
        assert f"note: {name}: not calibrated: there is no article to hold out" in ran.out
    assert "note: the test part is empty" in ran.out
    assert "None: no paragraph was kept aside." in (model / "README.md").read_text(encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert nutgraf("label", data, "--unit", "paragraph", "--model", model, "--goal", "recall=1", "--out", out).code == 0
    assert {json.loads(line)["storm"] for line in out.read_text().splitlines()} == {True, False}
    ran = nutgraf("crossvalidate", "--data", data, "--kind", "words", "--out", tmp_path / "judged.jsonl")
    assert_refused(ran, "only one article or group")


@pytest.mark.parametrize("command", ["train", "crossvalidate"])
@pytest.mark.parametrize("named_in_a_file", [True, False])
def test_paragraphs_that_bear_no_label_at_all(
    command: str, named_in_a_file: bool, tmp_path: Path, nutgraf: Run
) -> None:
    data, out = tmp_path / "data.jsonl", tmp_path / "out"
    write_jsonl(data, [msgspec.structs.replace(a, labels=()) for a in made_up()])
    book = ["--labels", write(tmp_path / "l.yaml", "labels: [{name: storm}]")] if named_in_a_file else []
    assert_refused(nutgraf(command, "--data", data, "--kind", "words", *book, "--out", out), "bears a label")
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "named"),
    [("gone", "gone: no such folder"), ("hollow", "hollow: holds no encoder: it has no .safetensors file")],
)
@pytest.mark.parametrize("kind", ["embedding", pytest.param("encoder", marks=pytest.mark.slow)])  # imports transformers
def test_an_encoder_that_is_not_there(
    kind: str, name: str, named: str, labelled: Path, tmp_path: Path, nutgraf: Run
) -> None:
    write(tmp_path / "hollow" / "config.json", "{}")
    write(tmp_path / "hollow" / "pytorch_model.bin", b"\x80\x04.")  # a pickle is not opened
    knobs = write(tmp_path / "c.yaml", f"classifiers: {{{kind}: {{encoder: {tmp_path / name}}}}}")
    out = tmp_path / "model"
    assert_refused(nutgraf("train", "--data", labelled, "--kind", kind, "--config", knobs, "--out", out), named)
    assert not out.exists()


@pytest.mark.parametrize("name", ["README.md", "held_out.safetensors", "weights.safetensors"])
@pytest.mark.parametrize("place", [0, -1])
def test_a_model_folder_with_a_changed_byte(
    name: str, place: int, carded: Path, labelled: Path, tmp_path: Path, nutgraf: Run
) -> None:
    model, out = shutil.copytree(carded, tmp_path / "model"), tmp_path / "out.csv"
    changed = bytearray((model / name).read_bytes())
    changed[place] ^= 1
    (model / name).write_bytes(changed)
    ran = nutgraf("label", labelled, "--unit", "paragraph", "--model", model, "--out", out)
    assert_refused(ran, f"{name}: its checksum is not the one in model.json")
    assert_refused(nutgraf("evaluate", "--model", model, "--data", labelled, "--out", out), name)
    assert not out.exists()
