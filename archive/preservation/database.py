"""The database as a file, at one point of time: SQLite's online backup, PostgreSQL's own dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils.translation import gettext as _

FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""The name of the file in a backup, by kind of database."""
_COPY = "snapshot"


class DatabaseTrouble(Exception):
    """The database could not be copied or put back; says why."""


def kind() -> str:
    return connection.vendor


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """Copies the database into a folder, whoever writes to it meanwhile; gives the alias under which rows can be read
    as they stand in the copy."""
    target = folder / FILES[kind()]
    with _sqlite_snapshot(target) if kind() == "sqlite" else _postgres_snapshot(target) as alias:
        target.chmod(0o600)
        yield alias


def is_empty() -> bool:
    """Whether there is no table yet. Makes no file where there is none."""
    if kind() == "sqlite":
        path = sqlite_path()
        if not path.exists() or not path.stat().st_size:
            return True
        with closing(sqlite3.connect(_uri(path, "ro"), uri=True)) as database:
            return not database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    return not connection.introspection.table_names()


# -- SQLite --------------------------------------------------------------------------------------------------------


def sqlite_path() -> Path:
    return Path(connection.settings_dict["NAME"])


def close_sqlite() -> None:
    """Ends our own connection and writes what waits in the log into the file, so that it can be moved."""
    connections.close_all()
    if sqlite_path().exists():
        with closing(sqlite3.connect(sqlite_path())) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path))}?mode={mode}"


@contextmanager
def _sqlite_snapshot(target: Path) -> Iterator[str]:
    with (
        closing(sqlite3.connect(_uri(sqlite_path(), "rw"), uri=True, timeout=30)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        (answer,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise DatabaseTrouble(answer)
    connections.databases[_COPY] = connections.databases[DEFAULT_DB_ALIAS] | {"NAME": str(target), "OPTIONS": {}}
    try:
        yield _COPY
    finally:
        connections[_COPY].close()
        del connections[_COPY], connections.databases[_COPY]


# -- PostgreSQL ----------------------------------------------------------------------------------------------------


@contextmanager
def _postgres_snapshot(target: Path) -> Iterator[str]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (name,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}", f"--file={target}")
        yield DEFAULT_DB_ALIAS


def restore_postgres(dump: Path, aside: str) -> None:
    """Puts a dump in the place of the database's tables; those that are there move aside into a schema of this name.

    All or nothing: what was there stays, or comes back, where the dump cannot be put in.
    """
    moved = not is_empty()
    if moved:
        _move_schema("public", aside)
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
             f"--dbname={connection.settings_dict['NAME']}", str(dump))  # fmt: skip
    except BaseException:
        if moved:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute(f"ALTER SCHEMA {connection.ops.quote_name(aside)} RENAME TO public")
        raise


def _move_schema(name: str, to: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA {connection.ops.quote_name(name)} RENAME TO {connection.ops.quote_name(to)}")
        cursor.execute(f"CREATE SCHEMA {connection.ops.quote_name(name)}")


def _run(tool: str, *words: str) -> None:
    if shutil.which(tool) is None:
        raise DatabaseTrouble(
            _("%(tool)s غير موجود على هذا الجهاز؛ ثبّت أدوات PostgreSQL (حزمة postgresql-client)") % {"tool": tool}
        )
    answer = subprocess.run([tool, *words], env=os.environ | _environment(), capture_output=True, text=True)
    if answer.returncode:
        raise DatabaseTrouble(answer.stderr.strip() or f"{tool}: {answer.returncode}")


def _environment() -> dict[str, str]:
    """How the tools reach the database: by environment, where no other user of the machine can read it."""
    of = connection.settings_dict
    given = {"PGHOST": of["HOST"], "PGPORT": of["PORT"], "PGUSER": of["USER"], "PGPASSWORD": of["PASSWORD"]}
    given |= {f"PG{name.upper()}": of["OPTIONS"].get(name) for name in ("sslmode", "sslrootcert", "sslcert", "sslkey")}
    return {name: str(value) for name, value in given.items() if value} | {"PGDATABASE": str(of["NAME"])}
