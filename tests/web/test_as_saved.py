"""The saved page in its frame: a banner of ours, and the page from another origin."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from archive import payloads
from archive.models import Capture

from .conftest import MakeCapture, MakeStory, Read, Words


@pytest.fixture(autouse=True)
def replay_origin(settings: Settings) -> None:
    settings.REPLAY_URL = "http://saved.example:8001"
    settings.ALLOWED_HOSTS = ["testserver", "saved.example"]


@pytest.fixture
def capture(make_story: MakeStory, make_capture: MakeCapture) -> Capture:
    content = "<html><body><p>خبر محفوظ</p></body></html>".encode()
    digest = payloads.digest_of(content)
    payloads.put(content, digest)
    return make_capture(make_story(), digest=digest, size=len(content), url="https://www.example.ma/1.html")


def test_the_banner_tells_what_it_is(capture: Capture, read: Read, words: Words) -> None:
    page = read(f"/captures/{capture.pk}/page/")
    text = words(page.select_one(".saved-banner"))
    for told in ("الصفحة كما حُفظت", "www.example.ma/1.html", "2017", capture.digest, "تنزيلها كما وصلت"):
        assert told in text
    links = [link["href"] for link in page.select(".saved-banner .links a")]
    assert links[0].startswith("/stories/") and links[1] == f"/captures/{capture.pk}/"
    assert links[2].startswith("http://saved.example:8001/file/")


def test_the_page_comes_from_another_origin_into_a_closed_frame(capture: Capture, read: Read, client: Client) -> None:
    frame = read(f"/captures/{capture.pk}/page/").select_one("iframe")
    assert frame.has_attr("sandbox") and not frame["sandbox"]  # nothing is allowed
    assert frame["referrerpolicy"] == "no-referrer" and frame["title"]
    address = urlsplit(frame["src"])
    assert (address.scheme, address.netloc) == ("http", "saved.example:8001")
    shown = client.get(address.path, HTTP_HOST=address.netloc)
    assert "خبر محفوظ" in shown.content.decode()
    assert "frame-ancestors http://testserver;" in shown["Content-Security-Policy"]


def test_only_this_page_may_hold_frames(capture: Capture, client: Client) -> None:
    policy = client.get(f"/captures/{capture.pk}/page/")["Content-Security-Policy"]
    assert "frame-src http://saved.example:8001" in policy and "default-src 'self'" in policy
    assert "frame-src" not in client.get(f"/captures/{capture.pk}/")["Content-Security-Policy"]


def test_the_story_and_the_record_lead_there(capture: Capture, read: Read) -> None:
    assert capture.story
    for address in (capture.story.get_absolute_url(), f"/captures/{capture.pk}/"):
        assert read(address).find("a", href=f"/captures/{capture.pk}/page/").text == "الصفحة كما حُفظت"


def test_the_pages_of_a_hidden_story_are_for_the_staff(
    make_story: MakeStory, make_capture: MakeCapture, client: Client, admin_client: Client
) -> None:
    for capture in (make_capture(make_story(hidden=True)), make_capture(code="no-body")):
        assert client.get(f"/captures/{capture.pk}/page/").status_code == 404
        assert admin_client.get(f"/captures/{capture.pk}/page/").status_code == 200


def test_what_could_never_be_read_has_no_page(make_capture: MakeCapture, admin_client: Client) -> None:
    capture = make_capture(digest="", code="unreadable")
    assert admin_client.get(f"/captures/{capture.pk}/page/").status_code == 404
    assert "/page/" not in admin_client.get(f"/captures/{capture.pk}/").content.decode()


def test_a_private_archive_gives_no_address_to_strangers(capture: Capture, client: Client, settings: Settings) -> None:
    settings.PUBLIC = False
    assert client.get(f"/captures/{capture.pk}/page/")["Location"].startswith("/login/")


def test_it_asks_few_questions(capture: Capture, client: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        client.get(f"/captures/{capture.pk}/page/")
