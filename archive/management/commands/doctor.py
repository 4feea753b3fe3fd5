"""Looks the archive over and says what is well and what is not; exit 1 where something is bad."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error

from archive.models import follow_house_style
from archive.preservation import Level, findings


class Command(BaseCommand):
    help = (
        "Look the archive over: disk, permissions, settings, database, index, fixity, backup. Each line is good (✓), "
        "worth a thought (!) or bad (✗). Exit 1 where something is bad."
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with suppress(Error):
            follow_house_style()  # its digits
        bad = 0
        for finding in findings():
            bad += finding.level == Level.BAD
            self.stdout.write(f"{finding.level.value} {finding.text}")
        if bad:
            sys.exit(1)
