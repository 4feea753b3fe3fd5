"""A hostile saved page before a real browser in which the admin is logged in: nothing of what it tries succeeds."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error, Frame, Page, Request

from archive import payloads
from archive.dumps import companion_key
from archive.models import Capture, Companion, Story
from archive.parsing import Document
from archive.replay import origin
from archive.replay.tickets import Ticket, path_of
from archive.replay.walls import walls

from .conftest import OpenPage

pytestmark = pytest.mark.browser
HOSTILE = Path(__file__).resolve().parents[2] / "fixtures" / "hostile" / "page.html"
LINKS = ("script", "tab", "out", "top", "popup", "data", "download")


class Elsewhere:
    """Another machine, as far as a page can tell: a port that counts who knocks and who says something."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        self.knocks = self.heard = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.server.accept()
            except OSError:
                return
            self.knocks += 1
            with caller, suppress(OSError):
                caller.settimeout(1)
                self.heard += len(caller.recv(1))


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    found = Elsewhere()
    yield found
    found.server.close()


@pytest.fixture
def capture(library: dict[str, str], live_server: Any, elsewhere: Elsewhere) -> Capture:
    other = f"{live_server.url}{library['as saved']}"
    text = HOSTILE.read_text(encoding="utf-8").replace("OTHER", other)
    return save(text.replace("ROOM", live_server.url).replace("ELSEWHERE", elsewhere.url).encode())


def save(content: bytes, **fields: Any) -> Capture:
    digest = payloads.digest_of(content)
    payloads.put(content, digest)
    story = Story.objects.order_by("pk").first()
    known = {"key": digest, "url": "https://hostile.example/1.html", "outcome": "created", "dump": "/srv/hostile.warc"}
    known |= {"captured_at": datetime.fromisoformat("2020-01-21T11:30:00+00:00"), "story": story}
    return Capture.objects.create(digest=digest, size=len(content), **known | fields)


def keep(capture: Capture, name: str, content: bytes, content_type: str) -> Companion:
    digest, address = payloads.digest_of(content), f"https://hostile.example/{name}"
    payloads.put(content, digest)
    return Companion.objects.create(
        key=digest, name=address, name_key=companion_key(address), root=capture.dump, digest=digest,
        size=len(content), content_type=content_type, captured_at=capture.captured_at,
    )  # fmt: skip


class Watched:
    """A page of the admin's browser, with all it asks for and opens."""

    def __init__(self, page: Page, session: str) -> None:
        self.page, self.session = page, session
        self.asked: list[Request] = []
        self.opened: list[object] = []
        page.context.on("request", lambda request: self.asked.append(request))
        page.on("dialog", lambda dialog: (self.opened.append(dialog), dialog.dismiss()))
        for event in ("popup", "download", "websocket", "worker"):
            page.on(event, lambda what: self.opened.append(what))  # type: ignore[call-overload]

    def goes(self, address: str) -> Frame:
        """Opens a page, gives it time to try, and returns the frame that holds the saved one."""
        self.page.goto(address, wait_until="load")
        self.page.wait_for_timeout(1_500)
        framed = self.page.locator("iframe.saved-page")
        holder = framed.element_handle().content_frame() if framed.count() else None
        return holder or self.page.main_frame

    def left(self) -> list[str]:
        """What was asked for, but for what the browser itself refused to ask (`csp`, `origin`)."""
        asked = [request for request in self.asked if (request.failure or "net::").startswith("net::")]
        return [request.url for request in asked if not request.url.startswith("data:")]


@pytest.fixture
def watched(open_page: OpenPage, admin_client: Client, live_server: Any) -> Watched:
    page = open_page(watched=False, accept_downloads=True)
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return Watched(page, session)


def as_it_came(document: Document, resolve: object) -> str:
    return document.source.decode()


