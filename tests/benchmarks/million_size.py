"""One size of `million`: makes the archive in DATA_DIR and measures. A process of its own, as settings are."""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import islice
from pathlib import Path
from subprocess import CalledProcessError

import django

from .articles import Text, many, mixed, read_articles
from .lucene import Lucene

ROWS_A_BATCH = 5_000
QUESTIONS = 200
FIRST_DAY = date(2000, 1, 1)
SECTIONS, WRITERS, PLACES = 40, 5_000, 300


def main() -> None:
    count, path, lib = int(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None, Path(sys.argv[3])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    articles = read_articles(path)
    letters = fill(articles, count)
    print(f"\n## {count:,} stories, {letters / 1e6:,.0f} MB of text\n")
    print("| | p50 ms | p95 ms | |\n|---|---|---|---|")
    started = time.monotonic()
    call_command("rebuild_index", verbosity=0, stdout=StringIO())
    seconds = time.monotonic() - started
    index = size_of(Path(settings.DATA_DIR) / "index")
    print(
        f"| rebuild_index | | | {count / seconds:,.0f} stories/s, index {index / letters:.2f} of the text |", flush=True
    )
    asked = mixed(articles, QUESTIONS)
    measure_engine(asked)
    measure_lucene(articles, count, lib, asked)
    measure_pages(asked)
    measure_batch(articles)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def fill(articles: list[Text], count: int) -> int:
    """The rows; returns how many bytes of text they hold."""
    from archive.arabic import key
    from archive.models import Author, Body, Byline, Dateline, Place, Publisher, Section, Story

    if Story.objects.exists():
        return sum(len(text.encode()) for text in Body.objects.values_list("text", flat=True).iterator())
    papers = {name: Publisher.objects.create(slug=name, name=name) for name in sorted({one.source for one in articles})}
    names = sorted({word for one in articles for word in one.headline.split() if len(word) > 3})
    rng = random.Random(4)
    writers = sorted({" ".join(rng.sample(names, 2)) for _ in range(WRITERS)})
    Author.objects.bulk_create(Author(name=name, key=key(name)[:300], kind="person") for name in writers)
    authors = list({row.key: row for row in Author.objects.all()}.values())
    Place.objects.bulk_create(Place(name=name, key=key(name)) for name in {key(n): n for n in names[:PLACES]}.values())
    places = list(Place.objects.all())
    first = next(iter(papers.values()))
    Section.objects.bulk_create(Section(publisher=first, name=f"قسم {n}", key=f"قسم {n}") for n in range(SECTIONS))
    sections, letters = list(Section.objects.all()), 0
    texts = enumerate(many(articles, count))
    while batch := list(islice(texts, ROWS_A_BATCH)):
        stories, bodies, lines, spots = [], [], [], []
        for at, text in batch:
            day = FIRST_DAY + timedelta(rng.randrange(9_000))
            stories.append(
                Story(
                    pk=at + 1, publisher=papers[text.source], section=sections[at % SECTIONS], headline=text.headline,
                    headline_key=key(text.headline)[:300], published_on=day, date_precision="day", url_key=f"s/{at}",
                    canonical_url=f"https://paper.example/{at}", fingerprint=str(at), language="ar",
                    captured_at=datetime(2025, 1, 1, tzinfo=UTC),
                )
            )  # fmt: skip
            bodies.append(Body(story_id=at + 1, text=text.body, word_count=text.body.count(" ")))
            lines.append(Byline(story_id=at + 1, position=0, author=rng.choice(authors), as_printed="x"))
            spots.append(Dateline(story_id=at + 1, position=0, place=rng.choice(places), as_printed="x"))
            letters += len(text.body.encode())
        for model, rows in ((Story, stories), (Body, bodies), (Byline, lines), (Dateline, spots)):
            model._default_manager.bulk_create(rows)  # type: ignore[attr-defined]
    return letters


def spent(work: Callable[[str], object], asked: list[str]) -> list[float]:
    """Milliseconds of each question, asked once before to warm up."""
    times = []
    for _ in range(2):
        times = []
        for text in asked:
            started = time.perf_counter()
            work(text)
            times.append((time.perf_counter() - started) * 1e3)
    return sorted(times)


def row(name: str, times: list[float], more: str = "") -> None:
    times = sorted(times)
    print(
        f"| {name} | {statistics.median(times):.1f} | {times[int(0.95 * (len(times) - 1))]:.1f} | {more} |", flush=True
    )


def measure_engine(asked: list[str]) -> None:
    from archive.search.engine import FACETS, Question, engine
    from archive.search.grammar import read_query

    one = engine()

    def ask(facets: tuple[str, ...]) -> Callable[[str], object]:
        def work(text: str) -> object:
            one._kept.clear()  # type: ignore[attr-defined]  # what was asked before is not asked again
            return one.search(Question(node=read_query(text).node, limit=10, facets=facets))

        return work

    row("engine: best ten, exact total", spent(ask(()), asked))
    row("engine: with two facets", spent(ask(("publisher", "year")), asked))
    row("engine: with six facets", spent(ask(FACETS), asked))


def measure_lucene(articles: list[Text], count: int, lib: Path, asked: list[str]) -> None:
    from django.conf import settings

    documents: Iterator[tuple[object, ...]] = (
        (at, text.headline, text.body, text.source, 2000 + at % 25) for at, text in enumerate(many(articles, count))
    )
    try:
        lucene, said = Lucene.make(Path(settings.DATA_DIR), documents, lib)
    except (OSError, CalledProcessError) as error:
        print(f"| Lucene was not measured: {error} | | | |")
        return
    print(f"| Lucene: index | | | {' '.join(said.split())} |", flush=True)
    for name, options in (
        ("Lucene: best ten, total a lower bound", ()),
        ("Lucene: best ten, exact total", ("--exact-total",)),
        ("Lucene: with two facets", ("--facets",)),
    ):
        row(name, [took for took, _ in lucene.search(asked, "--fields", "body", *options)])


def measure_pages(asked: list[str]) -> None:
    from django.conf import settings
    from django.test import Client

    from archive.search.engine import engine

    settings.KEEP_PAGES = 0  # pages are made anew each time
    client = Client(headers={"host": "localhost"})

    def get(address: str) -> Callable[[str], object]:
        def work(text: str) -> object:
            engine()._kept.clear()  # type: ignore[attr-defined]
            response = client.get(address, {"q": text})
            assert response.status_code == 200, response.status_code
            return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]

        return work

    row("GET /search/, facets and twenty hits", spent(get("/search/"), asked))
    row("GET /api/search", spent(get("/api/search"), asked))
    starts = [" ".join(text.split()[:2])[: 3 + at % 6] for at, text in enumerate(asked)]
    row("GET /api/suggest", spent(get("/api/suggest"), starts))


def measure_batch(articles: list[Text]) -> None:
    from archive.search.batch import ask_many

    asked = mixed(articles, 500, seed=9)
    started = time.monotonic()
    ask_many(asked)
    print(f"| 500 questions at once, by year | | | {time.monotonic() - started:.1f} s |", flush=True)


if __name__ == "__main__":
    main()
