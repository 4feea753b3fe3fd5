"""Raw pages by digest: what came in goes to the store byte for byte and comes out the same.

One plain zstd frame a page, named by the SHA-256 of the bytes inside: any `zstd -d` opens it in fifty years.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import zstandard
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

from archive.files import appearing

_LEVEL = 6
_PIECE = 64 * 1024
UNFINISHED = ".unfinished"
"""The folder of the store in which files are written."""


class DamagedPayload(Exception):
    """What lies in the store is not what was put there."""


class StoreBusy(OSError):
    """Payloads are in use, and one of those who use them would remove some."""


class AtomicFileSystemStorage(FileSystemStorage):
    """Files appear whole or not at all, and are on the disk when `save` returns. Whoever comes second to a name puts
    the same bytes there."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[bytes] | IO[bytes]) -> str:
        with appearing(Path(self.path(name)), aside=Path(self.path(UNFINISHED))) as stream:
            stream.write(content.read())
        return name


def store() -> Storage:
    return storages["payloads"]


def root() -> Path:
    """The folder of the store."""
    return Path(store().path(""))


@contextlib.contextmanager
def locked(path: Path, *, alone: bool = True) -> Iterator[None]:
    """A lock, shared or for one alone; the operating system's: the dead hold nothing.

    Raises StoreBusy where another holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        try:
            fcntl.flock(stream, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy("another command is at work in the store; try again when it has ended") from error
        yield


@contextlib.contextmanager
def held(*, alone: bool = False) -> Iterator[None]:
    """Keeps payloads from being removed while somebody counts on them; `alone` for who removes some. Who finds nobody
    else at work sweeps up what killed writers left."""
    lock = root().with_suffix(".lock")
    with contextlib.suppress(StoreBusy), locked(lock):
        for leftover in (root() / UNFINISHED).glob(".new-*"):
            leftover.unlink()
    with locked(lock, alone=alone):
        yield


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def path_of(digest: str) -> str:
    """Where a payload lies in the store."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}.zst"


def put(content: bytes, digest: str) -> None:
    """Keeps a page. Keeping it twice is keeping it once."""
    path = path_of(digest)
    if not store().exists(path):
        store().save(path, ContentFile(zstandard.compress(content, _LEVEL)))


def get(digest: str) -> bytes:
    """The page as it came. Raises FileNotFoundError, or DamagedPayload when the bytes are not what their name says."""
    with store().open(path_of(digest)) as stream:
        frame = stream.read()
    try:
        content = zstandard.decompress(frame)
    except zstandard.ZstdError as error:
        raise DamagedPayload(digest) from error
    if digest_of(content) != digest:
        raise DamagedPayload(digest)
    return content


def digest_within(stream: IO[bytes]) -> str:
    """The SHA-256 of what a stored frame holds, read piece by piece. Raises DamagedPayload where it is not one frame,
    whole and nothing after it."""
    hasher, frame = hashlib.sha256(), zstandard.ZstdDecompressor().decompressobj()
    try:
        while not frame.eof and (piece := stream.read(_PIECE)):
            hasher.update(frame.decompress(piece))
    except zstandard.ZstdError as error:
        raise DamagedPayload(str(error)) from error
    if not frame.eof or frame.unused_data or stream.read(1):
        raise DamagedPayload("not one whole frame")
    return hasher.hexdigest()


def copy_frame(source: Path, target: Path, digest: str, *, on_disk: bool = True) -> None:
    """Copies a stored frame from one store to another; nothing appears there but what its digest says.

    Raises OSError, or DamagedPayload.
    """
    with source.open("rb") as given, appearing(target, on_disk=on_disk) as copy:
        shutil.copyfileobj(given, copy)
        copy.seek(0)
        if (found := digest_within(copy)) != digest:
            raise DamagedPayload(f"the bytes are those of {found}")
