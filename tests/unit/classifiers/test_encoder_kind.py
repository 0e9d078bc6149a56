"""The kind `encoder`, on a miniature transformer of random weights."""

import random
import shutil

import numpy as np
import pytest

import tiny
from nutgraf.classifiers import Examples
from nutgraf.classifiers.encoder import EncoderClassifier
from nutgraf.config import Encoder
from nutgraf.errors import NutgrafError
from nutgraf.records import Passage, Quotation

pytestmark = pytest.mark.slow
OTHERS = [word for word in tiny.WORDS if word != "ferry"]
SPOKEN = (Quotation(start=0, end=4, mark="“", attributed=True),)


def drawn(seed, count=96, longest=12):
    """Texts by chance. The first label: a ferry is in it. The second: somebody is quoted, and no word tells it."""
    draw = random.Random(seed)
    texts, labels = [], []
    for _ in range(count):
        words = draw.choices(OTHERS, k=draw.randint(4, longest))
        ferry, spoken = draw.random() < 0.5, draw.random() < 0.5
        if ferry:
            words[draw.randrange(len(words))] = "ferry"
        texts.append(Passage(" ".join(words), SPOKEN if spoken else ()))
        labels.append((ferry, spoken))
    return texts, np.array(labels)


TRAINING, HELD_OUT, FRESH = drawn(1), Examples(*drawn(2, 32)), drawn(3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny.encoder(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def new(folder):
    def made(seed=1, **knobs):
        given = {"length": 16, "epochs": 6, "patience": 6, "batch": 8, "rate": 3e-3, "head_rate": 1e-2, "freeze": 0}
        return EncoderClassifier(None, Encoder.model_validate({"encoder": str(folder)} | given | knobs), seed)

    return made


@pytest.fixture(scope="module")
def fitted(new):
    return new().fit(*TRAINING, HELD_OUT)


def right(classifier, texts, labels):
    """The share of right answers, by label."""
    return ((classifier.predict_proba(texts) > 0.5) == labels).mean(axis=0)


def test_it_learns_which_word_and_which_quotation_give_a_label(fitted):
    assert (right(fitted, *FRESH) > 0.9).all()


def test_without_quotation_features_nobody_is_heard(new):
    deaf = new(quotations=0.0, epochs=1).fit(*TRAINING, HELD_OUT)
    words = FRESH[0][0]
    spoken, silent = deaf.predict_proba([Passage(words, SPOKEN), Passage(words, ())])
    assert spoken == pytest.approx(silent, abs=1e-6)


def test_the_score_of_its_best_epoch_is_that_of_its_answers_on_held_out_articles(fitted):
    from sklearn.metrics import average_precision_score

    found = fitted.predict_proba(HELD_OUT.texts)
    score = np.mean([average_precision_score(HELD_OUT.labels[:, i], found[:, i]) for i in range(2)])
    assert max(row["held_out_score"] for row in fitted.history) == pytest.approx(score, abs=1e-6)


def test_the_same_seed_gives_the_same_to_the_last_digit_and_another_seed_does_not(new):
    def probabilities(seed):
        return new(seed, epochs=1).fit(*TRAINING, HELD_OUT).predict_proba(FRESH[0])

    first = probabilities(1)
    assert (probabilities(1) == first).all()
    assert (probabilities(2) != first).any()


def test_the_head_can_begin_as_the_regression_on_the_frozen_encoder(new):
    still = {"epochs": 1, "rate": 1e-12, "head_rate": 1e-12}
    probed, blank = (new(probe=probe, **still).fit(*TRAINING, HELD_OUT) for probe in (True, False))
    assert right(probed, *TRAINING)[1] > 0.95 > right(blank, *TRAINING)[1]


def test_without_that_regression_each_seed_begins_with_another_head(new):
    still = {"epochs": 1, "rate": 1e-12, "head_rate": 1e-12, "probe": False}
    one, other = (new(seed, **still).fit(*TRAINING, HELD_OUT).predict_proba(FRESH[0]) for seed in (1, 2))
    assert np.abs(one - other).max() > 0.01


def test_a_model_read_back_gives_the_same_to_the_last_digit_without_its_encoder(new, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "encoder")
    (tmp_path / "model").mkdir()
    one = new(encoder=str(tmp_path / "encoder"), epochs=1).fit(*TRAINING, HELD_OUT)
    one.save(tmp_path / "model")
    shutil.rmtree(tmp_path / "encoder")
    again = EncoderClassifier.load(tmp_path / "model")
    assert (again.predict_proba(FRESH[0]) == one.predict_proba(FRESH[0])).all()
    assert (again.knobs, again.seed, again.history) == (one.knobs, one.seed, one.history)


def test_its_folder_holds_safetensors_and_json_alone(fitted, tmp_path):
    fitted.save(tmp_path)
    assert {file.suffix for file in tmp_path.rglob("*")} == {".safetensors", ".json"}


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ([], "holds no encoder: it has no .safetensors file"),
        (["pytorch_model.bin"], "holds no encoder: it has no .safetensors file"),
        (["pytorch_model.bin", "other.safetensors"], "cannot be loaded: .*safetensors"),
    ],
)
def test_an_encoder_whose_weights_are_no_safetensors_is_refused(left, said, new, folder, tmp_path):
    import torch

    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "model.safetensors").rename(tmp_path / "other.safetensors")
    torch.save(tiny.body().state_dict(), tmp_path / "pytorch_model.bin")
    for name in {"pytorch_model.bin", "other.safetensors"} - set(left):
        (tmp_path / name).unlink()
    with pytest.raises(NutgrafError, match=said):
        new(encoder=str(tmp_path)).fit(*TRAINING, HELD_OUT)


