"""The mean of a text's tokens in each of the encoder's highest layers, side by side."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class Layers(nn.Module):
    """A module for the end of a `SentenceTransformer`; its vectors have the shape (texts, layers times width).

    Each layer's mean has length 1. Devlin et al., "BERT" (NAACL 2019), section 5.3: as features of a frozen encoder,
    its last layers side by side do better than the last alone.
    """

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.layers = layers

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add `sentence_embedding` to what the transformer found."""
        mask = features["attention_mask"][..., None]
        highest: list[Tensor] = list(features["all_layer_embeddings"][-self.layers :])
        means = [(states * mask.to(states.dtype)).sum(1) / mask.sum(1).clamp(min=1) for states in highest]
        return features | {"sentence_embedding": torch.cat([nn.functional.normalize(mean) for mean in means], dim=1)}
