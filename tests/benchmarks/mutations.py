"""Ways to break a page, each of which some page on the web is broken in. The same random source gives the same page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]
ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "utf-16", "utf-7", "iso-8859-1", "x-none", "cp720")
MOST_BYTES = 3 * 2**20
_TAG = re.compile(rb"<[^<>]{0,300}>")


def _span(page: bytes, rng: random.Random, longest: int = 4000) -> tuple[int, int]:
    start = rng.randrange(len(page) + 1)
    return start, min(len(page), start + rng.randrange(1, longest))


def flip(page: bytes, rng: random.Random) -> bytes:
    broken = bytearray(page)
    for _ in range(rng.randrange(1, 60)):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    return bytes(broken)


def cut(page: bytes, rng: random.Random) -> bytes:
    start, end = _span(page, rng)
    return page[:start] + page[end:]


def truncate(page: bytes, rng: random.Random) -> bytes:
    return page[: rng.randrange(len(page)) + 1]


def repeat(page: bytes, rng: random.Random) -> bytes:
    start, end = _span(page, rng)
    return page[:end] + page[start:end] * rng.choice((1, 5, 200)) + page[end:]


def swap(page: bytes, rng: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_span(page, rng, 800), _span(page, rng, 800)))
    return page[:a] + page[c:d] + page[b:c] + page[a:b] + page[d:] if b <= c else page


def lose_tags(page: bytes, rng: random.Random) -> bytes:
    return _TAG.sub(lambda tag: b"" if rng.random() < 0.1 else tag[0], page)


def unclose_quotes(page: bytes, rng: random.Random) -> bytes:
    return re.sub(rb'"', lambda quote: b"" if rng.random() < 0.05 else quote[0], page)


def redeclare(page: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"charset=[\"']?[\w-]+", b"charset=" + rng.choice(ENCODINGS).encode(), page)


def reencode(page: bytes, rng: random.Random) -> bytes:
    wrong, right = rng.choice(ENCODINGS[:3]), rng.choice(("utf-8", "cp1256", "utf-16-le", "cp1252", "latin-1"))
    return page.decode(wrong, "replace").encode(right, "xmlcharrefreplace")


def insert(what: Callable[[random.Random], bytes]) -> Mutation:
    """A mutation that puts something at a random place between two tags."""

    def _insert(page: bytes, rng: random.Random) -> bytes:
        places = [tag.end() for tag in _TAG.finditer(page)] or [0]
        at = rng.choice(places)
        return page[:at] + what(rng) + page[at:]

    return _insert


def _many(*forms: str) -> Mutation:
    return insert(lambda rng: rng.choice(forms).encode() * rng.choice((50, 2_000, 20_000)))


nest = insert(lambda rng: rng.choice((b"<div>", b"<b>", b"<table><tr><td>", b"<a href=x>")) * rng.choice((300, 20_000)))
attributes = insert(lambda rng: b"<div " + b" ".join(b"a%d='x'" % n for n in range(rng.choice((500, 30_000)))) + b">")
words = insert(lambda rng: "كلمة".encode() * rng.choice((1_000, 100_000)))
noise = insert(lambda rng: bytes(rng.randrange(256) for _ in range(2_000)))
oddities = _many(
    "\x00", "&#55357;", "&#0;", "\ufffd", "\u202e", "&amp;", "&nbsp;", "ـ", "&#1575;", "<!--", "]]>", "<![CDATA["
)
bait_credits = _many("محمد علي - ", "- ", "ـ ـ ", "، و ", "(أ ف ب) ", "كتب: ", "القاهرة: ", "بن ")
bait_dates = _many("12/", "2020-", "10:40 ", "الثلاثاء ", "كانون ", "20 يناير 20", "منذ 3 ", "1441/10/11 هـ ")
listings = _many(
    "<li><a href='/n/1'>عنوان خبر من أخبار المدينة اليوم</a> 12/05/2020</li>",
    "<h1>عنوان خبر من أخبار المدينة اليوم</h1>",
    "<p>نص قصير.</p>",
    "<time datetime='2020-05-12'>أمس</time>",
    "<img src='/logo.png' alt='شعار'>",
    "<meta property='og:title' content='عنوان | موقع - موقع'>",
)
machines = insert(
    lambda rng: (
        b"<script type='application/ld+json'>"
        + rng.choice(
            (
                b"[" * 50_000,
                rb'{"@type":"NewsArticle","headline":"\ud800 \u0000","author":"\udc00","articleSection":"\ud83d"}',
                b'{"@type":"NewsArticle","headline":' + b'{"a":' * 900 + b"1" + b"}" * 901,
                b'{"@type":["NewsArticle",{}],"author":[[{}],null,3],"image":[[]],"datePublished":{"@value":5}}',
                b'{"@graph":[{"@type":"NewsArticle","@id":[],"author":{"@id":{}},"keywords":[1,null,{}],"articleBody":[]}]}',
                b'{"@type":"NewsArticle","articleBody":"' + "كلمة ".encode() * 50_000 + b'"}',
            )
        )
        + b"</script>"
    )
)

MUTATIONS: tuple[Mutation, ...] = (
    flip, cut, truncate, repeat, swap, lose_tags, unclose_quotes, redeclare, reencode, nest, attributes, words, noise,
    oddities, bait_credits, bait_dates, listings, machines,
)  # fmt: skip


def mutate(seeds: list[bytes], seed: str) -> bytes:
    """A page of the seeds, broken in one to five ways; now and then two pages grown together."""
    rng = random.Random(seed)
    page = rng.choice(seeds)
    if rng.random() < 0.1:
        other = rng.choice(seeds)
        page = page[: rng.randrange(len(page) + 1)] + other[rng.randrange(len(other) + 1) :]
    for _ in range(rng.randrange(1, 6)):
        page = rng.choice(MUTATIONS)(page or b"<html>", rng)[:MOST_BYTES]
    return page
