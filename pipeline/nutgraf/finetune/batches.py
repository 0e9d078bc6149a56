"""Windows as rows, and rows as batches of tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from nutgraf.windows import Windows

Floats = NDArray[np.float64]
Row = Mapping[str, Any]


def rows(cut: Windows, features: Floats, labels: NDArray[np.bool_] | None = None) -> list[Row]:
    """One row a window; each has the features and the labels of the text that it is of."""
    made: list[Row] = []
    for tokens, own, row in zip(cut.tokens, cut.own, cut.rows, strict=True):
        one = {"input_ids": tokens, "own": own, "features": features[row].tolist(), "length": len(tokens)}
        made.append(one if labels is None else one | {"labels": labels[row].astype(float).tolist()})
    return made


class Collator:
    """Rows to one batch of tensors, filled up to its longest window."""

    def __init__(self, padding: int) -> None:
        self.padding = padding

    def __call__(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Tensor]:
        """`input_ids`, `attention_mask` and `own`, shape (windows, tokens), and what else the rows hold."""
        width = max(len(row["input_ids"]) for row in rows)
        batch = {
            "input_ids": torch.full((len(rows), width), self.padding),
            "attention_mask": torch.zeros((len(rows), width), dtype=torch.long),
            "own": torch.zeros((len(rows), width), dtype=torch.bool),
        }
        for number, row in enumerate(rows):
            size = len(row["input_ids"])
            batch["input_ids"][number, :size] = torch.tensor(row["input_ids"])
            batch["attention_mask"][number, :size] = 1
            batch["own"][number, :size] = torch.tensor(row["own"])
        for name in ("features", "labels"):
            if name in rows[0]:
                batch[name] = torch.tensor([row[name] for row in rows], dtype=torch.float32)
        return batch


def over(work: Callable[..., Tensor], every: Sequence[Row], padding: int, batch: int, width: int) -> Floats:
    """What `work` makes of each row, shape (rows, width); those of like length go together."""
    order = sorted(range(len(every)), key=lambda number: len(every[number]["input_ids"]))
    collator = Collator(padding)
    made = np.zeros((len(every), width))
    with torch.inference_mode():
        for start in range(0, len(order), batch):
            some = order[start : start + batch]
            inputs = collator([every[number] for number in some])
            inputs.pop("labels", None)
            made[some] = work(**inputs).numpy()
    return made
