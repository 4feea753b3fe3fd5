"""Ten thousand broken queries through the search page: never an error, never two seconds.

    .venv/bin/python -m tests.benchmarks.queries [--count 10000] [--seed 1]

An archive of the sample stories is made in a temporary folder and asked through Django, page and API in turn.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator

SLOWEST = 2.0  # seconds
_PIECES = (
    *"«»“”\"'()[]{}|&*~=+-−–:/\\!?؟،؛.,%_#@\x00\u200f\u202e\ud800😀ـًى",
    "''", " ", " ",
    "AND", "OR", "NOT", "NEAR/3", "NEAR/", "و", "أو", "ليس", "قرب", "عنوان:", "كاتب:", "مكان:", "قسم:", "مصدر:",
    "من:", "إلى:", "منذ:", "سنة:", "headline:", "from:", "2015", "2015-99-99", "٢٠١٥", "مارس 2015", "~5", "~99", "*",
    "عبد الله", "ﻻ", "قطار", "الساحل", "hgofv", "ا" * 300, "(" * 40, '"' * 9, "%00", "<script>", "' OR 1=1 --",
)  # fmt: skip


def broken_queries(words: list[str], count: int, seed: int) -> Iterator[str]:
    """Words of the archive and pieces of the query language in any order; some of raw code points, some very long."""
    rng = random.Random(seed)
    for number in range(count):
        if number % 10 == 0:
            yield "".join(chr(rng.randrange(1, 0x2FFF)) for _ in range(rng.randrange(1, 60)))
        elif number % 97 == 0:
            yield " ".join(rng.choices(words, k=rng.randrange(200, 3000)))
        else:
            chosen = rng.choices(_PIECES, k=rng.randrange(1, 12)) + rng.choices(words, k=rng.randrange(0, 5))
            rng.shuffle(chosen)
            yield rng.choice(("", " ")).join(chosen)


def ask(queries: Iterator[str]) -> tuple[int, float, str]:
    """(how many, the slowest in seconds, the slowest itself). Raises AssertionError with the query that failed."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    count, slowest, which = 0, 0.0, ""
    for count, text in enumerate(queries, 1):
        address = ("/search/", "/api/search", "/api/suggest")[count % 3]
        started = time.perf_counter()
        status = client.get(address, {"q": text.encode("utf-8", "surrogatepass")}).status_code
        took = time.perf_counter() - started
        assert status == 200, (status, address, text)
        if took > slowest:
            slowest, which = took, text
    return count, slowest, which


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-queries-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="archive.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from archive.ingest import import_dumps
        from archive.models import Body

        from .corpus import SAMPLES

        import_dumps([SAMPLES])
        words = sorted({word for text in Body.objects.values_list("text", flat=True) for word in text.split()})
        count, slowest, which = ask(broken_queries(words, chosen.count, chosen.seed))
        print(f"{count:,} queries, no error; the slowest took {slowest:.2f} s: {which[:80]!r}")
        if slowest > SLOWEST:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
