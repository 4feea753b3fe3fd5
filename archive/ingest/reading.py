"""Batches of pages through the parser: in order, with a bounded window, whatever happens to who reads them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from archive.dumps import Page, Rejection
from archive.parsing import Catalogue
from archive.parsing.safely import parse_safely

from .workers import Answer, Chunk, Workers

T = TypeVar("T")
_WINDOW = 2
"""Batches ahead of the one that is being stored: one in work, one waiting."""


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

    def answered(self, answers: Iterable[Answer]) -> Batch:
        self.answers = dict(zip(self.unknown, answers, strict=True))
        return self


def chunks(items: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Some hundreds at a time: no more than a query takes."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def never() -> bool:
    return False


def unless(stopping: Callable[[], bool]) -> None:
    """Raises KeyboardInterrupt once somebody wants the run to stop."""
    if stopping():
        raise KeyboardInterrupt


def read_batches(
    batches: Iterable[Batch], catalogue: Catalogue, workers: int, stopping: Callable[[], bool] = never
) -> Generator[Batch, None, None]:
    """The batches with their answers, in order. With one worker the caller's own process reads.

    `stopping` is asked after every page or quarter of a second; raises KeyboardInterrupt once it says so.
    """
    if workers < 2:
        for batch in batches:
            answers = []
            for page in batch.to_read():
                answers.append(parse_safely(page, catalogue))
                unless(stopping)
            yield batch.answered(answers)
        return
    with Workers(workers, catalogue, stopping) as readers:
        window: deque[tuple[Batch, list[Chunk]]] = deque()
        for batch in batches:
            window.append((batch, readers.add(batch.to_read())))
            if len(window) > _WINDOW:
                first, chunks = window.popleft()
                yield first.answered(readers.finish(chunks))
        for first, chunks in window:
            yield first.answered(readers.finish(chunks))
