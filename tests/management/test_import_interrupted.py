"""Ctrl-C and SIGTERM: all that is counted is kept, and the same command goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archive.ingest import run as importer
from archive.models import Capture, ImportRun, Outcome, Story
from archive.search import index_status

from .conftest import MANAGE, ONE, Run, WritePage, assert_balanced, manage

pytestmark = pytest.mark.django_db


def interrupt_after(monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    """Ctrl-C while the batch after these is read."""
    real, done = importer._store, [0]

    def store(*args: Any) -> int:
        if done[0] == batches:
            raise KeyboardInterrupt
        done[0] += 1
        return real(*args)

    monkeypatch.setattr(importer, "PAGES_A_BATCH", 2)
    monkeypatch.setattr(importer, "_store", store)


def test_an_interrupted_import_says_how_to_go_on_and_goes_on(
    run: Run, dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        interrupt_after(patch, 2)
        answer = run("import_pages", dumps / "annakhla.zip", *ONE)
    assert answer.code == 130
    assert "again" in answer.err and "Traceback" not in answer.err
    assert_balanced(answer.balance)
    assert answer.balance["seen"] == Capture.objects.count() == 4
    stopped = ImportRun.objects.get()
    assert stopped.state == ImportRun.State.INTERRUPTED and stopped.finished_at
    assert stopped.counts["seen"] == 4 and stopped.checkpoint["member"]
    again = run("import_pages", dumps / "annakhla.zip", *ONE)
    assert (again.code, again.balance["seen"], again.balance["unchanged"]) == (0, 10, 4)
    assert Story.objects.count() == 9 and not Story.objects.filter(indexed=False).exists()


def test_an_interrupted_dry_run_promises_nothing(run: Run, dumps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt_after(monkeypatch, 2)
    answer = run("import_pages", dumps / "annakhla.zip", *ONE, "--dry-run")
    assert answer.code == 130 and not Story.objects.exists()
    assert "kept" not in answer.err


def test_an_interruption_while_indexing_is_one_like_any_other(
    run: Run, write_page: WritePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> int:
        raise KeyboardInterrupt

    path = write_page()
    with monkeypatch.context() as patch:
        patch.setattr(importer, "index_pending", stop)
        try:
            answer = run("import_pages", path, *ONE)
        except KeyboardInterrupt:
            pytest.fail("the interruption came through as a traceback")
    assert answer.code == 130
    assert ImportRun.objects.get().state == ImportRun.State.INTERRUPTED
    run("import_pages", path, *ONE)
    assert index_status().state == "ready" and index_status().documents == 1


def test_a_handler_of_the_caller_is_put_back(run: Run, write_page: WritePage) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run("import_pages", write_page(), *ONE)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_signal_stops_the_command_in_time(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals, workers: str
) -> None:
    """The whole command in a process of its own, over a dump long enough to be met in the middle."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    page = next((dumps / "almina").glob("*.html")).read_bytes()
    with zipfile.ZipFile(tmp_path / "long.zip", "w") as archive:
        for number in range(3000):
            archive.writestr(f"www.example.com/{number}.html", page + b"<!-- %d -->" % number)
    assert manage("migrate", "-v0").returncode == 0
    process = subprocess.Popen(
        [sys.executable, MANAGE, "import_pages", "--workers", workers, "--json", tmp_path / "long.zip"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not any((tmp_path / "data" / "payloads").rglob("*/*")) and time.monotonic() < deadline:
        time.sleep(0.1)  # until the first pages are kept, however busy the machine is
    assert process.poll() is None, process.communicate()
    process.send_signal(sent)
    started = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - started < 5
    assert process.returncode == 130, err
    assert "Traceback" not in err and "again" in err
    assert 0 <= int(out.split('"seen": ')[1].split(",")[0]) < 3000


def test_outcomes_in_the_rows_are_those_of_the_balance_sheet(run: Run, dumps: Path) -> None:
    balance = run("import_pages", dumps, *ONE).balance
    for outcome in Outcome.values:
        assert Capture.objects.filter(outcome=outcome).count() == balance[outcome]
