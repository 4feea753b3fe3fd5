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
from django.utils.translation import gettext as _

from archive import payloads
from archive.models import ImportRun
from archive.search import IndexMissing, index_gaps, index_status
from archive.templatetags.counts import counted, percent

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
    for name, place in {_("البيانات"): settings.DATA_DIR, _("المخزن"): _standing(payloads.root())}.items():
        if place != settings.DATA_DIR and os.stat(place).st_dev == os.stat(settings.DATA_DIR).st_dev:
            continue
        free = shutil.disk_usage(place).free
        level = Level.BAD if free < GIGABYTE else Level.WARN if free < 5 * GIGABYTE else Level.GOOD
        yield Finding(
            level, _("قرص %(name)s: بقي %(free)s غيغابايت") % {"name": name, "free": f"{free / GIGABYTE:,.1f}"}
        )
        of = os.statvfs(place)
        if of.f_files:  # some file systems do not count theirs
            share = of.f_favail / of.f_files
            level = Level.BAD if share < 0.01 else Level.WARN if share < 0.05 else Level.GOOD
            yield Finding(
                level, _("قرص %(name)s: بقي %(share)s من الملفات التي يسعها") % {"name": name, "share": percent(share)}
            )


def _standing(path: Path) -> Path:
    """The path, or the folder above it that is there."""
    return next(one for one in (path, *path.parents) if one.exists())


def _permissions() -> Findings:
    for place in (settings.DATA_DIR, _standing(payloads.root())):
        if not os.access(place, os.W_OK | os.X_OK):
            yield Finding(Level.BAD, _("لا يُكتب في %(place)s") % {"place": place})
    backup = last_backup()
    secrets = {_("مفتاح التوقيع"): settings.DATA_DIR / "secret_key"}
    if backup:
        secrets[_("النسخة الاحتياطية")] = Path(str(backup["folder"]))
    exposed = {name: path for name, path in secrets.items() if _is_open_to_others(path)}
    for name, path in exposed.items():
        yield Finding(
            Level.BAD, _("%(name)s يقرؤه كل من على هذا الجهاز: chmod go= %(path)s") % {"name": name, "path": path}
        )
    if not exposed:
        yield Finding(Level.GOOD, _("لا يقرأ الأسرار غير صاحب الأرشيف"))


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO))
    except OSError:
        return False


def _settings() -> Findings:
    local = {"localhost", "127.0.0.1", "[::1]"}
    hosts = set(settings.ALLOWED_HOSTS)
    for is_wrong, level, text in (
        (settings.DEBUG, Level.BAD, _("DEBUG=on يكشف الأرشيف لمن يراه: أطفئه")),
        (_is_weak(settings.SECRET_KEY), Level.BAD, _("SECRET_KEY قصير أو معروف: ضع مفتاحا عشوائيا")),
        ("*" in hosts, Level.BAD, _("ALLOWED_HOSTS=* يقبل كل اسم: سمِّ أسماء هذا الخادم")),
        (bool(hosts - local) and not settings.HTTPS, Level.WARN, _("HTTPS=off والأرشيف له اسم على الشبكة: شغّله")),
    ):
        if is_wrong:
            yield Finding(level, text)
    if not settings.DEBUG and not _is_weak(settings.SECRET_KEY) and "*" not in hosts:
        where = _("لهذا الجهاز وحده") if hosts <= local else _("، ").join(sorted(hosts - local))
        yield Finding(Level.GOOD, _("الإعدادات آمنة (%(where)s)") % {"where": where})


def _is_weak(key: str) -> bool:
    return len(key) < 32 or len(set(key)) < 10 or key.startswith("django-insecure-")


# -- the archive ---------------------------------------------------------------------------------------------------


def _database() -> Findings:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(Level.BAD, _("قاعدة البيانات لا تجيب: %(error)s") % {"error": error})
        return
    yield Finding(Level.GOOD, _("قاعدة البيانات تجيب (%(vendor)s)") % {"vendor": connection.vendor})
    if plan:
        yield Finding(Level.BAD, _("بنية القاعدة أقدم من البرنامج: شغّل manage.py migrate"))
        return
    yield Finding(Level.GOOD, _("بنية القاعدة كما يريدها البرنامج"))


