"""Pages through the parser in worker processes: in order, with a bounded window, whatever happens to a worker."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from archive.dumps import Page, Rejection
from archive.parsing import Article
from archive.parsing.safely import leave_interrupts_to_parent, parse_all

Answer = Article | Rejection


@dataclass(slots=True)
class Batch:
    """Pages that are stored together. `unknown` are those that must be read, by their place."""

    pages: list[Page | Rejection]
    keys: list[str]
    digests: list[str]
    known: dict[str, tuple[str, str]]
    unknown: list[int] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)

    def to_read(self) -> list[Page]:
        return [page for at in self.unknown if isinstance(page := self.pages[at], Page)]


def read_batches(batches: Iterable[Batch], workers: int) -> Iterator[Batch]:
    """The batches with their answers, in order. With no workers the caller's own process reads."""
    if workers < 2:
        for batch in batches:
            batch.answers = dict(zip(batch.unknown, parse_all(batch.to_read()), strict=True))
            yield batch
        return
    with _Pool(workers) as pool:
        window: deque[tuple[Batch, list[tuple[list[int], Future[list[Answer]]]]]] = deque()
        for batch in batches:
            window.append((batch, pool.submit(batch)))
            if len(window) > 2:  # one batch in work, one waiting, one being stored
                yield pool.collect(*window.popleft())
        while window:
            yield pool.collect(*window.popleft())


class _Pool:
    """A process pool that survives the death of a worker: the page that kills one is `too-heavy`."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # spawn: a fork would carry the parent's connections and threads along
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=leave_interrupts_to_parent)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)

    def submit(self, batch: Batch) -> list[tuple[list[int], Future[list[Answer]]]]:
        size = max(1, -(-len(batch.unknown) // (self.workers * 2)))
        chunks = [batch.unknown[at : at + size] for at in range(0, len(batch.unknown), size)]
        return [(chunk, self._send([batch.pages[at] for at in chunk])) for chunk in chunks]

    def _send(self, pages: list[Page | Rejection]) -> Future[list[Answer]]:
        try:
            return self.executor.submit(parse_all, pages)  # type: ignore[arg-type]
        except BrokenProcessPool:
            self.executor = self._start()
            return self.executor.submit(parse_all, pages)  # type: ignore[arg-type]

    def collect(self, batch: Batch, sent: list[tuple[list[int], Future[list[Answer]]]]) -> Batch:
        for chunk, future in sent:
            try:
                answers = future.result()
            except BrokenProcessPool:
                answers = [self._alone(batch.pages[at]) for at in chunk]
            batch.answers.update(zip(chunk, answers, strict=True))
        return batch

    def _alone(self, page: Page | Rejection) -> Answer:
        try:
            return self._send([page]).result()[0]
        except BrokenProcessPool:
            return Rejection("too-heavy", "the page ended the process that read it", page.locator)
