"""Files that appear whole, and are on the disk once they are there: kills and power cuts leave the old one or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def appearing(path: Path, *, aside: Path | None = None, on_disk: bool = True) -> Iterator[IO[bytes]]:
    """A file to write, beside its place or `aside`, that takes its place, and that of another of its name, once it is
    whole and on the disk; without `on_disk` the caller sees to the latter. None but its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if aside:
        aside.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=aside or path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            if on_disk:
                os.fsync(stream.fileno())
        os.replace(temporary, path)
        if on_disk:
            sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def sync_folder(folder: Path) -> None:
    """Sees to it that the names in a folder are on the disk, as the bytes of its files are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
