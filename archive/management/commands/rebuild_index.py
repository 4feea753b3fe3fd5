"""Makes the search index anew from the rows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from archive.search import rebuild_index


class Command(BaseCommand):
    help = "Make the search index anew, aside, and swap it in; searches go on with the old one meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_index():,} stories indexed")
