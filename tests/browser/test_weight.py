"""What a first visit costs where static files are collected and compressed, and that none of them is missing."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.browser

MOST = 250_000


@pytest.fixture
def served(library: dict[str, str], settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The application itself, WhiteNoise before the collected files, no server of Django's between."""
    settings.STATIC_ROOT = tmp_path / "static"
    whitenoise = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": whitenoise}
    call_command("collectstatic", interactive=False, verbosity=0)
    in_memory = [one for one in connections.all() if one.vendor == "sqlite" and one.is_in_memory_db()]
    thread = LiveServerThread("127.0.0.1", lambda app: app, connections_override={one.alias: one for one in in_memory})
    thread.daemon = True
    for connection in in_memory:
        connection.inc_thread_sharing()
    thread.start()
    thread.is_ready.wait()
    assert not thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    for answering in threading.enumerate():  # each closes its connection, which must be shared until then
        if "process_request_thread" in answering.name:
            answering.join(timeout=30)
    for connection in in_memory:
        connection.dec_thread_sharing()


def visit(chromium: Browser, address: str) -> tuple[Any, dict[str, float], list[tuple[int, str]]]:
    """A visit with nothing kept from before: the head of the answer, bytes by address as they came over the wire,
    heads included, and every answer with its number."""
    context = chromium.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    came: dict[str, float] = {}
    answers: list[tuple[int, str]] = []
    network.on("Network.requestWillBeSent", lambda sent: asked.update({sent["requestId"]: sent["request"]["url"]}))
    network.on("Network.loadingFinished", lambda end: came.update({asked[end["requestId"]]: end["encodedDataLength"]}))
    page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    network.send("Network.enable")
    opened = page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    context.close()
    return opened, came, answers


def test_a_first_visit_stays_under_250_kilobytes(library: dict[str, str], served: str, chromium: Browser) -> None:
    for name in ("front", "story", "search"):
        opened, came, answers = visit(chromium, served + library[name])
        assert opened.headers["content-encoding"] == "gzip"
        assert [one for one in answers if one[0] != 200] == []
        assert {address.rpartition(".")[2] for address in came} >= {"woff2", "css", "js"}
        assert sum(came.values()) < MOST, (name, came)
