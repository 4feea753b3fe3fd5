"""What an import does while the machine under it fails: a database that goes away, a disk that is full."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from .machines import Machine, machine
from .pages import write_pages

Rows = Iterator[tuple[str, object, object]]


def database_away(folder: Path) -> Rows:
    """K2"""
    dump = write_pages(folder / "k2.zip", 800)
    with machine(folder / "k2-alone") as alone, machine(folder / "k2") as one:
        alone.run("import_pages", dump, "--json")
        underway = one.start("import_pages", dump, "--json", "--workers", 1)
        while len(one.payload_files()) < 250 and underway.poll() is None:
            time.sleep(0.05)
        with _away(one):
            out, err = underway.communicate(timeout=600)
        yield "exit of an import whose database went away", 1, underway.returncode
        yield (
            "it says why in one line, and how to go on",
            (True, False),
            (
                "run the same command again" in err,
                "Traceback" in err,
            ),
        )
        yield "exit of the same command afterwards", 0, one.run("import_pages", dump, "--json").returncode
        yield "tables that differ from an import left in peace", [], _differing(one, alone)
        yield "bytes are those of an import left in peace", True, one.store_hashes() == alone.store_hashes()


@contextmanager
def _away(one: Machine) -> Iterator[None]:
    """PostgreSQL lets nobody in and ends who is; SQLite's file is locked for longer than anyone waits."""
    if not one.database_url:
        with sqlite3.connect(one.folder / "archive.sqlite3", timeout=60, isolation_level=None) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield
            holder.execute("ROLLBACK")
        return
    import psycopg

    name = urlsplit(one.database_url).path[1:]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")  # type: ignore[call-overload]
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")  # type: ignore[call-overload]


def disk_full(folder: Path) -> Rows:
    """K3: needs root, for a small disk of its own"""
    place, dump = folder / "k3-disk", write_pages(folder / "k3.zip", 1200)
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=7m", "tmpfs", place], capture_output=True).returncode:
        yield "a small disk could be made (needs root)", True, False
        return
    try:
        with machine(folder / "k3-alone") as alone, machine(place / "k3") as one:
            alone.run("import_pages", dump, "--json")
            full = one.run("import_pages", dump, "--json")
            yield "exit of an import on a full disk", 1, full.returncode
            yield (
                "it says why, without a traceback",
                (True, False),
                ("run the same" in full.stderr, "Trace" in full.stderr),
            )
            free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
            yield "the disk was full", True, free < 2**20
            subprocess.run(["mount", "-o", "remount,size=500m", place], check=True)
            yield "exit of the same command with room", 0, one.run("import_pages", dump, "--json").returncode
            yield "tables that differ from an import left in peace", [], _differing(one, alone)
            yield "bytes are those of an import left in peace", True, one.store_hashes() == alone.store_hashes()
            yield "doctor finds the index whole", True, "كل خبر ظاهر في الفهرس" in one.run("doctor").stdout
    finally:
        subprocess.run(["umount", place], check=True)


def _differing(one: Machine, other: Machine) -> list[str]:
    mine, theirs = one.row_hashes(), other.row_hashes()
    return sorted(name for name in mine if mine[name] != theirs[name])
