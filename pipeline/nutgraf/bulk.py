"""A model over many passages: in this process, or over several that load it once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from nutgraf import bundle
from nutgraf.bundle import Bundle
from nutgraf.parallel import mapped
from nutgraf.records import Passage

Result = TypeVar("Result")
Work = Callable[[Sequence[Passage], Bundle], Result]  # a function of a module, which another process finds by name


def over(
    batches: Iterable[Sequence[Passage]], model: Bundle, folder: Path | None, workers: int, work: Work[Result]
) -> Iterator[Result]:
    """What `work` makes of each batch, in order, over `workers` processes (0: one a core).

    Only passages and results go between the processes, a few batches at a time. Without the model's folder, or where
    there are few batches, all is done here. Raises NutgrafError where a process dies.
    """

    def here(some: Sequence[Passage]) -> Result:
        return work(some, model)

    if folder is None:
        return map(here, batches)
    return mapped(partial(_there, folder=folder, work=work), batches, workers, here)


@cache
def _loaded(folder: Path) -> Bundle:
    return bundle.load(folder)


def _there(some: Sequence[Passage], folder: Path, work: Work[Result]) -> Result:
    return work(some, _loaded(folder))
