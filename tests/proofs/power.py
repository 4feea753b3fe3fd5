"""K11: the power is cut while an import is at work, and after it has said that it is done.

The disk is a file with ext4 on it, whose journal is written every five minutes unless somebody asks for it; the cut is
the kernel's own (`EXT4_IOC_SHUTDOWN` without a last write, by which file systems are tested): whatever nobody has
synced is gone. Needs root. What a disk's own cache may lose or turn round is not shown by this.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import random
import signal
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .machines import Machine, machine
from .pages import write_pages

CUTS = 10
_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32)
_NEW_MOUNTS = 0x00020000  # CLONE_NEWNS
_WITHOUT_A_LAST_WRITE = struct.pack("I", 2)

Rows = Iterator[tuple[str, object, object]]


def power_cut(folder: Path) -> Rows:
    """K11"""
    _step_aside()
    dump, moments = write_pages(folder / "k11.zip", 500), random.Random(11)
    with machine(folder / "k11-alone") as alone:
        started = time.monotonic()
        alone.run("import_pages", dump, "--json")
        seconds = time.monotonic() - started
        in_the_midst = 0
        harmed: list[str] = []
        for cut in range(CUTS):
            with _disk(folder / f"k11-{cut}") as place, machine(place / "archive") as one:
                os.sync()
                underway = one.start("import_pages", dump, "--json")
                with suppress(subprocess.TimeoutExpired):
                    underway.communicate(timeout=moments.uniform(0.2, 1) * seconds)
                in_the_midst += underway.poll() is None
                _cut(place, underway)
                harmed += _harm(one) + _difference(one, alone, dump)
        yield f"cuts, of {CUTS}, that hit an import at work: at least half", True, 2 * in_the_midst >= CUTS
        yield "harm to database or store, after all of them", [], harmed
        with _disk(folder / "k11-done") as place, machine(place / "archive") as one:
            one.run("import_pages", dump, "--json")
            _cut(place)
            yield "tables that differ where an import had said that it was done", [], _differing(one, alone)
            yield "bytes are those of an import left in peace", True, one.store_hashes() == alone.store_hashes()
            yield "index there", True, _is_indexed(one)


def _step_aside() -> None:
    """Mounts of our own: a container or a browser that starts meanwhile would get a hold of the disk, too."""
    if ctypes.CDLL(None).unshare(_NEW_MOUNTS) == 0:
        subprocess.run(["mount", "--make-rprivate", "/"], check=True)


@contextmanager
def _disk(place: Path) -> Iterator[Path]:
    """A disk of its own, whose power can be cut."""
    image = place.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(400 * 2**20)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    place.mkdir()
    _plug_in(place)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)
        image.unlink()


def _plug_in(place: Path) -> None:
    subprocess.run(["mount", "-o", "loop,commit=300", place.with_suffix(".img"), place], check=True)


def _cut(place: Path, underway: subprocess.Popen[str] | None = None) -> None:
    """Cuts the power of a disk and of the machine at work on it, and brings the disk back as it was left."""
    handle = os.open(place, os.O_RDONLY)
    fcntl.ioctl(handle, _SHUTDOWN, _WITHOUT_A_LAST_WRITE)
    os.close(handle)
    if underway:
        with suppress(ProcessLookupError):
            os.killpg(underway.pid, signal.SIGKILL)
        underway.communicate()
    subprocess.run(["umount", place], check=True)
    _plug_in(place)


def _harm(one: Machine) -> list[str]:
    """What is broken, or named by a row and not there."""
    whole = one.python(
        "from django.db import connection as c\n"
        "print(c.cursor().execute('PRAGMA integrity_check').fetchone()[0] if c.vendor == 'sqlite' else 'ok')"
    )
    checked = one.run("check_fixity", "--json")
    findings = json.loads(checked.stdout or "{}").get("findings", [{"path": checked.stderr, "kind": "no answer"}])
    told = [whole.stdout or whole.stderr] * (whole.stdout != "ok\n")
    return told + [found["path"] for found in findings if found["kind"] != "stray"]


def _difference(one: Machine, alone: Machine, dump: Path) -> list[str]:
    """What is not as in an archive left in peace, once the import has been run again."""
    again = one.run("import_pages", dump, "--json")
    told = [again.stderr] * (again.returncode != 0) + _differing(one, alone)
    told += ["index"] * (not _is_indexed(one))
    return told + ["bytes"] * (one.store_hashes() != alone.store_hashes())


def _is_indexed(one: Machine) -> bool:
    return "كل خبر ظاهر في الفهرس" in one.run("doctor").stdout


def _differing(one: Machine, other: Machine) -> list[str]:
    mine, theirs = one.row_hashes(), other.row_hashes()
    return sorted(name for name in mine if mine[name] != theirs[name])
