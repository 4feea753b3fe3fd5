"""Makes a backup of the whole archive: the thin end of `archive.preservation`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.management.ends import INTERRUPTED, StoppingCommand, interruptible
from archive.payloads import StoreBusy
from archive.preservation import KEPT, DatabaseTrouble, Refused, backup
from archive.taste import number
from archive.templatetags.counts import counted

SHOWN = 10


class Command(StoppingCommand):
    help = (
        "Back the archive up into DEST: database, pages, publishers, settings, at one point of time. Same DEST each "
        "night: only new pages are copied. Exit 0 done, 1 not all of it could be kept, 2 wrong usage, 130 interrupted."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dest", type=Path, metavar="DEST")
        parser.add_argument("--keep", type=int, default=KEPT, help=f"backups that stay in DEST (default {KEPT})")
        parser.add_argument("--with-secret-key", action="store_true", help="also keep the key that signs sessions")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            self.stop(2, _("‎--keep: واحدة على الأقل"))
        chosen = {name: options[name] for name in ("keep", "with_secret_key")}
        try:
            with interruptible() as stopping:
                report = backup(options["dest"], stopping=stopping, **chosen)
        except Refused as refused:
            self.stop(2, str(refused))
        except StoreBusy:
            self.stop(1, _("أمر آخر يعمل في المخزن الآن؛ حاول بعد أن ينتهي."))
        except (DatabaseTrouble, DatabaseError, OSError) as error:
            self.stop(1, _("لم تُؤخذ النسخة: %(error)s") % {"error": error})
        except KeyboardInterrupt:
            self.stop(INTERRUPTED, _("توقف النسخ، ولا نسخة ناقصة في المجلد. شغّل الأمر نفسه ليكمل من حيث توقف."))
        self.stdout.write(_("نسخة كاملة في %(folder)s") % {"folder": report.folder})
        self.stdout.write(
            _("فيها %(pages)s، منها %(copied)s نُسخت الآن")
            % {"pages": counted(report.pages, "page"), "copied": number(report.copied)}
        )
        if report.lacking:
            self.stdout.write(
                _("ليست فيها %(pages)s مفقودة أو تالفة في المخزن: شغّل check_fixity")
                % {"pages": counted(len(report.lacking), "page")}
            )
            for digest in report.lacking[:SHOWN]:
                self.stdout.write(f"  {digest}")
            sys.exit(1)
