"""Pages through the parser in worker processes: in order, with a bounded window, whatever happens to a worker."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field

from archive.dumps import Page, Rejection
from archive.parsing import Article, Catalogue
from archive.parsing.safely import SECONDS_A_PAGE, leave_interrupts_to_parent, parse_all, parse_safely

Answer = Article | Rejection
SECONDS_A_CHUNK = 3 * SECONDS_A_PAGE
"""How long the parent waits for some dozens of pages: alarms in a worker do not interrupt what runs in C."""


@dataclass(slots=True)
class Batch:
    """Pages that are stored together. `unknown` are those that must be read, by their place."""

    pages: list[Page | Rejection]
    keys: list[str]
    digests: list[str]
    known: dict[str, tuple[str, str, str]]
    unknown: list[int] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)

    def to_read(self) -> list[Page]:
        return [page for at in self.unknown if isinstance(page := self.pages[at], Page)]


def never() -> bool:
    return False


def read_batches(
    batches: Iterable[Batch], catalogue: Catalogue, workers: int, stopping: Callable[[], bool] = never
) -> Generator[Batch, None, None]:
    """The batches with their answers, in order. With no workers the caller's own process reads.

    `stopping` is asked after every page or quarter of a second; raises KeyboardInterrupt once it says so.
    """
    if workers < 2:
        for batch in batches:
            for at, page in zip(batch.unknown, batch.to_read(), strict=True):
                batch.answers[at] = parse_safely(page, catalogue)
                unless(stopping)
            yield batch
        return
    with _Pool(workers, catalogue, stopping) as pool:
        window: deque[tuple[Batch, list[tuple[list[int], Future[list[Answer]]]]]] = deque()
        for batch in batches:
            window.append((batch, pool.submit(batch)))
            if len(window) > 2:  # one batch in work, one waiting, one being stored
                yield pool.collect(*window.popleft())
        while window:
            yield pool.collect(*window.popleft())


def unless(stopping: Callable[[], bool]) -> None:
    """Raises KeyboardInterrupt once somebody wants the run to stop."""
    if stopping():
        raise KeyboardInterrupt


_SECONDS_TO_NOTICE = 2.0
_SECONDS_A_GLANCE = 0.25


class _Pool:
    """A process pool that survives the death of a worker: the page that kills one is `too-heavy`."""

    def __init__(self, workers: int, catalogue: Catalogue, stopping: Callable[[], bool]) -> None:
        self.workers, self.catalogue, self.stopping = workers, catalogue, stopping
        self.executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # spawn: a fork would carry the parent's connections and threads along
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=leave_interrupts_to_parent)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        """Ends the workers at once: one of them may be deep in a page that never ends."""
        workers = list((self.executor._processes or {}).values())
        for worker in workers:
            worker.kill()
        # first the pool must see that it is broken: shut down before, it would wait for workers that read no more
        self.executor._call_queue.cancel_join_thread()  # type: ignore[attr-defined]
        deadline = time.monotonic() + _SECONDS_TO_NOTICE
        while workers and not self.executor._broken and time.monotonic() < deadline:
            time.sleep(0.01)
        self.executor.shutdown(wait=False, cancel_futures=True)

    def submit(self, batch: Batch) -> list[tuple[list[int], Future[list[Answer]]]]:
        size = max(1, -(-len(batch.unknown) // (self.workers * 2)))
        chunks = [batch.unknown[at : at + size] for at in range(0, len(batch.unknown), size)]
        return [(chunk, self._send([batch.pages[at] for at in chunk])) for chunk in chunks]

    def _send(self, pages: list[Page | Rejection]) -> Future[list[Answer]]:
        try:
            return self.executor.submit(parse_all, pages, self.catalogue)  # type: ignore[arg-type]
        except BrokenProcessPool:
            self.executor = self._start()
            return self.executor.submit(parse_all, pages, self.catalogue)  # type: ignore[arg-type]

    def collect(self, batch: Batch, sent: list[tuple[list[int], Future[list[Answer]]]]) -> Batch:
        for chunk, future in sent:
            try:
                answers = self._wait(future, SECONDS_A_CHUNK)
            except (BrokenProcessPool, TimeoutError, CancelledError):
                answers = [self._alone(batch.pages[at]) for at in chunk]
            batch.answers.update(zip(chunk, answers, strict=True))
        return batch

    def _wait(self, future: Future[list[Answer]], seconds: float) -> list[Answer]:
        """The answers. Raises TimeoutError, or KeyboardInterrupt when somebody stops the run."""
        deadline = time.monotonic() + seconds
        while True:
            unless(self.stopping)
            with suppress(TimeoutError):
                return future.result(timeout=_SECONDS_A_GLANCE)
            if time.monotonic() > deadline:
                raise TimeoutError

    def _alone(self, page: Page | Rejection) -> Answer:
        """One page in a fresh pool: the one that ended or held up the workers is found this way."""
        self._end()
        self.executor = self._start()
        try:
            return self._wait(self._send([page]), 2 * SECONDS_A_PAGE)[0]
        except (BrokenProcessPool, TimeoutError, CancelledError) as error:
            what = "held up" if isinstance(error, TimeoutError) else "ended"
            return Rejection("too-heavy", f"the page {what} the process that read it", page.locator)
