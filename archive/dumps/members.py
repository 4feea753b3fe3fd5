"""What lies in a file, a folder or a container: one member after another, nothing unpacked to disk.

Members are never written anywhere, so their names need no trust; only regular files are opened, links never followed.
"""

from __future__ import annotations

import gzip
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from .page import Locator, Rejection

MAX_MEMBER_BYTES = 64 * 2**20
"""Longest page that is read, counted in real bytes, whatever a header claims."""

DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, ValueError)
_ASSET_FOLDERS = ("_files", ".files", "_fichiers", "-Dateien", "_archivos", "_ملفات")


@dataclass(frozen=True, slots=True)
class Member:
    """A file, wherever it lies. `open` may be called once, before the next member is asked for."""

    name: str
    modified_at: datetime
    locator: Locator
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def read_bytes(member: Member) -> bytes | Rejection:
    """The bytes of a member, unzipped when its name ends in .gz; too many, or none to be had, is a rejection."""
    try:
        with member.open() as stream:
            source = gzip.GzipFile(fileobj=stream) if member.name.lower().endswith(".gz") else stream
            content = source.read(MAX_MEMBER_BYTES + 1)
    except (*DAMAGED, RuntimeError, NotImplementedError) as error:  # zipfile's words for encrypted and unknown methods
        return Rejection("unreadable", str(error) or type(error).__name__, member.locator)
    if len(content) > MAX_MEMBER_BYTES:
        return Rejection("too-large", f"more than {MAX_MEMBER_BYTES // 2**20} MiB", member.locator)
    return content


def in_folder(folder: Path) -> Iterator[Member | Rejection]:
    """Every file below a folder, folder by folder, names in order; what belongs to a saved page is left to it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Rejection("unreadable", error.strerror or str(error), Locator(str(folder)))
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            if not _belongs_to_page(entry.name, names):
                yield from in_folder(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield from_file(Path(entry.path))


def _belongs_to_page(folder: str, names: set[str]) -> bool:
    """Whether a folder holds the pictures and styles of a page «saved complete» beside it."""
    pages = (folder.removesuffix(ending) for ending in _ASSET_FOLDERS if folder.endswith(ending))
    return any(page + ending in names for page in pages for ending in (".html", ".htm", ".html.gz", ".htm.gz"))


def from_file(path: Path) -> Member | Rejection:
    try:
        modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError) as error:
        return Rejection("unreadable", str(error), Locator(str(path)))
    return Member(str(path), modified_at, Locator(str(path)), lambda: open(path, "rb"))


def in_zip(path: Path) -> Iterator[Member | Rejection]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        yield Rejection("broken-container", f"not a whole zip file: {error}", Locator(str(path)))
        return
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                name = _zip_name(info)
                locator = Locator(str(path), name, info.header_offset)
                yield Member(name, _zip_time(info), locator, lambda info=info: archive.open(info))  # type: ignore[misc]


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag it may be UTF-8 all the same, or Arabic of Windows or DOS."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    if raw.isascii():
        return info.filename
    for encoding in ("utf-8", "cp1256"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _zip_time(info: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def in_tar(path: Path) -> Iterator[Member | Rejection]:
    """Members of a tar file, read as a stream: compressed or not, however large."""
    place = 0
    try:
        with tarfile.open(path, mode="r|*") as archive:
            for info in archive:
                place = info.offset
                archive.members.clear()  # type: ignore[attr-defined]  # tarfile would keep every header
                if not info.isreg() or info.issparse():
                    continue
                locator = Locator(str(path), info.name, info.offset)
                modified_at = datetime.fromtimestamp(max(0, min(info.mtime, 2**33)), UTC)
                yield Member(info.name, modified_at, locator, lambda info=info: _tar_stream(archive, info))  # type: ignore[misc]
    except (*DAMAGED, EOFError) as error:
        yield Rejection("broken-container", f"not a whole tar file: {error}", Locator(str(path), offset=place))


def _tar_stream(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:
        raise OSError("no data")
    return stream
