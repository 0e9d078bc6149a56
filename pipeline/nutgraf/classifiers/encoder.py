"""The kind `encoder`: a transformer fine-tuned for several labels, quotation features beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import msgspec
import numpy as np

from nutgraf import encoder, quotes, windows
from nutgraf.classifiers import Bools, Examples, Floats, regression
from nutgraf.codebook import Codebook
from nutgraf.config import Encoder
from nutgraf.errors import NutgrafError

_STATE, _WEIGHTS, _HISTORY, _BODY = "encoder.json", "model.safetensors", "history.json", "config.json"


class EncoderClassifier:
    """A transformer with a head for each label; of a text in several windows, the surest one decides.

    Source of the method: Devlin et al., "BERT" (NAACL 2019), fine-tuned as Mosbach, Andriushchenko and Klakow, "On the
    stability of fine-tuning BERT" (ICLR 2021), advise: warm-up, and more epochs rather than fewer.
    """

    needs_held_out: ClassVar[bool] = True

    def __init__(self, codebook: Codebook | None, knobs: Encoder, seed: int = 0) -> None:
        self.knobs, self.seed = knobs, seed
        self.network: Any = None  # until it is fitted or loaded
        self.tokenizer: Any = None
        self.history: list[dict[str, float]] = []

    def fit(self, texts: Sequence[str], labels: Bools, held_out: Examples | None = None) -> Self:
        """Fine-tune; the epoch that does best on the held-out articles is kept. Raises NutgrafError without those."""
        if held_out is None or not len(held_out.texts):
            raise NutgrafError("the kind 'encoder' needs held-out articles to know when to stop")
        from transformers import set_seed

        from nutgraf.finetune import batches, training
        from nutgraf.finetune import network as networks

        set_seed(self.seed)
        body, self.tokenizer = encoder.body(self.knobs.encoder)
        self._check_length(body)
        self.network = networks.Network(body, labels.shape[1], self.knobs.dropout, self.knobs.quotations)
        networks.freeze(self.network, self.knobs.freeze)
        cut = windows.windows(self.tokenizer, held_out.texts, self.knobs.length)

        def score(logits: Floats) -> dict[str, float]:
            return _scores(held_out.labels, _surest(logits, cut.rows, len(held_out.texts)))

        rows = batches.rows(windows.windows(self.tokenizer, texts, self.knobs.length), _features(texts), labels)
        if self.knobs.probe:
            self._probe(rows)
        self.history = training.train(
            self.network,
            self._padding,
            rows,
            batches.rows(cut, _features(held_out.texts), held_out.labels),
            _positive(labels, self.knobs.balance),
            score,
            self.knobs,
            self.seed,
        )
        return self

    def _check_length(self, body: Any) -> None:
        most = getattr(body.config, "max_position_embeddings", self.knobs.length)
        if self.knobs.length > most:
            raise NutgrafError(
                f"classifiers.encoder.length: {self.knobs.length}: this encoder takes only {most} tokens"
            )

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Probabilities of the labels, shape (paragraphs, labels)."""
        from nutgraf.finetune import batches

        cut = windows.windows(self.tokenizer, texts, self.knobs.length)
        rows = batches.rows(cut, _features(texts))
        self.network.eval()
        logits = batches.over(self.network, rows, self._padding, 2 * self.knobs.batch, self.network.head.out_features)
        return _surest(logits, cut.rows, len(texts))

    @property
    def _padding(self) -> int:
        return self.tokenizer.pad_token_id or 0

    def _probe(self, rows: Any) -> None:
        """Let the head begin as the regression on the encoder as it came.

        Kumar et al., "Fine-tuning can distort pretrained features and underperform out-of-distribution" (ICLR 2022).
        """
        import torch

        from nutgraf.finetune import batches

        head = self.network.head
        self.network.eval()
        vectors = batches.over(self.network.vectors, rows, self._padding, 2 * self.knobs.batch, head.in_features)
        scale = np.ones(head.in_features)  # the pooled tokens as vectors of about length 1
        width = head.in_features - len(quotes.FEATURES)
        scale[:width] = 1 / max(1e-9, np.linalg.norm(vectors[:, :width], axis=1).mean())
        borne = np.array([row["labels"] for row in rows], dtype=bool)
        weights, intercepts = regression.fit(vectors * scale, borne, self.knobs.strength, self.knobs.balance > 0)
        with torch.no_grad():
            head.weight.copy_(torch.tensor((weights * scale[:, None]).T, dtype=torch.float32))
            head.bias.copy_(torch.tensor(intercepts, dtype=torch.float32))

    def windowed(self, texts: Sequence[str]) -> int:
        """How many texts take more than one window."""
        return windows.count(self.tokenizer, texts, self.knobs.length)

    def save(self, folder: Path) -> None:
        """Write weights as safetensors, all else as JSON."""
        from safetensors.torch import save_file

        body: Any = self.network.body
        state = {"knobs": self.knobs.model_dump(), "labels": self.network.head.out_features, "seed": self.seed}
        (folder / _STATE).write_bytes(msgspec.json.encode(state))
        (folder / _HISTORY).write_bytes(msgspec.json.format(msgspec.json.encode(self.history), indent=1))
        (folder / _BODY).write_text(body.config.to_json_string(use_diff=False), encoding="utf-8")
        self.tokenizer.save_pretrained(folder)
        save_file({name: value.contiguous() for name, value in self.network.state_dict().items()}, folder / _WEIGHTS)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read back what `save` wrote; nothing of the encoder that it came from is needed."""
        from safetensors.torch import load_file

        from nutgraf.finetune.network import Network

        state = msgspec.json.decode((folder / _STATE).read_bytes())
        made = cls(None, Encoder.model_validate(state["knobs"]), state["seed"])
        body, made.tokenizer = encoder.untrained(folder)
        made.network = Network(body, state["labels"], made.knobs.dropout, made.knobs.quotations)
        made.network.load_state_dict(load_file(folder / _WEIGHTS))
        made.network.eval()
        made.history = msgspec.json.decode((folder / _HISTORY).read_bytes())
        return made


def _features(texts: Sequence[str]) -> Floats:
    return np.asarray([quotes.features(text) for text in texts], dtype=float).reshape(-1, len(quotes.FEATURES))


def _positive(labels: Bools, balance: float) -> Floats:
    """Weights of the positives: (negatives / positives) to the power of `balance`; 0 leaves them alike."""
    positives = labels.sum(axis=0) + 0.5
    return np.asarray(((len(labels) + 1 - positives) / positives) ** balance, dtype=float)


def _surest(logits: Floats, rows: Sequence[int], count: int) -> Floats:
    """Probabilities of each text: those of the window that is surest of the label."""
    from scipy.special import expit

    most = np.full((count, logits.shape[1]), -np.inf)
    np.maximum.at(most, np.asarray(rows, dtype=int), logits)
    probabilities: Floats = expit(most)
    return probabilities


def _scores(borne: Bools, probabilities: Floats) -> dict[str, float]:
    """The mean of the labels' average precision, which needs no threshold, over labels that vary."""
    from sklearn.metrics import average_precision_score

    varying = [i for i in range(borne.shape[1]) if borne[:, i].any()]
    each = [average_precision_score(borne[:, i], probabilities[:, i]) for i in varying]
    return {"score": float(np.mean(each)) if each else 0.0}
