"""A backup of the whole archive at one point of time, into a folder that each night adds a little to.

    DEST/README.txt                     how to open all this by hand
    DEST/payloads/a3/f0/a3f0….zst       pages, shared by all backups in DEST; a page that is there is not copied again
    DEST/20261126T055307Z/              one backup: manifest, database, payloads.sha256, publishers/, settings.env

The database comes first, then the pages that its rows name: pages are on the disk before their rows are, and are only
removed by who holds the store alone. A backup is made aside and gets its name when all of it is on the disk.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from archive import payloads
from archive.files import appearing, sync_folder
from archive.models import Capture, Story, known_digests
from archive.parsing import PARSER_VERSION

from . import database, manifest

STAMP = re.compile(r"\d{8}T\d{6}Z")
KEPT = 7
_PAGES_AT_ONCE = 256
_COPIERS = 4
_TITLE = "A backup of a Warraq archive"
_README = f"""{_TITLE} · نسخة احتياطية من أرشيف ورّاق

Each folder named by a moment (20261126T055307Z, in UTC) is one backup; the pages of all of them lie in payloads/.
Put one back with:    python manage.py restore THIS_FOLDER        (or THIS_FOLDER/20261126T055307Z)

By hand, without Warraq:
  sha256sum -c manifest.json.sha256           inside a backup: the manifest, which lists the files beside it
  sha256sum -c 20261126T055307Z/payloads.sha256   here: every page file
  zstd -d < payloads/a3/f0/a3f0….zst          a page, byte for byte as it was saved; its SHA-256 is its name
  sqlite3 database.sqlite3                    the rows: archive_capture (digest, url, captured_at…), archive_story…
  pg_restore -f rows.sql database.dump        the same where the archive ran on PostgreSQL
