"""Whether the archive is well: one small check a question, in a list.

A check gives findings in Arabic. Those after `_database` are asked only where it found the tables that they need.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from archive import payloads
from archive.models import ImportRun
from archive.search import IndexMissing, index_gaps, index_status
from archive.taste import percent
from archive.templatetags.counts import counted

from .backups import last_backup
from .fixity import last_check

SHOWN = 10
GIGABYTE = 2**30
BACKUP_IS_OLD = timedelta(days=2)
CHECK_IS_OLD = timedelta(days=35)


class Level(Enum):
    GOOD = "✓"
    WARN = "!"
    BAD = "✗"


class Finding(NamedTuple):
    level: Level
    text: str


Findings = Iterator[Finding]


def findings() -> Findings:
    """All that can be told of the archive as it is."""
    for check in (_disk, _permissions, _settings):
        yield from check()
    found = list(_database())
    yield from found
    if not any(finding.level == Level.BAD for finding in found):
        for check in NEED_THE_DATABASE:
            yield from check()


# -- the machine ---------------------------------------------------------------------------------------------------


def _disk() -> Findings:
    for name, place in {"البيانات": settings.DATA_DIR, "المخزن": _standing(payloads.root())}.items():
        if name == "المخزن" and os.stat(place).st_dev == os.stat(settings.DATA_DIR).st_dev:
            continue
        free = shutil.disk_usage(place).free
        level = Level.BAD if free < GIGABYTE else Level.WARN if free < 5 * GIGABYTE else Level.GOOD
        yield Finding(level, f"قرص {name}: بقي {free / GIGABYTE:,.1f} غيغابايت")
        of = os.statvfs(place)
        if of.f_files:  # some file systems do not count theirs
            share = of.f_favail / of.f_files
            level = Level.BAD if share < 0.01 else Level.WARN if share < 0.05 else Level.GOOD
            yield Finding(level, f"قرص {name}: بقي {percent(share)} من الملفات التي يسعها")


def _standing(path: Path) -> Path:
    """The path, or the folder above it that is there."""
    return next(one for one in (path, *path.parents) if one.exists())


def _permissions() -> Findings:
    for place in (settings.DATA_DIR, _standing(payloads.root())):
        if not os.access(place, os.W_OK | os.X_OK):
            yield Finding(Level.BAD, f"لا يُكتب في {place}")
    backup = last_backup()
    secrets = {"مفتاح التوقيع": settings.DATA_DIR / "secret_key"}
    if backup:
        secrets["النسخة الاحتياطية"] = Path(str(backup["folder"]))
    exposed = {name: path for name, path in secrets.items() if _is_open_to_others(path)}
    for name, path in exposed.items():
        yield Finding(Level.BAD, f"{name} يقرؤه كل من على هذا الجهاز: chmod go= {path}")
    if not exposed:
        yield Finding(Level.GOOD, "لا يقرأ الأسرار غير صاحب الأرشيف")


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False


def _settings() -> Findings:
    local = {"localhost", "127.0.0.1", "[::1]"}
    hosts = set(settings.ALLOWED_HOSTS)
    for is_wrong, level, text in (
        (settings.DEBUG, Level.BAD, "DEBUG=on يكشف الأرشيف لمن يراه: أطفئه"),
        (_is_weak(settings.SECRET_KEY), Level.BAD, "SECRET_KEY قصير أو معروف: ضع مفتاحا عشوائيا"),
        ("*" in hosts, Level.BAD, "ALLOWED_HOSTS=* يقبل كل اسم: سمِّ أسماء هذا الخادم"),
        (bool(hosts - local) and not settings.HTTPS, Level.WARN, "HTTPS=off والأرشيف له اسم على الشبكة: شغّله"),
    ):
        if is_wrong:
            yield Finding(level, text)
    if not settings.DEBUG and not _is_weak(settings.SECRET_KEY) and "*" not in hosts:
        where = "لهذا الجهاز وحده" if hosts <= local else "، ".join(sorted(hosts - local))
        yield Finding(Level.GOOD, f"الإعدادات آمنة ({where})")


def _is_weak(key: str) -> bool:
    return len(key) < 32 or len(set(key)) < 10 or key.startswith("django-insecure-")


# -- the archive ---------------------------------------------------------------------------------------------------


def _database() -> Findings:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(Level.BAD, f"قاعدة البيانات لا تجيب: {error}")
        return
    yield Finding(Level.GOOD, f"قاعدة البيانات تجيب ({connection.vendor})")
    if plan:
        yield Finding(Level.BAD, "بنية القاعدة أقدم من البرنامج: شغّل manage.py migrate")
        return
    yield Finding(Level.GOOD, "بنية القاعدة كما يريدها البرنامج")


def _index() -> Findings:
    status = index_status()
    if status.state == "missing":
        text = "لا فهرس بهذا التحليل (مفقود أو من إصدار آخر): شغّل manage.py rebuild_index"
        yield Finding(Level.BAD, text)
        return
    yield Finding(Level.GOOD, f"الفهرس حاضر: {counted(status.documents, 'story')}")
    if status.pending:
        yield Finding(Level.BAD, f"تنتظر الفهرسة: {counted(status.pending, 'story')}")
    try:
        gaps = index_gaps()
    except IndexMissing:
        return
    for ids, what in ((gaps.missing, "ناقصة من الفهرس"), (gaps.stray, "في الفهرس ولا مكان لها فيه")):
        if ids:
            shown = "، ".join(map(str, ids[:SHOWN])) + ("…" if len(ids) > SHOWN else "")
            text = f"أخبار {what}: {counted(len(ids), 'story')} ({shown})؛ شغّل manage.py rebuild_index"
            yield Finding(Level.BAD, text)
    if not (gaps.missing or gaps.stray):
        yield Finding(Level.GOOD, "كل خبر ظاهر في الفهرس، ولا شيء سواه")


def _fixity() -> Findings:
    check = last_check()
    if check is None or check.finished_at is None:
        yield Finding(Level.WARN, "لم تُفحص سلامة الصفحات بعد: شغّل manage.py check_fixity")
        return
    age = _age(check.finished_at)
    count = check.counts.get("read", 0)
    read = f"قُرئت {counted(count, 'page')}" if count else "لا صفحة تُقرأ"
    if check.wrong:
        wrong = f"{counted(check.wrong, 'file')} ليست كما يجب؛ شغّل manage.py check_fixity"
        yield Finding(Level.BAD, f"آخر فحص للسلامة {age}: {read}، وفي المخزن {wrong}")
    elif timezone.now() - check.finished_at > CHECK_IS_OLD:
        yield Finding(Level.WARN, f"آخر فحص للسلامة {age}، وهذا بعيد: شغّل manage.py check_fixity")
    else:
        yield Finding(Level.GOOD, f"آخر فحص للسلامة {age}: {read}، كلها كما حُفظت")


def _backup() -> Findings:
    row = last_backup()
    if row is None:
        yield Finding(Level.WARN, "لم تُؤخذ نسخة احتياطية بعد: شغّل manage.py backup")
        return
    made_at = datetime.fromisoformat(str(row["made_at"]))
    text = f"آخر نسخة احتياطية {_age(made_at)} في {row['folder']}"
    if not Path(str(row["folder"])).exists():
        yield Finding(Level.WARN, f"{text}، ولا تُرى الآن من هنا")
    elif row.get("lacking"):
        yield Finding(Level.BAD, f"{text}، تنقصها {row['lacking']} من الصفحات: شغّل manage.py check_fixity")
    elif timezone.now() - made_at > BACKUP_IS_OLD:
        yield Finding(Level.WARN, f"{text}، وهذا بعيد")
    else:
        yield Finding(Level.GOOD, text)


def _imports() -> Findings:
    last = ImportRun.objects.exclude(state=ImportRun.State.UNDONE).first()
    if last and last.state == ImportRun.State.FAILED:
        yield Finding(Level.WARN, f"آخر استيراد ({last.pk}) فشل: شغّله ثانية ليكمل")


def _age(moment: datetime) -> str:
    days = (timezone.now() - moment).days
    return f"قبل {_DAYS.get(days, counted(days, 'day'))}" if days else "في اليوم الأخير"


_DAYS = {1: "يوم", 2: "يومين"}
NEED_THE_DATABASE: tuple[Callable[[], Findings], ...] = (_index, _fixity, _backup, _imports)
