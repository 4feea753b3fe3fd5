"""What `doctor` sees of the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.models import Story
from archive.search.embedded import EmbeddedEngine
from archive.search.engine import engine

from .conftest import ONE, Run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive(run: Run, dumps: Path) -> None:
    run("import_pages", dumps / "annakhla.zip", *ONE)


def test_an_archive_in_step_is_well(run: Run) -> None:
    answer = run("doctor")
    assert answer.code == 0 and "✗" not in answer.out


def test_no_index_is_seen(run: Run, own_archive: Path) -> None:
    (own_archive / "index" / "current.json").unlink()
    answer = run("doctor")
    assert answer.code == 1 and "rebuild_index" in answer.out


def test_an_index_of_another_version_is_seen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search.indexing.FORMAT", "another")
    answer = run("doctor")
    assert answer.code == 1 and "إصدار آخر" in answer.out


def test_a_story_that_waits_is_seen(run: Run) -> None:
    Story.objects.filter(pk=Story.objects.first().pk).update(indexed=False)  # type: ignore[union-attr]
    answer = run("doctor")
    assert answer.code == 1 and "تنتظر الفهرسة: خبر واحد" in answer.out


def test_a_story_that_is_missing_or_stray_is_named(run: Run) -> None:
    first, second = Story.objects.order_by("pk")[:2]
    engine().add([], {first.pk})
    Story.objects.filter(pk=second.pk).update(hidden=True)
    answer = run("doctor")
    assert answer.code == 1
    assert f"({first.pk})" in answer.out and f"({second.pk})" in answer.out
    assert isinstance(engine(), EmbeddedEngine)
