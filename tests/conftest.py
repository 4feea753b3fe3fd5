"""What every test shares: one cast, a store and an index of its own, no network."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.taste import Taste, remember

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs an event loop beside the ORM

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@pytest.fixture(autouse=True)
def own_archive(settings: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Every test has a store and an index of its own, and static files without hashed names."""
    settings.SEARCH_URL = f"file://{tmp_path}/index"  # type: ignore[attr-defined]
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "payloads": {
            "BACKEND": "archive.payloads.AtomicFileSystemStorage",
            "OPTIONS": {"location": tmp_path / "payloads"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.KEEP_PAGES = 0  # type: ignore[attr-defined]  # rows change here without the index
    yield tmp_path


@pytest.fixture(autouse=True)
def own_taste(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Warraq's own, whatever the environment says; the desk's row is looked at when a test asks for it."""
    settings.TASTE, settings.LOGO = Taste(), None  # type: ignore[attr-defined]
    remember(Taste())
    monkeypatch.setattr("archive.web.taste.next_look", math.inf)


@pytest.fixture
def dumps() -> Path:
    """The sample dumps."""
    return FIXTURES / "dumps"
