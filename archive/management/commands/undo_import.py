"""Undoes a run of the importer: the thin end of `archive.ingest`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.ingest import Undone, undo_import
from archive.management.ends import INTERRUPTED, StoppingCommand, interruptible
from archive.models import ImportRun
from archive.payloads import StoreBusy
from archive.taste import number
from archive.templatetags.counts import counted

COUNTED = {
    "captures": gettext_lazy("صفحات محفوظة أزيلت من السجل"),
    "payloads": gettext_lazy("ملفات صفحات أزيلت من المخزن، لا يحتاج إليها غيرها"),
    "stories": gettext_lazy("أخبار أزيلت"),
    "restored": gettext_lazy("أخبار عادت إلى ما تقوله صفحاتها الباقية"),
    "teasers": gettext_lazy("إشارات إلى أخبار أزيلت"),
    "names": gettext_lazy("أسماء أزيلت بعد أن خلت من الأخبار"),
}


class Command(StoppingCommand):
    help = (
        "Undo the import RUN: what it brought goes, what it changed is read anew from other kept pages; stories that "
        "an editor has worked on stay and are listed. Exit 0 done, 1 failed, 2 wrong usage, 130 interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, metavar="RUN", help="its number, as import_pages --json shows it")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument("--workers", type=int, help="processes that read pages (default: one a core)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] is not None and options["workers"] < 1:
            self.stop(2, _("‎--workers: واحد على الأقل"))
        try:
            run = ImportRun.objects.get(pk=options["run"])
            with interruptible() as stopping:
                done = undo_import(run, dry_run=options["dry_run"], workers=options["workers"], stopping=stopping)
        except ImportRun.DoesNotExist:
            self.stop(2, _("لا استيراد برقم %(run)s") % {"run": options["run"]})
        except StoreBusy:
            self.stop(1, _("أمر آخر يعمل في المخزن الآن؛ حاول بعد أن ينتهي."))
        except (OSError, DatabaseError) as error:
            self.stop(1, _("توقف الإلغاء: %(error)s. شغّل الأمر نفسه ثانية.") % {"error": error})
        except KeyboardInterrupt:
            self.stop(INTERRUPTED, _("توقف الإلغاء. شغّل الأمر نفسه ثانية ليتم."))
        self._print(done, options["run"], options["dry_run"])
        if done.lost:
            sys.exit(1)

    def _print(self, done: Undone, run: int, dry_run: bool) -> None:
        if done.already:
            self.stdout.write(_("أُلغي الاستيراد %(run)s من قبل.") % {"run": run})
            return
        if dry_run:
            self.stdout.write(_("تجربة: لم يتغير شيء."))
        for name, meaning in COUNTED.items():
            self.stdout.write(f"{number(getattr(done, name)):>9} {meaning}")
        if done.kept:
            self.stdout.write(_("بقي %(stories)s عمل فيها محرر:") % {"stories": counted(len(done.kept), "story")})
        for story, why in sorted(done.kept.items()):
            self.stdout.write(f"  {story} ({why})")
        if done.kept_names:
            self.stdout.write(
                _("وبقيت أسماء عمل فيها محرر: %(kept_names)s") % {"kept_names": _("، ").join(done.kept_names)}
            )
        if done.lost:
            self.stdout.write(
                _("%(lost)s صفحات تعذرت قراءتها ثانية: شغّل check_fixity") % {"lost": f"{number(done.lost):>9}"}
            )
