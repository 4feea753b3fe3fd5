"""The same query through page, API, feed and files: the same stories and the same total."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.http import urlencode
from lxml import etree

from archive.models import Body, Publisher, Story
from archive.search import index_pending

ATOM = "{http://www.w3.org/2005/Atom}"
TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
WORDS = "محطة سكة ركاب رحلة جسر نهر قرية سائق تذكرة عربة مقعد نافذة طريق شاطئ ميناء جبل".split()


def text_of(number: int) -> str:
    """A text of its own for each number, with two sentences in common."""
    own = " ".join(f"{WORDS[(number * at + at) % len(WORDS)]}{number}" for at in range(1, 30))
    return f"انطلق القطار مساء أمس. قال ناظر المحطة إن {own}."


QUERIES = [
    {"q": "القطار"},
    {"q": "«ناظر المحطة»"},
    {"q": "قطار -3", "sort": "oldest"},
    {"q": "=القطار", "publisher": "b"},
    {"q": "القطار", "from": "2020-03", "to": "2020"},
    {"q": "قطا*", "copies": "all"},
    {"publisher": "a"},
]
Get = Callable[..., str]


@pytest.fixture
def archive(db: None) -> None:
    papers = [Publisher.objects.create(slug=slug, name=f"صحيفة {slug}") for slug in "ab"]
    for number in range(26):
        story = Story.objects.create(
            publisher=papers[number % 2], headline=f"القطار {number // 2 if number > 19 else number}",
            published_on=date(2020, 1 + number % 12, 1 + number), fingerprint=str(number), url_key=str(number),
            date_precision="day", captured_at="2024-01-01T00:00Z",
        )  # fmt: skip
        text = text_of(number // 2 if number > 19 else number + 50)  # the last ones are copies, two and two
        Body.objects.create(story=story, text=text, word_count=30)
    index_pending()


def story_id(address: str) -> int:
    found = re.search(r"/stories/(\d+)/", address)
    assert found
    return int(found[1])


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: " ".join(asked.values()))
def test_page_interface_feed_and_files_agree(archive: None, client: Client, asked: dict[str, str]) -> None:
    def get(path: str, **more: object) -> bytes:
        response = client.get(f"{path}?{urlencode(asked | more)}")
        assert response.status_code == 200
        return b"".join(response) if response.streaming else response.content  # type: ignore[call-overload]

    told = json.loads(get("/api/search", size=100))
    stories, total = [row["id"] for row in told["results"]], told["total"]
    assert len(stories) == total == len(set(stories)) > 0

    shown: list[int] = []
    address = f"/search/?{urlencode(asked)}"
    while address:  # page by page, as a reader follows the links
        page = BeautifulSoup(client.get(address).content, "lxml")
        shown += [story_id(str(link["href"])) for link in page.select(".hits .headline a")]
        following = page.select_one("a[rel=next]")
        address = f"/search/{following['href']}" if following else ""
    assert shown == stories
    assert str(total) in page.select_one(".total").text or total < 3  # type: ignore[union-attr]

    rows = list(csv.DictReader(io.StringIO(get("/search/results.csv").decode("utf-8-sig"))))
    assert [int(row["الرقم"]) for row in rows] == stories
    exported = json.loads(get("/search/results.json"))
    assert ([row["id"] for row in exported["results"]], exported["total"]) == (stories, total)

    feed = etree.fromstring(get("/feeds/search/"))
    assert {story_id(link.get("href")) for link in feed.iterfind(f"{ATOM}entry/{ATOM}link")} == set(stories)
    assert int(feed.findtext(TOTAL)) == total


def test_an_entry_keeps_its_id_on_another_host(archive: None, client: Client) -> None:
    def ids(host: str) -> list[str | None]:
        feed = etree.fromstring(client.get("/feeds/search/", headers={"host": host}).content)
        return [entry.text for entry in feed.iterfind(f"{ATOM}entry/{ATOM}id")]

    assert ids("localhost") == ids("127.0.0.1") and all(str(one).startswith("tag:") for one in ids("localhost"))


def test_cells_of_a_file_are_no_formulas(archive: None, client: Client) -> None:
    Story.objects.update(headline='=HYPERLINK("http://x.example")')
    text = b"".join(client.get("/search/results.csv")).decode("utf-8-sig")  # type: ignore[call-overload]
    assert "'=HYPERLINK" in text and ",=HYPERLINK" not in text and ',"=HYPERLINK' not in text


@pytest.mark.parametrize("path", ["/search/results.csv", "/search/results.json"])
def test_without_an_index_there_is_no_file_that_looks_whole(db: None, client: Client, path: str) -> None:
    assert client.get(f"{path}?q=x").status_code == 503
