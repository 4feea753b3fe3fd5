"""Pages to measure with, where no dump is named: sentences of the sample stories drawn into new stories."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

from archive.dumps import Page, read_dump
from archive.parsing import Article, parse_page

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "dumps"
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{headline} | صحيفة القياس</title>
<style>{weight}</style><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}",
"datePublished": "{date}", "author": {{"@type": "Person", "name": "{writer}"}}}}</script></head><body><nav>{menu}</nav>
<article><h1>{headline}</h1><div class="credit">{place}: {writer}</div><div class="text">{text}</div></article>
<aside><ul>{side}</ul></aside><footer>جميع الحقوق محفوظة</footer></body></html>"""


def samples() -> list[Article]:
    pages = (parse_page(found) for found in read_dump(SAMPLES) if isinstance(found, Page))
    return [article for article in pages if isinstance(article, Article)]


def write_dump(path: Path, count: int, seed: int = 1) -> Path:
    """A zip of `count` pages of one invented paper; the same arguments give the same pages."""
    articles, rng = samples(), random.Random(seed)
    sentences = [part for article in articles for text in article.body for part in text.split("، ")]
    words = [word for article in articles for word in article.headline.replace('"', "").split()]
    writers = [name for article in articles for name in article.bylines]
    places = [name for article in articles for name in article.datelines]
    headlines = [" ".join(rng.choices(words, k=9)) for _ in range(count)]
    menu = "".join(f'<a href="/s{n}">قسم {n}</a>' for n in range(30))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, headline in enumerate(headlines):
            others = rng.sample(range(count), k=min(15, count))
            html = PAGE.format(
                headline=headline,
                weight=".a{color:red}\n" * rng.randrange(500, 3000),
                date=f"{rng.randrange(2008, 2025)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}T10:00:00+03:00",
                writer=rng.choice(writers),
                place=rng.choice(places),
                menu=menu,
                text="".join(f"<p>{'، '.join(rng.choices(sentences, k=5))}.</p>" for _ in range(rng.randrange(4, 12))),
                side="".join(
                    f'<li><a href="/news/{n}">{headlines[n]}</a> <span>01/02/2010</span></li>' for n in others
                ),
            )
            archive.writestr(zipfile.ZipInfo(f"www.qiyas.example/news/{number}.html", (2025, 1, 6, 4, 0, 0)), html)
    return path
