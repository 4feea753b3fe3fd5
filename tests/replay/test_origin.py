"""The replay origin: what it gives, under which headers, and to whom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from django.core import signing
from django.test import Client
from pytest_django.fixtures import Settings

from archive import payloads
from archive.models import Capture
from archive.replay import Kind
from archive.replay.tickets import Ticket, check_replay_url, path_of

from .conftest import PNG, MakeCapture, MakeCompanion, Show

AddressOf = Callable[[Capture, Kind], str]
PAGE = '<html><head><title>خبر</title></head><body><h1>خبر</h1><img src="/a.png"><script>1</script></body></html>'


@pytest.fixture
def capture(make_capture: MakeCapture) -> Capture:
    return make_capture(PAGE.encode())


def test_a_saved_page_is_shown_inert_with_its_pictures(
    capture: Capture, make_companion: MakeCompanion, show: Show, ask: Show
) -> None:
    make_companion("https://www.example.com/a.png")
    response = show(capture)
    text = response.content.decode()
    assert response.status_code == 200 and response["Content-Type"] == "text/html; charset=utf-8"
    assert "<h1>خبر</h1>" in text and "<script" not in text
    source = re.search(r'<img src="([^"]+)"', text)
    assert source
    picture = ask(source[1])
    assert (picture.content, picture["Content-Type"]) == (PNG, "image/png")


def test_every_answer_has_all_walls(capture: Capture, make_companion: MakeCompanion, show: Show, ask: Show) -> None:
    companion = make_companion("https://www.example.com/a.png")
    picture = ask(path_of("companion", Ticket(capture.pk, companion=companion.pk)))
    for response in (show(capture), show(capture, "file"), picture, ask("/"), ask("/page/x/"), ask("/", "post")):
        policy = response["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; img-src 'self' data:;") and policy.endswith("; sandbox")
        for wall in ("form-action 'none'", "base-uri 'none'", "script-src 'none'", "connect-src 'none'"):
            assert wall in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"].startswith("private")
        assert "camera=()" in response["Permissions-Policy"] and "geolocation=()" in response["Permissions-Policy"]
        assert not response.cookies and "Service-Worker-Allowed" not in response


def test_only_the_reading_room_that_gave_the_address_may_frame_the_page(capture: Capture, show: Show) -> None:
    assert "frame-ancestors http://room.example;" in show(capture)["Content-Security-Policy"]
    response = show(capture, "file")
    assert "frame-ancestors 'none';" in response["Content-Security-Policy"] and response["X-Frame-Options"] == "DENY"


def test_the_bytes_come_down_as_they_came_in(make_capture: MakeCapture, show: Show) -> None:
    content = b"\x00\xff<html>\r\n<script>1</script>" + bytes(range(256))
    capture = make_capture(content, content_type="text/html")
    response = show(capture, "file")
    assert hashlib.sha256(response.content).hexdigest() == capture.digest
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x.example/2020/%D8%AE%D8%A8%D8%B1.html", "%D8%AE%D8%A8%D8%B1-{pk}.html"),
        ("https://x.example/a%0d%0aSet-Cookie:%20x=1%0d%0a", "a-Set-Cookie- x-1-{pk}.html"),
        ("https://x.example/a\r\nSet-Cookie: x=1", "a"),
        ("https://x.example/%22;filename=evil.exe", "filename-evil.exe-{pk}.html"),
        ("https://x.example/%E2%80%AElmth.exe", "lmth.exe-{pk}.html"),
        ("https://x.example/..%2f..%2fetc%2fpasswd", "passwd-{pk}.html"),
        ("http://[bad", "page-{pk}.html"),
        ("", "page-{pk}.html"),
        (f"https://x.example/{'س' * 300}", None),
    ],
)
def test_no_address_reaches_a_header(make_capture: MakeCapture, show: Show, url: str, name: str | None) -> None:
    capture = make_capture(PAGE.encode(), url=url)
    said = show(capture, "file")["Content-Disposition"]
    assert re.fullmatch(rf"attachment; filename=\"page-{capture.pk}\.html\"; filename\*=UTF-8''[\w.%~-]+", said, re.A)
    assert len(said) < 700
    if name and "%" not in name and "{pk}" in name:
        assert said.endswith(f"''{name.format(pk=capture.pk).replace(' ', '%20')}")
    assert "Location" not in show(capture)


def test_a_ticket_is_good_for_some_minutes(
    capture: Capture, address_of: AddressOf, ask: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_of(capture, "page")
    assert ask(address).status_code == 200
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 3600)
    response = ask(address)
    assert response.status_code == 410 and "انتهت مدة هذا الرابط" in response.content.decode()
    assert "frame-ancestors http://room.example;" in response["Content-Security-Policy"]


def test_a_ticket_opens_what_it_names_and_nothing_else(capture: Capture, address_of: AddressOf, ask: Show) -> None:
    page = address_of(capture, "page")
    assert ask(page.replace("/page/", "/file/")).status_code == 404
    assert ask(page.replace("/page/", "/companion/")).status_code == 404
    assert ask(page[:-3] + "xx/").status_code == 404
    assert ask(f"/page/{signing.dumps([capture.pk, '', None])}/").status_code == 404
    assert ask(f"/page/{capture.pk}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/admin/", "/login/", "/search/?q=x", "/captures/1/", "/static/archive.css", "/api/search"]
)
def test_nothing_of_the_reading_room_is_there(db: None, ask: Show, path: str) -> None:
    assert ask(path).status_code == 404


def test_nothing_is_written_there(capture: Capture, address_of: AddressOf, ask: Show) -> None:
    for method in ("post", "put", "delete", "options"):
        assert ask(address_of(capture, "page"), method).status_code == 405


def test_no_service_worker_is_given(capture: Capture, address_of: AddressOf, ask: Show) -> None:
    assert ask(address_of(capture, "page"), HTTP_SERVICE_WORKER="script").status_code == 404


def test_replays_are_not_on_the_origin_of_the_reading_room(
    capture: Capture, address_of: AddressOf, client: Client
) -> None:
    path = address_of(capture, "page").removeprefix("http://saved.example:8001")
    assert client.get(path, HTTP_HOST="room.example").status_code == 404


def test_accounts_make_no_difference_there(
    capture: Capture, address_of: AddressOf, ask: Show, settings: Settings
) -> None:
    """Who may see a page the reading room decides, when it gives out the address."""
    settings.PUBLIC = False
    assert ask(address_of(capture, "page"), HTTP_COOKIE="sessionid=hostile").status_code == 200


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"<" * 400_000, b"plain"])
def test_what_cannot_be_shown_is_said(make_capture: MakeCapture, show: Show, content: bytes) -> None:
    capture = make_capture(content)
    assert "لا تُعرض" in show(capture).content.decode()
    assert show(capture, "file").content == content


def test_damaged_bytes_are_said(capture: Capture, show: Show) -> None:
    payloads.store().delete(payloads.path_of(capture.digest))
    for kind in ("page", "file"):
        assert "ليست في المخزن" in show(capture, kind).content.decode()


def test_a_sheet_is_shown_with_its_own_pictures(
    make_capture: MakeCapture, make_companion: MakeCompanion, show: Show, ask: Show
) -> None:
    make_companion("https://www.example.com/css/a.css", b"a{background:url(../i/b.png)}c{d:url(//far/x)}", "text/css")
    make_companion("https://www.example.com/i/b.png")
    capture = make_capture(b"<html><head><link rel=stylesheet href=/css/a.css></head><body><p>x</p></body></html>")
    sheet = re.search(r'stylesheet" href="([^"]+)"', show(capture).content.decode())
    assert sheet
    response = ask(sheet[1])
    assert response["Content-Type"] == "text/css; charset=utf-8"
    picture = re.search(r'url\("(/companion/[^"]+)"\)', response.content.decode())
    assert picture and "far" not in response.content.decode()
    assert ask(picture[1]).content == PNG


@pytest.mark.parametrize(
    ("address", "is_well"),
    [
        ("https://saved.example", True),
        ("http://localhost:8001/", True),
        ("saved.example", False),
        ("https://saved.example/path", False),
        ("https://x.example; script-src *", False),
        ("", False),
    ],
)
def test_a_replay_url_that_is_no_origin_is_told(settings: Settings, address: str, is_well: bool) -> None:
    settings.REPLAY_URL = address
    assert (check_replay_url() == []) is is_well
