from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model

from archive.models import Capture, ImportRun, Story
from archive.search import SearchRequest, index_status, search_stories

from .conftest import Answer, Run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_static_files(settings: pytest.FixtureRequest, own_archive: Path) -> None:
    settings.STATIC_ROOT = own_archive / "static"  # type: ignore[attr-defined]


@pytest.fixture
def first(run: Run) -> Answer:
    return run("demo", "--no-serve")


def password_in(answer: Answer) -> str | None:
    found = re.search(r"admin\s{2}(\S+)$", answer.out, re.M)
    return found[1] if found else None


def test_it_fills_an_empty_archive(first: Answer) -> None:
    assert first.code == 0 and "Traceback" not in first.err
    assert Story.objects.count() > 45
    assert index_status().state == "ready"
    assert search_stories(SearchRequest("القطار")).total > 0


def test_it_says_where_the_archive_will_be(first: Answer, settings: pytest.FixtureRequest) -> None:
    assert f"http://127.0.0.1:{settings.PORT}/" in first.out  # type: ignore[attr-defined]


def test_the_password_it_prints_opens_the_door(first: Answer) -> None:
    password = password_in(first)
    assert password and len(password) >= 12
    user = authenticate(username="admin", password=password)
    assert user is not None and user.is_superuser


def test_a_second_call_changes_nothing_and_prints_no_password(run: Run, first: Answer) -> None:
    password = password_in(first)
    stories, captures = Story.objects.count(), Capture.objects.count()
    second = run("demo", "--no-serve")
    assert second.code == 0
    assert password_in(second) is None and str(password) not in second.out
    assert "0 new" in second.out
    assert (Story.objects.count(), Capture.objects.count()) == (stories, captures)
    assert get_user_model().objects.count() == 1
    assert authenticate(username="admin", password=password) is not None
    assert ImportRun.objects.filter(state=ImportRun.State.DONE).count() == 2


def test_a_password_that_was_changed_stays_changed(run: Run, first: Answer) -> None:
    user = get_user_model().objects.get()
    user.set_password("كلمة سر أخرى")
    user.save()
    run("demo", "--no-serve")
    assert authenticate(username="admin", password="كلمة سر أخرى") is not None


def test_a_lost_index_is_made_anew(run: Run, first: Answer, own_archive: Path) -> None:
    (own_archive / "index/current.json").unlink()
    assert index_status().state == "missing"
    run("demo", "--no-serve")
    assert index_status().state == "ready"
    assert index_status().documents == Story.objects.count()
