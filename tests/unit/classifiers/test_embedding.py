"""The kind `embedding`, on a made-up encoder: a vector of which words of a list occur."""

import numpy as np
import pytest

import tiny
from nutgraf import encoder
from nutgraf.classifiers.embedding import EmbeddingClassifier
from nutgraf.config import Embedding
from nutgraf.errors import NutgrafError
from nutgraf.records import Passage

WORDS = ("ferry", "lorry", "rain", "snow")
TEXTS = ["A ferry came.", "A lorry came.", "“A ferry came,” she said.", "Rain fell.", "“Snow fell,” she said."] * 8
LABELS = np.array([[1, 0], [0, 0], [1, 1], [0, 0], [0, 1]] * 8, dtype=bool)


class Counting:
    """Stands for the library's model: notes what it is asked to encode, and sees only the first tokens of it."""

    tokenizer = tiny.tokenizer()
    max_seq_length = 16

    def __init__(self):
        self.asked = []
        self.layers = 1

    def encode(self, texts, **_):
        self.asked += texts
        seen = [
            self.tokenizer.decode(self.tokenizer(text, truncation=True, max_length=self.max_seq_length)["input_ids"])
            for text in texts
        ]
        rows = np.array([[1, *(word in text for word in WORDS)] for text in seen], np.float32)
        return np.tile(rows / np.linalg.norm(rows, axis=1, keepdims=True), self.layers)


@pytest.fixture
def model(tmp_path, monkeypatch):
    made = Counting()
    monkeypatch.setenv("NUTGRAF_CACHE", str(tmp_path / "cache"))

    def of(name, layers):
        made.layers = layers
        return made

    monkeypatch.setattr(encoder, "_model", of)
    monkeypatch.setattr(encoder, "checksum", lambda name: "made-up")
    return made


@pytest.mark.parametrize("head", ["kernel", "logistic"])
def test_it_learns_from_vectors_and_from_quotation_marks(model, head):
    fitted = EmbeddingClassifier(None, Embedding(head=head)).fit(TEXTS, LABELS)
    fresh = ["A ferry sank.", "«Snow melted,» she said."]
    assert (fitted.predict_proba(fresh) > 0.5).tolist() == [[True, False], [False, True]]


def test_no_text_is_encoded_twice(model):
    fitted = EmbeddingClassifier(None, Embedding()).fit(TEXTS, LABELS)
    fitted.predict_proba(TEXTS)
    assert sorted(model.asked) == sorted(set(TEXTS))


def test_a_text_longer_than_the_encoder_takes_is_seen_to_its_end(model):
    fitted = EmbeddingClassifier(None, Embedding()).fit(TEXTS, LABELS)
    long = "road " * 20
    found = fitted.predict_proba([long + "lorry", long + "ferry"])[:, 0]
    assert found[1] > found[0] + 0.1
    assert fitted.windowed([long, "road"]) == 1


def test_the_vector_of_a_long_text_is_the_mean_of_its_windows_by_their_lengths(model):
    text = " ".join(["ferry"] * 14 + ["snow"] * 3)  # 14 words fit, and the second window shares two with the first
    first, second = np.array([1, 1, 0, 0, 0]) / np.sqrt(2), np.array([1, 1, 0, 0, 1]) / np.sqrt(3)
    mean = len("ferry " * 14) * first + len("ferry " * 2 + "snow " * 3) * second
    (row,) = encoder.Encoder().encode([text])
    assert row == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


def test_headline_and_paragraph_before_are_looked_at_where_they_are_to_be_seen(model):
    told = [Passage("Rain fell.", None, "", before) for before in ("A ferry sank.", "A lorry came.")]
    borne = np.array([[True], [False]])
    looking = EmbeddingClassifier(None, Embedding()).fit(told * 8, np.tile(borne, (8, 1)))
    assert ((looking.predict_proba(told) > 0.5) == borne).all()
    blind = EmbeddingClassifier(None, Embedding()).fit([str(one) for one in told * 8], np.tile(borne, (8, 1)))
    one, other = blind.predict_proba(told)
    assert one == other


@pytest.mark.parametrize(("headline", "head"), [("", "kernel"), ("Rain", "kernel"), ("Rain", "logistic")])
def test_a_model_read_back_gives_the_same_probabilities(headline, head, model, tmp_path):
    texts = [Passage(text, None, headline) for text in TEXTS]
    fitted = EmbeddingClassifier(None, Embedding(strength=2, head=head)).fit(texts, LABELS)
    fitted.save(tmp_path)
    again = EmbeddingClassifier.load(tmp_path)
    assert again.knobs == fitted.knobs
    assert (again.predict_proba(texts) == fitted.predict_proba(texts)).all()


def test_another_encoder_in_the_place_of_the_one_trained_on_is_refused(model, tmp_path, monkeypatch):
    EmbeddingClassifier(None, Embedding()).fit(TEXTS, LABELS).save(tmp_path)
    monkeypatch.setattr(encoder, "checksum", lambda name: "another")
    with pytest.raises(NutgrafError, match="another version of the encoder"):
        EmbeddingClassifier.load(tmp_path)
