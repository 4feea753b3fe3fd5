"""Reads every kept page and compares it with its name and the rows: the thin end of `archive.preservation`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.management.ends import INTERRUPTED, StoppingCommand, interruptible
from archive.models import FixityCheck, FixityFinding
from archive.payloads import StoreBusy
from archive.preservation import check_fixity, repair, store_in
from archive.taste import number
from archive.templatetags.counts import counted

Kind = FixityFinding.Kind
MEANING = {
    Kind.DAMAGED: gettext_lazy("صفحات تالفة: بايتاتها ليست التي حُفظت"),
    Kind.MISSING: gettext_lazy("صفحات مفقودة: في السجل ولا ملف لها"),
    Kind.SWAPPED: gettext_lazy("صفحات مبدَّلة: في ملفها بايتات صفحة أخرى"),
    Kind.STRAY: gettext_lazy("ملفات زائدة: لا يعرفها السجل، ولا تُحذف إلا بيدك"),
}


class Command(StoppingCommand):
    help = (
        "Read every kept page, compare it with its SHA-256 and the rows, and name what is damaged, missing, swapped or "
        "stray. Goes on where a stopped check left off. Exit 0 all well, 1 something is wrong, 130 interrupted."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restart", action="store_true", help="begin anew instead of going on with a stopped check"
        )
        parser.add_argument("--since", metavar="DAY", help="only pages added on this day or later (2026-11-26)")
        parser.add_argument(
            "--repair-from", type=Path, metavar="DIR", help="mend from another store, a DATA_DIR or a backup"
        )
        parser.add_argument("--json", action="store_true", help="print the result as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        since = self._since(options["since"])
        source: Path | None = options["repair_from"]
        if source is not None and not store_in(source).is_dir():
            self.stop(2, _("لا مجلد في %(source)s") % {"source": source})
        try:
            with interruptible() as stopping:
                check = check_fixity(
                    restart=options["restart"], since=since, stopping=stopping, progress=self._progress
                )
            if check.state == FixityCheck.State.DONE and source is not None:
                repair(check, source)
        except StoreBusy:
            self.stop(1, _("فحص آخر جارٍ الآن؛ انتظر حتى ينتهي."))
        except (OSError, DatabaseError) as error:
            self.stop(1, _("توقف الفحص: %(error)s. شغّل الأمر نفسه ليكمل من حيث توقف.") % {"error": error})
        self._print(check, options["json"])
        if check.state != FixityCheck.State.DONE:
            self.stop(INTERRUPTED, _("توقف الفحص قبل أن يتم. شغّل الأمر نفسه ليكمل، أو مع ‎--restart ليبدأ من جديد."))
        if check.wrong:
            sys.exit(1)

    def _since(self, day: str | None) -> datetime | None:
        if day is None:
            return None
        try:
            moment = datetime.fromisoformat(day)
        except ValueError:
            self.stop(2, _("‎--since %(day)s: ليس يوما مثل 2026-11-26") % {"day": day})
        return moment if moment.tzinfo else timezone.make_aware(moment)

    def _progress(self, check: FixityCheck) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{check.shelf}  {number(check.counts.get('read', 0))}", ending="\r")

    def _print(self, check: FixityCheck, as_json: bool) -> None:
        findings = check.findings.order_by("path").iterator(chunk_size=500)
        if as_json:
            self._print_json(check, findings)
            return
        for one in findings:
            self.stdout.write(self._line(one))
        read, size = check.counts.get("read", 0), number(check.counts.get("bytes", 0))
        self.stdout.write(
            _("قُرئت %(pages)s محفوظة (%(size)s بايت في المخزن)") % {"pages": counted(read, "page"), "size": size}
            if read
            else _("لا صفحة تُقرأ")
        )
        for kind, meaning in MEANING.items():
            self.stdout.write(f"{number(check.counts.get(kind, 0)):>9} {meaning}")
        if check.counts.get("repaired"):
            self.stdout.write(
                _("%(repaired)s أُصلحت من نسخ سليمة") % {"repaired": f"{number(check.counts['repaired']):>9}"}
            )
        if not check.wrong and check.state == FixityCheck.State.DONE:
            self.stdout.write(_("المخزن سليم: كل صفحة كما حُفظت."))

    @staticmethod
    def _line(one: FixityFinding) -> str:
        of = f" ← {one.detail}" if one.kind == Kind.SWAPPED else f" ({one.detail})" if one.detail else ""
        repaired = _(" — أُصلحت") if one.repaired_at else ""
        return f"{one.get_kind_display()}: {one.path}{of}{repaired}"

    def _print_json(self, check: FixityCheck, findings: Any) -> None:
        """One object, written finding by finding."""
        counts = {name: check.counts.get(name, 0) for name in ("read", "bytes", *Kind.values, "repaired")}
        head = {"check": check.pk, "state": check.state, "started_at": timezone.localtime(check.started_at).isoformat()}
        self.stdout.write(json.dumps(head | counts, ensure_ascii=False)[:-1] + ', "findings": [', ending="")
        comma = ""
        for one in findings:
            row = {name: getattr(one, name) for name in ("kind", "path", "digest", "detail")}
            row["repaired"] = one.repaired_at is not None
            self.stdout.write(comma + json.dumps(row, ensure_ascii=False), ending="")
            comma = ", "
        self.stdout.write("]}")
