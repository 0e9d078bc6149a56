"""The network: a transformer, the mean of a paragraph's tokens, its quotation features beside it, a head a label."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from nutgraf import quotes


class Network(nn.Module):
    """One logit a label for each window; shape (windows, labels).

    The pooling is that of Reimers and Gurevych, "Sentence-BERT" (EMNLP 2019), over the paragraph's own tokens: what
    stands around it is attended to, and not pooled.
    """

    def __init__(self, body: nn.Module, labels: int, dropout: float, quotations: float) -> None:
        super().__init__()
        self.body = body
        config: Any = body.config
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(config.hidden_size + len(quotes.FEATURES), labels)
        self.quotations = quotations

    def forward(self, input_ids: Tensor, attention_mask: Tensor, own: Tensor, features: Tensor) -> Tensor:
        """`own` marks the tokens to pool; `features` are those of `quotes`, shape (windows, features)."""
        vectors = self.vectors(input_ids, attention_mask, own, features)
        width = vectors.shape[1] - features.shape[1]
        logits: Tensor = self.head(torch.cat([self.dropout(vectors[:, :width]), vectors[:, width:]], dim=1))
        return logits

    def vectors(self, input_ids: Tensor, attention_mask: Tensor, own: Tensor, features: Tensor) -> Tensor:
        """What the head sees of each window: the pooled tokens, and the weighed quotation features."""
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = own[..., None].to(states.dtype)
        pooled = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
        return torch.cat([pooled, features * self.quotations], dim=1)


def loss(logits: Tensor, labels: Tensor, positive: Tensor, smoothing: float) -> Tensor:
    """Binary cross-entropy of each label, the positives weighed by `positive`, shape (labels,).

    Targets are drawn towards one half by `smoothing` (Szegedy et al., "Rethinking the Inception architecture", 2016).
    """
    targets = labels * (1 - smoothing) + smoothing / 2
    return nn.functional.binary_cross_entropy_with_logits(logits, targets, pos_weight=positive)


def groups(network: Network, rate: float, head: float, decay: float, shrink: float) -> list[dict[str, Any]]:
    """The parameters with their learning rates: each layer's is `decay` times that of the layer above it.

    Howard and Ruder, "Universal language model fine-tuning" (ACL 2018). The head has a rate of its own; biases and
    scales are not shrunk by weight decay.
    """
    layers = _layers(network.body)
    made = []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = next((i for i, layer in enumerate(layers) if name.startswith(f"body.{layer}.")), -1)
        own = head if name.startswith("head.") else rate * decay ** (len(layers) - 1 - depth)
        made.append({"params": [parameter], "lr": own, "weight_decay": shrink if parameter.ndim > 1 else 0.0})
    return made


def _layers(body: nn.Module) -> list[str]:
    """The names of the transformer's layers, from the lowest up: its longest list of modules."""
    lists = [(name, module) for name, module in body.named_modules() if isinstance(module, nn.ModuleList)]
    name, found = max(lists, key=lambda one: len(one[1]), default=("", []))
    return [f"{name}.{i}" for i in range(len(found))]


def freeze(network: Network, layers: int) -> None:
    """Keep the table of word vectors and so many of the lowest layers as they came; a number under 0 keeps nothing.

    The table is half of a small encoder's weights, and little is gained by moving it; the lowest layers change least
    (Lee, Tang and Lin, "What would Elsa do?", 2019), and what is not trained costs half the time.
    """
    body: Any = network.body
    if layers < 0:
        return
    kept = [body.get_input_embeddings(), *(body.get_submodule(name) for name in _layers(body)[:layers])]
    for module in kept:
        for parameter in module.parameters():
            parameter.requires_grad = False
