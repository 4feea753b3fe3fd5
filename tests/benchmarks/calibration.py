"""Counts how often each rule was right about each field, and writes what the parser tells as its confidence.

    .venv/bin/python -m tests.benchmarks.calibration GOLD.jsonl [MORE.jsonl…]

The counts go to archive/parsing/data/confidence.tsv; a body is right from an F1 of .98 on.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import django

from .gold import load, score

TABLE = Path(__file__).resolve().parents[2] / "archive" / "parsing" / "data" / "confidence.tsv"
COLUMNS = {"headline": "headline", "byline": "byline", "dateline": "dateline", "published_at": "day", "body": "F1"}
RIGHT_FROM = {"F1": 0.98}


def count(files: list[Path]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """(right, seen) by field and rule."""
    from archive.management.commands.extract_pages import as_record
    from archive.parsing import SHIPPED, Article, parse_page

    layouts = {layout.name for publisher in SHIPPED.publishers for layout in publisher.layouts}
    right: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for gold in (row for path in files for row in load(path)):
        article = parse_page(gold.page())
        if not isinstance(article, Article):
            continue
        # a field that is said although the page has none is wrong, too
        truth = gold.truth | {"byline": gold.truth.get("byline") or None}
        scores = score(truth, as_record(article, ""))
        for field, column in COLUMNS.items():
            if field in article.evidence and (column in scores or _is_none(gold.truth, field)):
                rule = article.evidence[field].rule
                name = field, "layout" if rule in layouts else rule
                seen[name] += 1
                right[name] += scores.get(column, 0.0) >= RIGHT_FROM.get(column, 1.0)
    return right, seen


def _is_none(truth: dict[str, object], field: str) -> bool:
    """Whether the truth says that the page has no such field."""
    return truth["is_article"] is True and field in truth and truth[field] in (None, []) and field != "byline"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    django.setup()
    right, seen = count([Path(name) for name in sys.argv[1:]])
    head = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = [f"{field}\t{rule}\t{right[field, rule]}\t{total}" for (field, rule), total in sorted(seen.items())]
    TABLE.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
