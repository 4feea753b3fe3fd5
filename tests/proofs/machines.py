"""Archives of their own, worked on as anyone works on them: by commands, each a process that can be killed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Machine:
    """A DATA_DIR and a database."""

    folder: Path
    database_url: str = ""
    """empty: SQLite in the folder"""

    @property
    def store(self) -> Path:
        return self.folder / "payloads"

    @property
    def environment(self) -> dict[str, str]:
        ours = {"DATA_DIR", "DATABASE_URL", "SEARCH_URL"}
        given = {name: value for name, value in os.environ.items() if name not in ours}
        given |= {"DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "archive.settings"}
        return given | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def start(self, *words: object) -> subprocess.Popen[str]:
        """A command of manage.py, under way in a process group of its own."""
        return self._start(["manage.py", *(str(word) for word in words)])

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return _ended(self.start(*words))

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Some lines of Python with Django set up."""
        return _ended(self._start(["-c", f"import django; django.setup()\n{code}"]))

    def _start(self, words: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=REPOSITORY,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def payload_files(self) -> list[Path]:
        return sorted(path for path in self.store.rglob("*.zst") if path.is_file())

    def row_hashes(self, *but: str) -> dict[str, str]:
        """Of each table, as `rows.hashes` makes them; some columns left out."""
        answer = self.python(f"import json; from tests.proofs.rows import hashes; print(json.dumps(hashes(*{but!r})))")
        assert answer.returncode == 0, answer.stderr
        found: dict[str, str] = json.loads(answer.stdout)
        return found

    def store_hashes(self) -> dict[str, str]:
        """Of all files in the store, by their names."""
        paths = sorted(path for path in self.store.rglob("*") if path.is_file())
        return {str(path.relative_to(self.store)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate(timeout=600)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@contextmanager
def machine(folder: Path, *, migrated: bool = True) -> Iterator[Machine]:
    """An empty archive; on PostgreSQL, where DATABASE_URL names one, with a database of its own."""
    url = os.environ.get("DATABASE_URL", "")
    folder.mkdir(parents=True)
    if not url.startswith("postgres"):
        yield _migrated(Machine(folder), migrated)
        return
    import psycopg

    name = f"warraq_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        try:
            yield _migrated(Machine(folder, urlunsplit(urlsplit(url)._replace(path=f"/{name}"))), migrated)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def _migrated(one: Machine, migrated: bool) -> Machine:
    if migrated:
        answer = one.run("migrate", "-v0")
        assert answer.returncode == 0, answer.stderr
    return one
