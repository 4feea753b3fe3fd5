"""Pages that are made once for all readers without a session."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from archive.models import Story
from archive.search import index_pending
from archive.taste import Taste, remember

from .conftest import MakeStory


@pytest.fixture
def story(make_story: MakeStory, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Story:
    settings.KEEP_PAGES = 60
    monkeypatch.setattr("archive.admin.index_pending", index_pending)  # the index itself must follow
    story = make_story("وصول القطار إلى المحطة", text="وصل القطار إلى المحطة الجديدة صباح اليوم.")
    index_pending()
    return story


def test_a_page_is_made_once_for_those_without_a_session(
    story: Story, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(story.get_absolute_url())
    with django_assert_num_queries(0):
        again = client.get(story.get_absolute_url())
    assert again.content == first.content and again.status_code == 200
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["Content-Type"] == first["Content-Type"] and again["X-Frame-Options"] == first["X-Frame-Options"]


def test_whoever_has_a_session_gets_a_page_of_his_own(story: Story, client: Client, admin_client: Client) -> None:
    client.get(story.get_absolute_url())
    assert "مكتب التحرير" in admin_client.get(story.get_absolute_url()).content.decode()
    assert "مكتب التحرير" not in client.get(story.get_absolute_url()).content.decode()


def test_what_is_hidden_is_gone_at_once(
    story: Story,
    client: Client,
    admin_client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    assert story.headline in client.get("/").content.decode()
    assert client.get(story.get_absolute_url()).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        form = {"action": "hide", "_selected_action": [story.pk]}
        admin_client.post("/admin/archive/story/", form)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert story.headline not in client.get("/").content.decode()


def test_a_change_of_the_house_style_is_seen_at_once(story: Story, client: Client) -> None:
    client.get("/")
    remember(Taste(name="أرشيف الضفاف"))
    assert "أرشيف الضفاف" in client.get("/").content.decode()


def test_another_name_of_the_host_has_pages_of_its_own(story: Story, client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    for host in ("one.example", "other.example"):
        page = client.get(story.get_absolute_url(), headers={"host": host}).content.decode()
        assert f"http://{host}/stories/{story.pk}/" in page


def test_a_private_archive_keeps_none(
    story: Story, client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(story.get_absolute_url())
    settings.PUBLIC = False
    assert client.get(story.get_absolute_url()).status_code == 302


def test_pages_that_set_a_cookie_are_nobody_elses(story: Story, client: Client) -> None:
    first, second = Client().get("/login/"), client.get("/login/")
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value


def test_without_an_index_nothing_is_kept(make_story: MakeStory, client: Client, settings: Settings) -> None:
    settings.KEEP_PAGES = 60
    story = make_story("خبر")
    client.get(story.get_absolute_url())
    Story.objects.filter(pk=story.pk).update(hidden=True)
    assert client.get(story.get_absolute_url()).status_code == 404
