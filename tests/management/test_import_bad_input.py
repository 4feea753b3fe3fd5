"""Input that cannot be taken: one clear line each, everything else imported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archive.models import ImportRun, Story

from .conftest import MANAGE, ONE, Run, WritePage, assert_balanced, manage

pytestmark = pytest.mark.django_db


def test_a_missing_path_among_good_ones_is_said_and_the_rest_imported(
    run: Run, write_page: WritePage, tmp_path: Path
) -> None:
    missing = tmp_path / "nothing.zip"
    answer = run("import_pages", missing, write_page(), *ONE)
    assert answer.code == 1
    (line,) = answer.err.splitlines()
    assert str(missing) in line and "no such file" in line
    assert (answer.balance["created"], answer.balance["reasons"]) == (1, {"missing": 1})


def test_a_missing_path_that_appears_later_is_imported(run: Run, write_page: WritePage, tmp_path: Path) -> None:
    assert run("import_pages", tmp_path / "pages/www.example.com/1.html", *ONE).code == 1
    answer = run("import_pages", write_page(), *ONE)
    assert (answer.code, answer.balance["created"]) == (0, 1)


def test_a_name_longer_than_any_file_is_missing_like_any_other(run: Run, write_page: WritePage) -> None:
    answer = run("import_pages", "n" * 300 + ".zip", write_page(), *ONE)
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1
    assert (answer.balance["created"], answer.balance["rejected"]) == (1, 1)


def test_an_empty_folder_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = run("import_pages", tmp_path / "empty", *ONE)
    assert answer.code == 1
    assert answer.balance["reasons"] == {"no-pages": 1}
    assert len(answer.err.splitlines()) == 1 and str(tmp_path / "empty") in answer.err


def test_a_folder_of_junk_is_said(run: Run, tmp_path: Path) -> None:
    junk = tmp_path / "junk"
    junk.mkdir()
    for name, content in {
        "a.jpg": b"\xff\xd8",
        "b.bin": bytes(range(256)),
        "c.txt": b"words",
        "d.html": b"\xff" * 99,
    }.items():
        (junk / name).write_bytes(content)
    answer = run("import_pages", junk, *ONE)
    assert_balanced(answer.balance)
    assert answer.balance["reasons"] == {"not-html": 1}
    assert answer.code == 0 and not Story.objects.exists()


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_an_unreadable_file_is_rejected_and_the_rest_imported(
    run: Run, write_page: WritePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError
) -> None:
    import builtins

    write_page("www.example.com/1.html", "القطار الأول يصل")
    locked = write_page("www.example.com/2.html", "القطار الثاني يصل")
    write_page("www.example.com/3.html", "القطار الثالث يصل")
    real = builtins.open

    def guarded(file: Any, *args: Any, **options: Any) -> Any:
        if str(file) == str(locked):
            raise fault
        return real(file, *args, **options)

    monkeypatch.setattr(builtins, "open", guarded)
    answer = run("import_pages", tmp_path / "pages", *ONE)
    assert answer.code == 1
    assert (answer.balance["created"], answer.balance["reasons"]) == (2, {"unreadable": 1})
    (line,) = answer.err.splitlines()
    assert str(locked) in line and (fault.strerror or "") in line


def test_a_folder_that_cannot_be_listed_is_rejected_and_the_rest_imported(
    run: Run, write_page: WritePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page("a/1.html", "القطار الأول يصل")
    write_page("b/2.html", "القطار الثاني يصل")
    real = os.scandir

    def guarded(path: Any) -> Any:
        if str(path).endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    answer = run("import_pages", tmp_path / "pages", *ONE)
    assert answer.code == 1
    assert (answer.balance["created"], answer.balance["reasons"]) == (1, {"unreadable": 1})


def test_names_that_are_not_utf8_are_imported(run: Run, write_page: WritePage, tmp_path: Path) -> None:
    path = write_page("www.example.com/1.html")
    os.rename(path, os.fsencode(path.parent) + b"/\xce\xc8\xd1.html")
    balance = run("import_pages", tmp_path / "pages", *ONE).balance
    assert_balanced(balance)
    assert balance["created"] == 1


def test_broken_files_whose_names_are_not_utf8_are_rejected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    with open(os.fsencode(tmp_path / "pages") + b"/\xce\xc8\xd1.html.gz", "wb") as stream:
        stream.write(b"no gzip")
    answer = run("import_pages", tmp_path / "pages", *ONE)
    assert (answer.code, answer.balance["reasons"]) == (1, {"unreadable": 1})


def test_a_zip_whose_directory_lies_is_imported_or_rejected(run: Run, write_page: WritePage, tmp_path: Path) -> None:
    path = tmp_path / "lies.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(write_page(), "1.html")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x05\x06") + 16
    content[at : at + 4] = (int.from_bytes(content[at : at + 4], "little") + 10).to_bytes(4, "little")
    path.write_bytes(content)
    assert_balanced(run("import_pages", path, *ONE).balance)


def test_a_page_with_an_impossible_moment_of_saving_is_imported(run: Run, write_page: WritePage) -> None:
    path = write_page()
    mark = (
        "<!--\n Page saved with SingleFile \n url: https://a.com/1 \n saved date: Mon Jan 06 2025 10:00 GMT+9999\n-->"
    )
    path.write_text(mark + path.read_text())
    answer = run("import_pages", path, *ONE)
    assert (answer.code, answer.balance["created"]) == (0, 1)


@pytest.mark.parametrize("charset", ["hex", "rot13", "zlib", "idna", "undefined", "punycode", "unicode_escape"])
def test_a_charset_that_is_no_charset_does_not_cost_the_page(run: Run, write_page: WritePage, charset: str) -> None:
    path = write_page()
    path.write_bytes(path.read_text().replace("charset=utf-8", f"charset={charset}").encode("cp1256"))
    answer = run("import_pages", path, *ONE)
    assert (answer.code, answer.balance["created"]) == (0, 1), answer.err
    assert "القطار" in Story.objects.get().headline


def test_a_full_disk_ends_in_one_clear_line(
    run: Run, write_page: WritePage, monkeypatch: pytest.MonkeyPatch, own_archive: Path
) -> None:
    def full(*args: Any, **options: Any) -> None:
        raise OSError(28, "No space left on device")

    path = write_page()
    monkeypatch.setattr("archive.payloads.AtomicFileSystemStorage._save", full)
    answer = run("import_pages", path, *ONE)
    assert answer.code not in (0, 2)
    assert "No space left on device" in answer.err and "Traceback" not in answer.err
    assert not Story.objects.exists() and ImportRun.objects.get().state == ImportRun.State.FAILED


def test_a_million_attributes_do_not_hold_up_an_import(tmp_path: Path) -> None:
    """The parser is in C and hears no alarm: only another process can end it."""
    many = " ".join(f"a{number}=1" for number in range(400_000))
    (tmp_path / "heavy.html").write_text(f"<html><body><p {many}>خبر</p></body></html>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(tmp_path / "data"))
        manage("migrate", "-v0")
        process = subprocess.Popen(
            [sys.executable, MANAGE, "import_pages", "--json", tmp_path / "heavy.html"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            out, _ = process.communicate(timeout=45)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            pytest.fail("one page holds the importer for more than 45 seconds")
    assert b'"seen": 1' in out
