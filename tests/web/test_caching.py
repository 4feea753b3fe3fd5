"""What browsers and caches in between may keep, and how little is sent twice."""

import gzip
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from archive.models import Story
from archive.search import Related

from .conftest import MakeCapture, MakeResults, MakeStory

ZIPPED = {"accept-encoding": "gzip"}


def again(client: Client, address: str, tag: str) -> int:
    return client.get(address, headers={"if-none-match": tag}).status_code


def test_a_story_that_has_not_changed_is_not_sent_again(make_story: MakeStory, client: Client) -> None:
    address = make_story().get_absolute_url()
    first = client.get(address)
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]


def test_nor_is_the_record_of_a_saved_page(make_story: MakeStory, make_capture: MakeCapture, client: Client) -> None:
    address = f"/captures/{make_capture(make_story()).pk}/"
    assert again(client, address, client.get(address)["ETag"]) == 304


def test_a_story_is_sent_again_when_only_what_stands_around_it_changed(
    make_story: MakeStory, make_capture: MakeCapture, client: Client, index: SimpleNamespace
) -> None:
    story = make_story(on="2016-03-12")
    address = story.get_absolute_url()
    tags = [client.get(address)["ETag"]]
    for change in (
        lambda: make_story("خبر أحدث", on="2016-03-13"),
        lambda: index.related.append(Related("خبر قريب", "/stories/1/", story, "الكاتب نفسه", False)),
        lambda: make_capture(story),
        lambda: Story.objects.filter(pk=story.pk).update(lead="مقدمة"),  # even past `updated_at`
    ):
        change()
        assert again(client, address, tags[-1]) == 200
        tags.append(client.get(address)["ETag"])
    assert len(set(tags)) == 5


def test_a_page_names_what_it_depends_on(make_story: MakeStory, make_capture: MakeCapture, client: Client) -> None:
    story = make_story()
    for address in (story.get_absolute_url(), f"/captures/{make_capture(story).pk}/"):
        response = client.get(address)
        assert "Cookie" in response["Vary"]
        assert "Last-Modified" not in response, "no one time tells of all that the page shows"


def test_a_stranger_is_not_shown_the_page_of_an_editor(
    make_story: MakeStory, client: Client, admin_client: Client
) -> None:
    address = make_story().get_absolute_url()
    assert again(client, address, admin_client.get(address)["ETag"]) == 200
    assert again(admin_client, address, client.get(address)["ETag"]) == 200


def test_no_cache_that_others_use_keeps_a_private_archive(
    make_story: MakeStory, client: Client, settings: Settings, django_user_model: type[User]
) -> None:
    settings.PUBLIC = False
    address = make_story().get_absolute_url()
    client.force_login(django_user_model.objects.create_user("reader"))
    for asked in (address, "/", "/search/", "/feeds/latest/", "/api/search", "/opensearch.xml"):
        response = client.get(asked)
        assert "private" in response["Cache-Control"], asked
        assert "Cookie" in response["Vary"], asked
    assert "private" in Client().get(address)["Cache-Control"]


def test_pages_are_sent_compressed_and_never_twice_at_the_same_length(make_story: MakeStory, client: Client) -> None:
    """The length of a compressed page must not tell what it holds (BREACH)."""
    address = make_story(text="فقرة من خبر طويل. " * 200).get_absolute_url()
    plain = client.get(address)
    zipped = [client.get(address, headers=ZIPPED) for _ in range(12)]
    assert {response["Content-Encoding"] for response in zipped} == {"gzip"}
    assert {gzip.decompress(response.content) for response in zipped} == {plain.content}
    assert len({response["Content-Length"] for response in zipped}) > 1
    assert "Accept-Encoding" in zipped[0]["Vary"]
    kept = client.get(address, headers=ZIPPED | {"if-none-match": zipped[0]["ETag"]})
    assert kept.status_code == 304


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_results_that_stream_are_the_same_compressed(
    make_story: MakeStory, make_results: MakeResults, client: Client, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    found = make_results(tuple(SimpleNamespace(story=make_story(f"خبر {n}"), copies=0) for n in range(40)))
    answers = {1: found, 2: replace(found, hits=[])}
    monkeypatch.setattr("archive.web.exports.search_stories", lambda asked, facets: answers[asked.page])
    address = f"/search/results.{ending}"
    plain, zipped = client.get(address), client.get(address, headers=ZIPPED)
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Length" not in zipped
    sent = plain.getvalue()  # type: ignore[attr-defined]
    assert gzip.decompress(zipped.getvalue()) == sent  # type: ignore[attr-defined]
    assert "خبر 39" in sent.decode("utf-8-sig")
