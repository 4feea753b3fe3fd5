"""What is put back is what was backed up; what is not sound is refused before anything is touched."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.preservation import BadBackup, verify
from tests.conftest import FIXTURES
from tests.proofs.__main__ import permalinks
from tests.proofs.machines import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(archive: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dest = tmp_path_factory.mktemp("backups") / "dest"
    answer = archive.run("backup", dest)
    assert answer.returncode == 0, answer.stderr
    return dest


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The one backup, in a folder that may be spoilt."""
    shutil.copytree(made, tmp_path / "copy")
    return next((tmp_path / "copy").glob("2*Z"))


def touched(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*"))


def test_a_restored_archive_is_the_one_that_was_backed_up(archive: Machine, made: Path, elsewhere: Machine) -> None:
    answer = elsewhere.run("restore", made)
    assert answer.returncode == 0, answer.stderr
    assert "الروابط الدائمة هي هي" in answer.stdout
    assert permalinks(elsewhere) == permalinks(archive)
    assert elsewhere.row_hashes() == archive.row_hashes() and elsewhere.store_hashes() == archive.store_hashes()
    assert elsewhere.run("check_fixity").returncode == 0
    assert elsewhere.run("doctor").returncode == 0
    # nothing is put over an archive, unless that is asked for
    elsewhere.run("import_pages", FIXTURES / "dumps" / "almina", "--workers", 1)
    before = touched(elsewhere.folder)
    assert elsewhere.run("restore", made).returncode == 1
    assert touched(elsewhere.folder) == before
    answer = elsewhere.run("restore", made, "--replace")
    assert answer.returncode == 0, answer.stderr
    assert elsewhere.row_hashes() == archive.row_hashes() and elsewhere.store_hashes() == archive.store_hashes()
    (aside,) = elsewhere.folder.glob("payloads.before-*")
    assert len(list(aside.rglob("*.zst"))) > len(elsewhere.payload_files())


def test_a_restore_that_fails_on_its_way_leaves_what_was_there(
    archive: Machine, made: Path, elsewhere: Machine
) -> None:
    elsewhere.run("migrate", "-v0")
    elsewhere.run("import_pages", FIXTURES / "dumps" / "almina", "--workers", 1)
    rows, store = elsewhere.row_hashes(), elsewhere.store_hashes()
    fail = (
        "from pathlib import Path\nfrom archive.preservation import restore, verify\n"
        "from archive.preservation import restoring as module\n"
        "def full(*words): raise OSError(28, 'No space left on device')\n"
        "module.os.sync = full\n"
        f"restore(verify(Path({str(made)!r})), replace=True)"
    )
    answer = elsewhere.python(fail)
    assert "No space left" in answer.stderr
    assert elsewhere.row_hashes() == rows and elsewhere.store_hashes() == store
    assert not list(elsewhere.folder.glob(".*.restoring"))


def test_a_restore_that_is_in_place_says_so_when_what_follows_fails(
    archive: Machine, made: Path, elsewhere: Machine
) -> None:
    (elsewhere.folder / "index").write_text("a file where the index should be")
    answer = elsewhere.run("restore", made)
    assert answer.returncode == 1 and "النسخة في مكانها" in answer.stderr and "Traceback" not in answer.stderr
    assert elsewhere.row_hashes() == archive.row_hashes()
    (elsewhere.folder / "index").unlink()
    assert elsewhere.run("rebuild_index").returncode == 0 and elsewhere.run("doctor").returncode == 0


def test_a_sound_backup_is_found_sound(copy: Path) -> None:
    assert verify(copy).manifest.payloads == 10
    assert verify(copy.parent).folder == copy


# -- backups that must be refused ------------------------------------------------------------------------------------


def manifest_of(backup: Path) -> dict[str, Any]:
    return dict(json.loads((backup / "manifest.json").read_text(encoding="utf-8")))


def write_manifest(backup: Path, about: object) -> None:
    """With its checksum: as somebody would who means harm."""
    content = json.dumps(about).encode()
    (backup / "manifest.json").write_bytes(content)
    (backup / "manifest.json.sha256").write_text(f"{hashlib.sha256(content).hexdigest()}  manifest.json\n")


def note(backup: Path, name: str, path: Path) -> None:
    about, content = manifest_of(backup), path.read_bytes()
    about["files"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    write_manifest(backup, about)


def change(backup: Path, **fields: object) -> None:
    write_manifest(backup, manifest_of(backup) | fields)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def a_page(backup: Path) -> Path:
    return sorted((backup.parent / "payloads").rglob("*.zst"))[3]


def the_database(backup: Path) -> Path:
    return next(backup.glob("database.*"))


def list_another(backup: Path, path: str) -> None:
    """A line of the list that leads somewhere else."""
    lines = (backup / "payloads.sha256").read_text().splitlines(keepends=True)
    lines[-1] = f"{'0' * 64}  {path}\n"
    (backup / "payloads.sha256").write_text("".join(lines))
    note(backup, "payloads.sha256", backup / "payloads.sha256")


def name_a_file_outside(backup: Path, name: str) -> None:
    outside = backup.parent / "outside.toml"
    outside.touch()
    note(backup, name, outside)


def link_page(backup: Path) -> None:
    page = a_page(backup)
    page.rename(backup.parent / "elsewhere.zst")
    page.symlink_to(backup.parent / "elsewhere.zst")


def link_shelf(backup: Path) -> None:
    shelf = a_page(backup).parent
    shelf.rename(backup.parent / "shelf")
    shelf.symlink_to(backup.parent / "shelf")


def link_database(backup: Path) -> None:
    file = the_database(backup)
    file.rename(backup.parent / "rows")
    file.symlink_to(backup.parent / "rows")


def with_a_short_list(backup: Path) -> None:
    lines = (backup / "payloads.sha256").read_text().splitlines(keepends=True)
    (backup / "payloads.sha256").write_text("".join(lines[:-1]))
    note(backup, "payloads.sha256", backup / "payloads.sha256")


HARMS: dict[str, Callable[[Path], object]] = {
    "a page with a flipped bit": lambda backup: flip(a_page(backup)),
    "a truncated page": lambda backup: cut(a_page(backup)),
    "a missing page": lambda backup: a_page(backup).unlink(),
    "a database with a flipped bit": lambda backup: flip(the_database(backup)),
    "a truncated database": lambda backup: cut(the_database(backup)),
    "no database": lambda backup: the_database(backup).unlink(),
    "a flipped bit in the list": lambda backup: flip(backup / "payloads.sha256"),
    "a truncated list": lambda backup: cut(backup / "payloads.sha256"),
    "a list without its last line": with_a_short_list,
    "a flipped bit in the manifest": lambda backup: flip(backup / "manifest.json"),
    "a truncated manifest": lambda backup: cut(backup / "manifest.json"),
    "no manifest": lambda backup: (backup / "manifest.json").unlink(),
    "no checksum": lambda backup: (backup / "manifest.json.sha256").unlink(),
    "no JSON": lambda backup: write_manifest(backup, "نص"),
    "numbers that are none": lambda backup: change(backup, payloads="10"),
    "names that are none": lambda backup: change(backup, migrations=[["archive"]]),
    "another format": lambda backup: change(backup, format="tar"),
    "a newer version": lambda backup: change(backup, version=2),
    "a newer program": lambda backup: change(
        backup, migrations=[*manifest_of(backup)["migrations"], "archive.9999_of_tomorrow"]
    ),
    "another kind of database": lambda backup: change(backup, database="mysql"),
    "a list that leads up": lambda backup: list_another(backup, f"payloads/../../{'a' * 64}.zst"),
    "a list that leads to the root": lambda backup: list_another(backup, "/etc/passwd"),
    "a list that leads to another shelf": lambda backup: list_another(backup, f"payloads/ff/fe/{'f' * 64}.zst"),
    "a file that leads up": lambda backup: name_a_file_outside(backup, "../outside.toml"),
    "a publisher that leads up": lambda backup: name_a_file_outside(backup, "publishers/../../outside.toml"),
    "a file that no backup has": lambda backup: name_a_file_outside(backup, "settings.py"),
    "a page that is a link": link_page,
    "a shelf that is a link": link_shelf,
    "a database that is a link": link_database,
}


@pytest.fixture
def here(settings: Any, own_archive: Path) -> Iterator[Path]:
    settings.DATA_DIR = own_archive / "here"
    settings.DATA_DIR.mkdir()
    yield settings.DATA_DIR


@pytest.mark.parametrize("spoil", HARMS.values(), ids=list(HARMS))
def test_a_spoilt_backup_is_refused_before_anything_is_touched(
    copy: Path, here: Path, spoil: Callable[[Path], object], own_archive: Path
) -> None:
    spoil(copy)
    before = touched(own_archive)
    with pytest.raises(BadBackup) as refused:
        verify(copy)
    assert str(refused.value) and touched(own_archive) == before


def test_a_backup_for_which_there_is_no_room_is_refused(
    copy: Path, here: Path, monkeypatch: pytest.MonkeyPatch, own_archive: Path
) -> None:
    from archive.preservation import restore

    found = verify(copy)
    before = touched(own_archive)
    monkeypatch.setattr("shutil.disk_usage", lambda place: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(BadBackup, match="لا مكان"):
        restore(found, replace=True)
    assert touched(own_archive) == before


def test_the_command_says_why_and_leaves_the_machine_as_it_was(copy: Path, elsewhere: Machine) -> None:
    elsewhere.run("check")  # makes the secret key
    flip(a_page(copy))
    before = touched(elsewhere.folder)
    answer = elsewhere.run("restore", copy)
    assert answer.returncode == 1 and "صفحة تالفة" in answer.stderr and "Traceback" not in answer.stderr
    assert touched(elsewhere.folder) == before
    assert elsewhere.run("restore", copy / "nowhere").returncode == 2
