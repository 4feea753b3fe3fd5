"""A populated archive in one command: database, sample stories, index, an admin's account, the site served."""

from __future__ import annotations

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from archive.ingest import import_dumps
from archive.search import index_status, rebuild_index

ADMIN = "admin"
_PR_SET_PDEATHSIG = 1


def _server(port: int, application: str) -> list[str]:
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"]
    return [*server, "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4", application]


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


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
            f"{report.seen} sample pages: {report.created} new, {report.updated} changed, "
            f"{report.unchanged} known, {report.rejected} refused"
        )
        self._create_admin()
        address = f"http://127.0.0.1:{settings.PORT}/"
        if options["no_serve"]:
            self.stdout.write(f"Ready. Serve it with: make demo   (it will be at {address})")
            return
        self.stdout.write(self.style.SUCCESS(f"الأرشيف جاهز · The archive is at {address}   (Ctrl-C stops it)"))
        self.stdout.flush()
        self._serve_saved_pages()
        os.execv(sys.executable, _server(settings.PORT, "archive.wsgi:application"))

    def _serve_saved_pages(self) -> None:
        """The replay origin, where it is a port of this machine: another process, which ends with this one."""
        parts = urlsplit(settings.REPLAY_URL)
        if parts.hostname not in ("localhost", "127.0.0.1") or parts.port in (None, settings.PORT):
            return
        try:
            with socket.create_server(("127.0.0.1", parts.port)):
                pass
        except (OSError, OverflowError) as error:
            self.stderr.write(
                f"Saved pages will not be shown as they were: {settings.REPLAY_URL} cannot be served ({error})"
            )
            return
        server = _server(parts.port, "archive.replay.wsgi:application")
        subprocess.Popen(server, preexec_fn=_end_with_parent if sys.platform == "linux" else None)

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
