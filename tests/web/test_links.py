"""Addresses that lead to a story for as long as it is there."""

from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.models import Publisher
from archive.parsing import url_key

from .conftest import MakeCapture, MakeStory, Read, Words

ADDRESS = "https://www.aldifaf.example/news/خبر-1.html"


@pytest.fixture(autouse=True)
def rows(db: None) -> None:
    """Every test may ask them."""


def find(client: Client, address: str) -> str:
    response = client.get(f"/url/?{urlencode({'u': address})}")
    assert response.status_code in (302, 404)
    return response.get("Location", "")


@pytest.mark.parametrize("end", ["", "عنوان-قديم/"])
def test_the_id_leads_to_the_story_for_now(make_story: MakeStory, client: Client, end: str) -> None:
    """Not for good: a headline that is corrected and corrected back would be a circle of two kept redirects."""
    story = make_story()
    response = client.get(f"/stories/{story.pk}/{end}")
    assert (response.status_code, response["Location"]) == (302, story.get_absolute_url())


@pytest.mark.parametrize(
    "asked",
    [
        ADDRESS,
        "http://aldifaf.example/news/%D8%AE%D8%A8%D8%B1-1",
        "aldifaf.example/news/خبر-1?utm_source=x#top",
        f"  {ADDRESS}  ",
    ],
)
def test_an_original_address_leads_to_its_story(make_story: MakeStory, client: Client, asked: str) -> None:
    make_story("خبر آخر")
    story = make_story("الخبر", canonical_url=ADDRESS, url_key=url_key(ADDRESS))
    assert find(client, asked) == story.get_absolute_url()


def test_so_does_the_address_of_a_saved_page(make_story: MakeStory, make_capture: MakeCapture, client: Client) -> None:
    story = make_story()
    make_capture(story, url_key=url_key("https://aldifaf.example/?p=12"))
    make_capture(url_key=url_key("https://aldifaf.example/list"))
    assert find(client, "https://aldifaf.example/?p=12") == story.get_absolute_url()
    assert find(client, "https://aldifaf.example/list") == ""


def test_of_several_stories_the_newest_is_meant(make_story: MakeStory, client: Client) -> None:
    other = Publisher.objects.create(slug="other", name="صحيفة أخرى")
    key = url_key(ADDRESS)
    make_story(url_key=key, on="2016-01-01")
    newest = make_story("الأحدث", url_key=key, on="2016-05-01", publisher=other)
    assert find(client, ADDRESS) == newest.get_absolute_url()


def test_a_hidden_story_is_not_found(make_story: MakeStory, make_capture: MakeCapture, client: Client) -> None:
    make_capture(make_story(url_key=url_key(ADDRESS), hidden=True), url_key=url_key(ADDRESS))
    assert find(client, ADDRESS) == ""


@pytest.mark.parametrize(
    "asked", ["", "x", "https://evil.example/", "javascript:alert(1)", "//evil.example", "\0", "http://[", "a" * 5000]
)
def test_nobody_is_sent_to_another_site(make_story: MakeStory, client: Client, asked: str) -> None:
    make_story(url_key="")
    assert find(client, asked) == ""


def test_an_unknown_address_is_told_in_arabic(db: None, read: Read, words: Words) -> None:
    page = read("/url/", 404, u="https://x.example/<script>alert(1)</script>")
    assert words(page.h1) == "ليس هذا العنوان في الأرشيف"
    assert len(page.select("script")) == 1
    assert page.select_one("main a")["href"] == "/search/"
    assert words(read("/url/", 404).h1) == "أي عنوان؟"


def test_it_asks_once(make_story: MakeStory, client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    at = datetime.fromisoformat("2016-03-12T10:00:00+00:00")
    make_story(url_key=url_key(ADDRESS), published_at=at)
    with django_assert_num_queries(1):
        find(client, ADDRESS)
