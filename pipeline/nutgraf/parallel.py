"""The same work over several processes: results in the order of the inputs, a few inputs under way at a time."""

from __future__ import annotations

import itertools
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from nutgraf.errors import NutgrafError

Input = TypeVar("Input")
Result = TypeVar("Result")
_WORTH_A_PROCESS = 4  # inputs; with fewer, a second process costs more in starting than it saves
_AHEAD = 2  # inputs a worker that are under way, and as many results that wait


def cores() -> int:
    """The processors that this process may use, by affinity and by the limits of its container."""
    import joblib

    return int(joblib.cpu_count())


def mapped(
    work: Callable[[Input], Result],
    inputs: Iterable[Input],
    workers: int,
    here: Callable[[Input], Result] | None = None,
) -> Iterator[Result]:
    """`work` of each input, in order, over `workers` processes (0: one a core); one by one where they are few.

    `here` does the same in this process where that is cheaper. `work`, inputs and results go between processes by
    pickle, which only these processes write and read. Raises NutgrafError where a process dies.
    """
    if workers == 1:
        yield from map(here or work, inputs)
        return
    left = iter(inputs)
    first = list(itertools.islice(left, _WORTH_A_PROCESS))
    everything = itertools.chain(first, left)
    workers = workers or cores()
    if workers == 1 or len(first) < _WORTH_A_PROCESS:
        yield from map(here or work, everything)
        return
    threads = max(1, cores() // workers)
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(threads,))
    waiting: deque[Future[Result]] = deque()
    try:
        for one in everything:
            waiting.append(pool.submit(work, one))
            if len(waiting) > _AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise NutgrafError("a worker process died, perhaps for want of memory; try --workers 1") from error
    finally:
        pool.shutdown(cancel_futures=True)


def batched(inputs: Iterable[Input], size: int) -> Iterator[list[Input]]:
    """Inputs in lists of `size`, the last one shorter."""
    left = iter(inputs)
    while batch := list(itertools.islice(left, size)):
        yield batch


def _begin(threads: int) -> None:
    """In a worker: an interrupt is the first process's matter, and libraries share the cores out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
