"""Imports a generated dump and holds the archive against the truth that was written with it.

    .venv/bin/python -m tests.benchmarks.truth DUMP TRUTH.jsonl [--again]

TRUTH.jsonl has one object a page: url, captured_at, is_article, headline, byline, dateline, published_at (as the page
states it, or null), true_published_at, n_paragraphs. `--again` imports a second time and compares the seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.models import Story


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("dump", type=Path)
    options.add_argument("truth", type=Path)
    options.add_argument("--again", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-truth-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="archive.settings")
        os.environ.pop("SEARCH_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from archive.ingest import import_dumps

        for _ in range(2 if chosen.again else 1):
            print(json.dumps(import_dumps([chosen.dump]).as_dict()))
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        compare(chosen.truth)


def compare(path: Path) -> None:
    """Prints how many stories agree with the truth of their last page, field by field."""
    from archive.models import Story
    from archive.parsing import url_key

    pages, articles = 0, {}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            pages += 1
            key = url_key(row["url"])
            if row["is_article"] and row["captured_at"] >= articles.get(key, row)["captured_at"]:
                articles[key] = row
    stories = Story.objects.select_related("body").prefetch_related("bylines__author", "datelines")
    wrong: Counter[str] = Counter()
    examples: dict[str, Any] = {}
    found = 0
    for story in stories.iterator(chunk_size=400):
        truth = articles.get(story.url_key)
        found += truth is not None
        for field, said, expected in (
            differences(story, truth) if truth else [("not in the truth", story.url_key, None)]
        ):
            wrong[field] += 1
            examples.setdefault(field, (said, expected))
    print(f"{pages:,} pages in the truth, {len(articles):,} stories; {found:,} of them in the archive")
    for field, count in sorted(wrong.items()):
        print(f"{count:>6,} {field}: for example {examples[field]}")


def differences(story: Story, truth: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    people = [line.as_printed for line in story.bylines.all() if line.author.kind == "person"]
    place = next((line.as_printed for line in story.datelines.all()), None)
    pairs = [
        ("headline", story.headline, " ".join(truth["headline"].split())),
        ("byline", people, truth["byline"]),
        ("dateline", place, truth["dateline"]),
        ("paragraphs", len(story.body.paragraphs), truth["n_paragraphs"]),
    ]
    if story.published_on is None:
        pairs.append(("undated though some page says when", story.date_printed, truth["published_at"]))
    elif story.date_source == "teaser":
        true = datetime.fromisoformat(truth["true_published_at"])
        if story.date_precision == "minute":
            pairs.append(("date from a teaser", story.published_at, true.replace(second=0)))
        else:
            pairs.append(("day from a teaser", story.published_on, true.date()))
    elif truth["published_at"]:
        pairs.append(("day", str(story.published_on), truth["published_at"][:10]))
    return [pair for pair in pairs if pair[1] != pair[2] and not (pair[0].startswith("undated") and pair[2] is None)]


if __name__ == "__main__":
    main()
