"""Training of the network by transformers' Trainer: early stopping on held-out articles, the best epoch kept."""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import torch
from datasets import Dataset
from torch import Tensor
from torch.utils.data import SequentialSampler
from tqdm import tqdm
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments

from nutgraf.config import Encoder
from nutgraf.finetune import network as networks
from nutgraf.finetune.batches import Collator, Floats, Row
from nutgraf.finetune.network import Network

History = list[dict[str, float]]


class _Trainer(Trainer):
    """The Trainer with our loss and with a learning rate a layer."""

    def __init__(self, knobs: Encoder, positive: Tensor, **how: Any) -> None:
        self.knobs, self.positive = knobs, positive
        super().__init__(**how)

    def compute_loss(  # type: ignore[override]  # num_items_in_batch is among the rest
        self, model: Any, inputs: Any, return_outputs: bool = False, **_: Any
    ) -> Any:
        logits = model(**{name: value for name, value in inputs.items() if name != "labels"})
        smoothing = self.knobs.smoothing if model.training else 0.0
        value = networks.loss(logits, inputs["labels"], self.positive.to(logits.device), smoothing)
        return (value, {"logits": logits}) if return_outputs else value

    def create_optimizer(self, model: Any = None) -> Any:
        knobs, network = self.knobs, cast(Network, self.model)
        found = networks.groups(network, knobs.rate, knobs.head_rate, knobs.decay, knobs.shrink)
        self.optimizer = torch.optim.AdamW(found)
        return self.optimizer

    def _get_eval_sampler(self, eval_dataset: Any) -> Any:
        return SequentialSampler(eval_dataset)  # the Trainer's own groups by length: scores would be of other rows


class _Best(TrainerCallback):
    """Keeps the weights of the best epoch in memory, and stops when none has been better for `patience` epochs."""

    def __init__(self, patience: int) -> None:
        self.patience, self.best, self.since = patience, -math.inf, 0
        self.weights: dict[str, Tensor] = {}

    def on_evaluate(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        if given["metrics"]["eval_score"] > self.best:
            self.best, self.since = given["metrics"]["eval_score"], 0
            self.weights = {name: value.detach().clone() for name, value in given["model"].state_dict().items()}
        else:
            self.since += 1
        control.should_training_stop = control.should_training_stop or self.since >= self.patience


class _Progress(TrainerCallback):
    """A bar on standard error, where that is a terminal."""

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.bar = tqdm(total=state.max_steps, unit=" steps", disable=None, file=sys.stderr, leave=False)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.bar.update()

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.bar.close()


def train(
    network: Network,
    padding: int,
    rows: Sequence[Row],
    held_out: Sequence[Row],
    positive: Floats,
    score: Callable[[Floats], dict[str, float]],
    knobs: Encoder,
    seed: int,
) -> History:
    """Train the network in place, and leave it with the weights of its best epoch.

    `positive` weighs the positives of each label; `score` makes numbers of the logits of `held_out`, shape (windows,
    labels), of which `score` is to be high. Returns losses and scores by epoch.
    """
    best = _Best(knobs.patience)
    steps = math.ceil(len(rows) / knobs.batch) * knobs.epochs
    with tempfile.TemporaryDirectory() as scratch:
        trainer = _Trainer(
            knobs,
            torch.tensor(positive, dtype=torch.float32),
            model=network,
            args=TrainingArguments(
                output_dir=scratch,
                num_train_epochs=knobs.epochs,
                per_device_train_batch_size=knobs.batch,
                per_device_eval_batch_size=2 * knobs.batch,
                train_sampling_strategy="group_by_length",
                warmup_steps=math.ceil(steps * knobs.warmup),
                eval_strategy="epoch",
                logging_strategy="epoch",
                save_strategy="no",  # a checkpoint holds pickles; the best weights are kept in memory
                remove_unused_columns=False,
                label_names=["labels"],
                use_cpu=knobs.device == "cpu",
                dataloader_pin_memory=False,
                report_to="none",
                disable_tqdm=True,
                seed=seed,
                data_seed=seed,
            ),
            data_collator=Collator(padding),
            train_dataset=Dataset.from_list(list(rows)),
            eval_dataset=Dataset.from_list(list(held_out)),
            compute_metrics=lambda found: score(np.asarray(found.predictions, dtype=float)),
            callbacks=[best, _Progress()],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
        history = _by_epoch(trainer.state.log_history)
    network.load_state_dict(best.weights)
    network.to("cpu").eval()
    return history


def _by_epoch(logged: Sequence[Mapping[str, float]]) -> History:
    """One row an epoch: its training loss, and the loss and scores on the held-out articles."""
    found: dict[int, dict[str, float]] = {}
    for entry in logged:
        row = found.setdefault(math.ceil(entry["epoch"]), {})
        if "loss" in entry:
            row["train_loss"] = float(entry["loss"])
        row |= {
            name.replace("eval_", "held_out_"): float(value)
            for name, value in entry.items()
            if name.startswith("eval_") and not name.endswith(("_runtime", "_per_second"))
        }
    return [{"epoch": float(epoch)} | row for epoch, row in sorted(found.items())]
