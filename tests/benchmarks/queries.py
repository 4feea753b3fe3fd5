"""Broken queries for every address that takes any: none may be answered with an error."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

SEARCHES = ("/search/", "/api/search", "/api/suggest")
ASKED = (*SEARCHES, "/batch/", "/search/results.csv", "/search/results.json", "/feeds/search/", "/url/")
_PIECES = (
    *"«»“”\"'()[]{}|&*~=+-−–:/\\!?؟،؛.,%_#@\x00\u200f\u202e\ud800😀ـًى",
    "''", " ", " ",
    "AND", "OR", "NOT", "NEAR/3", "NEAR/", "و", "أو", "ليس", "قرب", "عنوان:", "كاتب:", "مكان:", "قسم:", "مصدر:",
    "من:", "إلى:", "منذ:", "سنة:", "headline:", "from:", "2015", "2015-99-99", "٢٠١٥", "مارس 2015", "~5", "~99", "*",
    "عبد الله", "ﻻ", "قطار", "الساحل", "hgofv", "ا" * 300, "(" * 40, '"' * 9, "%00", "<script>", "' OR 1=1 --",
)  # fmt: skip
_VALUES = (
    "", "1", "0", "-1", "99", "10001", "9" * 40, "٣", "²", "1e3", "2015", "2015-02-31", "0000-00-00", "9999-12-31",
    "all", "on", "newest", "relevance", "year", "publisher", "csv", "json", "almina", "\x00", "\ud800", "%00", "../..",
    "http://[", "http://x/1",
)  # fmt: skip
_NAMES = (
    "size", "page", "sort", "from", "to", "publisher", "author", "place", "section", "copies", "format", "by",
    "phrases",
)  # fmt: skip


def broken_queries(words: list[str], count: int, seed: int) -> Iterator[str]:
    """Words of the archive and pieces of the query language in any order; some of raw code points, some very long."""
    for number in range(count):
        yield broken_query(words, random.Random(f"{seed}:{number}"))


def broken_query(words: list[str], rng: random.Random) -> str:
    if rng.random() < 0.1:
        return "".join(chr(rng.randrange(1, 0x2FFF)) for _ in range(rng.randrange(1, 60)))
    if rng.random() < 0.01:
        return " ".join(rng.choices(words, k=rng.randrange(200, 3000)))
    chosen = rng.choices(_PIECES, k=rng.randrange(1, 12)) + rng.choices(words, k=rng.randrange(0, 5))
    rng.shuffle(chosen)
    return rng.choice(("", " ")).join(chosen)


def broken_request(words: list[str], seed: str) -> tuple[str, dict[str, str]]:
    """(address, parameters): one of the addresses, a query or a list of them, and now and then filters."""
    rng = random.Random(seed)
    address = rng.choice(ASKED)
    lines = rng.choice((1, 2, 20, 600)) if address == "/batch/" else 1
    text = "\n".join(broken_query(words, rng) for _ in range(lines))
    parameters = {{"/batch/": "questions", "/url/": "u"}.get(address, "q"): text}
    if rng.random() < 0.4:
        parameters |= {name: rng.choice(_VALUES) for name in rng.sample(_NAMES, rng.randrange(1, 5))}
    return address, parameters


def ask(queries: Iterator[str]) -> tuple[int, float, str]:
    """(how many, the slowest in seconds, the slowest itself). Raises AssertionError with the query that failed."""
    count, slowest, which = 0, 0.0, ""
    for count, text in enumerate(queries, 1):
        started = time.perf_counter()
        address = SEARCHES[count % 3]
        status = answer_to(address, {"q": text})
        took = time.perf_counter() - started
        assert status == 200, (status, address, text)
        if took > slowest:
            slowest, which = took, text
    return count, slowest, which


def answer_to(address: str, parameters: dict[str, str]) -> int:
    """The status of the answer. Raises what the view raises."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    raw = {name: value.encode("utf-8", "surrogatepass") for name, value in parameters.items()}
    if address == "/batch/" and len(parameters["questions"]) % 2:
        status = client.post(
            address, parameters and {n: v.decode("utf-8", "replace") for n, v in raw.items()}
        ).status_code
    else:
        status = client.get(address, raw).status_code
    return status
