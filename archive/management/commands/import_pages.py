"""Imports dumps of saved pages: the thin end of `archive.ingest`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from archive.ingest import Interrupted, Report, Stopped, import_dumps
from archive.management.ends import INTERRUPTED, interruptible


class Command(BaseCommand):
    help = "Import dumps of saved pages: files, folders, .zip, .tar.*, .html.gz, .warc(.gz). Twice is once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--workers", type=int, help="processes that read pages (default: one a core)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument("--json", action="store_true", help="print the balance sheet as one JSON object")
        parser.add_argument("--limit", type=int, help="stop after so many pages")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("workers", "limit"):
            if options[name] is not None and options[name] < 1:
                self.stderr.write(f"--{name} must be at least 1")
                sys.exit(2)
        if "" in options["paths"]:  # an unset variable of a shell is not the folder one stands in
            self.stderr.write("a PATH is empty")
            sys.exit(2)
        options["paths"] = [Path(path) for path in options["paths"]]
        try:
            with interruptible() as stopping:
                report = self._import(options, stopping)
        except Stopped as stop:
            self._print(stop.report, options)
            kept = (
                "Nothing was changed."
                if options["dry_run"]
                else "All that is counted is kept; run the same command again to go on."
            )
            interrupted = isinstance(stop, Interrupted)
            self.stderr.write(f"{'Interrupted' if interrupted else f'Stopped: {stop}'}. {kept}")
            sys.exit(INTERRUPTED if interrupted else 1)
        self._print(report, options)
        if not report.complete:
            sys.exit(1)

    def _import(self, options: dict[str, Any], stopping: Callable[[], bool]) -> Report:
        chosen = {name: options[name] for name in ("workers", "dry_run", "limit")}
        chosen["stopping"] = stopping
        if not sys.stderr.isatty():
            return import_dumps(options["paths"], **chosen)
        columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("reading", total=None)

            def show(report: Report) -> None:
                bar.update(task, description=_line(report))

            return import_dumps(options["paths"], progress=show, **chosen)

    def _print(self, report: Report, options: dict[str, Any]) -> None:
        for trouble in report.troubles:
            self.stderr.write(trouble)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
            return
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
        self.stdout.write(f"{report.seen:>9,} pages seen in {report.seconds:,.1f} s")
        for name in ("created", "updated", "unchanged", "rejected"):
            self.stdout.write(f"{getattr(report, name):>9,} {name}")
        for code, count in sorted(report.reasons.items(), key=lambda row: -row[1]):
            self.stdout.write(f"{count:>18,} {code}")


def _line(report: Report) -> str:
    speed = report.seen / report.seconds if report.seconds else 0
    return f"{report.seen:,} pages · {report.created:,} new · {report.rejected:,} rejected · {speed:,.0f}/s"
