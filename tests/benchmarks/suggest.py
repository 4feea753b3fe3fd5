"""Measures what the search box offers while one types, and spelling corrections, on the index of any archive.

DATA_DIR=… python -m tests.benchmarks.suggest                     that archive, as it is
SEARCH_URL=file://… python -m tests.benchmarks.suggest --names 50000    that index, with so many invented writers
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator

PLACES = 3_000
LETTERS = "ابتجحخدرسشصطعغفقكلمنهوي"
WARMING = 20
"""Texts of each kind typed before: others, for the engine remembers what it has counted."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--names", type=int, default=0, help="writers to invent, in a database of its own")
    options.add_argument("--texts", type=int, default=100, help="how many texts of each kind to type")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-bench-") as folder:
        if chosen.names:
            os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
        import django

        django.setup()
        words = vocabulary()
        if chosen.names:
            invent(words, chosen.names)
        measure(words, chosen.texts)


def vocabulary() -> list[str]:
    """The commonest words of headlines."""
    from archive.search.engine import engine

    return [word for letter in LETTERS for word, _ in engine().beginning_with("head_exact", letter, 300)]


def invent(words: list[str], count: int) -> None:
    from django.core.management import call_command

    from archive.models import Author, Place

    call_command("migrate", verbosity=0)
    rng = random.Random(5)
    names = {" ".join(rng.choices(words, k=3)) for _ in range(count)}
    Author.objects.bulk_create([Author(name=name, key=name) for name in names], batch_size=5_000)
    Place.objects.bulk_create(
        [Place(name=name, key=name) for name in {" ".join(rng.choices(words, k=2)) for _ in range(PLACES)}]
    )


def typed(words: list[str], count: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    rng = random.Random(seed)
    for _ in range(count):
        first, second, third = rng.sample(words, k=3)
        yield "two letters", first[:2]
        yield "three letters", first[:3]
        yield "a word", first
        yield "a word and two letters", f"{first} {second[:2]}"
        yield "two words and three letters", f"{first} {second} {third[:3]}"


def slips(words: list[str], count: int) -> Iterator[tuple[str, str]]:
    from archive.arabic.keyboard import to_latin

    rng = random.Random(9)
    for _ in range(count):
        word, other = rng.sample([word for word in words if len(word) > 5], k=2)
        at = rng.randrange(1, len(word) - 1)
        yield "all known", f"{word} {other}"
        yield "one letter left out", f"{word[:at]}{word[at + 1 :]} {other}"
        yield "two letters wrong", f"{word[:3]}ظ{word[4:-1]}"
        yield "the other keyboard", to_latin(word)


def measure(words: list[str], count: int) -> None:
    from archive.models import Author, Place
    from archive.search import corrections, suggestions
    from archive.search.engine import engine

    print(
        f"{engine().status().documents:,} stories, {Author.objects.count():,} writers, {Place.objects.count():,} places"
    )
    for _, text in typed(words, WARMING, seed=3):
        suggestions(text)
    table("suggestions", suggestions, typed(words, count))
    table("corrections", corrections, slips(words, count))


def table(title: str, work: Callable[[str], object], texts: Iterable[tuple[str, str]]) -> None:
    times: dict[str, list[float]] = {}
    busy: dict[str, list[float]] = {}
    found: dict[str, int] = {}
    for kind, text in texts:
        started, at_work = time.perf_counter(), time.process_time()
        answer = work(text)
        times.setdefault(kind, []).append((time.perf_counter() - started) * 1e3)
        busy.setdefault(kind, []).append((time.process_time() - at_work) * 1e3)
        found[kind] = found.get(kind, 0) + bool(answer)
    print(f"\n| {title} | p50 ms | p95 ms | most ms | p50 ms of work | answered |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind, spent in times.items():
        spent.sort()
        share = found[kind] / len(spent)
        p95 = spent[int(0.95 * (len(spent) - 1))]
        cells = (statistics.median(spent), p95, spent[-1], statistics.median(busy[kind]))
        print(f"| {kind} | {' | '.join(f'{cell:.1f}' for cell in cells)} | {share:.0%} |")


if __name__ == "__main__":
    main()
