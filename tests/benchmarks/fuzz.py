"""Feeds broken pages to the parser: no page may raise, take two seconds or make a process grow beyond 300 MB.

    .venv/bin/python -m tests.benchmarks.fuzz [--minutes 30] [--seed 1] [--keep FOLDER] [PAGES…]

PAGES are files, folders or dumps to break (default: the golden pairs). A page that fails is kept in FOLDER.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from archive.dumps import Locator, Page, read_dump
from archive.parsing import parse_page

from .gold import PAIRS
from .mutations import mutate

SECONDS_A_PAGE = 2.0
MEGABYTES = 300
PAGES_A_CHILD = 2_000


def seeds_of(paths: list[Path]) -> list[bytes]:
    found = (page for path in paths for page in read_dump(path) if isinstance(page, Page))
    return [page.content for page in found if 0 < len(page.content) < 2**20]


def page_of(content: bytes) -> Page:
    return Page("https://www.paper.example/news/1", datetime(2025, 1, 6, tzinfo=UTC), content, "", Locator("fuzz"))


def read(paths: list[Path], seed: str, numbers: range, answers: Connection) -> None:
    """In a child: reads broken pages one by one and tells (number, seconds, megabytes at most, fault)."""
    seeds = seeds_of(paths)
    for number in numbers:
        page = page_of(mutate(seeds, f"{seed}:{number}"))
        started, fault = time.process_time(), ""
        try:
            parse_page(page)
        except BaseException as error:
            fault = f"{type(error).__name__}: {error}"
        seconds = time.process_time() - started
        answers.send((number, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, fault))
    answers.close()


def answers_of(paths: list[Path], seed: str, until: float) -> Iterator[tuple[int, float, int, str]]:
    """What children tell, one after another; one that dies or hangs is an answer too."""
    context, number = multiprocessing.get_context("spawn"), 0
    while time.monotonic() < until:
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=read, args=(paths, seed, range(number, number + PAGES_A_CHILD), theirs))
        child.start()
        theirs.close()
        try:
            while time.monotonic() < until:
                if not ours.poll(60):
                    raise EOFError("no answer within a minute")
                answer = ours.recv()
                number = answer[0] + 1
                yield answer
                if answer[2] > MEGABYTES:
                    break
        except EOFError as error:
            child.join(1)
            if child.exitcode != 0:
                yield number, 60.0, 0, str(error) or f"the process ended with {child.exitcode}"
                number += 1
        child.kill()
        child.join()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", nargs="*", type=Path, default=[PAIRS])
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--seed", default="1")
    options.add_argument(
        "--keep", type=Path, default=Path("fuzz"), help="where pages that fail are kept (default fuzz/)"
    )
    chosen = options.parse_args()
    seeds = seeds_of(chosen.pages)
    read_count, slowest, largest, failed = 0, 0.0, 0, 0
    for number, seconds, megabytes, fault in answers_of(
        chosen.pages, chosen.seed, time.monotonic() + 60 * chosen.minutes
    ):
        read_count += 1
        slowest, largest = max(slowest, seconds), max(largest, megabytes)
        over = f"{seconds:.1f} s" if seconds > SECONDS_A_PAGE else f"{megabytes} MB" if megabytes > MEGABYTES else ""
        if trouble := fault or over:
            failed += 1
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / f"{chosen.seed}-{number}.html").write_bytes(mutate(seeds, f"{chosen.seed}:{number}"))
            print(f"{chosen.seed}:{number}: {trouble}", flush=True)
    print(f"{read_count:,} pages, {failed} failed; slowest {slowest:.2f} s, largest process {largest} MB")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
