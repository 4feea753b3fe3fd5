"""The cast: a paper, its stories, and an index that answers what the test puts in its mouth."""

from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client

from archive.models import Author, Body, Byline, Capture, Dateline, Place, Publisher, Section, Story
from archive.roles import GROUPS
from archive.search import IndexStatus, SearchRequest, SearchResults

numbers = count(1)
CAPTURED_AT = datetime.fromisoformat("2017-01-03T04:05:00+00:00")
MakeStory = Callable[..., Story]
MakeCapture = Callable[..., Capture]
MakeResults = Callable[..., SearchResults]
Read = Callable[..., Any]  # a BeautifulSoup: what a test asks of it is there, or the test fails
Words = Callable[[Any], str]


@pytest.fixture
def publisher(db: None) -> Publisher:
    return Publisher.objects.create(slug="almaghrib", name="المغرب اليوم", host="www.example.ma")


@pytest.fixture
def make_story(publisher: Publisher) -> MakeStory:
    """A story in rows; names of people, places and the section become rows of their own."""

    def make(
        headline: str = "خبر من الرباط",
        *,
        text: str = "فقرة أولى.\nفقرة ثانية.",
        section: str = "",
        authors: tuple[str, ...] = (),
        places: tuple[str, ...] = (),
        on: str | date | None = "2016-03-12",
        **fields: Any,
    ) -> Story:
        number = next(numbers)
        day = date.fromisoformat(on) if isinstance(on, str) else on
        fields.setdefault("publisher", publisher)
        fields.setdefault("captured_at", CAPTURED_AT)
        fields.setdefault("date_precision", "day" if day else "")
        if section:
            fields["section"] = Section.objects.get_or_create(
                publisher=fields["publisher"], key=section, defaults={"name": section}
            )[0]
        story = Story.objects.create(
            headline=headline,
            published_on=day,
            fingerprint=str(number),
            **{"canonical_url": f"https://www.example.ma/{number}.html", "url_key": f"example.ma/{number}"} | fields,
        )
        Body.objects.create(story=story, text=text, word_count=len(text.split()))
        for position, name in enumerate(authors):
            author, _ = Author.objects.get_or_create(key=name, kind="person", defaults={"name": name})
            Byline.objects.create(story=story, position=position, author=author, as_printed=name)
        for position, name in enumerate(places):
            place, _ = Place.objects.get_or_create(key=name, defaults={"name": name})
            Dateline.objects.create(story=story, position=position, place=place, as_printed=name)
        return story

    return make


@pytest.fixture
def make_capture(db: None) -> MakeCapture:
    def make(story: Story | None = None, **fields: Any) -> Capture:
        number = next(numbers)
        known: dict[str, Any] = {
            "key": f"{number:064}",
            "digest": f"{number:064x}",
            "size": 48_213,
            "url": "https://www.example.ma/1.html",
            "captured_at": CAPTURED_AT,
            "outcome": "created" if story else "rejected",
            "parser_version": "1",
        }
        return Capture.objects.create(story=story, **known | fields)

    return make


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Someone of each role; the groups are the migration's, made again where a test has emptied the database."""
    import_module("archive.migrations.0006_roles").make_roles(apps, None)
    for later in ("0007_companions", "0008_fixity"):
        import_module(f"archive.migrations.{later}").let_importers_see(apps, None)
    users = {role: User.objects.create_user(role) for role in GROUPS}
    for role, user in users.items():
        user.groups.add(Group.objects.get(name=GROUPS[role]))
    return users


@pytest.fixture
def read(client: Client, db: None) -> Read:
    """Asks for an address and gives the page; anything but the expected status fails."""

    def page(address: str, status: int = 200, **asked: Any) -> Any:
        response = client.get(address, asked)
        assert response.status_code == status
        return BeautifulSoup(response.content, "lxml")

    return page


@pytest.fixture
def make_results() -> MakeResults:
    def make(hits: tuple[Any, ...] = (), **fields: Any) -> SearchResults:
        known: dict[str, Any] = {
            "request": SearchRequest(),
            "total": len(hits),
            "hits": list(hits),
            "facets": {},
            "reading": [],
            "available": True,
        }
        return SearchResults(**known | fields)

    return make


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch, make_results: MakeResults) -> SimpleNamespace:
    """Stands for the search: set `results` or `related`; `asked` and `follows` tell how it was called."""
    index = SimpleNamespace(results=make_results(), related=[], asked=[], follows=0)

    def search_stories(request: SearchRequest) -> SearchResults:
        index.asked.append(request)
        return index.results

    def index_pending() -> int:
        index.follows += 1
        return 0

    monkeypatch.setattr("archive.web.search.search_stories", search_stories)
    monkeypatch.setattr("archive.web.api.search_stories", search_stories)
    monkeypatch.setattr("archive.web.stories.related_stories", lambda story: index.related)
    monkeypatch.setattr("archive.web.about.index_status", lambda: IndexStatus("ready", 0, 0))
    monkeypatch.setattr("archive.admin.index_pending", index_pending)
    return index


@pytest.fixture
def words() -> Words:
    """The text of a piece of a page, with single spaces."""

    def text(piece: Any) -> str:
        assert piece is not None, "no such piece on the page"
        return " ".join(piece.get_text(" ").split())

    return text
