"""A populated archive in one command: database, sample stories, index, an admin's account, the site served."""

from __future__ import annotations

import os
import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from archive.ingest import import_dumps
from archive.search import index_status, rebuild_index

ADMIN = "admin"


class Command(BaseCommand):
    help = "Set up an archive with the sample dumps of fixtures/ and serve it on 127.0.0.1:PORT (default 8000)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="set everything up, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        report = import_dumps([settings.BASE_DIR / "fixtures" / "dumps"])
        if index_status().state == "missing":
            rebuild_index()
        self.stdout.write(
            f"{report.seen} sample pages: {report.created} new, {report.unchanged} known, {report.rejected} refused"
        )
        self._create_admin()
        address = f"http://127.0.0.1:{settings.PORT}/"
        if options["no_serve"]:
            self.stdout.write(f"Ready. Serve it with: make demo   (it will be at {address})")
            return
        self.stdout.write(self.style.SUCCESS(f"الأرشيف جاهز · The archive is at {address}   (Ctrl-C stops it)"))
        self.stdout.flush()
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"]
        server += ["--host", "127.0.0.1", "--port", str(settings.PORT), "--blocking-threads", "4"]
        os.execv(sys.executable, [*server, "archive.wsgi:application"])

    def _create_admin(self) -> None:
        users = get_user_model()
        if users.objects.filter(username=ADMIN).exists():
            self.stdout.write(
                f"The account «{ADMIN}» is there already (new password: manage.py changepassword {ADMIN})"
            )
            return
        password = secrets.token_urlsafe(12)
        users.objects.create_superuser(ADMIN, password=password)
        self.stdout.write(f"Account for /admin/, shown this once:  {ADMIN}  {password}")