"""


class Refused(Exception):
    """A folder that no backup may be made in; says why, in Arabic."""


@dataclass(frozen=True, slots=True)
class Report:
    folder: Path
    pages: int
    copied: int
    """pages that were not in DEST before"""
    lacking: list[str]


class Kept(NamedTuple):
    """A page in the backup."""

    digest: str
    sha256: str
    """of its file; empty where no good copy could be made"""
    size: int
    is_new: bool


def backup(
    dest: Path,
    *,
    with_secret_key: bool = False,
    keep: int = KEPT,
    stopping: Callable[[], bool] = lambda: False,
) -> Report:
    """Makes a backup in a folder; of those that are there the newest `keep` stay.

    Raises Refused, StoreBusy, DatabaseTrouble, OSError, or KeyboardInterrupt once `stopping` asks for it; then nothing
    is there that looks like a backup.
    """
    _claim(dest)
    with payloads.held(), payloads.locked(dest / ".lock"):
        for leftover in dest.glob(".new-*"):
            shutil.rmtree(leftover)
        before = backups_in(dest)
        while (dest / f"{(made_at := datetime.now(UTC)):%Y%m%dT%H%M%SZ}").exists():
            time.sleep(0.1)  # until the second has another name
        folder = dest / f".new-{made_at:%Y%m%dT%H%M%SZ}"
        folder.mkdir(mode=0o700)
        try:
            report = _fill(folder, before[-1] if before else None, made_at, with_secret_key, stopping)
            os.sync()
            folder.rename(report.folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        sync_folder(dest)
        for old in backups_in(dest)[: -max(1, keep)]:
            shutil.rmtree(old)
    _remember(report, made_at)
    return report


def backups_in(dest: Path) -> list[Path]:
    """The whole backups of a folder, the newest last."""
    return sorted(path for path in dest.glob("*Z") if STAMP.fullmatch(path.name) and (path / manifest.NAME).exists())


def last_backup() -> dict[str, object] | None:
    """What is remembered of the last backup: `made_at`, `folder`, `pages`, `lacking`."""
    try:
        row = json.loads(_memory().read_text(encoding="utf-8"))
        datetime.fromisoformat(row["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(row)


def _memory() -> Path:
    return settings.DATA_DIR / "last_backup.json"


def _remember(report: Report, made_at: datetime) -> None:
    row = {"made_at": made_at.isoformat(), "folder": str(report.folder.resolve()), "pages": report.pages}
    with appearing(_memory()) as stream:
        stream.write(json.dumps(row | {"lacking": len(report.lacking)}, ensure_ascii=False).encode())


def _claim(dest: Path) -> None:
    """Makes a folder ours, if it is empty or was ours before."""
    store = payloads.root().resolve()
    if dest.resolve() in (store, store.parent) or store in dest.resolve().parents:
        raise Refused(_("%(dest)s: هذا مجلد الأرشيف نفسه؛ اختر مجلدا غيره، والأفضل قرص آخر") % {"dest": dest})
    readme = dest / "README.txt"
    try:
        dest.mkdir(mode=0o700, parents=True, exist_ok=True)
        strange = {path.name for path in dest.iterdir()} - {".lock", "lost+found"}
        if strange and not (readme.is_file() and readme.read_text(encoding="utf-8").startswith(_TITLE)):
            raise Refused(_("%(dest)s: في هذا المجلد أشياء أخرى؛ اختر مجلدا فارغا أو مجلد نسخ سابقة") % {"dest": dest})
        with appearing(readme) as stream:
            stream.write(_README.encode())
    except (FileExistsError, NotADirectoryError) as error:
        raise Refused(_("%(dest)s: ليس مجلدا") % {"dest": dest}) from error


def _fill(
    folder: Path, previous: Path | None, made_at: datetime, with_secret_key: bool, stopping: Callable[[], bool]
) -> Report:
    lacking, copied, count, size = list[str](), 0, 0, 0
    with database.snapshot(folder) as rows, (folder / manifest.PAYLOADS).open("x", encoding="ascii") as lines:
        _unless(stopping)
        for page in _copy_pages(folder.parent, previous, known_digests(using=rows), stopping):
            if not page.sha256:
                lacking.append(page.digest)
                continue
            lines.write(f"{page.sha256}  payloads/{payloads.path_of(page.digest)}\n")
            count, size, copied = count + 1, size + page.size, copied + page.is_new
        about = manifest.Manifest(
            made_at=made_at.isoformat(timespec="seconds"),
            app=manifest.app_version(),
            parser=PARSER_VERSION,
            database=database.kind(),
            migrations=manifest.applied_migrations(connections[rows]),
            stories=Story.objects.using(rows).count(),
            captures=Capture.objects.using(rows).count(),
            payloads=count,
            payload_bytes=size,
            lacking=lacking,
        )
    _copy_small_files(folder, with_secret_key)
    manifest.write(folder, about)
    return Report(folder.parent / folder.name.removeprefix(".new-"), count, copied, lacking)


def _copy_pages(
    dest: Path, previous: Path | None, digests: Iterator[str], stopping: Callable[[], bool]
) -> Iterator[Kept]:
    """Each page with what its file in the backup is. Those that the backup before this one lists are not read again."""
    listed = manifest.payload_lines(previous / manifest.PAYLOADS) if previous else iter(())
    name, sha256 = next(listed, ("g", ""))
    with ThreadPoolExecutor(_COPIERS, thread_name_prefix="backup") as copiers:
        while some := list(islice(digests, _PAGES_AT_ONCE)):
            known = []
            for digest in some:
                while name < digest:
                    name, sha256 = next(listed, ("g", ""))
                known.append((digest, sha256 if name == digest else ""))
            yield from copiers.map(partial(_keep, dest / "payloads"), known)
            _unless(stopping)


def _keep(pool: Path, page: tuple[str, str]) -> Kept:
    digest, sha256 = page
    path = payloads.path_of(digest)
    target = pool / path
    if sha256 and target.is_file():
        return Kept(digest, sha256, target.stat().st_size, False)
    is_new = not _is_good(target, digest)  # a backup that was interrupted may have left it
    if is_new:
        try:
            payloads.copy_frame(payloads.root() / path, target, digest, on_disk=False)
        except (OSError, payloads.DamagedPayload):
            if _is_good(payloads.root() / path, digest):  # the trouble lies where we write
                raise
            return Kept(digest, "", 0, False)
    return Kept(digest, manifest.sha256_of(target), target.stat().st_size, is_new)


def _is_good(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as stream:
            return payloads.digest_within(stream) == digest
    except (OSError, payloads.DamagedPayload):
        return False


def _copy_small_files(folder: Path, with_secret_key: bool) -> None:
    own = settings.DATA_DIR / "publishers"
    for path in sorted(own.glob("*.toml")):
        (folder / "publishers").mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(path, folder / "publishers" / path.name)
    with appearing(folder / "settings.env") as stream:
        stream.write("".join(f"{name}={value}\n" for name, value in settings_that_matter().items()).encode())
    if with_secret_key:
        with appearing(folder / "secret_key") as stream:
            stream.write(settings.SECRET_KEY.encode())


def settings_that_matter() -> dict[str, str]:
    """How this archive differs from another with the same rows, as lines for `.env`. No secret is among them."""
    values = {name: getattr(settings, name) for name in ("TIME_ZONE", "PUBLIC", "HTTPS", "ALLOWED_HOSTS")}
    values["CSRF_TRUSTED_ORIGINS"] = settings.CSRF_TRUSTED_ORIGINS
    return {name: ",".join(value) if isinstance(value, list) else str(value) for name, value in values.items()}


def _unless(stopping: Callable[[], bool]) -> None:
    if stopping():
        raise KeyboardInterrupt
