"""K1: kill -9 at random moments of an import, the import run again, and the archive compared with one left in peace.

python -m tests.proofs.kills                            200 kills over a dump of 2,000 pages
python -m tests.proofs.kills --kills 20 --pages 500     a shorter proof
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .machines import Machine, machine
from .pages import write_pages

KILLS_A_LIFE = 5
"""Kills of one archive, before an import is let to its end and compared."""


@dataclass(frozen=True)
class Truth:
    """What an import that nobody disturbs leaves."""

    rows: dict[str, str]
    store: dict[str, str]
    seconds: float
    seen: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--minutes", type=float, default=600, help="begin no other archive after so long")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-kills-") as folder:
        wrong = prove(Path(folder), chosen.kills, chosen.pages, random.Random(chosen.seed), chosen.minutes)
    raise SystemExit(1 if wrong else 0)


def prove(folder: Path, kills: int, pages: int, rng: random.Random, minutes: float) -> int:
    """Prints a row an archive; returns how many differed from the truth."""
    dump, deadline = write_pages(folder / "pages.zip", pages), time.monotonic() + minutes * 60
    truth = undisturbed(folder / "truth", dump)
    print(f"{truth.seen:,} pages, {truth.seconds:.1f} s undisturbed\n", flush=True)
    print(
        "| archive | kills | in the midst | rows | store | balance |\n| --- | --- | --- | --- | --- | --- |", flush=True
    )
    done = in_the_midst = wrong = life = 0
    while done < kills and time.monotonic() < deadline:
        life += 1
        wanted = min(KILLS_A_LIFE, kills - done)
        with machine(folder / f"life-{life}") as one:
            hits = sum(kill_once(one, dump, rng.uniform(0, truth.seconds * 1.05)) for _ in range(wanted))
            balance = finish(one, dump)
            rows, store = one.row_hashes(), one.store_hashes()
            same_rows, same_store = rows == truth.rows, store == truth.store
        done, in_the_midst = done + wanted, in_the_midst + hits
        balanced = balance["seen"] == truth.seen
        wrong += not (same_rows and same_store and balanced)
        told = ["same" if same else "DIFFERENT" for same in (same_rows, same_store, balanced)]
        print(f"| {life} | {wanted} | {hits} | {' | '.join(told)} |", flush=True)
        if not same_rows:
            print(f"    tables: {', '.join(name for name in rows if rows[name] != truth.rows[name])}", flush=True)
        for name, digest in sorted(store.items() ^ truth.store.items())[:10]:
            print(f"    {'archive' if store.get(name) == digest else 'truth'}: {name} {digest}", flush=True)
    print(
        f"\n{done} kills, {in_the_midst} of them in the midst of an import; {life} archives, {wrong} not as undisturbed"
    )
    return wrong


def undisturbed(folder: Path, dump: Path) -> Truth:
    with machine(folder) as one:
        started = time.monotonic()
        balance = finish(one, dump)
        seconds = time.monotonic() - started
        return Truth(one.row_hashes(), one.store_hashes(), seconds, int(str(balance["seen"])))


def finish(one: Machine, dump: Path) -> dict[str, object]:
    answer = one.run("import_pages", dump, "--workers", 2, "--json")
    assert answer.returncode == 0, answer.stderr
    balance: dict[str, object] = json.loads(answer.stdout)
    return balance


def kill_once(one: Machine, dump: Path, after: float) -> bool:
    """Kills an import with all its processes; whether it was still at work."""
    process = one.start("import_pages", dump, "--workers", 2, "--json")
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=after)
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return alive


if __name__ == "__main__":
    main()
