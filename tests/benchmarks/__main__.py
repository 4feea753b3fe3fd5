"""Measures the parser, the importer and search, and prints the figures as tables.

make bench                                    on pages made of the sample stories
make bench BENCH_ARGS="--dump DUMP"           on any dump
make bench BENCH_ARGS="--pages 20000"         more of them
make bench BENCH_ARGS="--gold GOLD.jsonl"     quality on pages whose truth is known (see gold.py); by default the pairs
make bench BENCH_ARGS="--articles FILE"       ranking on articles as JSON Lines; by default the samples
make bench BENCH_ARGS="--only extraction"     one of: parser, import, search, pages, extraction, ranking
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

ROUNDS = 3
PARTS = ("parser", "import", "search", "pages", "extraction", "ranking")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--dump", type=Path, help="measure on this dump")
    options.add_argument("--pages", type=int, default=2000, help="pages to make, or to read of the dump (default 2000)")
    options.add_argument("--gold", type=Path, help="pages whose truth is known")
    options.add_argument("--only", choices=PARTS)
    options.add_argument("--articles", type=Path, help="JSON Lines with title, content, source, for ranking")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-bench-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="archive.settings")
        os.environ.pop("SEARCH_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from .corpus import write_dump
        from .extraction import measure_extraction
        from .pages import measure_pages
        from .ranking import measure_ranking

        wanted = {chosen.only} if chosen.only else set(PARTS)
        if wanted - {"extraction", "ranking"}:
            dump = chosen.dump or write_dump(Path(folder) / "pages.zip", chosen.pages)
            print(f"{chosen.pages:,} pages of {chosen.dump.name if chosen.dump else 'the sample stories'}\n")
        if "parser" in wanted:
            measure_parser(dump, min(chosen.pages, 600))
        if wanted & {"import", "search", "pages"}:
            measure_import(dump, chosen.pages)
        if "search" in wanted:
            measure_search()
        if "pages" in wanted:
            measure_pages()
        if "extraction" in wanted:
            measure_extraction(chosen.gold)
        if "ranking" in wanted:
            measure_ranking(chosen.articles, Path(folder) / "ranking", None)


def row(*cells: object) -> None:
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of some rounds: the others were disturbed."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def measure_parser(dump: Path, count: int) -> None:
    """`parse_page` against a bare lxml parse of the same bytes, in one process and one run."""
    from archive.dumps import Page, read_dump
    from archive.parsing import parse_page

    pages = [found for found in itertools.islice(read_dump(dump), count) if isinstance(found, Page) and found.content]

    def bare() -> None:
        for page in pages:
            etree.fromstring(page.content, etree.HTMLParser(huge_tree=True))

    lxml = best(bare) / len(pages)
    ours = best(lambda: [parse_page(page) for page in pages]) / len(pages)
    row("parser, one process", "ms a page", "× bare lxml")
    row("---", "---", "---")
    row("bare lxml parse", f"{lxml * 1e3:.2f}", "1.0")
    row("parse_page", f"{ours * 1e3:.2f}", f"{ours / lxml:.1f}")
    print()


def measure_import(dump: Path, count: int) -> None:
    from archive.ingest import import_dumps

    row("import", "pages/s", "s", "created", "unchanged", "rejected")
    row(*["---"] * 6)
    for name in ("first", "again"):
        report = import_dumps([dump], limit=count)
        speed = f"{report.seen / report.seconds:,.0f}"
        row(name, speed, f"{report.seconds:.1f}", report.created, report.unchanged, report.rejected)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\nPeak memory of the importing process: {peak} MB\n")


def questions() -> Iterator[tuple[str, str]]:
    """(kind, text) of mixed searches, from words of the archive itself."""
    from archive.models import Story

    rng = random.Random(7)
    stories = list(Story.objects.select_related("body").order_by("pk")[:2000])
    for _ in range(40):
        story = rng.choice(stories)
        words = story.headline.split()
        body = story.body.text.split()
        yield "a headline", story.headline
        yield "three words", " ".join(rng.sample(words, k=min(3, len(words))))
        yield "one word", rng.choice(body)
        at = rng.randrange(max(1, len(body) - 3))
        yield "a phrase", f"«{' '.join(body[at : at + 3])}»"
    for _ in range(10):
        yield "a common word", "في"


def measure_search() -> None:
    from archive.models import Story
    from archive.search import SearchRequest, search_stories

    times: dict[str, list[float]] = {}
    for kind, text in [*questions(), *questions()]:  # the first half warms up
        started = time.perf_counter()
        search_stories(SearchRequest(text=text))
        times.setdefault(kind, []).append((time.perf_counter() - started) * 1e3)
    row(f"search with facets, {Story.objects.count():,} stories", "p50 ms", "p95 ms")
    row("---", "---", "---")
    for kind, spent in times.items():
        warm = sorted(spent[len(spent) // 2 :])
        row(kind, f"{statistics.median(warm):.1f}", f"{warm[int(0.95 * (len(warm) - 1))]:.1f}")


if __name__ == "__main__":
    main()
