"""Reads saved pages and prints what they say: no database, no archive, one JSON object a line."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from archive.arabic import PrintedDate
from archive.dumps import Page, Rejection, legible, read_dump
from archive.ingest import NOT_TAKEN, known_publishers
from archive.parsing import Article, BadPublisher, explain_page
from archive.parsing.explain import KEPT
from archive.parsing.safely import parse_safely


class Command(BaseCommand):
    help = "Read saved pages (files, folders, containers) and print one JSON object for each; no database is needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--explain", action="store_true", help="show every line of a page with its fate, instead of JSON"
        )
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
            show = self._explain if options["explain"] else self._print
            complete = sum(not self._extract(path, show) for path in paths) == 0
        except BrokenPipeError:  # `extract_pages … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except KeyboardInterrupt:
            sys.exit(130)
        if not complete:
            sys.exit(1)

    def _extract(self, path: Path, show: Callable[[Page | Rejection], Article | Rejection]) -> bool:
        """Prints what a dump says; whether all of it could be taken."""
        complete = True
        try:
            for found in read_dump(path):
                result = show(found)
                complete &= not (isinstance(result, Rejection) and result.code in NOT_TAKEN)
        except FileNotFoundError:
            self.stderr.write(f"{legible(str(path))}: no such file or folder")
            return False
        return complete

    def _print(self, found: Page | Rejection) -> Article | Rejection:
        result = parse_safely(found, self.catalogue) if isinstance(found, Page) else found
        self.stdout.write(json.dumps(as_record(result, found.locator), ensure_ascii=False))
        return result

    def _explain(self, found: Page | Rejection) -> Article | Rejection:
        result, lines = explain_page(found, self.catalogue) if isinstance(found, Page) else (found, [])
        refused = f"{result.code}: {result.detail}" if isinstance(result, Rejection) else "article"
        self.stdout.write(f"{found.locator}: {refused}")
        for name, said in result.evidence.items() if isinstance(result, Article) else ():
            sure = "" if said.confidence is None else f"  ({said.confidence:.0%})"
            self.stdout.write(f"  {name}: {said.rule}  {said.where}{sure}")
        words: Counter[bool] = Counter()
        for line in lines:
            kept = line.fate == KEPT
            words[kept] += len(line.text.split())
            self.stdout.write(f"{'+' if kept else '-'} {line.fate if not kept else ''}\t{line.text}")
        self.stdout.write(
            f"{words.total():,} words on the page = {words[True]:,} of text + {words[False]:,} left out\n"
        )
        return result


def _listed(path: Path | None) -> Iterator[Path]:
    if path is None:
        return
    lines = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    yield from (Path(line) for line in lines.splitlines() if line.strip())


TEXTS = "publisher url headline dateline published_at modified_at section lead body language encoding".split()
LISTS = "byline agency pictures related tags teasers".split()


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
        return record | dict.fromkeys(TEXTS) | {name: [] for name in LISTS} | {"field_sources": {}, "evidence": {}}
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
        "tags": list(result.tags),
        "teasers": [
            {"headline": t.headline, "url": t.url, "published_at": _iso(t.published), "place": t.place or None}
            for t in result.teasers
        ],
        "language": result.language or None,
        "encoding": result.encoding,
        "field_sources": result.field_sources,
        "evidence": {name: asdict(said) for name, said in result.evidence.items()},
    }


def _iso(date: PrintedDate | None) -> str | None:
    return date.iso() if date else None
