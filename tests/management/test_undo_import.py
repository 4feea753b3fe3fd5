"""`undo_import` as people and scripts meet it, killed with kill -9 too."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.models import ImportRun, Story
from tests.conftest import FIXTURES
from tests.proofs.machines import machine

from .conftest import ONE, Run

KILL = """
import os
from archive.ingest import undo
from archive.models import ImportRun
undo.{} = lambda *words: os.kill(os.getpid(), 9)
undo.undo_import(ImportRun.objects.get(), workers=1)
"""
COUNTS = """
from archive.models import Capture, ImportRun, Story
print(Story.objects.count(), Capture.objects.count(), ImportRun.objects.get().state)
"""


@pytest.mark.django_db
def test_it_says_what_it_did_in_counts(run: Run, dumps: Path) -> None:
    number = run("import_pages", dumps / "annakhla.zip", *ONE).balance["run"]
    answer = run("undo_import", number, "--dry-run", "--workers", "1")
    assert answer.code == 0 and "لم يتغير شيء" in answer.out and Story.objects.count() == 9
    answer = run("undo_import", number, "--workers", "1")
    assert answer.code == 0 and "9 أخبار أزيلت" in answer.out and not Story.objects.exists()
    assert ImportRun.objects.get().get_state_display() == "أُلغي"
    again = run("undo_import", number)
    assert again.code == 0 and "من قبل" in again.out


@pytest.mark.django_db
@pytest.mark.parametrize("words", [["7"], ["1", "--workers", "0"]])
def test_wrong_usage_is_told(run: Run, words: list[str]) -> None:
    answer = run("undo_import", *words)
    assert answer.code == 2 and answer.err and not answer.out


def test_killed_before_or_after_the_rows_it_is_finished_by_running_it_again(tmp_path: Path) -> None:
    with machine(tmp_path / "data") as one:
        one.run("import_pages", FIXTURES / "dumps" / "annakhla.zip", "--workers", 1)
        assert one.python(KILL.format("_write_down")).returncode == -9
        assert one.python(COUNTS).stdout.split() == ["9", "10", "done"]
        assert one.python(KILL.format("_finish")).returncode == -9
        assert one.python(COUNTS).stdout.split() == ["0", "0", "undone"]
        assert len(one.payload_files()) == 10
        assert one.run("undo_import", 1).returncode == 0
        assert not one.payload_files()
        assert one.run("check_fixity").returncode == one.run("doctor").returncode == 0
