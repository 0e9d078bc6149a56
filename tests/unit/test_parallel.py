"""The same work over several processes."""

import os

import pytest

from nutgraf.errors import NutgrafError
from nutgraf.parallel import cores, mapped
from work import dies, doubled, place


def test_a_few_inputs_are_worked_here_one_by_one_as_they_are_asked_for():
    drawn = []

    def inputs():
        for number in range(20):
            drawn.append(number)
            yield number

    found = mapped(doubled, inputs(), 1)
    assert next(found) == 0
    assert len(drawn) < 6
    assert list(found) == [2 * number for number in range(1, 20)]
    assert set(mapped(place, range(3), 4)) == {os.getpid()}


def test_what_is_cheaper_here_is_done_here():
    assert list(mapped(doubled, [1, 2], 2, here=str)) == ["1", "2"]


def test_there_is_a_core():
    assert cores() >= 1


@pytest.mark.slow  # starts processes
def test_many_inputs_are_worked_elsewhere_in_their_order():
    assert list(mapped(doubled, range(100), 2)) == [2 * number for number in range(100)]
    assert os.getpid() not in set(mapped(place, range(20), 2))


@pytest.mark.slow
def test_an_error_in_the_work_reaches_the_caller():
    with pytest.raises(ValueError, match="invalid literal"):
        list(mapped(int, ["1", "2", "3", "4", "five"], 2))


@pytest.mark.slow
def test_a_process_that_dies_is_a_plain_error():
    with pytest.raises(NutgrafError, match="a worker process died"):
        list(mapped(dies, range(10), 2))


@pytest.mark.slow
def test_a_run_that_is_given_up_leaves_no_process_behind():
    found = mapped(place, range(1000), 2)
    worker = next(found)
    found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
