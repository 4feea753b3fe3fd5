"""The settings of docs/running.md, and those that must not be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

KEY = "pHq0vX7+b2kYw4TzR9mLsE1cJ6nDfG3uAoIyB8KxVtWQZrN5hMePjCdSgUlFaTi/"
PRODUCTION = {
    "HTTPS": "on",
    "PUBLIC": "off",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "archive.example,127.0.0.1",
    "DATABASE_URL": "postgres://warraq:secret@127.0.0.1/warraq",
    "LOG_FORMAT": "json",
}
COOKIES = """
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE,
      s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH)
"""


def manage(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command as production runs it: with this environment and no other."""
    given = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environment}
    script = [sys.executable, settings.BASE_DIR / "manage.py", *command]
    return subprocess.run(script, env=given, cwd=folder, capture_output=True, text=True)


def test_the_documented_settings_raise_no_warning(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": "changeme", "HTTPS": "off"}, "SECRET_KEY is too easy to guess"),
        ({"DEBUG": "on"}, "DEBUG=on shows visitors what is inside"),
    ],
)
def test_it_does_not_start_where_it_would_not_be_safe(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    done = manage(tmp_path, "migrate", **PRODUCTION | changed)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_machine_of_ones_own_needs_no_settings(tmp_path: Path) -> None:
    assert manage(tmp_path, "check").returncode == 0
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("https", "cookies"),
    [
        ("on", "__Host-sessionid __Host-csrftoken True True True True Lax Lax None /"),
        ("off", "sessionid csrftoken False False True True Lax Lax None /"),
    ],
)
def test_cookies_are_bound_to_the_host_where_there_is_https(tmp_path: Path, https: str, cookies: str) -> None:
    done = manage(tmp_path, "shell", "--verbosity", "0", "--command", COOKIES, **PRODUCTION | {"HTTPS": https})
    assert done.stdout.split() == cookies.split()


def test_no_server_of_nginx_logs_what_people_search_for() -> None:
    """Its own access log and messages of errors hold the whole address."""
    servers = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text().split("\nserver {")[1:]
    assert len(servers) == 2
    for server in servers:
        assert "access_log /var/log/nginx/warraq.log warraq;" in server
        assert "error_log /var/log/nginx/error.log alert;" in server
