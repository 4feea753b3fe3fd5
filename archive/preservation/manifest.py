"""What a backup says of itself: `manifest.json`, with the SHA-256 and size of every file beside it, and its own in
`manifest.json.sha256`."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

FORMAT = "warraq-backup"
VERSION = 1
NAME = "manifest.json"
CHECKSUM = "manifest.json.sha256"
PAYLOADS = "payloads.sha256"
_FILE = re.compile(r"database\.(sqlite3|dump)|payloads\.sha256|settings\.env|secret_key|publishers/[^/\\\x00]+\.toml")
_LINE = re.compile(r"([0-9a-f]{64})  payloads/([0-9a-f]{2})/([0-9a-f]{2})/(\2\3[0-9a-f]{60})\.zst\n")
_LONGEST = 64 * 2**20


class BadBackup(Exception):
    """A backup that must not be restored; says why, in Arabic."""


@dataclass(slots=True)
class Manifest:
    made_at: str
    app: str
    parser: str
    database: str
    """`sqlite` or `postgresql`"""
    migrations: list[str]
    stories: int
    captures: int
    payloads: int
    payload_bytes: int
    lacking: list[str]
    """digests of pages that were missing or damaged in the store when the backup was made"""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """name → `sha256`, `size`"""
    format: str = FORMAT
    version: int = VERSION


def app_version() -> str:
    described: dict[str, Any] = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(described["project"]["version"])


def applied_migrations(using: Any = connection) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(using).applied_migrations)


def known_migrations() -> set[str]:
    """Those that this version of the program can bring a database up from."""
    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """Notes all files of the folder, then itself."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        manifest.files[name] = {"sha256": sha256_of(path), "size": path.stat().st_size}
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    (folder / NAME).write_bytes(content)
    (folder / CHECKSUM).write_text(f"{hashlib.sha256(content).hexdigest()}  {NAME}\n", encoding="ascii")


def read(folder: Path) -> Manifest:
    """The manifest of a backup that this program can read. Raises BadBackup."""
    content = _small_file(folder / NAME)
    if _small_file(folder / CHECKSUM) != f"{hashlib.sha256(content).hexdigest()}  {NAME}\n".encode():
        raise BadBackup(
            _("%(file)s ليس كما كُتب: بصمته غير التي في %(checksum)s") % {"file": NAME, "checksum": CHECKSUM}
        )
    try:
        fields = json.loads(content)
        if fields["format"] != FORMAT or fields["version"] != VERSION:
            raise BadBackup(
                _("نسخة بصيغة لا يعرفها هذا البرنامج (%(format)s %(version)s)")
                % {"format": fields["format"], "version": fields["version"]}
            )
        manifest = Manifest(**fields)
        sizes = [entry["size"] + len(entry["sha256"]) for entry in manifest.files.values()]
        numbers = [manifest.stories, manifest.captures, manifest.payloads, manifest.payload_bytes, *sizes]
        sound = all(isinstance(one, int) and one >= 0 for one in numbers)
        names = [*manifest.migrations, *manifest.lacking, manifest.database]
        sound = sound and all(isinstance(one, str) for one in names)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadBackup(_("%(file)s لا يُقرأ: %(error)s") % {"file": NAME, "error": error}) from error
    if not sound:
        raise BadBackup(_("%(file)s لا يُقرأ: قيم لا معنى لها") % {"file": NAME})
    return manifest


def check_files(folder: Path, manifest: Manifest) -> None:
    """Every file that the manifest names, in place, a plain file, of its size and SHA-256. Raises BadBackup."""
    for name, entry in manifest.files.items():
        if not _FILE.fullmatch(name):
            raise BadBackup(_("اسم لا مكان له في نسخة: %(name)s") % {"name": f"{name!r}"})
        path = folder / name
        size = plain_file(path, folder).st_size
        if size != entry["size"]:
            raise BadBackup(
                _("%(name)s: حجمه %(size)s بايت، وكان %(then)s") % {"name": name, "size": size, "then": entry["size"]}
            )
        if sha256_of(path) != entry["sha256"]:
            raise BadBackup(_("%(name)s: بايتاته تغيرت منذ أُخذت النسخة") % {"name": name})


def payload_lines(path: Path) -> Iterator[tuple[str, str]]:
    """(digest of the page, SHA-256 of its file) of each line, in order. Raises BadBackup."""
    last = ""
    with path.open(encoding="ascii", errors="replace", newline="\n") as lines:
        for line in lines:
            found = _LINE.fullmatch(line)
            if not found or found[4] <= last:
                raise BadBackup(_("%(file)s: سطر لا يستقيم: %(line)s") % {"file": PAYLOADS, "line": f"{line[:120]!r}"})
            last = found[4]
            yield last, found[1]


def plain_file(path: Path, within: Path) -> Any:
    """Its `stat`, where neither the file nor a folder on the way to it is a link. Raises BadBackup."""
    try:
        for folder in path.relative_to(within).parents:
            if stat.S_ISLNK((within / folder).lstat().st_mode):
                raise BadBackup(_("%(folder)s: رابط، والنسخة لا روابط فيها") % {"folder": within / folder})
        found = path.lstat()
    except OSError as error:
        raise BadBackup(_("%(name)s مفقود من النسخة أو لا يُقرأ") % {"name": path.name}) from error
    if not stat.S_ISREG(found.st_mode):
        raise BadBackup(_("%(name)s: ليس ملفا عاديا") % {"name": path.name})
    return found


def _small_file(path: Path) -> bytes:
    if plain_file(path, path.parent).st_size > _LONGEST:
        raise BadBackup(_("%(name)s: أكبر مما يُعقل") % {"name": path.name})
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadBackup(_("%(name)s لا يُقرأ: %(error)s") % {"name": path.name, "error": error}) from error
