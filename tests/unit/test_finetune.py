"""Fine-tuning, on a miniature transformer; each test pays seconds for importing torch if it comes first."""

import tempfile

import numpy as np
import pytest
from scipy.special import expit

import tiny
from nutgraf import quotes, windows
from nutgraf.config import Encoder

pytestmark = pytest.mark.slow
TOKENIZER = tiny.tokenizer()
TEXTS = ["A ferry came.", "A lorry came by the road.", "Rain fell on the ferry.", "Snow fell."] * 4
LABELS = np.array([[1, 0], [0, 0], [1, 1], [0, 1]] * 4, dtype=bool)
FEATURES = np.zeros((len(TEXTS), len(quotes.FEATURES)))
EVEN = np.ones(2)


@pytest.fixture(scope="module")
def networks():
    from nutgraf.finetune import network

    return network


@pytest.fixture(scope="module")
def training():
    from nutgraf.finetune import training

    return training


@pytest.fixture(scope="module")
def batches():
    from nutgraf.finetune import batches

    return batches


@pytest.fixture
def network(networks):
    return networks.Network(tiny.body(), 2, dropout=0.0, quotations=1.0)


def trained(training, network, score, positive=EVEN, **knobs):
    from nutgraf.finetune import batches

    rows = batches.rows(windows.windows(TOKENIZER, TEXTS, 16), FEATURES, LABELS)
    settings = Encoder.model_validate({"length": 16, "batch": 4, "rate": 1e-3} | knobs)
    return training.train(network, 0, rows, rows, positive, score, settings, 1)


def scores(*each):
    """Scores epoch by epoch, whatever the logits, and a list of the logits that were seen."""
    left, seen = iter(each), []

    def score(logits):
        seen.append(logits.copy())
        return {"score": next(left)}

    return score, seen


def logits_of(batches, network):
    rows = batches.rows(windows.windows(TOKENIZER, TEXTS, 16), FEATURES)
    return batches.over(network, rows, padding=0, batch=3, width=2)


def cross_entropy(logits, labels, positive, smoothing):
    targets = np.where(labels, 1 - smoothing / 2, smoothing / 2)
    each = positive * targets * np.log(expit(logits)) + (1 - targets) * np.log(1 - expit(logits))
    return -each.mean()


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_the_loss_is_the_cross_entropy_of_smoothed_labels_with_positives_weighed(smoothing, networks):
    import torch

    logits, positive = np.array([[0.5, -2.0], [3.0, 0.0], [-1.0, 1.0]]), np.array([1.0, 4.0])
    labels = np.array([[True, True], [False, True], [False, False]])
    given = [torch.tensor(one, dtype=torch.float64) for one in (logits, labels.astype(float), positive)]
    assert networks.loss(*given, smoothing).item() == pytest.approx(cross_entropy(logits, labels, positive, smoothing))


def test_learning_rates_fall_from_layer_to_layer_and_the_head_has_its_own(networks, network):
    made = networks.groups(network, rate=8.0, head=100.0, decay=0.5, shrink=0.3)
    names = {id(parameter): name for name, parameter in network.named_parameters()}
    rates = {names[id(one)]: group["lr"] for group in made for one in group["params"]}
    assert rates.keys() == set(names.values())
    assert sum(len(group["params"]) for group in made) == len(names)
    for part, rate in [("head.", 100), ("encoder.layer.1.", 8), ("encoder.layer.0.", 4), (".embeddings.", 2)]:
        assert {value for name, value in rates.items() if part in name} == {rate}
    shrunk = {names[id(one)]: group["weight_decay"] for group in made for one in group["params"]}
    assert {shrunk["head.weight"], shrunk["body.encoder.layer.0.attention.self.query.weight"]} == {0.3}
    assert {shrunk["head.bias"], shrunk["body.embeddings.LayerNorm.weight"]} == {0.0}


@pytest.mark.parametrize("layers", [-1, 0, 1])
def test_word_vectors_and_the_lowest_layers_move_unless_they_are_frozen(layers, networks, network, training):
    networks.freeze(network, layers)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    trained(training, network, scores(0.5)[0], epochs=1)
    moved = {name for name, value in network.state_dict().items() if not value.equal(before[name])}
    assert ("body.embeddings.word_embeddings.weight" in moved) is (layers < 0)
    assert ("body.encoder.layer.0.attention.self.query.weight" in moved) is (layers < 1)
    assert {"head.weight", "body.encoder.layer.1.attention.self.query.weight"} <= moved