def test_windows_longer_than_the_encoder_takes_are_refused(new):
    with pytest.raises(NutgrafError, match=r"encoder\.length: 129: this encoder takes only 128 tokens"):
        new(length=129).fit(*TRAINING, HELD_OUT)


@pytest.mark.parametrize("held_out", [None, Examples([], np.zeros((0, 2), dtype=bool))])
def test_without_held_out_articles_it_does_not_begin(held_out, new):
    with pytest.raises(NutgrafError, match="needs held-out articles"):
        new().fit(*TRAINING, held_out)


def test_what_stands_in_the_same_batch_changes_no_probability(fitted):
    texts = drawn(4, 40, longest=60)[0]
    together = fitted.predict_proba(texts)
    alone = np.vstack([fitted.predict_proba([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


def test_a_text_longer_than_a_window_is_seen_to_its_end(fitted):
    calm = "rain fell on the old mill and the goat went by " * 6
    without, at_the_end = fitted.predict_proba([calm, f"{calm} ferry"])[:, 0]
    assert without < 0.5 < at_the_end
    assert fitted.windowed([calm, "ferry"]) == 1


@pytest.mark.parametrize("field", ["headline", "before"])
def test_headline_and_paragraph_before_are_used_where_they_are_to_be_seen(field, new):
    def told(seed, count):
        draw = random.Random(seed)
        borne = np.array([[draw.random() < 0.5] for _ in range(count)])
        around = [{field: f"{draw.choice(OTHERS)} {'ferry' if yes else 'goat'}"} for (yes,) in borne]
        return [Passage("rain on the road", (), **one) for one in around], borne

    looking = new(epochs=2, freeze=-1).fit(*told(1, 96), Examples(*told(2, 32)))
    texts, borne = told(3, 40)
    found = looking.predict_proba(texts)
    assert found[borne].min() > found[~borne].max() + 0.1
    assert np.ptp(looking.predict_proba([str(text) for text in texts])) < 1e-6


def test_the_packaged_encoder_learns_a_rule_that_holds_for_other_words_of_the_matter():
    import torch

    torch.set_num_threads(1)  # beside other tests, more are slower
    boats = ["ferry", "trawler", "canoe", "yacht", "barge", "rowing boat"]
    bakes = ["loaf", "pastry", "pretzel", "bun", "cake", "bagel"]
    scenes = ["The {} came in late.", "They paid for the {}.", "Nobody saw the {} again.", "A {} was on the picture."]
    scenes.append("She liked the {} best.")
    texts = [scene.format(word) for scene in scenes for word in boats + bakes]
    labels = np.array([[word in boats] for _ in scenes for word in boats + bakes])
    held = Examples(["The dinghy sank.", "The croissant was cold."], np.array([[True], [False]]))
    made = EncoderClassifier(None, Encoder(length=32, epochs=2), 1).fit(texts, labels, held)
    ships, breads = ["We boarded the vessel.", "A sailing ship."], ["A warm baguette.", "The doughnut was stale."]
    found = made.predict_proba(ships + breads)[:, 0]
    assert found[:2].min() > 0.6
    assert found[2:].max() < 0.4
    assert made.history[1]["train_loss"] < made.history[0]["train_loss"]
