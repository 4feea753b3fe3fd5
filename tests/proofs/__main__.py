"""The store's promises put to the proof, as commands anyone can run: make prove, or python -m tests.proofs K2 S7

K2  the database goes away in the midst of an import, and comes back
K3  the disk is full under database and store, and there is room again
K11 the power is cut during an import, ten times, and after one that was done
S7  fifty clients at once ask what costs most
B1  fifty pages with a flipped bit, five deleted, two swapped, three strays: check_fixity names all sixty, and mends
    from a backup what can be mended
B3  a backup taken during an import, restored on an empty machine: the same permalinks, and fixity is green
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .crowds import crowd
from .damage import harm
from .machines import Machine, machine
from .outages import database_away, disk_full
from .pages import write_pages
from .power import power_cut

Rows = Iterator[tuple[str, object, object]]
"""What is asked, what is expected, what was found."""


def main() -> None:
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="warraq-proofs-") as folder:
        for name, proof in PROOFS.items():
            if len(sys.argv) > 1 and name.split()[0] not in sys.argv[1:]:
                continue
            started = time.monotonic()
            print(f"{name}\n\n| what | expected | found | |\n| --- | --- | --- | --- |", flush=True)
            for what, expected, found in proof(Path(folder)):
                wrong += expected != found
                print(f"| {what} | {expected} | {found} | {'✓' if expected == found else '✗'} |", flush=True)
            print(f"\n{time.monotonic() - started:.0f} s\n", flush=True)
    raise SystemExit(1 if wrong else 0)


def fixity(folder: Path) -> Rows:
    """B1"""
    dump = write_pages(folder / "b1.zip", 150)
    with machine(folder / "b1") as one:
        one.run("import_pages", dump, "--json")
        one.run("backup", folder / "b1-backup")
        yield "exit of check_fixity, all well", 0, one.run("check_fixity", "--json").returncode
        done = harm(one.store).as_dict()
        code, named = checked(one)
        yield "exit after the harm", 1, code
        for kind, paths in done.items():
            yield f"{kind}, named rightly", len(paths), len(paths & named[kind])
        yield "named in all", 60, sum(len(paths) for paths in named.values())
        code, named = checked(one, "--repair-from", folder / "b1-backup")
        yield "exit after the repair: strays are left", 1, code
        for path in done["stray"]:
            (one.store / path).unlink()
        yield "exit once the strays are gone", 0, checked(one)[0]


def checked(one: Machine, *words: object) -> tuple[int, dict[str, set[str]]]:
    """Exit code, and the paths named of each kind."""
    answer = one.run("check_fixity", "--json", *words)
    named: dict[str, set[str]] = {kind: set() for kind in ("damaged", "missing", "swapped", "stray")}
    for finding in json.loads(answer.stdout)["findings"]:
        named[finding["kind"]].add(finding["path"])
    return answer.returncode, named


def restoring(folder: Path) -> Rows:
    """B3"""
    first, second = write_pages(folder / "b3.zip", 200), write_pages(folder / "b3-more.zip", 400, seed=2, first=1000)
    with machine(folder / "b3") as one, machine(folder / "b3-elsewhere", migrated=False) as other:
        one.run("import_pages", first, "--json")
        links = permalinks(one)
        underway = one.start("import_pages", second, "--json", "--workers", 1)
        wait_for(lambda: len(one.payload_files()) > 250 or underway.poll() is not None)
        yield "exit of backup during an import", 0, one.run("backup", folder / "b3-backup").returncode
        yield "the import was still at work", True, underway.poll() is None
        underway.communicate()
        yield "exit of restore on an empty machine", 0, other.run("restore", folder / "b3-backup").returncode
        found = permalinks(other)
        yield "permalinks of before that are the same", len(links), len(links.items() & found.items())
        now = permalinks(one)
        yield "permalinks of then that are others now", 0, len(found.items() - now.items())
        yield "exit of check_fixity there", 0, other.run("check_fixity").returncode
        again = other.run("import_pages", second, "--json")
        yield "exit of the import gone on with there", 0, again.returncode
        yield "stories that are then in both", len(now), len({*now.values()} & {*permalinks(other).values()})


def permalinks(one: Machine) -> dict[str, str]:
    """address of the page → permalink of its story, where it is not hidden"""
    answer = one.python(
        "import json; from archive.models import Story\n"
        "print(json.dumps({s.url_key: s.get_absolute_url() for s in Story.objects.visible()}))"
    )
    found: dict[str, str] = json.loads(answer.stdout)
    return found


def wait_for(ready: Callable[[], Any], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not ready() and time.monotonic() < deadline:
        time.sleep(0.05)


PROOFS: dict[str, Callable[[Path], Rows]] = {
    "K2 · the database goes away during an import": database_away,
    "K3 · the disk is full": disk_full,
    "K11 · the power is cut": power_cut,
    "S7 · fifty clients": crowd,
    "B1 · fixity after harm": fixity,
    "B3 · backup during an import, restored elsewhere": restoring,
}

if __name__ == "__main__":
    main()