def test_what_stands_around_a_paragraph_is_attended_to_and_not_pooled(network):
    import torch

    network.eval()
    tokens, mask = torch.tensor([[2, 30, 31, 3, 40, 41, 3]]), torch.ones((1, 7), dtype=torch.long)
    own = torch.tensor([[False] * 4 + [True] * 2 + [False]])
    features = torch.tensor([[0.1, 0.2, 0.3, 0.4, 0.5]])
    with torch.no_grad():
        states = network.body(input_ids=tokens, attention_mask=mask).last_hidden_state[0]
        pooled = torch.cat([(states[4] + states[5]) / 2, features[0]])
        by_hand = network.head.weight @ pooled + network.head.bias
        given = network(tokens, mask, own, features)[0]
        other = network(torch.tensor([[2, 50, 51, 3, 40, 41, 3]]), mask, own, features)[0]
    assert given.numpy() == pytest.approx(by_hand.numpy(), abs=1e-6)
    assert not given.equal(other)


def test_the_weights_of_the_best_epoch_are_kept(network, training, batches):
    score, seen = scores(0.3, 0.8, 0.8, 0.5)
    trained(training, network, score, epochs=4, patience=4)
    assert [np.abs(logits_of(batches, network) - one).max() < 1e-5 for one in seen] == [False, True, False, False]


def test_training_stops_when_no_epoch_has_been_better_for_a_while(network, training):
    score, seen = scores(0.3, 0.2, 0.6, 0.6, 0.5, 0.9)
    history = trained(training, network, score, epochs=6, patience=2)
    assert len(seen) == len(history) == 5


def test_history_tells_losses_and_scores_by_epoch(network, training):
    positive = np.array([1.0, 3.0])
    score, seen = scores(0.3, 0.4, 0.5)
    history = trained(training, network, score, positive, epochs=3, smoothing=0.2)
    assert [row["epoch"] for row in history] == [1, 2, 3]
    assert [row["held_out_score"] for row in history] == [0.3, 0.4, 0.5]
    expected = [cross_entropy(logits, LABELS, positive, 0.0) for logits in seen]
    assert [row["held_out_loss"] for row in history] == pytest.approx(expected, abs=1e-5)
    assert history[0]["train_loss"] > history[2]["train_loss"] > 0


def test_nothing_is_written_to_disk(network, training, tmp_path, monkeypatch):
    for place in ("work", "scratch"):
        (tmp_path / place).mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    seen = []

    def score(logits):
        seen.append([file for file in tmp_path.rglob("*") if file.is_file()])
        return {"score": 0.5}

    trained(training, network, score, epochs=3, patience=3)
    assert seen == [[], [], []]
    assert list(tmp_path.rglob("*.*")) == []


def test_a_batch_is_filled_up_to_its_longest_window(batches):
    cut = windows.windows(TOKENIZER, ["ferry", "the lorry came"], 16)
    batch = batches.Collator(9)(batches.rows(cut, FEATURES[:2], LABELS[:2]))
    assert batch["input_ids"].tolist() == [cut.tokens[0] + [9, 9], cut.tokens[1]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1, 0, 0], [1] * 5]
    assert batch["own"].tolist() == [[True] * 3 + [False] * 2, [True] * 5]
    assert batch["labels"].tolist() == [[1, 0], [0, 0]]


def test_every_window_of_a_text_has_its_features_and_labels(batches):
    cut = windows.windows(TOKENIZER, ["ferry " * 20, "snow"], 16)
    assert cut.rows == [0, 0, 1]
    rows = batches.rows(cut, np.array([[0.25] * 5, [0.5] * 5]), LABELS[:2])
    assert [row["features"][0] for row in rows] == [0.25, 0.25, 0.5]
    assert [row["labels"] for row in rows] == [[1, 0], [1, 0], [0, 0]]


def test_what_is_made_of_rows_stands_in_their_order_whatever_their_lengths(batches):
    rows = batches.rows(windows.windows(TOKENIZER, ["ferry " * many for many in (5, 1, 9, 3, 1)], 16), FEATURES)
    made = batches.over(lambda attention_mask, **_: attention_mask.sum(1, keepdim=True), rows, 0, 2, 1)
    assert made[:, 0].tolist() == [7, 3, 11, 5, 3]
