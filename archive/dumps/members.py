"""What lies in a file, a folder or a container: one member after another, nothing unpacked to disk.

Members are never written anywhere, so their names need no trust; only regular files are opened, links never followed.
"""

from __future__ import annotations

import gzip
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from .html import inner_path
from .page import Locator, Rejection, legible

MAX_MEMBER_BYTES = 64 * 2**20
"""Longest page that is read, counted in real bytes, whatever a header claims."""

DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, ValueError)
# zipfile's words for encrypted members and unknown methods; tarfile's for a gzip header of three bytes
# and what readers say of lengths that no file has
MORE_DAMAGE = (RuntimeError, NotImplementedError, TypeError, OverflowError)
_ASSET_FOLDERS = (
    "_files", ".files", "-files", "_fichiers", "-Dateien", "_archivos", "_ملفات", "_file", "_arquivos", "_ficheiros",
    "_bestanden", "_pliki", "-filer", "_tiedostot", "_dosyalar", "_файлы", "_soubory", "_fitxers",
)  # fmt: skip
"""How browsers name the folder of a page «saved complete», in the languages they speak."""
_TOOL_FOLDERS = frozenset(("hts-cache",))
"""What a mirroring tool keeps for itself: second copies of its pages."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file, wherever it lies. `open` may be called once, before the next member is asked for."""

    name: str
    """its path inside the dump"""
    modified_at: datetime
    locator: Locator
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    path: Path | None = None
    """where it lies as a file of its own; null inside a container"""
    is_beside: bool = False
    """it lies in the folder of a saved page, and is no page itself"""


def read_bytes(member: Member, most: int | None = None) -> bytes | Rejection:
    """The bytes of a member, unzipped when its name ends in .gz; too many, or none to be had, is a rejection."""
    most = most or MAX_MEMBER_BYTES
    try:
        with member.open() as stream:
            source = gzip.GzipFile(fileobj=stream) if member.name.lower().endswith(".gz") else stream
            content = source.read(most + 1)
    except (*DAMAGED, *MORE_DAMAGE) as error:
        return Rejection("unreadable", str(error) or type(error).__name__, member.locator)
    if len(content) > most:
        return Rejection("too-large", f"more than {most // 2**20} MiB", member.locator)
    return content


def in_folder(root: Path, is_beside: bool = False) -> Iterator[Member | Rejection]:
    """Every file below a folder, folder by folder, names in order; what belongs to a saved page is marked so."""
    walks = [_entries(os.fspath(root), is_beside)]
    while walks:
        for found in walks[-1]:
            if isinstance(found, Rejection):
                yield found
                continue
            path, is_folder, is_beside = found
            if is_folder:
                walks.append(_entries(path, is_beside))
                break
            member = from_file(Path(path), root)
            if not is_beside:
                yield member
            elif isinstance(member, Member):
                yield replace(member, is_beside=True)
        else:
            walks.pop()


def _entries(folder: str, is_beside: bool) -> Iterator[tuple[str, bool, bool] | Rejection]:
    """(path, whether a folder, whether it belongs to a page) of what lies in a folder. Names alone are held: a folder
    may have a million."""
    names, folders = [], set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if _is_wanted(entry):
                    names.append(entry.name)
                    if entry.is_dir(follow_symlinks=False):
                        folders.add(entry.name)
    except OSError as error:
        if not is_beside:
            yield Rejection("unreadable", error.strerror or str(error), Locator(legible(folder)))
        return
    names.sort()
    known = set(names) if folders else set()
    for name in names:
        is_folder = name in folders
        yield os.path.join(folder, name), is_folder, is_beside or (is_folder and _belongs_to_page(name, known))


def beside(page: Path) -> Iterator[Member]:
    """What lies in the folder of a page «saved complete»."""
    stem = page.name.removesuffix(".gz").rpartition(".")[0]
    for folder in (page.with_name(stem + ending) for ending in _ASSET_FOLDERS if stem):
        if folder.is_dir() and not folder.is_symlink():
            yield from (one for one in in_folder(folder, is_beside=True) if isinstance(one, Member))


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    """Files and folders; links are never followed."""
    if entry.is_symlink():
        return False
    if entry.is_dir(follow_symlinks=False):
        return entry.name not in _TOOL_FOLDERS
    return entry.is_file(follow_symlinks=False)


def _belongs_to_page(folder: str, names: set[str]) -> bool:
    """Whether a folder holds the pictures and styles of a page «saved complete» beside it."""
    pages = (folder.removesuffix(ending) for ending in _ASSET_FOLDERS if folder.endswith(ending))
    return any(page + ending in names for page in pages for ending in (".html", ".htm", ".html.gz", ".htm.gz"))


def from_file(path: Path, root: Path | None = None) -> Member | Rejection:
    """A file by itself, or one of the folder `root`. What is no regular file (a pipe, a device) is never opened."""
    place = Locator(legible(str(path)))
    try:
        found = path.stat()
        modified_at = datetime.fromtimestamp(found.st_mtime, UTC)
    except (OSError, OverflowError, ValueError) as error:
        return Rejection("unreadable", str(error), place)
    if not stat.S_ISREG(found.st_mode):
        return Rejection("unreadable", "no regular file", place)
    name = legible(path.relative_to(root).as_posix() if root else inner_path(path.absolute()))
    return Member(name, modified_at, place, lambda: open(path, "rb"), path)


def is_of_a_tool(name: str) -> bool:
    return not _TOOL_FOLDERS.isdisjoint(name.split("/")[:-1])


def lies_beside(name: str, known: set[str]) -> bool:
    """Whether a member lies in a folder that belongs to a saved page; `known` are the members met."""
    parts = name.split("/")
    return any(
        _belongs_to_page(part, {one.removeprefix(above) for one in _pages_of(above, part, known)})
        for at, part in enumerate(parts[:-1])
        if part.endswith(_ASSET_FOLDERS)
        for above in ["/".join([*parts[:at], ""])]
    )


def _pages_of(above: str, folder: str, known: set[str]) -> set[str]:
    stems = (folder.removesuffix(ending) for ending in _ASSET_FOLDERS if folder.endswith(ending))
    return {f"{above}{stem}{end}" for stem in stems for end in (".html", ".htm", ".html.gz", ".htm.gz")} & known
