"""Support vector machines on dense features."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.svm import SVC

from nutgraf.classifiers import kernel

RANDOM = np.random.default_rng(0)
FEATURES = RANDOM.normal(size=(120, 3))
RING = (np.linalg.norm(FEATURES, axis=1) < 1.5)[:, None]  # no straight line parts it


def test_it_parts_what_no_line_parts():
    machine = kernel.fit(FEATURES, RING, 4.0, 1.0, balanced=True)
    fresh = RANDOM.normal(size=(200, 3))
    found = kernel.probabilities(fresh, machine, 1.0)[:, 0] > 0.5
    assert np.mean(found == (np.linalg.norm(fresh, axis=1) < 1.5)) > 0.85


@pytest.mark.parametrize("held", [10_000, 10])
def test_its_scores_are_those_of_the_library(held, monkeypatch):
    monkeypatch.setattr(kernel, "_HELD", held)
    monkeypatch.setattr(kernel, "_AT_ONCE", 7)
    labels = np.hstack([RING, FEATURES[:, :1] > 0.3])
    machine = kernel.fit(FEATURES, labels, 2.0, 0.5, balanced=True)
    fresh = RANDOM.normal(size=(20, 3))
    for column in (0, 1):
        theirs = SVC(C=2.0, gamma=0.5, class_weight="balanced").fit(FEATURES, labels[:, column])
        expected = expit(2 * theirs.decision_function(fresh))
        assert kernel.probabilities(fresh, machine, 0.5)[:, column] == pytest.approx(expected, abs=1e-3)


def test_only_support_vectors_are_kept():
    near = np.vstack([FEATURES, [[50, 50, 50]] * 3])
    labels = np.vstack([RING, [[False]] * 3])
    machine = kernel.fit(near, labels, 4.0, 1.0, balanced=False)
    assert 0 < len(machine["vectors"]) < len(near)
    assert machine["coefficients"].shape == (len(machine["vectors"]), 1)


def test_a_label_that_never_varies_gets_its_rate():
    labels = np.hstack([np.ones_like(RING), np.zeros_like(RING)])
    found = kernel.probabilities(FEATURES[:5], kernel.fit(FEATURES, labels, 4.0, 1.0, balanced=True), 1.0)
    assert found == pytest.approx(np.tile([120.5 / 121, 0.5 / 121], (5, 1)))
