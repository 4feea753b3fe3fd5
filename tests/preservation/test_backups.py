"""A backup is whole or not there, and grows by what is new."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest

from archive import payloads
from tests.conftest import FIXTURES
from tests.proofs.machines import Machine

KILL = """
import os
from pathlib import Path
from archive.preservation import backups as made
keep, calls = made._keep, []
def _keep(*words):
    calls.append(words)
    if len(calls) > 3: os.kill(os.getpid(), 9)
    return keep(*words)
made._keep = _keep
made.backup(Path({!r}))
"""


def backups(dest: Path) -> list[Path]:
    return sorted(dest.glob("2*Z"))


def files(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*.zst")}


def test_a_backup_can_be_opened_and_verified_by_hand(archive: Machine, tmp_path: Path) -> None:
    own = archive.folder / "publishers"
    own.mkdir()
    (own / "own.toml").write_text("a file that another command would stumble over", encoding="utf-8")
    answer = archive.run("backup", tmp_path / "dest")
    shutil.rmtree(own)
    assert answer.returncode == 0, answer.stderr
    (one,) = backups(tmp_path / "dest")
    listed = subprocess.run(["sha256sum", "-c", "--quiet", one / "payloads.sha256"], cwd=one.parent)
    manifest = subprocess.run(["sha256sum", "-c", "--quiet", "manifest.json.sha256"], cwd=one)
    assert listed.returncode == manifest.returncode == 0
    about = json.loads((one / "manifest.json").read_text(encoding="utf-8"))
    assert about["payloads"] == len(archive.payload_files()) and about["lacking"] == []
    assert 0 < about["captures"] <= about["payloads"]  # another test may have imported pictures
    assert {"payloads.sha256", "settings.env", "publishers/own.toml"} < about["files"].keys()
    assert "secret" not in str(about["files"].keys()) and "zstd -d" in (one.parent / "README.txt").read_text()
    if about["database"] == "sqlite":
        rows = sqlite3.connect(one / "database.sqlite3")
        assert rows.execute("SELECT count(*) FROM archive_story").fetchone() == (about["stories"],)
        rows.close()


def test_nobody_else_can_read_a_backup(archive: Machine, tmp_path: Path) -> None:
    archive.run("backup", tmp_path / "dest", "--with-secret-key")
    (one,) = backups(tmp_path / "dest")
    for path in (one, tmp_path / "dest", one / "secret_key"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_the_next_backup_copies_only_new_pages_and_old_ones_stay_for_a_while(archive: Machine, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    archive.run("backup", dest)
    before, first = files(dest), backups(dest)[0]
    archive.run("import_pages", FIXTURES / "dumps" / "almina", "--workers", 1)
    answer = archive.run("backup", dest)
    assert answer.returncode == 0, answer.stderr
    after = files(dest)
    assert len(after) > len(before) and before.items() <= after.items()
    assert backups(dest)[0] == first and len(backups(dest)) == 2
    answer = archive.run("backup", dest, "--keep", 1)
    assert answer.returncode == 0, answer.stderr
    assert len(backups(dest)) == 1 and files(dest) == after


def test_a_backup_that_is_killed_looks_like_none_and_is_gone_on_with(archive: Machine, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    assert archive.python(KILL.format(str(dest))).returncode == -9
    assert not backups(dest) and list(dest.glob(".new-*Z"))
    assert archive.run("restore", dest, "--verify").returncode == 1
    answer = archive.run("backup", dest)
    assert answer.returncode == 0, answer.stderr
    assert len(backups(dest)) == 1 and not list(dest.glob(".new-*"))
    assert archive.run("restore", dest, "--verify").returncode == 0


def test_what_is_damaged_in_the_store_is_told_and_all_else_is_kept(archive: Machine, tmp_path: Path) -> None:
    spoilt, lost, *_ = archive.payload_files()
    before = {path: path.read_bytes() for path in (spoilt, lost)}
    try:
        spoilt.write_bytes(b"junk")
        lost.unlink()
        answer = archive.run("backup", tmp_path / "dest")
        assert answer.returncode == 1 and spoilt.stem in answer.stdout and lost.stem in answer.stdout
        assert archive.run("restore", tmp_path / "dest", "--verify").returncode == 0
    finally:
        for path, content in before.items():
            path.write_bytes(content)


@pytest.mark.django_db
def test_no_backup_is_made_in_a_folder_of_other_things(tmp_path: Path) -> None:
    from archive.preservation import Refused, backup

    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").touch()
    inside = payloads.root() / "aa"
    for dest in (tmp_path / "home", tmp_path / "home" / "letter.txt", payloads.root(), payloads.root().parent, inside):
        with pytest.raises(Refused):
            backup(dest)
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["letter.txt"]


def test_missing_tools_are_told(archive: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not archive.database_url:
        pytest.skip("PostgreSQL only")
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = archive.run("backup", tmp_path / "dest")
    assert answer.returncode == 1 and "pg_dump" in answer.stderr and "Traceback" not in answer.stderr
    assert not backups(tmp_path / "dest")
    shutil.rmtree(tmp_path / "dest")
