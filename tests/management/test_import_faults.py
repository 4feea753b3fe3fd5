"""K2, K3, K7, K8, K11: the importer while something around it fails, or others are at work."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from archive.ingest import run as importer
from archive.models import Capture, ImportRun, Story
from tests.conftest import FIXTURES
from tests.proofs.machines import REPOSITORY, Machine, machine
from tests.proofs.pages import write_pages

from .conftest import ONE, Run, WritePage

MEGABYTE = 2**20


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("said", ["server closed the connection unexpectedly", "database is locked"])
def test_a_database_that_goes_away_is_told_and_the_next_run_completes(
    run: Run, dumps: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """K2. From the third batch on every question fails, as it does once the server is gone."""
    monkeypatch.setattr(importer, "PAGES_A_BATCH", 2)
    asked = 0

    def gone(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += 'INTO "archive_capture"' in sql
        if asked > 2:
            raise OperationalError(said)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(gone):
        answer = run("import_pages", dumps / "annakhla.zip", *ONE)
    assert answer.code == 1 and "Traceback" not in answer.err
    assert said in answer.err and "run the same command again" in answer.err
    assert answer.balance["seen"] == Capture.objects.count() == 4
    again = run("import_pages", dumps / "annakhla.zip", *ONE)
    assert (again.code, again.balance["seen"], again.balance["unchanged"]) == (0, 10, 4)
    assert Story.objects.count() == 9


def start(one: Machine, limit: tuple[int, int], *words: object) -> subprocess.Popen[str]:
    """An import under a limit of the operating system."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_pages", *(str(word) for word in words), *ONE],
        cwd=REPOSITORY,
        env=one.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(limit[0], (limit[1], limit[1])),
    )


def test_a_database_that_cannot_grow_is_told_and_the_next_run_completes(tmp_path: Path) -> None:
    """K3. No file may grow beyond what the database has now, as on a full disk; pages are smaller."""
    with machine(tmp_path / "alone") as alone, machine(tmp_path / "data") as one:
        if one.database_url:
            pytest.skip("the files of PostgreSQL are its server's: K3 in make prove")
        dump = write_pages(tmp_path / "pages.zip", 80)
        assert alone.run("import_pages", dump, *ONE).returncode == 0
        size = (one.folder / "archive.sqlite3").stat().st_size
        process = start(one, (resource.RLIMIT_FSIZE, size), dump)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 1 and "Traceback" not in err, err
        assert "disk" in err and "run the same command again" in err
        assert json.loads(out)["seen"] < 80
        again = one.run("import_pages", dump, *ONE)
        assert again.returncode == 0 and json.loads(again.stdout)["seen"] == 80
        assert one.row_hashes() == alone.row_hashes() and one.store_hashes() == alone.store_hashes()


def test_pages_and_containers_of_hundreds_of_megabytes_stream(tmp_path: Path) -> None:
    """K8. Files with holes cost no disk; what the importer takes at its peak is under half a gigabyte."""
    dump = tmp_path / "dump"
    dump.mkdir()
    with (dump / "large.html").open("wb") as stream:
        stream.write(b"<html>")
        stream.truncate(200 * MEGABYTE)
    with gzip.open(dump / "packed.html.gz", "wb", compresslevel=1) as packed:
        packed.write(b"<html>" + bytes(100 * MEGABYTE))
    with (dump / "huge.tar").open("wb") as stream:
        for number in range(4):
            header = tarfile.TarInfo(f"{number}.html")
            header.size = 300 * MEGABYTE
            stream.write(header.tobuf())
            stream.seek(header.size, os.SEEK_CUR)
        stream.write(bytes(10_240))
    with machine(tmp_path / "data") as one:
        process = start(one, (resource.RLIMIT_CORE, 0), dump)
        assert process.stdout
        balance = json.loads(process.stdout.read())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        process.stderr.close()  # type: ignore[union-attr]
    assert balance["reasons"] == {"too-large": 6} and process.returncode == 1
    assert used.ru_maxrss < 512 * 1024


EDIT = """
import json
from django.conf import settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import setup_test_environment
from archive.models import Story
from tests.web.test_conflict import opened, save
setup_test_environment()  # which shows the forms of a page
desk = Client()
desk.force_login(User.objects.create_superuser("editor"))
wanted, tries = {}, 0
for story in Story.objects.order_by("pk")[:9]:
    wanted[story.url_key] = f"عنوان صححه المحرر {story.pk}"
    while tries < 200:
        tries += 1
        if save(desk, story, opened(desk, story) | {"headline": wanted[story.url_key]}).status_code == 302:
            break
    assert desk.get("/search/", {"q": "القطار"}).status_code == 200
print(json.dumps([wanted, tries]))
"""


def test_editors_work_goes_on_and_stays_while_an_import_runs(tmp_path: Path) -> None:
    """K7. The same stories come in again, newer, while an editor corrects and searches them."""
    first, second = FIXTURES / "dumps" / "annakhla.zip", write_pages(tmp_path / "more.zip", 200)
    with machine(tmp_path / "data") as one:
        assert one.run("import_pages", first, *ONE).returncode == 0
        importing = one.start("import_pages", second, first, *ONE)
        edited = one.python(EDIT)
        out, err = importing.communicate(timeout=300)
        assert edited.returncode == importing.returncode == 0, (edited.stderr, err)
        assert json.loads(out)["seen"] == 210
        wanted, _ = json.loads(edited.stdout.splitlines()[-1])
        one.run("reparse_captures")
        kept = one.python(
            "import json; from archive.models import Story\n"
            "print(json.dumps(dict(Story.objects.filter(corrections__field='headline')"
            ".values_list('url_key', 'headline'))))"
        )
        assert json.loads(kept.stdout) == wanted and len(wanted) == 9
        assert one.run("doctor").returncode == 0


@pytest.mark.django_db
def test_bytes_are_on_the_disk_before_their_rows_are_written(
    run: Run, write_page: WritePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K11. File and folder are synced, then come the rows, then the run is called done."""
    told: list[str] = []
    sync, store, finish = os.fsync, importer.Store.store_captures, importer._finish

    def synced(handle: int) -> None:
        told.append("disk")
        sync(handle)

    def stored(self: Any, readings: Any) -> None:
        told.append("rows")
        store(self, readings)

    def finished(row: ImportRun, state: str) -> None:
        told.append(state)
        finish(row, state)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(importer.Store, "store_captures", stored)
    monkeypatch.setattr(importer, "_finish", finished)
    run("import_pages", write_page(), *ONE)
    assert told[: told.index("rows")] == ["disk", "disk"]
    assert told[-1] == "done"
