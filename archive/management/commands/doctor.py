"""Looks the archive over and says what is well and what is not; exit 1 where something is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from archive.models import follow_house_style
from archive.search import IndexMissing, index_gaps, index_status
from archive.templatetags.counts import counted

SHOWN = 10


class Finding(NamedTuple):
    is_well: bool
    text: str


class Command(BaseCommand):
    help = "Look the archive over: database, migrations, index in step with the rows. Exit 1 where something is amiss."

    def handle(self, *args: Any, **options: Any) -> None:
        amiss = 0
        for finding in findings():
            amiss += not finding.is_well
            self.stdout.write(f"{'✓' if finding.is_well else '✗'} {finding.text}")
        if amiss:
            sys.exit(1)


def findings() -> Iterator[Finding]:
    try:
        plan = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(False, _("قاعدة البيانات لا تجيب: %(error)s") % {"error": error})
        return
    yield Finding(True, _("قاعدة البيانات تجيب (%(vendor)s)") % {"vendor": connection.vendor})
    if plan:
        yield Finding(False, _("بنية القاعدة أقدم من البرنامج: شغّل manage.py migrate"))
        return
    yield Finding(True, _("بنية القاعدة كما يريدها البرنامج"))
    follow_house_style()
    yield from _index()


def _index() -> Iterator[Finding]:
    status = index_status()
    if status.state == "missing":
        yield Finding(False, _("لا فهرس بهذا التحليل (مفقود أو من إصدار آخر): شغّل manage.py rebuild_index"))
        return
    yield Finding(True, _("الفهرس حاضر: %(stories)s") % {"stories": counted(status.documents, "story")})
    if status.pending:
        yield Finding(False, _("تنتظر الفهرسة: %(stories)s") % {"stories": counted(status.pending, "story")})
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
            yield Finding(False, said % {"stories": counted(len(ids), "story"), "ids": shown})
    if not (gaps.missing or gaps.stray):
        yield Finding(True, _("كل خبر ظاهر في الفهرس، ولا شيء سواه"))
