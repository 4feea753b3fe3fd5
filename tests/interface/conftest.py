"""Two archives that speak one language each, and a reader who follows every link of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from archive.models import (
    Author,
    Body,
    Byline,
    Capture,
    Dateline,
    ImportRun,
    Picture,
    Place,
    Publisher,
    RelatedLink,
    Section,
    Story,
)
from archive.search import rebuild_index
from archive.taste import HOUSES, remember

CAPTURED_AT = datetime.fromisoformat("2017-01-03T04:05:00+00:00")
LATIN = "Harbour Train Bridge Market Museum Garden School River".split()
ARABIC = "ميناء قطار جسر سوق متحف حديقة مدرسة نهر".split()
Walk = Callable[..., dict[str, str]]


@pytest.fixture
def english(settings: pytest.FixtureRequest) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    settings.TASTE = HOUSES["en"]  # type: ignore[attr-defined]
    remember(HOUSES["en"])


@pytest.fixture
def latin_archive(db: None) -> None:
    build(LATIN, "Tidewater Daily")


@pytest.fixture
def arabic_archive(db: None) -> None:
    build(ARABIC, "صحيفة الضفاف")


def build(words: list[str], name: str) -> None:
    """Stories with all their parts: dated to the minute, day and month, and undated; a copy, a rejected page."""
    run = ImportRun.objects.create(state="done", counts={"created": 8, "updated": 1, "rejected": 3})
    ImportRun.objects.create(state="interrupted")
    papers = [Publisher.objects.create(slug=f"p{n}", name=f"{name} {words[n]}", host="127.0.0.1") for n in range(5)]
    for number, word in enumerate(words):
        paper = papers[number % len(papers)]
        key = f"{words[number % 2]} {number % 2}"
        section, _ = Section.objects.get_or_create(publisher=paper, key=key, defaults={"name": key})
        on = None if number == 0 else date(2010 + number, number, 3)
        story = Story.objects.create(
            publisher=paper,
            section=section if number % 3 else None,
            headline=" ".join([word, *words]),
            lead=" ".join(words[::-1]),
            canonical_url=f"https://127.0.0.1/{number}",
            url_key=f"127.0.0.1/{number}",
            published_on=on,
            published_at=datetime(2010 + number, number, 3, 8, tzinfo=CAPTURED_AT.tzinfo) if number in (3, 4) else None,
            utc_offset=60,
            date_precision=["", "day", "month", "minute"][min(number, 3)],
            date_source="teaser" if number == 5 else "",
            modified_at=CAPTURED_AT,
            captured_at=CAPTURED_AT,
            fingerprint=str(number),
            language="ar" if words is ARABIC else "en",
        )
        Body.objects.create(story=story, text="\n".join([" ".join(words)] * (number + 1)), word_count=8 * number)
        for position in range(number % 3):
            author, _ = Author.objects.get_or_create(key=words[position], defaults={"name": words[position]})
            Byline.objects.create(story=story, position=position, author=author, as_printed=author.name)
            place, _ = Place.objects.get_or_create(key=words[position], defaults={"name": words[position]})
            Dateline.objects.create(story=story, position=position, place=place, as_printed=place.name)
        Picture.objects.create(story=story, position=1, url="https://127.0.0.1/p", credit=word if number % 2 else "")
        RelatedLink.objects.create(story=story, position=1, text=word, url="https://127.0.0.1/r")
        fields = {"digest": f"{number:064x}", "size": 2 * number, "captured_at": CAPTURED_AT, "run": run}
        evidence = {"headline": {"rule": "h1", "where": "", "confidence": 0.9}, "byline": {"rule": "p@1"}}
        outcome = {"outcome": "created", "evidence": evidence, "offset": number or None}
        Capture.objects.create(key=f"{number}", story=story, url=story.canonical_url, **fields, **outcome)
        codes = ["not-html", "index-page", "unheard-of"]
        rejected = {"outcome": "rejected", "code": codes[number % 3], "member": f"/{number}"}
        Capture.objects.create(key=f"r{number}", **fields, **rejected)
    rebuild_index()


@pytest.fixture
def walk(client: Client) -> Walk:
    """Every page that links lead to from the given addresses, by address."""

    def pages(*starts: str, most: int = 200) -> dict[str, str]:
        waiting, seen = list(starts), dict[str, str]()
        while waiting and len(seen) < most:
            address = waiting.pop(0)
            if address in seen:
                continue
            response = client.get(address)
            content = b"".join(response) if response.streaming else response.content
            seen[address] = content.decode(errors="replace")
            if not response.get("Content-Type", "").startswith("text/html"):
                continue
            for link in BeautifulSoup(content, "lxml").select("a[href], link[href]"):
                to = urlsplit(urljoin(address, str(link["href"])))
                if not to.netloc and not to.path.startswith(("/static/", "/admin/")):
                    waiting.append(to._replace(fragment="").geturl())
        return seen

    return pages