def address_of(capture: Capture, where: str, live_server: Any, replay_url: str) -> str:
    if where == "frame":
        return reverse("as-saved", args=[capture.pk])
    return f"{replay_url}{path_of('page', Ticket(capture.pk, live_server.url))}"


def nothing_happened(watched: Watched, frame: Frame, live_server: Any, replay_url: str, elsewhere: Elsewhere) -> None:
    """No script ran, nobody was asked, nothing was opened, all stand where they stood."""
    assert frame.evaluate("document.documentElement.dataset.ran ?? ''") == ""
    assert not [url for url in watched.left() if not url.startswith((live_server.url, replay_url))]
    assert not [url for url in watched.left() if "hostile=" in url]
    assert not elsewhere.heard
    assert not watched.opened
    assert len(watched.page.context.pages) == 1 and not watched.page.context.service_workers
    cookies = {cookie["name"]: cookie["value"] for cookie in watched.page.context.cookies()}
    assert cookies["sessionid"] == watched.session and set(cookies) <= {"sessionid", "csrftoken"}


@pytest.mark.parametrize("where", ["frame", "alone"])
@pytest.mark.parametrize("fallen", ["no wall", "the rewriting"])
def test_a_hostile_page_can_do_nothing(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str, elsewhere: Elsewhere,
    monkeypatch: pytest.MonkeyPatch, where: str, fallen: str,
) -> None:  # fmt: skip
    """As it is shown, and as it would be if nothing of it were rewritten: sandbox and policy hold alone."""
    if fallen == "the rewriting":
        monkeypatch.setattr(origin, "inert_page", as_it_came)
    address = address_of(capture, where, live_server, replay_url)
    frame = watched.goes(address)
    before = (watched.page.url, frame.url)
    assert "نص الخبر الذي يبقى مقروءا" in frame.locator("body").inner_text()
    if where == "frame" or fallen == "no wall":
        for link in LINKS:
            try:
                frame.locator(f"#{link}-link").click(timeout=1_000, force=True)
            except Error:
                assert fallen == "no wall"  # a link without an address is no link that could be clicked
            watched.page.wait_for_timeout(100)
    nothing_happened(watched, frame, live_server, replay_url, elsewhere)
    if fallen == "no wall":  # for a frame that the policy refuses, Chromium opens a line and says nothing
        assert not elsewhere.knocks
    assert (watched.page.url, frame.url) == before
    assert frame.url.startswith(replay_url)


