"""What the watchman is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from archive.search import rebuild_index

from .conftest import MakeStory


def test_all_is_well_with_few_questions_and_no_session(
    make_story: MakeStory, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_story()
    rebuild_index()
    with django_assert_max_num_queries(3):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"database": True, "index": True, "disk": True})
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_it_is_asked_without_an_account(db: None, client: Client, settings: Settings) -> None:
    settings.PUBLIC = False
    assert client.get("/healthz").status_code == 200


def test_stories_without_an_index_are_not_well(make_story: MakeStory, client: Client) -> None:
    assert client.get("/healthz").status_code == 200, "an empty archive needs no index"
    make_story()
    response = client.get("/healthz")
    assert (response.status_code, response.json()["index"]) == (503, False)


def test_a_database_that_is_gone_is_told_and_nothing_of_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: Any) -> None:
        raise DatabaseError("password=secret")

    monkeypatch.setattr("archive.web.health.connection.cursor", gone)
    monkeypatch.setattr("archive.web.health.index_status", gone)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, False)
    assert "secret" not in response.content.decode()


def test_a_folder_that_cannot_be_written_is_told(
    db: None, client: Client, settings: Settings, own_archive: Path
) -> None:
    settings.DATA_DIR = own_archive / "gone"
    assert client.get("/healthz").json()["disk"] is False
