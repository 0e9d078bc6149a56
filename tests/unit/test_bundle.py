import contextlib
import importlib.metadata
import json
import pickle
import pickletools
import shutil
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
import sklearn.linear_model
import sklearn.metrics  # noqa: F401  (imported here, so that no test pays for it)

from nutgraf import bundle, files
from nutgraf.codebook import Codebook
from nutgraf.config import Config
from nutgraf.errors import NutgrafError
from nutgraf.records import Annotation, Passage
from nutgraf.train import train

KINDS = ("rules", "words", "linear", "ensemble")
BOOK = Codebook.model_validate(
    {"labels": [{"name": "boats", "rules": [{"name": "r", "phrases": ["ferr*"]}]}, {"name": "roads"}]}
)
TEXTS = ["The ferry left.", "A lorry came.", "Rain “at last”, they said."]


@pytest.fixture(scope="module")
def models():
    made = []
    for day in range(12):
        for index, (what, labels) in enumerate([("ferry", ("boats",)), ("lorry", ("roads",)), ("rain", ())]):
            text = f"Quay{day} the {what} quay{day} on day {day}."
            made.append(Annotation(id=f"{day}-{index}", text=text, labels=labels, article=f"a{day}"))
    settings = {"train": {"goal": "half"}, "classifiers": {"ensemble": {"members": ["rules", "words"]}}}
    return {kind: train(made, BOOK, kind, Config.model_validate(settings)).bundle for kind in KINDS}


@pytest.fixture(scope="module")
def folders(models, tmp_path_factory):
    root = tmp_path_factory.mktemp("models")
    for kind, model in models.items():
        bundle.save(model, root / kind, f"# {kind}\n")
    return {kind: root / kind for kind in KINDS}


@pytest.fixture
def folder(folders, tmp_path):
    """A model folder of one's own, to do harm to."""
    return shutil.copytree(folders["words"], tmp_path / "model")


def change(folder, **values):
    path = folder / "model.json"
    changed = json.loads(path.read_text(encoding="utf-8")) | values
    with contextlib.suppress(msgspec.MsgspecError):  # with a checksum that fits, so that it is not what is refused
        changed["checksum"] = bundle.checksum(msgspec.convert(changed, bundle.Description))
    path.write_text(json.dumps(changed), encoding="utf-8")


def refusal(folder):
    with pytest.raises(NutgrafError) as caught:
        bundle.load(folder)
    return str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_read_back_gives_the_same_probabilities_and_decisions(kind, models, folders):
    read = bundle.load(folders[kind])
    probabilities = models[kind].probabilities(TEXTS)
    assert np.array_equal(read.probabilities(TEXTS), probabilities)
    assert np.array_equal(read.decide(probabilities), models[kind].decide(probabilities))
    assert (read.kind, read.labels) == (kind, ("boats", "roads"))
    assert (read.calibrations, read.training) == (models[kind].calibrations, models[kind].training)
    assert read.knobs == json.loads(json.dumps(models[kind].knobs))
    for name in ("probabilities", "borne", "groups"):
        assert np.array_equal(getattr(read.held_out, name), getattr(models[kind].held_out, name))
    assert read.held_out.borne.dtype == bool
    assert read.held_out.probabilities.shape == (len(read.held_out.groups), 2)


def test_no_texts_give_no_probabilities(models):
    assert models["linear"].probabilities([]).shape == (0, 2)


@pytest.mark.parametrize(
    ("given", "shown"), [("paragraph", ("", "")), ("headline", ("Floods", "")), ("neighbours", ("Floods", "Snow."))]
)
def test_the_classifier_sees_no_more_of_a_passage_than_it_was_trained_on(models, given, shown):
    class Watcher:
        def predict_proba(self, texts):
            self.seen = [(text, text.headline, text.before) for text in texts]
            return np.full((len(texts), 2), 0.5)

    knobs = models["rules"].knobs | {"train": {"input": given}}
    model = replace(models["rules"], classifier=Watcher(), knobs=knobs)
    model.probabilities([Passage("Rain.", None, "Floods", "Snow."), "Rain."])
    assert model.classifier.seen == [("Rain.", *shown), ("Rain.", "", "")]


def is_pickle(data):
    try:
        return bool(list(pickletools.genops(data)))
    except Exception:
        return False


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_would_be_recognised(protocol):
    assert is_pickle(pickle.dumps({"weights": np.zeros(3)}, protocol))


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_of_a_model_folder_is_a_pickle_or_an_archive(kind, folders):
    for file in filter(Path.is_file, folders[kind].rglob("*")):
        assert file.suffix in {".json", ".safetensors"} or file.name == "README.md"
        assert not is_pickle(file.read_bytes())
        assert not zipfile.is_zipfile(file)
        if file.suffix == ".json":
            json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_but_the_description_is_listed_with_its_checksum(kind, folders):
    listed = bundle.describe(folders[kind]).files
    found = {str(file.relative_to(folders[kind])): file for file in folders[kind].rglob("*") if file.is_file()}
    assert listed == {name: files.sha256(file) for name, file in found.items() if name != "model.json"}
    assert {"README.md", "held_out.safetensors"} < set(listed)
    assert ("words/terms.json" in listed) is (kind == "ensemble")


def test_the_card_is_written_as_given_and_none_where_none_is_given(folders, models, tmp_path):
    assert (folders["rules"] / "README.md").read_text(encoding="utf-8") == "# rules\n"
    bundle.save(models["rules"], tmp_path / "model")
    assert not (tmp_path / "model" / "README.md").exists()


