"""What robots of other search engines are told of."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from lxml import etree
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.models import Author, Publisher, Story
from archive.web import sitemaps

from .conftest import MakeStory

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
Locations = Callable[[str], list[str]]


@pytest.fixture
def locations(client: Client, db: None) -> Locations:
    """The addresses that a sitemap names."""

    def get(address: str) -> list[str]:
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
        found = etree.fromstring(response.content).iter(f"{NAMESPACE}loc")
        return [str(loc.text).removeprefix("http://testserver") for loc in found]

    return get


def test_the_index_leads_to_every_part(make_story: MakeStory, locations: Locations) -> None:
    make_story()
    parts = ["pages", "dates", "publishers", "sections", "authors", "places", "stories"]
    assert locations("/sitemap.xml") == [f"/sitemap-{part}.xml" for part in parts]


def test_every_address_that_it_names_is_there(make_story: MakeStory, client: Client, locations: Locations) -> None:
    make_story(section="اقتصاد", authors=("سعاد",), places=("الرباط",))
    make_story(on="2017-05-01", date_precision="month")
    named = [address for part in locations("/sitemap.xml") for address in locations(part)]
    assert len(named) == 8 + 4 + 1 + 1 + 1 + 1 + 2
    for address in named:
        assert client.get(address).status_code == 200, address


def test_a_story_is_named_with_its_last_change(make_story: MakeStory, client: Client) -> None:
    story = make_story()
    Story.objects.update(updated_at=datetime.fromisoformat("2024-02-03T10:00:00+00:00"))
    response = client.get("/sitemap-stories.xml")
    assert f"<loc>http://testserver{story.get_absolute_url()}</loc>" in response.content.decode()
    assert "<lastmod>2024-02-03</lastmod>" in response.content.decode()
    again = client.get("/sitemap-stories.xml", headers={"if-modified-since": response["Last-Modified"]})
    assert again.status_code == 304


def test_what_nobody_may_see_is_not_named(make_story: MakeStory, locations: Locations) -> None:
    make_story(section="اقتصاد", authors=("سعاد",), places=("الرباط",), hidden=True)
    for part in ("stories", "publishers", "sections", "authors", "places", "dates"):
        assert locations(f"/sitemap-{part}.xml") == []


def test_a_merged_spelling_is_not_named(make_story: MakeStory, locations: Locations) -> None:
    make_story(authors=("أحمد زهير", "احمد زهير"))
    author, variant = Author.objects.order_by("pk")
    Author.objects.filter(pk=variant.pk).update(merged_into=author)
    assert locations("/sitemap-authors.xml") == [author.get_absolute_url()]


def test_a_page_is_a_range_of_ids_and_never_moves(
    make_story: MakeStory, client: Client, locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "SIZE", 2)
    publisher = Publisher.objects.get()
    for pk in (1, 2, 3, 7):
        make_story(id=pk, publisher=publisher)
    pages = [f"/sitemap-stories.xml{f'?p={page}' if page > 1 else ''}" for page in (1, 2, 3, 4)]
    assert locations("/sitemap.xml")[-4:] == pages
    before = [locations(page) for page in pages]
    assert [len(page) for page in before] == [2, 1, 0, 1]
    make_story(id=8, publisher=publisher)
    assert [locations(page) for page in pages][:3] == before[:3]
    for page in ("0", "5", "-1", "x", "9" * 30):
        assert client.get(f"/sitemap-stories.xml?p={page}").status_code == 404


def test_there_are_no_other_parts(db: None, client: Client) -> None:
    assert client.get("/sitemap-captures.xml").status_code == 404


def test_it_takes_the_same_queries_however_many_stories(
    make_story: MakeStory, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        make_story(section=f"قسم {number}", authors=(f"كاتب {number}",), places=(f"مكان {number}",))
    with django_assert_num_queries(6):
        client.get("/sitemap.xml")
    for part in ("stories", "publishers", "sections", "authors", "places"):
        with django_assert_num_queries(2):
            client.get(f"/sitemap-{part}.xml")
