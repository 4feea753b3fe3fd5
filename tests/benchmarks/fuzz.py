"""Feeds broken things to the house: nothing may raise, take two seconds or make a process grow beyond 300 MB (512 where
there is a whole archive in it).

    .venv/bin/python -m tests.benchmarks.fuzz --what pages [--minutes 30] [--seed 1] [--keep FOLDER] [PAGES…]

What: pages (through the parser), dumps (through their readers), bytes (through a whole import), dates, bylines,
queries, replay (saved pages written anew). PAGES are files, folders or dumps to break (default: the golden pairs).
An item that fails is kept in FOLDER.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from .gold import PAIRS
from .trials import TRIALS

SECONDS_AN_ITEM = 2.0
MEGABYTES = {"bytes": 512, "queries": 512}
_MEGABYTES_ELSE = 300
ITEMS_A_CHILD = 2_000
_SECONDS_OF_PATIENCE = 300


class Answer(NamedTuple):
    number: int
    seconds: float = 0.0
    megabytes: int = 0
    """the most that the process has held"""
    is_too_large: bool = False
    fault: str = ""

    @property
    def trouble(self) -> str:
        if self.fault or self.seconds > SECONDS_AN_ITEM:
            return self.fault or f"{self.seconds:.1f} s"
        return f"{self.megabytes} MB" if self.is_too_large else ""


@dataclass(frozen=True)
class Run:
    what: str
    seed: str
    paths: list[Path]
    keep: Path

    def try_items(self, folder: str, first: int, answers: Connection) -> None:
        """In a child: tries items one by one and tells what came of each; those that fail are kept."""
        trial = TRIALS[self.what](self.paths, Path(folder))
        answers.send(None)
        for number in range(first, first + ITEMS_A_CHILD):
            item = trial.item(f"{self.seed}:{number}")
            place = self.keep / f"{self.what}-{self.seed}-{number}-item{item.ending}"
            place.write_bytes(item.content)  # so that it is there when the process dies of it
            started, seconds, fault = time.process_time(), 0.0, ""
            try:
                look = trial.run(item)
                seconds = time.process_time() - started
                if look:
                    look()
            except BaseException as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                fault = f"{type(error).__name__}: {str(error)[:300]} ({Path(where.filename).name}:{where.lineno})"
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            limit = MEGABYTES.get(self.what, _MEGABYTES_ELSE)
            answer = Answer(number, seconds, most, most > limit, fault)
            if not answer.trouble:
                place.unlink()
            answers.send(answer)
        answers.close()

    def answers(self, minutes: float) -> Iterator[Answer]:
        """What children tell, one after another; one that dies or hangs is an answer too. The minutes begin when the
        first is ready."""
        context, number, until = multiprocessing.get_context("spawn"), 0, math.inf
        while time.monotonic() < until:
            with tempfile.TemporaryDirectory(prefix="warraq-fuzz-") as folder:
                ours, theirs = context.Pipe(duplex=False)
                child = context.Process(target=self.try_items, args=(folder, number, theirs))
                child.start()
                theirs.close()
                try:
                    while time.monotonic() < until:
                        answer = _heard(ours, until)
                        if answer is None:
                            until = min(until, time.monotonic() + 60 * minutes)
                            continue
                        number = answer.number + 1
                        yield answer
                        if answer.is_too_large:
                            break
                except EOFError as error:
                    child.join(60)
                    if child.exitcode != 0 and time.monotonic() < until:
                        yield Answer(number, fault=str(error) or f"the process ended with {child.exitcode}")
                        number += 1
                child.kill()
                child.join()
        for unfinished in self.keep.glob(f"{self.what}-{self.seed}-{number}-*"):
            unfinished.unlink()


def _heard(ours: Connection, until: float) -> Answer | None:
    """What a child says next, null when it says that it is ready. Raises EOFError where it is gone or says nothing."""
    if not ours.poll(min(_SECONDS_OF_PATIENCE, max(0.1, until - time.monotonic()))):
        raise EOFError(f"no answer within {_SECONDS_OF_PATIENCE} seconds")
    answer: Answer | None = ours.recv()
    return answer


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", nargs="*", type=Path, default=[PAIRS])
    options.add_argument("--what", choices=TRIALS, default="pages")
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--seed", default="1")
    options.add_argument(
        "--keep", type=Path, default=Path("fuzz"), help="where items that fail are kept (default fuzz/)"
    )
    chosen = options.parse_args()
    chosen.keep.mkdir(parents=True, exist_ok=True)
    run = Run(chosen.what, chosen.seed, chosen.pages, chosen.keep)
    count, failed, largest, slowest = 0, 0, 0, Answer(0)
    for answer in run.answers(chosen.minutes):
        count, largest, slowest = (
            count + 1,
            max(largest, answer.megabytes),
            max(slowest, answer, key=lambda one: one.seconds),
        )
        if answer.trouble:
            failed += 1
            print(f"{chosen.what} {chosen.seed}:{answer.number}: {answer.trouble}", flush=True)
    print(
        f"{chosen.what}: {count:,} items, {failed} failed; slowest {slowest.seconds:.2f} s "
        f"({chosen.seed}:{slowest.number}), largest process {largest} MB"
    )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
