"""Puts a backup back: the thin end of `archive.preservation`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.management.ends import INTERRUPTED, StoppingCommand, interruptible
from archive.payloads import DamagedPayload, StoreBusy
from archive.preservation import Backup, BadBackup, DatabaseTrouble, NotEmpty, Unfinished, restore, verify
from archive.templatetags.counts import counted


class Command(StoppingCommand):
    help = (
        "Restore the archive from a backup, or from the newest in a folder of backups. All of it is verified before "
        "anything is touched. Stop the server first. Exit 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="SRC")
        parser.add_argument("--replace", action="store_true", help="move the archive that is here aside")
        parser.add_argument("--verify", action="store_true", help="only verify the backup, restore nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["source"].is_dir():
            self.stop(2, _("لا مجلد في %(source)s") % {"source": options["source"]})
        try:
            with interruptible() as stopping:
                found = verify(options["source"], stopping)
        except KeyboardInterrupt:
            self.stop(INTERRUPTED, _("توقف قبل أن يُمس شيء."))
        except BadBackup as bad:
            self.stop(1, _("نسخة مرفوضة، ولم يُمس شيء: %(bad)s") % {"bad": bad})
        self._describe(found)
        if not options["verify"]:
            self._restore(found, options["replace"])

    def _describe(self, found: Backup) -> None:
        about = found.manifest
        self.stdout.write(
            _("نسخة سليمة من %(made_at)s: %(folder)s") % {"made_at": about.made_at, "folder": found.folder}
        )
        self.stdout.write(
            _("فيها %(stories)s و%(pages)s محفوظة")
            % {"stories": counted(about.stories, "story"), "pages": counted(about.payloads, "page")}
        )
        if about.lacking:
            self.stdout.write(
                _("كانت %(pages)s مفقودة أو تالفة حين أُخذت، وليست فيها")
                % {"pages": counted(len(about.lacking), "page")}
            )

    def _restore(self, found: Backup, replace: bool) -> None:
        try:
            report = restore(found, replace=replace)
        except NotEmpty:
            self.stop(1, _("هنا أرشيف: لا تُستعاد نسخة إلا في مكان فارغ، أو مع ‎--replace فيُنحّى ما هنا جانبا."))
        except StoreBusy:
            self.stop(1, _("أمر آخر يعمل في المخزن الآن؛ حاول بعد أن ينتهي."))
        except Unfinished as unfinished:
            self._tell_aside(unfinished.aside)
            self.stop(
                1,
                _("النسخة في مكانها، ولم يتم ما بعدها: %(error)s. شغّل migrate ثم rebuild_index.")
                % {"error": unfinished},
            )
        except (BadBackup, DamagedPayload, DatabaseTrouble, DatabaseError, OSError) as error:
            self.stop(1, _("لم تُستعد النسخة، وما كان هنا على حاله: %(error)s") % {"error": error})
        self._tell_aside(report.aside)
        for name, (then, now) in report.differing.items():
            self.stdout.write(
                _("الإعداد %(name)s كان %(then)s، وهو هنا %(now)s")
                % {"name": name, "then": then or _("(فارغا)"), "now": now or _("(فارغ)")}
            )
        self.stdout.write(
            _("استُعيد الأرشيف، وفُهرس %(stories)s. الروابط الدائمة هي هي.")
            % {"stories": counted(report.indexed, "story")}
        )

    def _tell_aside(self, places: list[Path]) -> None:
        for path in places:
            self.stdout.write(_("ما كان هنا صار في %(path)s") % {"path": path})
