"""Makes the search index anew from the rows."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from archive.management.ends import StoppingCommand
from archive.search import rebuild_index


class Command(StoppingCommand):
    help = "Make the search index anew, aside, and swap it in; searches go on with the old one meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"{rebuild_index():,} stories indexed")
        except BrokenProcessPool:
            self.stop(1, _("مات برنامج من برامج التحليل، ولعل الذاكرة نفدت؛ الفهرس على ما كان."))
        except (OSError, DatabaseError) as error:
            self.stop(1, _("لم يُجدد الفهرس، وهو على ما كان: %(error)s") % {"error": error})