@pytest.mark.parametrize("name", ["terms.json", "weights.safetensors", "held_out.safetensors", "README.md"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert refusal(folder) == f"{folder}: incomplete: {name} is missing"


@pytest.mark.parametrize("name", ["terms.json", "weights.safetensors", "held_out.safetensors", "README.md"])
@pytest.mark.parametrize("place", [0, -1])
def test_a_changed_byte_is_named_by_its_file(folder, name, place):
    data = bytearray((folder / name).read_bytes())
    data[place] ^= 1
    (folder / name).write_bytes(data)
    assert f"{folder / name}: its checksum is not the one in model.json" in refusal(folder)


@pytest.mark.parametrize("given", [1, 3, None, "2"])
def test_another_format_number_is_named_with_the_one_that_is_read(folder, given):
    change(folder, format=given)
    said = refusal(folder)
    assert f"{folder}: written in format {given} " in said
    assert "this one reads format 2" in said


@pytest.mark.parametrize("content", [b"not json", b"", b"[]", b'"text"', b"\xff\xfe{}", b'{"format": 2}'])
def test_a_description_that_is_no_json_of_ours_is_named(folder, content):
    (folder / "model.json").write_bytes(content)
    assert refusal(folder).startswith(f"{folder / 'model.json'}: damaged: ")


@pytest.mark.parametrize(
    "form", ["../outside.json", "sub/../../outside.json", "{}/outside.json", "sub/deep/in.json", "./in.json"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused_even_if_a_file_lies_there(folder, form):
    name = form.format(folder.parent)
    (folder.parent / "outside.json").write_text("{}")
    (folder / "sub" / "deep").mkdir(parents=True)
    for place in (folder, folder / "sub" / "deep"):
        (place / "in.json").write_text("{}")
    change(folder, files=bundle.describe(folder).files | {name: files.sha256(folder.parent / "outside.json")})
    assert refusal(folder) == f"{folder}: incomplete: {name} is missing"


def test_an_unknown_kind_is_named_with_the_nearest_known_one(folder):
    change(folder, kind="word")
    assert refusal(folder) == "unknown kind of classifier 'word'; did you mean 'words'?"


def test_files_of_another_kind_cannot_be_loaded_and_the_folder_is_named(folder):
    change(folder, kind="rules")
    assert refusal(folder).startswith(f"{folder}: cannot be loaded: ")


def test_a_folder_that_is_missing_or_no_model_is_named(tmp_path):
    assert refusal(tmp_path / "nowhere") == f"{tmp_path / 'nowhere'}: no such model folder"
    assert refusal(tmp_path) == f"{tmp_path}: not a model folder: it has no model.json"


def test_another_version_of_the_library_is_warned_of_and_the_same_is_not(folder):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bundle.load(folder)
    assert bundle.describe(folder).libraries["scikit-learn"] == importlib.metadata.version("scikit-learn")
    change(folder, libraries={"scikit-learn": "0.1.2"})
    with pytest.warns(UserWarning, match=r"trained with scikit-learn 0\.1\.2"):
        bundle.load(folder)


def test_a_model_folder_is_replaced_whole(models, folder):
    (folder / "terms.json").write_text("left over")
    bundle.save(models["rules"], folder)
    assert sorted(file.name for file in folder.iterdir()) == ["held_out.safetensors", "model.json", "rules.json"]
    assert bundle.load(folder).kind == "rules"


def test_a_model_of_several_folders_is_replaced_whole(models, tmp_path):
    for kind in ("ensemble", "words"):
        bundle.save(models[kind], tmp_path / "model")
    assert not (tmp_path / "model" / "words").exists()
    assert bundle.load(tmp_path / "model").kind == "words"


def test_a_place_is_fit_if_nothing_or_an_empty_folder_or_a_model_is_there_and_is_left_as_it_was(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for place in (tmp_path / "nothing", tmp_path / "empty", folder):
        bundle.check_place(place)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_or_file_that_is_no_model_is_never_overwritten(models, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    for out in (tmp_path, tmp_path / "thesis.txt"):
        with pytest.raises(NutgrafError, match="exists and is no model folder"):
            bundle.save(models["rules"], out)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize(
    "values", [{"labels": ["boats"]}, {"labels": ["boats", "roads", "x"]}, {"calibrations": [{}]}, {"files": {}}]
)
def test_a_description_that_does_not_fit_its_files_is_refused(folder, values):
    change(folder, **values)
    with pytest.raises(NutgrafError):
        bundle.load(folder)


@pytest.mark.parametrize("name", ["thesis.txt", "words/thesis.txt", "a/b/thesis.txt"])
def test_a_folder_with_more_than_a_model_is_never_taken_away(folders, tmp_path, name):
    folder = shutil.copytree(folders["ensemble"], tmp_path / "model")
    model = bundle.load(folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("years of work")
    with pytest.raises(NutgrafError, match="other files"):
        bundle.save(model, folder)
    with pytest.raises(NutgrafError, match="other files"):
        bundle.check_place(folder)
    assert (folder / name).read_text() == "years of work"


def test_a_number_changed_in_the_description_is_noticed(folder):
    path = folder / "model.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"threshold": 0.', '"threshold": 0.0', 1), encoding="utf-8"
    )
    assert "checksum" in refusal(folder)
