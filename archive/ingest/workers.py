"""Processes that read pages, each at the end of a pipe of its own.

No threads and no queues stand between the import and its workers, as they do in `concurrent.futures`: there a worker
that is ended in the wrong moment leaves a thread behind for which the whole program waits.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from archive.dumps import Page, Rejection
from archive.parsing import Article, Catalogue
from archive.parsing.safely import SECONDS_A_PAGE, serve

Answer = Article | Rejection
SECONDS_A_CHUNK = 3 * SECONDS_A_PAGE
"""How long some dozens of pages may take: the alarms in a worker do not interrupt what runs in C."""
_SECONDS_A_GLANCE = 0.25
_SECONDS_TO_START = 60


@dataclass(slots=True, eq=False)
class Chunk:
    """Pages that one worker reads in one go, and what it made of them."""

    pages: list[Page]
    answers: list[Answer] | None = None
    parts: list[Chunk] = field(default_factory=list)
    """its pages one by one, where a worker did not survive them together"""

    def done(self) -> bool:
        if self.answers is None and self.parts and all(part.answers is not None for part in self.parts):
            self.answers = [answer for part in self.parts for answer in part.answers or ()]
        return self.answers is not None


class _Worker:
    def __init__(self, catalogue: Catalogue) -> None:
        # spawn: a fork would carry the parent's connections and threads along
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, catalogue), daemon=True)
        self.process.start()
        theirs.close()
        self.chunk: Chunk | None = None
        self.is_ready = False
        self.deadline = time.monotonic() + _SECONDS_TO_START

    def give(self, chunk: Chunk) -> None:
        alone = len(chunk.pages) == 1
        self.chunk, self.deadline = chunk, time.monotonic() + (2 * SECONDS_A_PAGE if alone else SECONDS_A_CHUNK)
        self.pipe.send(chunk.pages)  # it waits for nothing else, so this never blocks for long

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


class Workers:
    """Some processes that survive the death of one of them: the page that ends or holds up one is `too-heavy`."""

    def __init__(self, count: int, catalogue: Catalogue, stopping: Callable[[], bool]) -> None:
        self.count, self.catalogue, self.stopping = count, catalogue, stopping
        self.waiting: deque[Chunk] = deque()
        self.workers: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends all at once: one of them may be deep in a page that never ends."""
        for worker in self.workers:
            worker.end()

    def add(self, pages: list[Page]) -> list[Chunk]:
        """Queues pages, about as many for each worker; returns them as they will be answered, in order."""
        while pages and len(self.workers) < self.count:  # a dump that is known needs none
            self.workers.append(_Worker(self.catalogue))
        size = max(1, -(-len(pages) // self.count))
        chunks = [Chunk(pages[at : at + size]) for at in range(0, len(pages), size)]
        self.waiting.extend(chunks)
        self._turn(seconds=0)
        return chunks

    def finish(self, chunks: list[Chunk]) -> list[Answer]:
        """The answers to chunks that were added. Raises KeyboardInterrupt once somebody wants the run to stop, and
        OSError where no worker can be started."""
        while not all(chunk.done() for chunk in chunks):
            if self.stopping():
                raise KeyboardInterrupt
            self._turn(_SECONDS_A_GLANCE)
        self._turn(seconds=0)
        return [answer for chunk in chunks for answer in chunk.answers or ()]

    def _turn(self, seconds: float) -> None:
        """Takes what answers there are, waiting so long for one; replaces who died or overran; hands out work."""
        speaking = set(wait([worker.pipe for worker in self.workers], seconds))
        now = time.monotonic()
        for at, worker in enumerate(self.workers):
            if worker.pipe in speaking:
                self._hear(at, worker)
            elif now > worker.deadline and (worker.chunk or not worker.is_ready):
                self._replace(at, "held up")
        for at, worker in enumerate(self.workers):
            if self.waiting and worker.is_ready and worker.chunk is None:
                try:
                    worker.give(self.waiting.popleft())
                except OSError:
                    self._replace(at, "ended")

    def _hear(self, at: int, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(at, "ended")
            return
        if worker.chunk is None:
            worker.is_ready = True
        else:
            worker.chunk.answers, worker.chunk = said, None

    def _replace(self, at: int, what: str) -> None:
        """A new worker for one that a page ended or held up; its pages are read once more, one by one."""
        worker = self.workers[at]
        worker.end()
        self.workers[at] = _Worker(self.catalogue)
        chunk = worker.chunk
        if not worker.is_ready:
            raise OSError("a process that reads pages did not start")
        if chunk is not None and len(chunk.pages) > 1:
            chunk.parts = [Chunk([page]) for page in chunk.pages]
            self.waiting.extendleft(reversed(chunk.parts))
        elif chunk is not None:
            told = f"the page {what} the process that read it"
            chunk.answers = [Rejection("too-heavy", told, chunk.pages[0].locator)]
