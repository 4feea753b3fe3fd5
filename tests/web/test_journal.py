"""The log as lines of JSON."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from archive.web.journal import JsonLines

from .conftest import MakeStory


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    """What was logged, as it would be printed."""
    caplog.set_level("INFO", "archive.requests")
    caplog.handler.setFormatter(JsonLines())
    return lambda: [json.loads(line) for line in caplog.text.splitlines()]


def test_a_request_is_a_line(make_story: MakeStory, client: Client, lines: Any) -> None:
    story = make_story()
    response = client.get(story.get_absolute_url())
    (line,) = lines()
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["path"] == f"/stories/{story.pk}/خبر-من-الرباط/"
    assert isinstance(line["ms"], int)
    assert line["request"] == response["X-Request-ID"]
    assert "user" not in line


def test_what_people_search_for_is_not_written_down(db: None, client: Client, lines: Any) -> None:
    client.get("/search/", {"q": "سرطان"}, HTTP_REFERER="https://x.example/?q=سرطان")
    (line,) = lines()
    assert line["path"] == "/search/"
    assert "سرطان" not in json.dumps(line, ensure_ascii=False)


def test_an_account_is_written_by_its_number(db: None, client: Client, lines: Any) -> None:
    user = User.objects.create_user("fatima")
    client.force_login(user)
    client.get("/about/")
    (line,) = lines()
    assert line["user"] == user.pk
    assert "fatima" not in json.dumps(line)


def test_a_path_cannot_begin_a_line_of_its_own(db: None, client: Client, lines: Any) -> None:
    client.get('/x%0a{"level": "error"}/')
    assert all(line["request"] for line in lines())


def test_an_error_keeps_its_trace_in_its_line(
    db: None, monkeypatch: pytest.MonkeyPatch, lines: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("archive.web.search.search_stories", fail)
    response = Client(raise_request_exception=False).get("/search/", {"q": "x"})
    error, request = lines()
    assert "RuntimeError: broken" in error["trace"]
    assert error["request"] == request["request"] == response["X-Request-ID"]
    assert request["status"] == 500


@pytest.mark.parametrize(
    ("proxies", "given", "kept"), [(1, "abc-12345", True), (0, "abc-12345", False), (1, "a\nb", False)]
)
def test_the_number_of_our_proxy_is_kept(
    db: None, client: Client, settings: Settings, proxies: int, given: str, kept: bool
) -> None:
    settings.PROXIES = proxies
    assert (client.get("/login/", HTTP_X_REQUEST_ID=given)["X-Request-ID"] == given) is kept


def test_a_message_outside_of_requests_has_no_number() -> None:
    record = logging.LogRecord("archive", logging.WARNING, "", 0, "تنبيه %s", ("أول",), None)
    line = json.loads(JsonLines().format(record))
    assert (line["message"], line["level"], "request" in line) == ("تنبيه أول", "warning", False)
