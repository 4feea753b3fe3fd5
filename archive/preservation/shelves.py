"""What lies in the store, shelf by shelf in the order of digests: a shelf is a folder of the second level, `a3/f0`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.dumps import legible

_PAIR = re.compile(r"[0-9a-f]{2}")
_PAYLOAD = re.compile(r"([0-9a-f]{64})\.zst")


ASTRAY = "/"
"""The name of what lies on no shelf; it comes before all others."""


@dataclass(slots=True)
class Shelf:
    name: str
    """how the digests on it begin: `a3f0`"""
    digests: set[str] = field(default_factory=set)
    others: list[str] = field(default_factory=list)
    """paths of files that are no payloads, or lie where they should not"""


def shelves(store: Path, after: str = "") -> Iterator[Shelf]:
    """All that lies in a store, beginning after a shelf; what lies on none comes first, and only from the beginning."""
    astray = Shelf(ASTRAY)
    above = []
    for entry in _entries(store):
        if _PAIR.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
            above.append(entry)
        else:
            astray.others += _files(store, entry)
    if not after:
        for folder in above:
            for entry in _entries(folder.path):
                if not _is_shelf(entry):
                    astray.others += _files(store, entry)
        if astray.others:
            yield astray
    for folder in above:
        if folder.name < after[:2]:
            continue
        for entry in _entries(folder.path):
            if _is_shelf(entry) and (name := folder.name + entry.name) > after:
                yield _shelf(store, name, entry)


def _shelf(store: Path, name: str, folder: os.DirEntry[str]) -> Shelf:
    found = Shelf(name)
    for entry in _entries(folder.path):
        payload = _PAYLOAD.fullmatch(entry.name)
        if payload and payload[1].startswith(name) and entry.is_file(follow_symlinks=False):
            found.digests.add(payload[1])
        else:
            found.others += _files(store, entry)
    return found


def _is_shelf(entry: os.DirEntry[str]) -> bool:
    return bool(_PAIR.fullmatch(entry.name)) and entry.is_dir(follow_symlinks=False)


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []


def _files(store: Path, entry: os.DirEntry[str]) -> Iterator[str]:
    """The files in what should not be there; no link is followed."""
    if not entry.is_dir(follow_symlinks=False):
        yield legible(os.path.relpath(entry.path, store))
        return
    for inner in _entries(entry.path):
        yield from _files(store, inner)