def test_the_rewriting_holds_alone(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str, elsewhere: Elsewhere,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Opened by itself, without one header and with scripts allowed."""
    monkeypatch.setattr(origin, "walls", lambda *room, **options: {})
    frame = watched.goes(address_of(capture, "alone", live_server, replay_url))
    nothing_happened(watched, frame, live_server, replay_url, elsewhere)
    assert not elsewhere.knocks


def test_without_any_wall_the_page_would_do_harm(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str, elsewhere: Elsewhere,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Else these tests would prove nothing."""
    monkeypatch.setattr(origin, "inert_page", as_it_came)
    monkeypatch.setattr(origin, "walls", lambda *room, **options: {})
    watched.goes(address_of(capture, "alone", live_server, replay_url))
    assert elsewhere.heard > 5
    asked = " ".join(request.url for request in watched.asked)
    assert [sign for sign in ("style.css", "hostile=fetch", "beacon") if sign not in asked] == []


def test_the_sandbox_holds_scripts_and_doors_alone(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures are no matter of a sandbox; for them there is the policy."""
    monkeypatch.setattr(origin, "inert_page", as_it_came)
    monkeypatch.setattr(origin, "walls", lambda *room, **options: {"Content-Security-Policy": "sandbox"})
    frame = watched.goes(address_of(capture, "frame", live_server, replay_url))
    assert frame.evaluate("document.documentElement.dataset.ran ?? ''") == ""
    assert not watched.opened and len(watched.page.context.pages) == 1
    assert watched.page.url.endswith(f"/captures/{capture.pk}/page/")


def test_the_policy_holds_scripts_and_requests_alone(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str, elsewhere: Elsewhere,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Where the page goes by itself is no matter of a policy; for that there is the sandbox."""
    policy = walls()["Content-Security-Policy"].removesuffix("; sandbox")
    monkeypatch.setattr(origin, "inert_page", lambda *page: as_it_came(*page).replace("refresh", "calm"))
    monkeypatch.setattr(origin, "walls", lambda *room, **options: {"Content-Security-Policy": policy})
    frame = watched.goes(address_of(capture, "alone", live_server, replay_url))
    nothing_happened(watched, frame, live_server, replay_url, elsewhere)


def test_no_cookie_reaches_the_replay_origin(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str
) -> None:
    watched.goes(address_of(capture, "frame", live_server, replay_url))
    sent = [request.all_headers() for request in watched.asked if request.url.startswith(replay_url)]
    assert sent and not [headers for headers in sent if "cookie" in headers]
    assert not [1 for request in watched.asked if (r := request.response()) and "set-cookie" in r.headers
                and request.url.startswith(replay_url)]  # fmt: skip


@pytest.mark.parametrize("what", ["the page", "the reading room"])
def test_no_other_site_frames_it(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str, what: str
) -> None:
    where = "alone" if what == "the page" else "frame"
    address = address_of(capture, where, live_server, replay_url)
    framed = address if where == "alone" else f"{live_server.url}{address}"
    trap = f"{live_server.url.replace('localhost', '127.0.0.2')}/"
    body = f'<iframe src="{framed}"></iframe>'
    watched.page.route(trap, lambda route: route.fulfill(body=body, content_type="text/html"))
    watched.goes(trap)
    assert [frame.url for frame in watched.page.main_frame.child_frames] == ["chrome-error://chromewebdata/"]


def test_a_drawing_opened_by_itself_runs_nothing(
    capture: Capture, watched: Watched, live_server: Any, replay_url: str, elsewhere: Elsewhere
) -> None:
    script = f"<script>document.documentElement.dataset.ran = 1; fetch('{elsewhere.url}')</script>"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{script}<image href="{elsewhere.url}/x.png"/></svg>'
    row = keep(capture, "a.svg", drawing.encode(), "image/svg+xml")
    frame = watched.goes(f"{replay_url}{path_of('companion', Ticket(capture.pk, companion=row.pk))}")
    nothing_happened(watched, frame, live_server, replay_url, elsewhere)


def test_pictures_styles_and_fonts_that_are_kept_are_shown(
    library: dict[str, str], open_page: OpenPage, replay_url: str
) -> None:
    """In the sandbox, whose origin is no one's, from the origin that it came from."""
    font = (Path(__file__).resolve().parents[2] / "static/fonts/noto-naskh-arabic-latin.woff2").read_bytes()
    style = b"""@font-face { font-family: Kept; src: url(f.woff2) } h1 { color: rgb(1,2,3); font-family: Kept }
        div { background: url(/b.svg); height: 9px }"""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>'
    link, body = '<link rel="stylesheet" href="/s.css">', '<h1>Kept</h1><img src="a.svg"><div></div>'
    capture = save(f"<html><head>{link}</head><body>{body}</body></html>".encode())
    keep(capture, "a.svg", drawing, "image/svg+xml")
    keep(capture, "b.svg", drawing + b" ", "image/svg+xml")
    keep(capture, "f.woff2", font, "font/woff2")
    keep(capture, "s.css", style, "text/css")
    page = open_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(f"/captures/{capture.pk}/page/", wait_until="load")
    page.wait_for_timeout(500)
    frame = page.frames[1]
    assert frame.evaluate("document.images[0].naturalWidth") == 40
    assert frame.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(1, 2, 3)"
    assert frame.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]
    assert sum(f"{replay_url}/companion/" in url for url in asked) == 4
