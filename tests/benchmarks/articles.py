"""Articles to search in: a file of them, and stories put together from their sentences: words stay as frequent."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_SENTENCE = re.compile(r"(?<=[.؟!])\s+|، ")
_SHORTEST = 15


class Text(NamedTuple):
    headline: str
    body: str
    source: str


def read_articles(path: Path | None) -> list[Text]:
    """JSON Lines with title, content and source; without a file, the sample stories."""
    if path is None:
        from .corpus import samples

        return [Text(one.headline, "\n".join(one.body), one.publisher.slug) for one in samples()]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return [Text(row["title"], row["content"], row["source"]) for row in rows]


def many(articles: list[Text], count: int, seed: int = 5) -> Iterator[Text]:
    """The articles, and beyond them sentences of one paper drawn into the shape of one of its articles."""
    rng = random.Random(seed)
    sentences: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for article in articles:
        found = [part for line in article.body.split("\n") for part in _SENTENCE.split(line) if len(part) > _SHORTEST]
        sentences.setdefault(article.source, []).extend(found)
        words.setdefault(article.source, []).extend(article.headline.split())
    yield from articles[:count]
    for _ in range(count - len(articles)):
        shape = articles[rng.randrange(len(articles))]
        pool, lines, size, wanted = sentences[shape.source], list[str](), 0, len(shape.body)
        while size < wanted:
            lines.append(pool[int(rng.random() * len(pool))])
            size += len(lines[-1]) + 2
        heads = words[shape.source]
        headline = " ".join(heads[int(rng.random() * len(heads))] for _ in range(8))
        yield Text(headline, "، ".join(lines), shape.source)


def questions(articles: list[Text], seed: int = 1) -> dict[str, list[str]]:
    """Known-item questions: each article's headline, and three to five of its words in any order."""
    rng = random.Random(seed)
    heads = [article.headline for article in articles]
    return {"headline": heads, "3-5 words": [_some(head.split(), rng) for head in heads]}


def _some(words: list[str], rng: random.Random) -> str:
    count = rng.randint(3, 5)
    return " ".join(words if len(words) <= count else rng.sample(words, count))


def mixed(articles: list[Text], count: int, seed: int = 3) -> list[str]:
    """Questions as people mix them: headlines, some words, two words, one."""
    rng = random.Random(seed)
    asked = questions(articles)
    found = []
    for at in range(count):
        head = rng.choice(asked["headline"]).split()
        long = [word for word in head if len(word) > 3] or head
        found.append([" ".join(head), rng.choice(asked["3-5 words"]), " ".join(head[:2]), rng.choice(long)][at % 4])
    return found
