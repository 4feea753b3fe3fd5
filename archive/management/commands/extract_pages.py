"""Reads saved pages and prints what they say: no database, no archive, one JSON object a line."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from archive.arabic import PrintedDate
from archive.dumps import Page, Rejection, legible, read_dump
from archive.ingest import NOT_TAKEN, known_publishers
from archive.parsing import Article, BadPublisher, Catalogue, Orders, explain_page
from archive.parsing.explain import KEPT
from archive.parsing.safely import parse_safely

PAGES_A_WINDOW = 200


class Command(BaseCommand):
    help = "Read saved pages (files, folders, containers) and print one JSON object for each; no database is needed."
    requires_system_checks: list[str] = []
    missing = False

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
            complete = show(paths)
        except BrokenPipeError:  # `extract_pages … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except KeyboardInterrupt:
            sys.exit(130)
        if not complete:
            sys.exit(1)

    def _pages(self, paths: Iterable[Path]) -> Iterator[Page | Rejection]:
        for path in paths:
            try:
                yield from read_dump(path)
            except FileNotFoundError:
                self.stderr.write(f"{legible(str(path))}: no such file or folder")
                self.missing = True

    def _print(self, paths: list[Path]) -> bool:
        """Prints a JSON object for each page; whether all of them could be taken.

        Some hundred pages are read before the first is printed: their credit lines may show the order of their site.
        """
        complete, orders = True, Orders()
        pages = self._pages(paths)
        while window := list(islice(pages, PAGES_A_WINDOW)):
            results = [parse_safely(one, self.catalogue) if isinstance(one, Page) else one for one in window]
            for result in results:
                if isinstance(result, Article):
                    orders.note(result)
            learnt = self.catalogue + Catalogue(orders=orders.learnt())
            for page, result in zip(window, results, strict=True):
                if isinstance(page, Page) and isinstance(result, Article) and result.unsure:
                    result = parse_safely(page, learnt)
                complete &= not (isinstance(result, Rejection) and result.code in NOT_TAKEN)
                self.stdout.write(json.dumps(as_record(result, page.locator), ensure_ascii=False))
        return complete and not self.missing

    def _explain(self, paths: list[Path]) -> bool:
        for page in self._pages(paths):
            self._explain_page(page)
        return not self.missing

    def _explain_page(self, found: Page | Rejection) -> None:
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
