"""Saved pages with their bytes in the store, and the replay origin under a name of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from archive import payloads
from archive.dumps import companion_key
from archive.models import Capture, Companion
from archive.replay import Kind, replay_address

MakeCapture = Callable[..., Capture]
MakeCompanion = Callable[..., Companion]
Show = Callable[..., HttpResponse]
MOMENT = datetime(2020, 1, 21, 11, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
numbers = count(1)


@pytest.fixture(autouse=True)
def replay_origin(settings: Settings) -> None:
    settings.REPLAY_URL = "http://saved.example:8001"
    settings.ALLOWED_HOSTS = ["room.example", "saved.example"]


@pytest.fixture
def make_capture(db: None) -> MakeCapture:
    def make(content: bytes, **fields: Any) -> Capture:
        digest = payloads.digest_of(content)
        payloads.put(content, digest)
        known = {"url": "https://www.example.com/2020/1.html", "dump": "/srv/dump.warc.gz", "captured_at": MOMENT}
        known |= {"key": f"{next(numbers):064}", "digest": digest, "size": len(content), "outcome": "created"}
        return Capture.objects.create(**known | fields)

    return make


@pytest.fixture
def make_companion(db: None) -> MakeCompanion:
    def make(name: str, content: bytes = PNG, content_type: str = "image/png", **fields: Any) -> Companion:
        digest = payloads.digest_of(content)
        payloads.put(content, digest)
        known = {"name": name, "name_key": companion_key(name), "root": "/srv/dump.warc.gz", "captured_at": MOMENT}
        known |= {"key": f"{next(numbers):064}", "digest": digest, "size": len(content), "content_type": content_type}
        return Companion.objects.create(**known | fields)

    return make


@pytest.fixture
def ask(client: Client) -> Callable[..., HttpResponse]:
    """Asks the replay origin for an address, whole or beginning with a slash."""

    def ask(address: str, method: str = "get", **headers: str) -> HttpResponse:
        path = address.removeprefix("http://saved.example:8001")
        return getattr(client, method)(path, HTTP_HOST="saved.example:8001", **headers)

    return ask


@pytest.fixture
def address_of() -> Callable[[Capture, Kind], str]:
    """The address that the reading room gives out."""
    request = RequestFactory().get("/", HTTP_HOST="room.example")
    return lambda capture, kind: replay_address(kind, capture.pk, request)


@pytest.fixture
def show(ask: Show, address_of: Callable[[Capture, Kind], str]) -> Show:
    return lambda capture, kind="page": ask(address_of(capture, kind))
