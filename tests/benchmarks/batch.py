"""How long batch questions take on an archive, whatever is in it, and whether their counts are those of the search.

DATA_DIR=… python -m tests.benchmarks.batch                    on that archive
python -m tests.benchmarks.batch --index file:///path          on an index alone, without its rows
python -m tests.benchmarks.batch --made 1000000                on an index of so many stories of made-up words
python -m tests.benchmarks.batch --questions 500 --check 100   so many questions; so many cells compared

The questions are words of the index itself, common and rare, alone, in pairs, as phrases and with operators.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import Any

LETTERS = "ابتجحخدرسشصطعفقكلمنهوي"
WORDS_A_STORY, WORDS_AT_ALL = 80, 20_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--index", help="the address of an index; by default that of the archive")
    options.add_argument("--made", type=int, help="make an index of so many stories")
    options.add_argument("--questions", type=int, default=500)
    options.add_argument("--check", type=int, default=100, help="cells that are compared with the search")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-bench-") as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
        if chosen.made:
            chosen.index = f"file://{folder}/made"
        if chosen.index:
            os.environ.update(SEARCH_URL=chosen.index, DATA_DIR=folder)
            os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        from archive.models import Publisher
        from archive.search.engine import Question, engine

        if chosen.index:
            call_command("migrate", verbosity=0)
            if chosen.made:
                engine().rebuild(made(chosen.made))
            papers = engine().tally(Question(copies=True, facets=("publisher",))).facets["publisher"]
            Publisher.objects.bulk_create(Publisher(pk=pk, slug=f"paper-{pk}", name=f"صحيفة {pk}") for pk in papers)
        rng = random.Random(7)
        print(f"{engine().status().documents:,} stories\n")
        asked = questions(rng, chosen.questions)
        measure(asked)
        compare(asked, rng, chosen.check)


def made(count: int) -> Iterator[Any]:
    """Stories of words as frequent as in any language, one in ten with a copy in another paper and year."""
    from archive.arabic import analyse
    from archive.search.engine import Document
    from archive.search.indexing import MINUTES_A_DAY

    rng = random.Random(3)
    words = ["".join(rng.choices(LETTERS, k=rng.randint(3, 6))) for _ in range(WORDS_AT_ALL)]
    terms = [analyse(word)[0].terms for word in words]
    weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS_AT_ALL)))
    first, last = date(2000, 1, 1).toordinal(), date(2024, 12, 31).toordinal()
    number = 0
    while number < count:
        text = rng.choices(terms, cum_weights=weights, k=WORDS_A_STORY)
        exact, stem = " ".join(one.exact for one in text), " ".join(one.stem for one in text)
        fields = {
            "surface": " ".join(one.surface for one in text), "exact": exact, "stem": stem, "pair": "",
            "head": " ".join(one.stem for one in text[:8]),
            "head_exact": " ".join(one.exact for one in text[:8]),
        }  # fmt: skip
        days = [rng.randint(first, last) for _ in range(1 + (rng.random() < 0.1))]
        facets = [
            {"publisher": [rng.randint(1, 40)], "year": [date.fromordinal(day).year], "section": [rng.randint(1, 300)]}
            for day in days
        ]
        group = number + 1
        for day, facet in zip(days, facets, strict=True):
            number += 1
            hit = number if len(days) == 1 else None
            yield Document(group, number, hit, fields, facet, day * MINUTES_A_DAY)
        if len(days) > 1:
            both = {name: sorted({*facets[0][name], *facets[1][name]}) for name in facets[0]}
            yield Document(group, None, group, fields, both, min(days) * MINUTES_A_DAY)


def questions(rng: random.Random, count: int) -> list[str]:
    from archive.search import as_phrase
    from archive.search.engine import engine

    words: list[str] = []
    for letter in LETTERS:
        words += [word for word, _ in engine().beginning_with("surface", letter, 400) if word.isalpha()]
    shapes = (
        "{0}", "{0} {1}", "+{0} +{1}", "{0} {1} {2}", "+{0} -{1}", "({0} أو {1}) +{2}", "عنوان:{0}", "{0} من:2015",
    )  # fmt: skip
    asked = []
    for at in range(count):
        chosen = rng.sample(words, 3)
        pair = as_phrase(f"{chosen[0]} {chosen[1]}")
        asked.append(pair if at % 3 == 0 else shapes[at % len(shapes)].format(*chosen))
    return asked


def measure(asked: list[str]) -> None:
    from archive.search import ask_many

    print(f"| {len(asked)} questions | s | ms a question | slowest ms |\n|---|---|---|---|")
    for by in ("year", "publisher"):
        for copies in (False, True):
            started = time.perf_counter()
            ask_many(asked, by, copies=copies)  # type: ignore[arg-type]
            took = time.perf_counter() - started
            alone = []
            for text in asked[:: max(1, len(asked) // 50)]:
                started = time.perf_counter()
                ask_many([text], by, copies=copies)  # type: ignore[arg-type]
                alone.append(time.perf_counter() - started)
            name = f"by {by}{', copies one by one' if copies else ''}"
            print(f"| {name} | {took:.1f} | {took / len(asked) * 1e3:.1f} | {max(alone) * 1e3:.0f} |", flush=True)


def compare(asked: list[str], rng: random.Random, count: int) -> None:
    """Cells at random, each beside the total of the search that it stands for."""
    from archive.search import SearchRequest, ask_many, search_stories

    wrong = 0
    for at in range(count):
        copies = at % 2 == 0
        by: Any = "year" if at % 4 < 2 else "publisher"
        text = rng.choice(asked)
        table = ask_many([text], by, copies=copies)
        if not table.columns:
            continue
        place = rng.randrange(len(table.columns))
        value = table.columns[place].value
        within: dict[str, Any] = {"publisher": value}
        if by == "year":
            within = {"date_from": date(int(value), 1, 1), "date_to": date(int(value), 12, 31)}
        for cell, more in ((table.rows[0].total, {}), (table.rows[0].cells[place], within)):
            found = search_stories(SearchRequest(text, copies=copies, **more), facets=()).total
            if found != cell:
                wrong += 1
                print(f"{text} {more}: {cell} in the table, {found} found")
    print(f"\n{count} rows and a cell of each compared with the search: {wrong} differ")


if __name__ == "__main__":
    main()