def _index() -> Findings:
    status = index_status()
    if status.state == "missing":
        text = _("لا فهرس بهذا التحليل (مفقود أو من إصدار آخر): شغّل manage.py rebuild_index")
        yield Finding(Level.BAD, text)
        return
    yield Finding(Level.GOOD, _("الفهرس حاضر: %(stories)s") % {"stories": counted(status.documents, "story")})
    if status.pending:
        yield Finding(Level.BAD, _("تنتظر الفهرسة: %(stories)s") % {"stories": counted(status.pending, "story")})
    try:
        gaps = index_gaps()
    except IndexMissing:
        return
    for ids, said in (
        (gaps.missing, _("أخبار ناقصة من الفهرس: %(stories)s (%(ids)s)؛ شغّل manage.py rebuild_index")),
        (gaps.stray, _("أخبار في الفهرس ولا مكان لها فيه: %(stories)s (%(ids)s)؛ شغّل manage.py rebuild_index")),
    ):
        if ids:
            shown = _("، ").join(map(str, ids[:SHOWN])) + ("…" if len(ids) > SHOWN else "")
            text = said % {"stories": counted(len(ids), "story"), "ids": shown}
            yield Finding(Level.BAD, text)
    if not (gaps.missing or gaps.stray):
        yield Finding(Level.GOOD, _("كل خبر ظاهر في الفهرس، ولا شيء سواه"))


def _fixity() -> Findings:
    check = last_check()
    if check is None or check.finished_at is None:
        yield Finding(Level.WARN, _("لم تُفحص سلامة الصفحات بعد: شغّل manage.py check_fixity"))
        return
    age = _age(check.finished_at)
    count = check.counts.get("read", 0)
    read = _("قُرئت %(pages)s") % {"pages": counted(count, "page")} if count else _("لا صفحة تُقرأ")
    if check.wrong:
        wrong = _("خلل (%(files)s)؛ شغّل manage.py check_fixity") % {"files": counted(check.wrong, "file")}
        yield Finding(
            Level.BAD,
            _("آخر فحص للسلامة %(age)s: %(read)s، وفي المخزن %(wrong)s") % {"age": age, "read": read, "wrong": wrong},
        )
    elif timezone.now() - check.finished_at > CHECK_IS_OLD:
        yield Finding(Level.WARN, _("آخر فحص للسلامة %(age)s، وهذا بعيد: شغّل manage.py check_fixity") % {"age": age})
    else:
        yield Finding(Level.GOOD, _("آخر فحص للسلامة %(age)s: %(read)s، كلها كما حُفظت") % {"age": age, "read": read})


def _backup() -> Findings:
    row = last_backup()
    if row is None:
        yield Finding(Level.WARN, _("لم تُؤخذ نسخة احتياطية بعد: شغّل manage.py backup"))
        return
    made_at = datetime.fromisoformat(str(row["made_at"]))
    text = _("آخر نسخة احتياطية %(made_at)s في %(folder)s") % {"made_at": _age(made_at), "folder": row["folder"]}
    if not Path(str(row["folder"])).exists():
        yield Finding(Level.WARN, _("%(text)s، ولا تُرى الآن من هنا") % {"text": text})
    elif row.get("lacking"):
        yield Finding(
            Level.BAD,
            _("%(text)s، تنقصها %(lacking)s من الصفحات: شغّل manage.py check_fixity")
            % {"text": text, "lacking": row["lacking"]},
        )
    elif timezone.now() - made_at > BACKUP_IS_OLD:
        yield Finding(Level.WARN, _("%(text)s، وهذا بعيد") % {"text": text})
    else:
        yield Finding(Level.GOOD, text)


def _imports() -> Findings:
    last = ImportRun.objects.exclude(state=ImportRun.State.UNDONE).first()
    if last and last.state == ImportRun.State.FAILED:
        yield Finding(Level.WARN, _("آخر استيراد (%(pk)s) فشل: شغّله ثانية ليكمل") % {"pk": last.pk})


def _age(moment: datetime) -> str:
    days = (timezone.now() - moment).days
    if days < 1:
        return _("في اليوم الأخير")
    lately = {1: _("قبل يوم"), 2: _("قبل يومين")}
    return lately.get(days) or _("قبل %(days)s") % {"days": counted(days, "day")}


NEED_THE_DATABASE: tuple[Callable[[], Findings], ...] = (_index, _fixity, _backup, _imports)
