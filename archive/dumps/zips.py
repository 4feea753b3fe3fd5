"""Zip files: by their directory, and where that is missing or damaged by the header before each member."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

from .members import DAMAGED, MORE_DAMAGE, Member, is_of_a_tool, lies_beside
from .page import Locator, Rejection, legible
from .rescue import found_by_headers

_ARABIC = re.compile("[\u0621-\u064a]")
_LARGEST_OFFSET = 2**63 - 1

Entry = tuple[zipfile.ZipInfo, Callable[[], AbstractContextManager[IO[bytes]]]]
"""What a zip file says of a member, and how it is opened."""


def in_zip(path: Path) -> Iterator[Member | Rejection]:
    try:
        archive = open_zip(path)
    except (*DAMAGED, *MORE_DAMAGE) as error:
        names = [_zip_name(info) for info, _ in rescued(path)]
        yield Rejection("broken-container", not_whole("zip", error, len(names)), Locator(legible(str(path))))
        yield from _members(path, rescued(path), set(names))
        return
    with archive:
        infos = archive.infolist()
        entries = ((info, partial(archive.open, info)) for info in infos)
        yield from _members(path, entries, {_zip_name(info) for info in infos})


def open_zip(path: Path) -> zipfile.ZipFile:
    """Raises BadZipFile also where the directory knows nothing of the first member: in a file that is cut, zipfile may
    find the directory of a zip inside it."""
    archive = zipfile.ZipFile(path)
    if min((info.header_offset for info in archive.infolist()), default=-1) != 0:
        with open(path, "rb") as stream:
            if stream.read(4) == b"PK\3\4":
                archive.close()
                raise zipfile.BadZipFile("its directory does not name its first member")
    return archive


def rescued(path: Path) -> Iterator[Entry]:
    """The members of a zip file without a sound directory."""
    return ((found.info, partial(found.open, path)) for found in found_by_headers(path))


def not_whole(kind: str, error: Exception, count: int) -> str:
    found = f"; members found by their own headers: {count}" if count else ""
    return f"not a whole {kind} file: {str(error) or type(error).__name__}{found}"


def _members(path: Path, entries: Iterable[Entry], known: set[str]) -> Iterator[Member]:
    dump = legible(str(path))
    for info, opened in entries:
        name = _zip_name(info)
        if name.endswith("/") or is_of_a_tool(name):  # zipfile's own test fails on an empty name
            continue
        place = Locator(dump, name, zip_offset(info))
        yield Member(name, zip_time(info), place, opened, is_beside=lies_beside(name, known))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag it may be UTF-8 all the same, or Arabic of Windows or DOS:
    that in which it has most Arabic letters."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    if raw.isascii():
        return info.filename
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    readings = [raw.decode(encoding, "replace") for encoding in ("cp1256", "cp720")]
    likeliest = max(readings, key=lambda name: len(_ARABIC.findall(name)))
    return likeliest if _ARABIC.search(likeliest) else info.filename


def zip_time(info: zipfile.ZipInfo) -> datetime:
    """When a member was last changed, as the zip file says; 1980 where it says nonsense."""
    try:
        return datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def zip_offset(info: zipfile.ZipInfo) -> int | None:
    """Where a member begins, as the zip file says; null where it says nonsense."""
    return info.header_offset if 0 <= info.header_offset <= _LARGEST_OFFSET else None
