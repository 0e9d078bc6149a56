"""The kind `embedding`, on a made-up encoder: a vector of which words of a list occur."""

import numpy as np
import pytest

from nutgraf import encoder
from nutgraf.classifiers.embedding import EmbeddingClassifier
from nutgraf.config import Embedding
from nutgraf.errors import NutgrafError

WORDS = ("ferry", "lorry", "rain", "snow")
TEXTS = ["A ferry came.", "A lorry came.", "“A ferry came,” she said.", "Rain fell.", "“Snow fell,” she said."] * 8
LABELS = np.array([[1, 0], [0, 0], [1, 1], [0, 0], [0, 1]] * 8, dtype=bool)


class Counting:
    """Stands for the library's model, and counts what it is asked to encode."""

    def __init__(self):
        self.asked = []

    def encode(self, texts, **_):
        self.asked += texts
        return np.array([[word in text.lower() for word in WORDS] for text in texts], np.float32)


@pytest.fixture
def model(tmp_path, monkeypatch):
    made = Counting()
    monkeypatch.setenv("NUTGRAF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(encoder, "_model", lambda name: made)
    monkeypatch.setattr(encoder, "checksum", lambda name: "made-up")
    return made


def test_it_learns_from_vectors_and_from_quotation_marks(model):
    fitted = EmbeddingClassifier(None, Embedding()).fit(TEXTS, LABELS)
    fresh = ["A ferry sank.", "«Rain fell,» she said."]
    assert (fitted.predict_proba(fresh) > 0.5).tolist() == [[True, False], [False, True]]


def test_no_text_is_encoded_twice(model):
    fitted = EmbeddingClassifier(None, Embedding()).fit(TEXTS, LABELS)
    fitted.predict_proba(TEXTS)
    assert sorted(model.asked) == sorted(set(TEXTS))


def test_a_model_read_back_gives_the_same_probabilities(model, tmp_path):
    fitted = EmbeddingClassifier(None, Embedding(strength=2)).fit(TEXTS, LABELS)
    fitted.save(tmp_path)
    again = EmbeddingClassifier.load(tmp_path)
    assert again.knobs == fitted.knobs
    assert (again.predict_proba(TEXTS) == fitted.predict_proba(TEXTS)).all()


def test_another_encoder_in_the_place_of_the_one_trained_on_is_refused(model, tmp_path, monkeypatch):
    EmbeddingClassifier(None, Embedding()).fit(TEXTS, LABELS).save(tmp_path)
    monkeypatch.setattr(encoder, "checksum", lambda name: "another")
    with pytest.raises(NutgrafError, match="another version of the encoder"):
        EmbeddingClassifier.load(tmp_path)
