"""How well search ranks: known items, beside Lucene's ArabicAnalyzer on the same documents; and near-copies found.

    .venv/bin/python -m tests.benchmarks.ranking [ARTICLES.jsonl.gz] [--lucene FOLDER]

Documents are bodies alone, each to be found by its headline or by some words of it. Odd articles were used to choose
weights, so figures are given for the even ones, too. FOLDER is where Lucene is put (default: a temporary one).
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import django


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", type=Path, nargs="?")
    options.add_argument("--lucene", type=Path, help="where Lucene is put")
    chosen = options.parse_args()
    django.setup()
    with tempfile.TemporaryDirectory(prefix="warraq-ranking-") as folder:
        measure_ranking(chosen.articles, Path(folder), chosen.lucene)
        measure_copies(chosen.articles)


def measure_ranking(path: Path | None, folder: Path, lib: Path | None) -> None:
    from archive.arabic import index_text
    from archive.search.embedded import EmbeddedEngine
    from archive.search.engine import Document, Question
    from archive.search.grammar import read_query

    from .articles import questions, read_articles
    from .lucene import Lucene

    articles = read_articles(path)
    engine = EmbeddedEngine(folder / "index")
    engine.rebuild(
        Document(at, at, at, index_text(("", "", one.body, (), "")).fields, {}, None) for at, one in enumerate(articles)
    )

    def ours(asked: list[str]) -> list[list[int]]:
        return [engine.search(Question(node=read_query(text).node, limit=10)).ids for text in asked]

    engines: dict[str, Callable[[list[str]], list[list[int]]]] = {"Warraq": ours}
    rows = ((at, "", one.body, one.source, 2000) for at, one in enumerate(articles))
    try:
        lucene, _ = Lucene.make(folder, rows, lib or folder / "lib")
        engines["Lucene, ArabicAnalyzer"] = lambda asked: [ids for _, ids in lucene.search(asked, "--fields", "body")]
    except (OSError, subprocess.CalledProcessError) as error:  # no JDK, no network: the figures of ours stand alone
        print(f"Lucene was not measured: {error}\n")
    asked = questions(articles)
    print(f"| MRR@10, {len(articles):,} bodies | " + " | ".join(f"{name}, all / even" for name in asked) + " |")
    print("|---|" + "---|" * len(asked))
    for name, search in engines.items():
        cells = []
        for texts in asked.values():
            ranks = [1 / (ids.index(at) + 1) if at in ids else 0.0 for at, ids in enumerate(search(texts))]
            cells.append(f"{sum(ranks) / len(ranks):.4f} / {sum(ranks[::2]) / len(ranks[::2]):.4f}")
        print(f"| {name} | " + " | ".join(cells) + " |")
    print()


def measure_copies(path: Path | None) -> None:
    """Near-copies by bands against all pairs that share a run, counted out; half of the articles are cut and mixed."""
    import random

    from archive.arabic import ALIKE, bands_of, likeness, words
    from archive.arabic.copies import runs_of

    from .articles import read_articles

    rng = random.Random(2)
    texts = [words(article.body) for article in read_articles(path)[:3000]]
    for at in range(0, len(texts), 2):  # a copy: some words left out, some sentences of another put in
        copy = [word for word in texts[at] if rng.random() > 0.03 * rng.random()]
        texts.append(copy + texts[rng.randrange(len(texts))][: int(len(copy) * 0.3 * rng.random())])
    by_run: dict[str, list[int]] = defaultdict(list)
    by_band: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        for run in set(runs_of(text)):
            by_run[run].append(at)
        for band in bands_of(text):
            by_band[band].append(at)

    def pairs(groups: dict, most: int) -> set[tuple[int, int]]:  # type: ignore[type-arg]
        return {(a, b) for group in groups.values() if len(group) <= most for a in group for b in group if a < b}

    suspects = pairs(by_band, 10**6)
    true = {pair for pair in pairs(by_run, 60) if likeness(texts[pair[0]], texts[pair[1]]) >= ALIKE}
    found = {pair for pair in suspects if likeness(texts[pair[0]], texts[pair[1]]) >= ALIKE}
    print(f"| near-copies among {len(texts):,} texts | pairs alike | found | recall | suspects | precision of bands |")
    print("|---|---|---|---|---|---|")
    recall, precision = len(found & true) / max(1, len(true)), len(found) / max(1, len(suspects))
    print(f"| | {len(true):,} | {len(found):,} | {recall:.4f} | {len(suspects):,} | {precision:.3f} |\n")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    main()
