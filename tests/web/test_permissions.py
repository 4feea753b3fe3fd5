"""Every address against the written matrix in permissions.toml; one that is not written there fails."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.fixtures import Settings

from archive.models import (
    Author,
    Capture,
    Companion,
    Correction,
    FixityCheck,
    FixityFinding,
    HouseStyle,
    ImportRun,
    Place,
    Section,
    SignIn,
    Story,
    Teaser,
)
from archive.search import rebuild_index

from .conftest import MakeCapture, MakeStory

MATRIX: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text())["allowed"]
PEOPLE = "public private reader editor importer admin".split()
ROWS = {
    "story": Story,
    "story-permalink": Story,
    "capture": Capture,
    "as-saved": Capture,
    "section": Section,
    "author": Author,
    "place": Place,
    "cite": Story,
    "feed-section": Section,
    "feed-author": Author,
    "feed-place": Place,
}
VALUES: dict[str, dict[str, Any]] = {
    "story": {"slug": "خبر-من-الرباط"},
    "publisher": {"slug": "almaghrib"},
    "feed-publisher": {"slug": "almaghrib"},
    "cite": {"ending": "ris"},
    "sitemap": {"section": "stories"},
    "year": {"year": 2016},
    "month": {"year": 2016, "month": 3},
    "day": {"year": 2016, "month": 3, "day": 12},
    "admin:app_list": {"app_label": "archive"},
}
UNNAMED = {"admin:<path:object_id>/": "/admin/archive/story/1/", "admin:(?P<url>.*)$": "/admin/nothing"}


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield space + (pattern.name or str(pattern.pattern))


NAMES = sorted(set(names(get_resolver())))


def path(name: str) -> str:
    """An address with rows that are there in place of its arguments."""
    if name in UNNAMED:
        return UNNAMED[name]
    values = dict(VALUES.get(name, {}))
    if name in ROWS:
        values["pk"] = ROWS[name]._default_manager.get().pk
    if name == "admin:view_on_site":
        kind = ContentType.objects.get_for_model(Story)
        values = {"content_type_id": kind.pk, "object_id": Story.objects.get().pk}
    if name.count("_") > 1 and name.startswith(("admin:archive_", "admin:auth_")):
        app, model, action = name.removeprefix("admin:").split("_", 2)
        key = "id" if action == "password_change" else "object_id"
        if action not in ("changelist", "add"):
            values[key] = apps.get_model(app, model)._default_manager.order_by("pk")[0].pk
    question = f"?u={Story.objects.get().canonical_url}" if name == "original" else ""
    return reverse(name, kwargs=values) + question


def written(name: str, method: str, person: str) -> str:
    """What the matrix says: the first row that names an address, itself or by a pattern."""
    row = next(row for row in MATRIX if any(fnmatchcase(name, pattern) for pattern in row["urls"]))
    return dict(zip(PEOPLE, row[method].split(), strict=True))[person]


def outcome(client: Client, method: str, address: str) -> str:
    response = client.get(address) if method == "GET" else client.post(address)
    if response.status_code in (301, 302):
        return "login" if "/login/" in response["Location"] else "moved"
    return str(response.status_code)


@pytest.fixture
def everything(make_story: MakeStory, make_capture: MakeCapture) -> None:
    """A row of each kind, so that every address leads somewhere."""
    story = make_story(section="اقتصاد", authors=("أكرم علي",), places=("الرباط",))
    make_capture(story, run=ImportRun.objects.create())
    Correction.objects.create(story=story, field="headline")
    Teaser.objects.create(publisher=story.publisher, headline="خبر", headline_key="خبر", published="2016-03-12")
    SignIn.objects.create(account="x", address="192.0.2.1", at=story.created_at)
    HouseStyle.objects.create()
    FixityFinding.objects.create(check_run=FixityCheck.objects.create(), kind="stray", path="x")
    Companion.objects.create(name="a.png", size=1, captured_at=story.created_at)
    rebuild_index()


def test_every_address_is_written_in_the_matrix() -> None:
    patterns = [pattern for row in MATRIX for pattern in row["urls"]]
    assert not [name for name in NAMES if not any(fnmatchcase(name, pattern) for pattern in patterns)]
    assert not [pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in NAMES)]


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_may_do_what_the_matrix_says_and_nothing_else(
    everything: None, people: dict[str, User], settings: Settings, person: str
) -> None:
    settings.PUBLIC = person == "public"
    differing = {}
    for name in NAMES:
        for method in ("GET", "POST"):
            client = Client()
            if person in people:
                client.force_login(people[person])
            found = outcome(client, method, path(name))
            if found != (said := written(name, method, person)):
                differing[f"{method} {name}"] = f"{found}, not {said}"
    assert not differing


def rows() -> str:
    """All rows but the sessions, as text."""
    models = [model for model in apps.get_models() if model is not Session]
    return "".join(serializers.serialize("json", model._default_manager.order_by("pk")) for model in models)


def test_asking_changes_nothing(everything: None, admin_client: Client) -> None:
    before = rows()
    for name in NAMES:
        admin_client.get(path(name))
    assert rows() == before


def test_nothing_is_taken_without_the_forms_token(everything: None, people: dict[str, User]) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(people["admin"])
    taken = [name for name in NAMES if careful.post(path(name)).status_code not in (403, 405)]
    assert taken == []


def test_an_account_without_a_role_may_not_read_a_private_archive(
    everything: None, client: Client, settings: Settings
) -> None:
    settings.PUBLIC = False
    client.force_login(User.objects.create_user("nobody"))
    assert client.get("/").status_code == 403
    assert client.get("/api/search").status_code == 403
    assert client.post("/logout/").status_code == 302
