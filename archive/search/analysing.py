"""Texts analysed on the other cores while this one reads rows and feeds the engine: most of a rebuild's work."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from archive.arabic import Indexed, Texts, index_texts

Batch = TypeVar("Batch")
_AHEAD = 2
"""Batches that wait for each process, so that none waits for us."""


def analysed(
    batches: Iterable[Batch], texts_of: Callable[[Batch], list[Texts]]
) -> Iterator[tuple[Batch, list[Indexed]]]:
    """The batches in order, each with what the index keeps of its texts. Raises BrokenProcessPool if a process dies."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2:
        for batch in batches:
            yield batch, index_texts(texts_of(batch))
        return
    # spawned, not forked: a fork would share database connections and the threads of the index
    pool = ProcessPoolExecutor(cores - 1, multiprocessing.get_context("spawn"))
    waiting: deque[tuple[Batch, Future[list[Indexed]]]] = deque()
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(index_texts, texts_of(batch))))
            if len(waiting) > _AHEAD * (cores - 1):
                first, answer = waiting.popleft()
                yield first, answer.result()
        for first, answer in waiting:
            yield first, answer.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
