"""Feeds, as a feed reader takes them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import feedparser
import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.models import Author, Byline, Publisher, Story
from archive.search import Fragment, Hit

from .conftest import MakeResults, MakeStory, Read

GetFeed = Callable[..., Any]


@pytest.fixture(autouse=True)
def searched(index: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.web.feeds.search_stories", lambda asked, facets: index.results)


@pytest.fixture
def subscribe(client: Client, db: None) -> GetFeed:
    """A feed as a reader understands it, without complaint."""

    def get(address: str, **options: Any) -> Any:
        response = client.get(address, **options)
        assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
        feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        return feed

    return get


@pytest.fixture
def addresses(make_story: MakeStory, index: SimpleNamespace, make_results: MakeResults) -> list[str]:
    """Every feed, of one story each."""
    story = make_story("خبر واحد", section="اقتصاد", authors=("سعاد الإدريسي",), places=("الرباط",))
    hits = (Hit(story, [Fragment(story.headline, False)], []),)
    index.results = make_results(hits)
    author, place = story.bylines.get().author, story.datelines.get().place
    return [
        "/feeds/latest/",
        "/feeds/publishers/almaghrib/",
        f"/feeds/sections/{story.section.pk}/",
        f"/feeds/authors/{author.pk}/",
        f"/feeds/places/{place.pk}/",
        "/feeds/search/?q=خبر&sort=oldest",
    ]


def test_every_feed_has_its_stories_and_says_what_it_is_of(addresses: list[str], subscribe: GetFeed) -> None:
    titles = []
    for address in addresses:
        feed = subscribe(address)
        assert [entry.title for entry in feed.entries] == ["خبر واحد"]
        assert feed.feed.language == "ar"
        titles.append(feed.feed.title)
    assert titles == [
        "ورّاق: آخر الأخبار",
        "ورّاق: المغرب اليوم",
        "ورّاق: اقتصاد، المغرب اليوم",
        "ورّاق: سعاد الإدريسي",
        "ورّاق: الرباط",
        "ورّاق: جديد البحث عن خبر",
    ]


def test_an_entry_says_what_the_story_says(make_story: MakeStory, subscribe: GetFeed) -> None:
    at = datetime.fromisoformat("2016-03-12T09:15:00+00:00")
    story = make_story(
        "عنوان", lead="مقدمة", section="اقتصاد", authors=("سعاد", "كريم"), published_at=at, date_precision="minute"
    )
    entry = subscribe("/feeds/latest/").entries[0]
    assert (entry.title, entry.summary) == ("عنوان", "مقدمة")
    assert [author.name for author in entry.authors] == ["سعاد", "كريم"]
    assert [tag.term for tag in entry.tags] == ["اقتصاد"]
    assert entry.link == f"http://testserver{story.get_absolute_url()}"
    assert entry.published == "2016-03-12T09:15:00+00:00"
    assert datetime.fromisoformat(entry.updated) == story.updated_at
    assert entry.id == f"tag:warraq,{story.created_at:%Y}:story/{story.pk}"


def test_an_entry_makes_nothing_up(make_story: MakeStory, subscribe: GetFeed) -> None:
    make_story(date_precision="month", text="نص " * 300)
    entry = subscribe("/feeds/latest/").entries[0]
    assert "published" not in entry and "tags" not in entry
    assert entry.author == "المغرب اليوم"
    assert entry.summary.endswith(" نص…") and 250 < len(entry.summary) <= 300


def test_a_story_without_a_text_or_a_date_has_an_entry_too(make_story: MakeStory, subscribe: GetFeed) -> None:
    make_story(on=None).body.delete()
    assert subscribe("/feeds/latest/").entries[0].summary == ""


def test_ids_stay_when_the_archive_moves(addresses: list[str], subscribe: GetFeed) -> None:
    for address in addresses:
        here, there = subscribe(address), subscribe(address, headers={"host": "127.0.0.1:8000"})
        assert here.feed.link != there.feed.link
        assert here.feed.id == there.feed.id
        assert re.fullmatch(r"tag:warraq,2026:feed/[!-~]+", here.feed.id)
        assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries]


def test_ids_stay_when_a_name_or_a_headline_changes(
    make_story: MakeStory, publisher: Publisher, subscribe: GetFeed
) -> None:
    story = make_story()
    before = subscribe("/feeds/publishers/almaghrib/")
    Publisher.objects.update(slug="other", name="اسم آخر")
    Story.objects.filter(pk=story.pk).update(headline="عنوان آخر")
    after = subscribe("/feeds/publishers/other/")
    assert (before.feed.id, before.entries[0].id) == (after.feed.id, after.entries[0].id)
    assert before.entries[0].link != after.entries[0].link


@pytest.mark.parametrize("evil", ["</title><script>alert(1)</script>", "a & b < c", "]]>", "\x00\x0b\x1b\ufffe", "@{}"])
def test_no_text_breaks_a_feed(make_story: MakeStory, subscribe: GetFeed, evil: str) -> None:
    safe = evil.replace("\x00", "\x01")  # which PostgreSQL does not keep
    make_story(f"خبر {safe}", lead=safe, section=f"س{safe}", authors=(f"ك{safe}",))
    entry = subscribe("/feeds/latest/").entries[0]
    told = "" if "\x0b" in evil else evil
    assert entry.title == f"خبر {told}".strip()
    assert entry.tags[0].term.startswith("س")
    assert "<script" not in entry.summary
    if evil == "a & b < c":
        assert entry.summary == "a &amp; b &lt; c"


def test_a_feed_changed_when_a_story_of_it_changed(make_story: MakeStory, subscribe: GetFeed) -> None:
    """Not when it was published: a false date in the future would hide every later change."""
    story = make_story(on="2099-01-01", published_at=datetime(2099, 1, 1, tzinfo=UTC), date_precision="minute")
    feed = subscribe("/feeds/latest/")
    assert datetime.fromisoformat(feed.feed.updated) == story.updated_at


def test_an_empty_feed_is_a_feed(publisher: Publisher, subscribe: GetFeed) -> None:
    assert subscribe("/feeds/publishers/almaghrib/").entries == []


@pytest.mark.parametrize("by", ["ETag", "Last-Modified"])
def test_who_has_the_newest_is_sent_nothing(make_story: MakeStory, client: Client, by: str) -> None:
    story = make_story()
    first = client.get("/feeds/latest/")
    asked = {{"ETag": "if-none-match", "Last-Modified": "if-modified-since"}[by]: first[by]}
    again = client.get("/feeds/latest/", headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    Story.objects.filter(pk=story.pk).update(headline="تصحيح", updated_at=datetime(2199, 1, 1, tzinfo=UTC))
    assert client.get("/feeds/latest/", headers=asked).status_code == 200


def test_a_hidden_story_is_in_no_feed(
    addresses: list[str], subscribe: GetFeed, index: SimpleNamespace, make_results: MakeResults
) -> None:
    Story.objects.update(hidden=True)
    for address in addresses:
        assert subscribe(address).entries == []


def test_a_writer_has_one_feed_under_all_spellings(make_story: MakeStory, client: Client, subscribe: GetFeed) -> None:
    author = Author.objects.create(name="أحمد زهير", key="احمد زهير")
    variant = Author.objects.create(name="احمد زهير", key="احمد زهير2", merged_into=author)
    Byline.objects.create(story=make_story("خبره"), position=0, author=variant, as_printed="احمد زهير")
    assert [entry.title for entry in subscribe(f"/feeds/authors/{author.pk}/").entries] == ["خبره"]
    assert client.get(f"/feeds/authors/{variant.pk}/")["Location"] == f"/feeds/authors/{author.pk}/"


def test_the_newest_come_first_and_the_undated_last(make_story: MakeStory, subscribe: GetFeed) -> None:
    for on in ("2016-03-01", None, "2016-05-01"):
        make_story(f"خبر {on}", on=on)
    titles = [entry.title for entry in subscribe("/feeds/latest/").entries]
    assert titles == ["خبر 2016-05-01", "خبر 2016-03-01", "خبر None"]


def test_without_an_index_a_search_has_no_feed(
    client: Client, db: None, index: SimpleNamespace, make_results: MakeResults
) -> None:
    index.results = make_results(available=False)
    assert client.get("/feeds/search/?q=x").status_code == 503


@pytest.mark.parametrize("address", ["publishers/none", "sections/9", "authors/9", "places/9"])
def test_there_is_no_feed_of_nothing(db: None, client: Client, address: str) -> None:
    assert client.get(f"/feeds/{address}/").status_code == 404


def test_a_page_leads_to_its_feed(addresses: list[str], read: Read) -> None:
    for address in addresses[:-1]:
        page = "/" if address == "/feeds/latest/" else address.removeprefix("/feeds")
        head = read(page).select_one("link[rel=alternate][type='application/atom+xml']")
        assert head["href"] == address
        assert read(page).select_one(f"main a[href='{address}']")


def test_it_takes_the_same_queries_however_many_stories(
    addresses: list[str], make_story: MakeStory, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        make_story(section="اقتصاد", authors=("سعاد الإدريسي", "كريم"), places=("الرباط",), lead="")
    expected = {"latest": 4, "publishers": 5, "sections": 5, "authors": 6, "places": 5, "search": 3}
    for address in addresses:
        with django_assert_num_queries(expected[address.split("/")[2]]):
            client.get(address)
