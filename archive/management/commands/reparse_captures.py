"""Reads kept pages again with today's rules."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from archive.ingest import Change, captures_to_read, reparse
from archive.management.ends import INTERRUPTED, interruptible
from archive.parsing import PARSER_VERSION, BadPublisher

_LONGEST = 160


class Command(BaseCommand):
    help = "Read kept pages again with today's rules and show what changes, field by field. Corrections stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--publisher", default="", metavar="SLUG", help="only pages of this publisher")
        parser.add_argument("--code", default="", help="only pages rejected with this code")
        parser.add_argument(
            "--older-than",
            default="",
            metavar="VERSION",
            help=f"only pages read by an older parser (today's is {PARSER_VERSION})",
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")
        parser.add_argument("--workers", type=int, help="processes that read pages (default: one a core)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["older_than"] and not options["older_than"].replace(".", "").isdecimal():
            self._wrong(f"--older-than {options['older_than']}: no version such as {PARSER_VERSION}")
        if options["workers"] is not None and options["workers"] < 1:
            self._wrong("--workers must be at least 1")
        try:
            captures = captures_to_read(options["publisher"], options["code"], options["older_than"])
            chosen = {name: options[name] for name in ("dry_run", "workers")}
            with interruptible() as stopping:
                counts = reparse(captures, show=self._show, stopping=stopping, **chosen)
        except BadPublisher as error:
            self._wrong(str(error))
        except KeyboardInterrupt:
            self.stderr.write("Interrupted. What is shown is kept; --older-than goes on where this stopped.")
            sys.exit(INTERRUPTED)
        except (OSError, DatabaseError) as error:
            self.stderr.write(f"Stopped: {error}. What is shown is kept; --older-than goes on where this stopped.")
            sys.exit(1)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
        self.stdout.write(f"{counts['read']:>9,} pages read again")
        for what, meaning in _COUNTED.items():
            self.stdout.write(f"{counts[what]:>9,} {meaning}")
        if counts["lost"]:
            sys.exit(1)

    def _wrong(self, why: str) -> None:
        self.stderr.write(why)
        sys.exit(2)

    def _show(self, change: Change) -> None:
        self.stdout.write(f"{change.name}: {_COUNTED[change.what]}")
        for field, (before, after) in change.fields.items():
            self.stdout.write(f"  {field}: {_short(before)} → {_short(after)}")


_COUNTED = {
    "changed": "stories changed",
    "new": "pages that speak of a story at last, or of another",
    "no-article": "stories of which no page speaks any more, hidden",
    "lost": "pages whose kept bytes cannot be read",
}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
