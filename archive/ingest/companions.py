"""What pages are shown with, from the dump into the store: beside the pages, outside their counts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

from archive import payloads
from archive.dumps import Companion as Found
from archive.dumps import companion_key, kind_of, legible
from archive.models import Companion, ImportRun

from .reading import unless
from .store import clean

_ROWS_A_BATCH = 200
_BYTES_A_BATCH = 32 * 2**20
MOST_BYTES_A_DUMP = 64 * 2**30
"""Of what lies beyond, nothing is kept: pages come before their pictures."""


class Companions:
    """Keeps what is found beside pages: the bytes first, then the rows, some hundreds at a time."""

    def __init__(self, run: ImportRun | None, stopping: Callable[[], bool]) -> None:
        self.run, self.stopping = run, stopping
        self._rows: list[Companion] = []
        self._contents: dict[str, bytes] = {}
        self._gathered = 0
        self._kept: dict[str, int] = {}
        self._disk = ThreadPoolExecutor(4, thread_name_prefix="companions")

    def keep(self, found: Found, dump: Path) -> None:
        root, name = legible(str(dump)), clean(found.name)
        content = found.read() if self._kept.get(root, 0) < MOST_BYTES_A_DUMP else None
        kind = kind_of(content, is_style=found.is_style) if content else ""
        if not content or not kind or not (name_key := companion_key(name)):
            return
        digest = payloads.digest_of(content)
        moment = found.captured_at.astimezone(UTC).isoformat()
        key = hashlib.sha256(f"{root}\n{name_key}\n{moment}\n{digest}".encode("utf-8", "replace")).hexdigest()
        self._rows.append(
            Companion(
                key=key, name=name, name_key=name_key, root=root, digest=digest,
                size=len(content), content_type=kind, captured_at=found.captured_at, run=self.run,
            )
        )  # fmt: skip
        self._contents[digest] = content
        self._gathered += len(content)
        self._kept[root] = self._kept.get(root, 0) + len(content)
        if len(self._rows) >= _ROWS_A_BATCH or self._gathered >= _BYTES_A_BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what was gathered. What is kept already is left alone."""
        for _ in self._disk.map(payloads.put, self._contents.values(), self._contents):
            unless(self.stopping)
        Companion.objects.bulk_create(self._rows, ignore_conflicts=True)
        self._rows, self._contents, self._gathered = [], {}, 0
