"""A miniature encoder, made on the spot: a BERT of two layers with random weights, and its tokenizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

WORDS = tuple(
    "a and bread by came cart ferry fell field from gate goat grain had hill in it lamp left lorry mill milk new of "
    "old on rain road roof said she snow stone sun the they to town tree was well went wind with".split()
)
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_PIECES = (*"0123456789", *(f"##{digit}" for digit in range(10)), "##s", ".", ",", "“", "”")


def tokenizer() -> PreTrainedTokenizerFast:
    """Whole words in small letters, digits one by one, and marks; any other word is unknown to it."""
    numbers = {word: number for number, word in enumerate((*_SPECIAL, *_PIECES, *WORDS))}
    made = Tokenizer(models.WordPiece(numbers, unk_token=_SPECIAL[1]))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(name, numbers[name]) for name in ("[CLS]", "[SEP]")],
    )
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), _SPECIAL, strict=True))
    return PreTrainedTokenizerFast(tokenizer_object=made, model_max_length=128, **names)


def body() -> Any:
    """The transformer, the same at every call."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(1)  # so little is slower on more
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return BertModel(
            BertConfig(
                vocab_size=len(tokenizer()),
                hidden_size=32,
                num_hidden_layers=2,
                num_attention_heads=2,
                intermediate_size=64,
                max_position_embeddings=128,
                initializer_range=0.1,  # so wide that the layers do something to be learned from
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
            )
        )


def encoder(folder: Path) -> Path:
    """Write it into a folder, for the knob `classifiers.encoder.encoder`."""
    body().save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder
