"""Writes all kept pages as one WARC: the thin end of `archive.exports`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.exports import write_pages
from archive.management.ends import INTERRUPTED, StoppingCommand, interruptible
from archive.payloads import StoreBusy
from archive.templatetags.counts import counted

SHOWN = 10


class Command(StoppingCommand):
    help = (
        "Write every kept page, rejected ones too, with its pictures and styles, as one WARC: FILE.warc.gz. Imported "
        "into an empty archive it gives the same stories; what editors did is in `backup`, not here. Exit 0 done, 1 "
        "some pages could not be read, 2 wrong usage, 130 interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.name.endswith(".warc.gz"):
            self.stop(2, _("%(path)s: اسم الملف ينتهي بـ ‎.warc.gz") % {"path": path})
        try:
            with interruptible() as stopping:
                written = write_pages(path, stopping)
        except StoreBusy:
            self.stop(1, _("أمر آخر يعمل في المخزن الآن؛ حاول بعد أن ينتهي."))
        except KeyboardInterrupt:
            self.stop(INTERRUPTED, _("توقف التصدير قبل أن يتم، ولا ملف ناقص. شغّل الأمر نفسه ليبدأ من جديد."))
        except (OSError, DatabaseError) as error:
            self.stop(1, _("لم يتم التصدير: %(error)s") % {"error": error})
        told = {"path": path, "pages": counted(written.pages, "page"), "files": counted(written.companions, "file")}
        self.stdout.write(_("كُتب في %(path)s: %(pages)s، ومعها %(files)s من الصور والأنماط والخطوط") % told)
        if written.hidden:
            pages = {"pages": counted(written.hidden, "page")}
            self.stderr.write(_("بينها %(pages)s لأخبار مخفية: لا تعط الملف من لا يراها.") % pages)
        if written.lacking:
            files = {"files": counted(len(written.lacking), "file")}
            self.stderr.write(_("مفقود أو تالف في المخزن: %(files)s. شغّل check_fixity") % files)
            for digest in written.lacking[:SHOWN]:
                self.stderr.write(f"  {digest}")
            sys.exit(1)
