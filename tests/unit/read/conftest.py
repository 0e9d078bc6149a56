"""Bounds on time, for inputs that a slow pattern would hang on."""

import contextlib
import time

import pytest


@pytest.fixture
def seconds():
    """A context that must be left within so many seconds of the processor's time."""

    @contextlib.contextmanager
    def within(bound):
        begun = time.process_time()
        yield
        assert time.process_time() - begun < bound

    return within
