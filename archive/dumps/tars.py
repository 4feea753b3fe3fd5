"""Tar files, read as a stream: compressed or not, however large."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from .bombs import BOMB, code_of, most_unpacked
from .members import DAMAGED, MORE_DAMAGE, Member, is_of_a_tool, lies_beside
from .page import Locator, Rejection, legible

_PACKINGS: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
    (b"\x5d\x00\x00\x80", lzma.open),
)
"""By first bytes; unpacked a piece at a time, where tarfile would unpack whatever a block of theirs holds."""
_LONGEST_NAME = 2**20
_PIECE = 2**20
_EXTENSIONS = (
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
)  # fmt: skip


class _StrictTarInfo(tarfile.TarInfo):
    """Headers of a tar file, read to its end mark: tarfile takes any bad header for the end, without a word, and
    reads whatever length a header gives for a name."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _EXTENSIONS and self.size > _LONGEST_NAME:
            raise tarfile.InvalidHeaderError(f"a name of {self.size} bytes")  # type: ignore[attr-defined]
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _StrictTarInfo:
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"{error}, where a header or the end mark should be") from error


def in_tar(path: Path) -> Iterator[Member | Rejection]:
    """Members of a tar file, in the order in which they lie there."""
    dump, place = legible(str(path)), 0
    pages: set[str] = set()  # of the folder that is being read: its saved pages' companions may follow
    try:
        most = most_unpacked(path.stat().st_size)
        with _unpacked(path) as plain, tarfile.open(fileobj=plain, mode="r|", tarinfo=_StrictTarInfo) as archive:
            for info in _headers(archive, most):
                place = info.offset
                if not info.isreg():
                    continue
                name = legible(info.name)
                if info.issparse():  # its true length is whatever its header says
                    yield Rejection("unreadable", "a file with holes is not opened", Locator(dump, name, place))
                    continue
                if is_of_a_tool(name):
                    continue
                is_beside = lies_beside(name, pages)
                if not is_beside:
                    pages = {one for one in pages if one.rpartition("/")[0] == name.rpartition("/")[0]} | {name}
                modified_at = datetime.fromtimestamp(max(0, min(info.mtime, 2**33)), UTC)
                opened = partial(_tar_stream, archive, info)
                yield Member(name, modified_at, Locator(dump, name, place), opened, is_beside=is_beside)
    except (*DAMAGED, *MORE_DAMAGE) as error:
        yield Rejection(code_of(error), f"not a whole tar file: {error}", Locator(dump, offset=place))


def _unpacked(path: Path) -> IO[bytes]:
    with path.open("rb") as stream:
        start = stream.read(6)
    opened = next((opened for mark, opened in _PACKINGS if start.startswith(mark)), open)
    return opened(path, "rb")


def _headers(archive: tarfile.TarFile, most: int) -> Iterator[tarfile.TarInfo]:
    """Header after header. Raises ReadError where the file ends in a member, or unpacks to more than `most`."""
    while info := archive.next():
        archive.members.clear()  # type: ignore[attr-defined]  # tarfile would keep every header
        yield info
        stream: Any = archive.fileobj
        while (left := archive.offset - 1 - stream.tell()) > 0:
            if stream.tell() > most:
                raise tarfile.ReadError(BOMB)
            if not stream.read(min(left, _PIECE)):  # tarfile would read nothing for as long as the header says
                raise tarfile.ReadError("the file ends inside a member")


def _tar_stream(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:
        raise OSError("no data")
    return stream
