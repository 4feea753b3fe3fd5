"""A hidden story leaves no trace: to whom it is hidden, the archive is the same as if it had never had it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest import MonkeyPatch

from archive.models import Author, Capture, Place, Publisher, RelatedLink, Section, Story
from archive.search import index_pending, index_status, rebuild_index, related_stories, search_stories
from archive.web import about, api, search, stories

from .conftest import MakeCapture, MakeStory

SECRET = "فضيحة"
TEXT = "قال الوزير إن القطار الساحلي ينطلق غدا من الرباط إلى طنجة في رحلته الأولى."
READ = [
    "/", "/search/", "/search/?q=القطار", f"/search/?q={SECRET}", "/search/?q=سلمى", "/search/?q=القطار&copies=all",
    "/search/results.csv?q=القطار", "/search/results.json?q=القطار", "/feeds/search/?q=القطار", "/batch/",
    f"/batch/?questions={SECRET}", "/batch/?questions=القطار&by=publisher", "/dates/", "/dates/2016/",
    "/dates/2016/03/", "/dates/2016/03/12/", "/dates/2018/", "/dates/2018/05/", "/dates/2018/05/01/", "/undated/",
    "/publishers/", "/sections/", "/authors/", "/places/", f"/authors/?q={SECRET}", "/about/", "/api/search?q=القطار",
    f"/api/search?q={SECRET}", f"/api/suggest?q={SECRET}", "/api/suggest?q=القط", "/api/suggest?q=سلمى",
    "/feeds/latest/", "/feeds/publishers/almaghrib/", "/sitemap.xml", "/sitemap-stories.xml", "/sitemap-authors.xml",
    "/sitemap-dates.xml", "/url/?u=https://sirri.example/1",
]  # fmt: skip


@pytest.fixture(autouse=True)
def real_search(monkeypatch: MonkeyPatch) -> None:
    """No stand-in here: the index itself must have forgotten."""

    for module in (search, api):
        monkeypatch.setattr(module, "search_stories", search_stories)
    monkeypatch.setattr(stories, "related_stories", related_stories)
    monkeypatch.setattr(about, "index_status", index_status)


@pytest.fixture
def shown(make_story: MakeStory, make_capture: MakeCapture) -> Story:
    story = make_story("القطار الساحلي ينطلق", text=TEXT, section="اقتصاد", authors=("أكرم علي",), places=("الرباط",))
    make_capture(story)
    return story


@pytest.fixture
def hide(make_story: MakeStory, make_capture: MakeCapture, shown: Story) -> Callable[[], Story]:
    """A story about the same, with names of its own and a page that tells of it, taken in and then hidden."""

    def hide() -> Story:

        paper = Publisher.objects.create(slug="sirri", name=f"جريدة {SECRET}", host="sirri.example")
        story = make_story(
            f"{SECRET} القطار الساحلي", text=TEXT, publisher=paper, section=f"قسم {SECRET}", on="2018-05-01",
            authors=(f"سلمى {SECRET}",), places=(f"مدينة {SECRET}",),
        )  # fmt: skip
        make_capture(story)
        RelatedLink.objects.create(
            story=shown, position=0, text=story.headline, url="https://x.example/9", target=story
        )
        index_pending()
        Story.objects.filter(pk=story.pk).update(hidden=True, indexed=False)
        index_pending()
        return story

    return hide


def pages(client: Client, addresses: list[str]) -> dict[str, Any]:
    """What each address answers, without what differs at every asking."""
    found = {}
    for address in addresses:
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|<updated>[^<]+</updated>', "", content.decode())
        found[address] = (response.status_code, text)
    return found


def test_every_page_is_the_same_as_without_it(shown: Story, hide: Callable[[], Story], client: Client) -> None:

    rebuild_index()
    addresses = [*READ, shown.get_absolute_url(), f"/captures/{Capture.objects.get().pk}/"]
    before = pages(client, addresses)
    assert {status for status, _ in before.values()} == {200, 404}
    hide()
    after = pages(client, addresses)
    assert [address for address in addresses if before[address] != after[address]] == []
    assert not [address for address, (_, text) in after.items() if SECRET in text and SECRET not in address]


def test_its_numbers_and_those_of_its_names_are_as_if_they_were_not(
    shown: Story, hide: Callable[[], Story], client: Client
) -> None:
    story = hide()
    own = {
        "author": Author.objects.get(name__contains=SECRET).pk,
        "place": Place.objects.get(name__contains=SECRET).pk,
        "section": Section.objects.get(name__contains=SECRET).pk,
    }
    missing = [f"/stories/{story.pk}/", story.get_absolute_url(), f"/captures/{story.captures.get().pk}/"]
    missing += [f"/{name}s/{pk}/" for name, pk in own.items()] + ["/publishers/sirri/"]
    assert {address: client.get(address).status_code for address in missing} == dict.fromkeys(missing, 404)
    for name, pk in [*own.items(), ("publisher", "sirri")]:
        nobody = client.get(f"/search/?{name}=999999").content.decode().replace("999999", "")
        somebody = client.get(f"/search/?{name}={pk}").content.decode().replace(str(pk), "")
        assert SECRET not in somebody
        assert ("تجاهلنا" in somebody) is ("تجاهلنا" in nobody) is True
        found = [client.get(f"/api/search?{name}={value}").json() for value in (pk, 999999)]
        assert found[0] == found[1] and found[0]["total"] == 1
        found = [client.get(f"/search/?q=لا+شيء+كهذا&{name}={value}") for value in (pk, 999999)]
        assert [page.status_code for page in found] == [200, 200]


def test_a_page_after_it_is_the_first_page(shown: Story, hide: Callable[[], Story], client: Client) -> None:
    """Its place in a list would tell its date."""
    story = hide()
    for name in ("after", "before"):
        address = f"/publishers/{shown.publisher.slug}/?{name}="
        assert client.get(f"{address}{story.pk}").context["page"] == client.get(f"{address}999999").context["page"]


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("importer", 200), ("reader", 404)])
def test_who_hides_it_still_sees_its_page(
    shown: Story, hide: Callable[[], Story], people: dict[str, User], client: Client, role: str, status: int
) -> None:
    story = hide()
    client.force_login(people[role])
    assert client.get(f"/captures/{story.captures.get().pk}/").status_code == status
