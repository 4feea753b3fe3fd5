"""Reads saved pages and prints what they say: no database, no archive, one JSON object a line."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from archive.arabic import PrintedDate
from archive.dumps import Page, Rejection, legible, read_dump
from archive.ingest import NOT_TAKEN, known_publishers
from archive.parsing import Article, BadPublisher
from archive.parsing.safely import parse_safely


class Command(BaseCommand):
    help = "Read saved pages (files, folders, containers) and print one JSON object for each; no database is needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--files-from", type=Path, metavar="LIST", help="a file with one path a line; - for standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            paths = [*options["files"], *_listed(options["files_from"])]
        except (OSError, ValueError) as error:
            self.stderr.write(f"{options['files_from']}: {error}")
            sys.exit(2)
        try:
            self.catalogue = known_publishers()
        except BadPublisher as error:
            self.stderr.write(str(error))
            sys.exit(2)
        if not paths:
            self.stderr.write("name a FILE, or a list with --files-from")
            sys.exit(2)
        try:
            complete = sum(not self._extract(path) for path in paths) == 0
        except BrokenPipeError:  # `extract_pages … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except KeyboardInterrupt:
            sys.exit(130)
        if not complete:
            sys.exit(1)

    def _extract(self, path: Path) -> bool:
        """Prints what a dump says; whether all of it could be taken."""
        complete = True
        try:
            for found in read_dump(path):
                result = parse_safely(found, self.catalogue) if isinstance(found, Page) else found
                complete &= not (isinstance(result, Rejection) and result.code in NOT_TAKEN)
                self.stdout.write(json.dumps(as_record(result, found.locator), ensure_ascii=False))
        except FileNotFoundError:
            self.stderr.write(f"{legible(str(path))}: no such file or folder")
            return False
        return complete


def _listed(path: Path | None) -> Iterator[Path]:
    if path is None:
        return
    lines = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    yield from (Path(line) for line in lines.splitlines() if line.strip())


TEXTS = "publisher url headline dateline published_at modified_at section lead body language encoding".split()
LISTS = "byline agency pictures related teasers".split()


def as_record(result: Article | Rejection, locator: object) -> dict[str, Any]:
    """The page as scripts read it: every key always there, null where the page says nothing."""
    record: dict[str, Any] = {
        "file": str(locator),
        "is_article": isinstance(result, Article),
        "code": None,
        "detail": None,
    }
    if isinstance(result, Rejection):
        record |= {"code": result.code, "detail": result.detail}
        return record | dict.fromkeys(TEXTS) | {name: [] for name in LISTS} | {"field_sources": {}}
    return record | {
        "publisher": result.publisher.slug,
        "url": result.url or None,
        "headline": result.headline,
        "byline": list(result.bylines),
        "agency": list(result.agencies),
        "dateline": "، ".join(result.datelines) or None,
        "published_at": _iso(result.published),
        "modified_at": _iso(result.modified),
        "section": result.section or None,
        "lead": result.lead or None,
        "body": "\n".join(result.body),
        "pictures": [{"url": p.url, "caption": p.caption, "credit": p.credit} for p in result.pictures],
        "related": [{"text": link.text, "url": link.url} for link in result.related],
        "teasers": [
            {"headline": t.headline, "url": t.url, "published_at": _iso(t.published), "place": t.place or None}
            for t in result.teasers
        ],
        "language": result.language or None,
        "encoding": result.encoding,
        "field_sources": result.field_sources,
    }


def _iso(date: PrintedDate | None) -> str | None:
    return date.iso() if date else None
