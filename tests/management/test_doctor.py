"""What `doctor` sees: the index in step, and all else that keeps an archive well."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from archive.models import FixityCheck, Story
from archive.search.embedded import EmbeddedEngine
from archive.search.engine import engine

from .conftest import ONE, Answer, Run

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


# -- the machine, the settings, what keeps the archive -------------------------------------------------------------


@pytest.fixture
def here(settings: Any, own_archive: Path) -> Path:
    settings.DATA_DIR, settings.ALLOWED_HOSTS = own_archive, ["localhost"]
    return own_archive


def line(answer: Answer, word: str) -> str:
    """The line that speaks of something."""
    (found,) = [line for line in answer.out.splitlines() if word in line]
    return found


def test_an_archive_that_was_never_backed_up_or_checked_is_reminded(run: Run, here: Path) -> None:
    answer = run("doctor")
    assert answer.code == 0
    assert line(answer, "نسخة احتياطية").startswith("!") and line(answer, "سلامة الصفحات").startswith("!")


def test_the_last_check_and_backup_are_told_with_their_age(run: Run, here: Path) -> None:
    run("check_fixity")
    (here / "last_backup.json").write_text(json.dumps({"made_at": str(timezone.now()), "folder": str(here)}))
    here.chmod(0o700)
    answer = run("doctor")
    assert answer.code == 0 and "!" not in answer.out
    assert "في اليوم الأخير: قُرئت 10 صفحات" in line(answer, "آخر فحص") and "في اليوم الأخير" in line(answer, "نسخة")
    FixityCheck.objects.update(finished_at=timezone.now() - timedelta(days=60))
    old = {"made_at": str(timezone.now() - timedelta(days=2, hours=1)), "folder": str(here)}
    (here / "last_backup.json").write_text(json.dumps(old))
    answer = run("doctor")
    assert answer.code == 0
    assert line(answer, "آخر فحص").startswith("! ") and "قبل 60 يوما" in line(answer, "آخر فحص")
    assert "قبل يومين" in line(answer, "نسخة")


def test_a_damaged_page_is_bad_once_it_is_found(run: Run, here: Path) -> None:
    next((here / "payloads").rglob("*.zst")).write_bytes(b"junk")
    assert run("check_fixity").code == 1
    answer = run("doctor")
    assert answer.code == 1 and "وفي المخزن خلل (ملف واحد)" in line(answer, "آخر فحص")


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DEBUG", True, "DEBUG"),
        ("SECRET_KEY", "changeme", "SECRET_KEY"),
        ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz", "SECRET_KEY"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
    ],
)
def test_settings_that_give_the_archive_away_are_bad(
    run: Run, settings: Any, name: str, value: object, word: str
) -> None:
    setattr(settings, name, value)
    answer = run("doctor")
    assert answer.code == 1 and line(answer, word).startswith("✗")


def test_a_name_on_the_network_without_https_is_worth_a_thought(run: Run, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["archive.example"]
    assert line(run("doctor"), "HTTPS").startswith("!")
    settings.HTTPS = True
    assert "HTTPS" not in run("doctor").out


def test_secrets_that_others_can_read_are_bad(run: Run, here: Path) -> None:
    key, backup = here / "secret_key", here / "backup"
    key.touch(mode=0o600)
    backup.mkdir(mode=0o700)
    (here / "last_backup.json").write_text(json.dumps({"made_at": str(timezone.now()), "folder": str(backup)}))
    assert run("doctor").code == 0
    for exposed in (key, backup):
        exposed.chmod(0o644)
        answer = run("doctor")
        assert answer.code == 1 and line(answer, f"chmod go= {exposed}").startswith("✗")
        exposed.chmod(0o600)


def test_a_full_disk_is_bad(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=10**8))
    answer = run("doctor")
    assert answer.code == 1 and "0.1 غيغابايت" in line(answer, "غيغابايت")


def test_pending_migrations_are_bad_and_end_the_questions(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.preservation.health.MigrationExecutor.migration_plan", lambda *words: ["one"])
    answer = run("doctor")
    assert answer.code == 1 and line(answer, "manage.py migrate").startswith("✗") and "الفهرس" not in answer.out
