"""A backup put back: all of it is verified before anything is touched, staged aside, then moved into place."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from archive import payloads
from archive.models import FixityCheck, ImportRun
from archive.search import rebuild_index

from . import database, manifest
from .backups import backups_in, settings_that_matter
from .manifest import BadBackup, Manifest

_ROOM = 1.1
"""Space that is asked for, of the bytes that come in: the index is made anew."""


class NotEmpty(Exception):
    """There is an archive already."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup whose every byte was found to be what it says."""

    folder: Path
    manifest: Manifest

    @property
    def pool(self) -> Path:
        return self.folder.parent / "payloads"

    @property
    def database(self) -> Path:
        return self.folder / database.FILES[self.manifest.database]

    def pages(self) -> Iterator[tuple[str, Path]]:
        for digest, _size in manifest.payload_lines(self.folder / manifest.PAYLOADS):
            yield digest, self.pool / payloads.path_of(digest)


@dataclass(frozen=True, slots=True)
class Report:
    backup: Backup
    aside: list[Path]
    """where what was there before lies now"""
    indexed: int
    differing: dict[str, tuple[str, str]]
    """settings that are not as they were: name → (then, now)"""


def verify(source: Path, stopping: Callable[[], bool] = lambda: False) -> Backup:
    """A backup, or the newest in a folder of backups, read to the last byte. Raises BadBackup."""
    folder = source if (source / manifest.NAME).exists() else next(reversed(backups_in(source)), None)
    if folder is None:
        raise BadBackup(_("لا نسخة في %(source)s") % {"source": source})
    about = manifest.read(folder)
    if about.database not in database.FILES or about.database != database.kind():
        raise BadBackup(
            _("نسخة من قاعدة %(database)s، وهذا الأرشيف على %(kind)s: لا تُنقل بينهما")
            % {"database": about.database, "kind": database.kind()}
        )
    if newer := sorted(set(about.migrations) - manifest.known_migrations()):
        raise BadBackup(
            _("نسخة من إصدار أحدث من هذا البرنامج (%(app)s): لا يعرف هذا البرنامج %(newer)s")
            % {"app": about.app, "newer": newer[0]}
        )
    for name in (database.FILES[about.database], manifest.PAYLOADS):
        if name not in about.files:
            raise BadBackup(_("%(name)s ليس في النسخة") % {"name": name})
    manifest.check_files(folder, about)
    found = Backup(folder, about)
    if about.database == "sqlite":
        _check_sqlite(found.database)
    _check_pages(found, stopping)
    return found


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            (answer,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        answer = str(error)
    if answer != "ok":
        raise BadBackup(f"{path.name}: {answer}")


def _check_pages(backup: Backup, stopping: Callable[[], bool]) -> None:
    count = size = 0
    for digest, sha256 in manifest.payload_lines(backup.folder / manifest.PAYLOADS):
        if stopping():
            raise KeyboardInterrupt
        path = backup.pool / payloads.path_of(digest)
        size += manifest.plain_file(path, backup.folder.parent).st_size
        try:
            with path.open("rb") as stream:
                sound = payloads.digest_within(stream) == digest and manifest.sha256_of(path) == sha256
        except (OSError, payloads.DamagedPayload):
            sound = False
        if not sound:
            raise BadBackup(_("payloads/%(digest)s: صفحة تالفة") % {"digest": payloads.path_of(digest)})
        count += 1
    if (count, size) != (backup.manifest.payloads, backup.manifest.payload_bytes):
        raise BadBackup(
            _("%(manifest)s: فيها %(count)s صفحة، والنسخة تقول %(payloads)s")
            % {"manifest": manifest.PAYLOADS, "count": count, "payloads": backup.manifest.payloads}
        )


def restore(backup: Backup, *, replace: bool = False) -> Report:
    """Puts a verified backup into an empty archive; with `replace` what is there moves aside.

    Raises NotEmpty, BadBackup where there is no room for it, StoreBusy, DatabaseTrouble, OSError; then what was there
    is as it was.
    """
    if not replace and not is_empty():
        raise NotEmpty
    _check_room(backup)
    with payloads.held(alone=True):
        moment = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        places = [place for place, _member in _contents(backup)]
        for place in places:
            _remove(_staged(place))
        try:
            _stage(backup)
            aside = _move_in(backup, places, moment)
        finally:
            for place in places:
                _remove(_staged(place))
    call_command("migrate", verbosity=0, interactive=False)
    ImportRun.objects.filter(state=ImportRun.State.RUNNING).update(state=ImportRun.State.INTERRUPTED)
    unfinished = (FixityCheck.State.RUNNING, FixityCheck.State.INTERRUPTED)
    FixityCheck.objects.filter(state__in=unfinished).update(state=FixityCheck.State.ABANDONED)
    return Report(backup, aside, rebuild_index(), _differing(backup))


def is_empty() -> bool:
    """Whether there is no archive here yet: no table and no page."""
    with suppress(FileNotFoundError):
        if any(payloads.root().iterdir()):
            return False
    return database.is_empty()


def _check_room(backup: Backup) -> None:
    place = settings.DATA_DIR
    bytes_in = backup.manifest.payload_bytes + sum(entry["size"] for entry in backup.manifest.files.values())
    if shutil.disk_usage(place).free < bytes_in * _ROOM:
        raise BadBackup(
            _("لا مكان لها في %(place)s: تحتاج إلى %(bytes)s بايت")
            % {"place": place, "bytes": f"{bytes_in * _ROOM:,.0f}"}
        )
    if (free := os.statvfs(place)).f_files and free.f_favail < backup.manifest.payloads:
        raise BadBackup(
            _("لا مكان لها في %(place)s: تحتاج إلى %(payloads)s ملف")
            % {"place": place, "payloads": f"{backup.manifest.payloads:,}"}
        )


# -- into place ------------------------------------------------------------------------------------------------------


def _contents(backup: Backup) -> Iterator[tuple[Path, list[tuple[Path, str]]]]:
    """Each place of the archive that the backup fills, with (file, its path within that place)."""
    names = backup.manifest.files
    yield payloads.root(), []
    own = [(backup.folder / name, name.partition("/")[2]) for name in names if name.startswith("publishers/")]
    yield settings.DATA_DIR / "publishers", own
    if "secret_key" in names:
        yield settings.DATA_DIR / "secret_key", [(backup.folder / "secret_key", "")]
    if database.kind() == "sqlite":
        yield database.sqlite_path(), [(backup.database, "")]


def _staged(place: Path) -> Path:
    return place.with_name(f".{place.name}.restoring")


def _stage(backup: Backup) -> None:
    """Copies everything beside its place; what is copied is verified once more on its way."""
    store = _staged(payloads.root())
    store.mkdir(parents=True)
    _staged(settings.DATA_DIR / "publishers").mkdir()  # none in the backup are none in the archive
    for digest, path in backup.pages():
        payloads.copy_frame(path, store / payloads.path_of(digest), digest, on_disk=False)
    for place, files in _contents(backup):
        for path, name in files:
            target = _staged(place) / name if name else _staged(place)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(mode=0o600)
            shutil.copyfile(path, target)
            entry = backup.manifest.files[path.relative_to(backup.folder).as_posix()]
            if manifest.sha256_of(target) != entry["sha256"]:
                raise BadBackup(_("%(name)s: تغير أثناء النسخ") % {"name": path.name})
    os.sync()


def _move_in(backup: Backup, places: list[Path], moment: str) -> list[Path]:
    """Moves what is staged into place, and what was there aside; all of it or, where something fails, nothing."""
    if database.kind() == "sqlite":
        database.close_sqlite()
    with _undone_on_failure() as moved:
        for place in places:
            for old in _with_logs(place):
                if os.path.lexists(old):
                    moved(old, old.with_name(old.name.replace(place.name, f"{place.name}.before-{moment}", 1)))
            moved(_staged(place), place)
        if database.kind() == "postgresql":
            database.restore_postgres(backup.database, f"before_{moment.lower()}")
    os.sync()
    asides = [place.with_name(f"{place.name}.before-{moment}") for place in places]
    return [aside for aside in asides if os.path.lexists(aside)]


@contextmanager
def _undone_on_failure() -> Iterator[Callable[[Path, Path], None]]:
    done: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        source.rename(target)
        done.append((source, target))

    try:
        yield move
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise


def _with_logs(place: Path) -> list[Path]:
    """A place, and what SQLite keeps beside a database."""
    return [place, *(place.with_name(place.name + end) for end in ("-wal", "-shm"))]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _differing(backup: Backup) -> dict[str, tuple[str, str]]:
    if "settings.env" not in backup.manifest.files:
        return {}
    lines = (backup.folder / "settings.env").read_text(encoding="utf-8").splitlines()
    then = dict(line.split("=", 1) for line in lines if "=" in line)
    now = settings_that_matter()
    return {name: (value, now[name]) for name, value in then.items() if name in now and now[name] != value}
