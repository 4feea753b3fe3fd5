"""Raw pages by digest: what came in goes to the store byte for byte and comes out the same.

One plain zstd frame a page, named by the SHA-256 of the bytes inside: any `zstd -d` opens it in fifty years.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from typing import IO

import zstandard
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

_LEVEL = 6


class DamagedPayload(Exception):
    """What lies in the store is not what was put there."""


class AtomicFileSystemStorage(FileSystemStorage):
    """Files appear whole or not at all, and are on the disk when `save` returns."""

    def _save(self, name: str, content: File[bytes] | IO[bytes]) -> str:
        path = self.path(name)
        folder = os.path.dirname(path)
        os.makedirs(folder, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content.read())
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        return name


def store() -> Storage:
    return storages["payloads"]


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
