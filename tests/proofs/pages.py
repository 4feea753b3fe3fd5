"""A dump of invented pages with all that a dump has: stories with and without a date, lists that date them, pages
saved twice with changes, the same page twice, and pages that are no story."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

from tests.benchmarks.corpus import samples

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{headline} | صحيفة البرهان</title>
</head><body><article><h1>{headline}</h1><div class="credit">{place}: {writer}</div>{date}<div class="text">{text}</div>
</article><aside><ul>{side}</ul></aside><footer>جميع الحقوق محفوظة</footer></body></html>"""
SAVED_AGAIN, REFUSED = 20, 25
"""One page in so many."""


def write_pages(path: Path, count: int, seed: int = 1, first: int = 0) -> Path:
    """A zip of `count` pages; the same arguments give the same bytes."""
    rng, articles = random.Random(seed), samples()
    sentences = [part for article in articles for text in article.body for part in text.split("، ")]
    words = [word for article in articles for word in article.headline.replace('"', "").split()]
    writers = [name for article in articles for name in article.bylines]
    places = [name for article in articles for name in article.datelines]
    headlines = [f"{' '.join(rng.choices(words, k=8))} {first + number}" for number in range(count)]

    def page(number: int, headline: str) -> str:
        date = f"<time datetime='2019-{number % 12 + 1:02}-{number % 28 + 1:02}'></time>" if number % 3 else ""
        others = [(number + step) % count for step in (1, 2, 5)]
        side = (
            f'<li><a href="/news/{first + n}">{headlines[n]}</a> <span>{n % 28 + 1:02}/05/2018</span></li>'
            for n in others
        )
        text = "".join(f"<p>{'، '.join(rng.choices(sentences, k=5))}.</p>" for _ in range(rng.randrange(3, 6)))
        credit = {"place": rng.choice(places), "writer": rng.choice(writers)}
        return PAGE.format(headline=headline, date=date, text=text, side="".join(side), **credit)

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:

        def save(name: str, html: str, day: int = 6) -> None:
            archive.writestr(
                zipfile.ZipInfo(f"2025-01-{day:02}/www.burhan.example/{name}", (2025, 1, day, 4, 0, 0)), html
            )

        number = written = 0
        while written < count:
            html = page(number, headlines[number])
            if number % REFUSED == 7:
                html = f"<html><title>404</title><h1>الصفحة غير موجودة {first + number}</h1></html>"
            save(f"news/{first + number}.html", html)
            written += 1
            if number % SAVED_AGAIN == 3 and written < count:
                save(f"news/{first + number}.html", page(number, f"{headlines[number]} محدَّث"), day=9)
                written += 1
            number += 1
    return path
