"""The cache of vectors."""

import numpy as np
import pytest

from nutgraf import vectors
from nutgraf.vectors import Vectors


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("NUTGRAF_CACHE", str(tmp_path / "cache"))


def vector(*numbers):
    return np.array(numbers, np.float32)


def test_what_was_put_is_got_again_by_its_text_and_its_encoder():
    Vectors("one").put({"rain": vector(1, 2), "road": vector(3, 4)})
    found = Vectors("one").get(["road", "snow", "rain", "road"])
    assert {text: row.tolist() for text, row in found.items()} == {"rain": [1, 2], "road": [3, 4]}
    assert Vectors("other").get(["rain"]) == {}


def test_more_texts_than_one_query_takes():
    many = {f"text {number}": vector(number) for number in range(1200)}
    Vectors("one").put(many)
    assert len(Vectors("one").get(list(many))) == 1200


def test_the_oldest_make_room(monkeypatch):
    monkeypatch.setattr(vectors, "MOST", 3)
    for number in range(5):
        Vectors("one").put({str(number): vector(number)})
    assert sorted(Vectors("one").get([str(number) for number in range(5)])) == ["2", "3", "4"]


def test_a_cache_that_is_damaged_or_cannot_be_made_is_no_matter(tmp_path, monkeypatch):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "vectors.sqlite").write_bytes(b"no data base" * 100)
    Vectors("one").put({"rain": vector(1)})
    assert Vectors("one").get(["rain"]) == {}
    monkeypatch.setenv("NUTGRAF_CACHE", str(tmp_path / "cache" / "vectors.sqlite" / "below"))
    Vectors("one").put({"rain": vector(1)})
    assert Vectors("one").get(["rain"]) == {}
