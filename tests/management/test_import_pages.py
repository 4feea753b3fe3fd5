from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.core.management import call_command as call

from archive.ingest import run as importer
from archive.models import Capture, ImportRun, Outcome, Story, Teaser
from archive.search import SearchRequest, index_status, search_stories

from .conftest import Run, WritePage

pytestmark = pytest.mark.django_db
MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
KEYS = ["run", "seen", "created", "updated", "unchanged", "rejected", "reasons", "seconds"]
ONE = ("--workers", "1", "--json")


def everything(folder: Path) -> dict[str, Any]:
    """Rows, raw bytes and index, as far as an import may change them."""
    return {
        "stories": list(Story.objects.order_by("pk").values()),
        "captures": list(Capture.objects.order_by("pk").values("key", "digest", "outcome", "code", "story_id")),
        "teasers": Teaser.objects.count(),
        "store": sorted(str(path) for path in (folder / "payloads").rglob("*") if path.is_file()),
        "index": sorted((str(p), p.stat().st_mtime_ns) for p in (folder / "index").rglob("*") if p.is_file()),
    }


def assert_balanced(balance: dict[str, Any]) -> None:
    assert list(balance) == KEYS
    outcomes = [balance[name] for name in ("created", "updated", "unchanged", "rejected")]
    assert balance["seen"] == sum(outcomes)
    assert sum(balance["reasons"].values()) == balance["rejected"]


# -- the contract ----------------------------------------------------------------------------------------------------


def test_the_balance_sheet_is_one_json_object_of_these_keys(run: Run, dumps: Path) -> None:
    answer = run("import_pages", dumps, *ONE)
    assert answer.code == 0 and answer.err == ""
    balance = answer.balance
    assert_balanced(balance)
    assert balance["run"] == ImportRun.objects.get().pk
    assert balance["seen"] == Capture.objects.count() == 62
    assert balance["created"] == Story.objects.count() > 45
    assert balance["reasons"] == {"empty": 1, "error-page": 2, "index-page": 5, "not-html": 1, "redirect": 1}
    assert isinstance(balance["seconds"], float)


def test_the_balance_sheet_for_people_is_on_stdout_alone(run: Run, write_page: WritePage) -> None:
    answer = run("import_pages", write_page(), "--workers", "1")
    assert answer.code == 0 and answer.err == ""
    words = answer.out.split()
    assert words[:3] == ["1", "pages", "seen"]
    assert all(name in words for name in ("created", "updated", "unchanged", "rejected"))


def test_worker_processes_say_the_same(run: Run, dumps: Path) -> None:
    apart = run("import_pages", dumps, "--workers", "2", "--json").balance
    assert_balanced(apart)
    assert (apart["seen"], apart["rejected"], apart["created"]) == (62, 10, Story.objects.count())


def test_what_was_imported_is_found(run: Run, write_page: WritePage) -> None:
    run("import_pages", write_page(headline="توزر تجني دقلة النور"), *ONE)
    assert [hit.story.headline for hit in search_stories(SearchRequest("دقلة")).hits] == ["توزر تجني دقلة النور"]


# -- twice is once ---------------------------------------------------------------------------------------------------


def test_a_second_import_creates_and_changes_nothing(run: Run, dumps: Path, own_archive: Path) -> None:
    first = run("import_pages", dumps, *ONE).balance
    before = everything(own_archive)
    second = run("import_pages", dumps, *ONE).balance
    assert_balanced(second)
    assert (second["created"], second["updated"]) == (0, 0)
    assert second["seen"] == first["seen"] and second["reasons"] == first["reasons"]
    assert everything(own_archive) == before


def test_a_dump_named_twice_in_one_call_is_imported_once(run: Run, write_page: WritePage) -> None:
    path = write_page()
    balance = run("import_pages", path, path, *ONE).balance
    assert_balanced(balance)
    assert (balance["seen"], balance["created"], balance["unchanged"]) == (2, 1, 1)
    assert Story.objects.count() == Capture.objects.count() == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_page_that_comes_again_in_its_dump_keeps_its_first_outcome(
    run: Run, write_page: WritePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    monkeypatch.setattr(importer, "PAGES_A_BATCH", 2)
    pages = [write_page(f"www.example.com/{number}.html", f"القطار رقم {number} يصل") for number in range(4)]
    path = tmp_path / "pages.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        for page in [*pages, pages[0]]:
            archive.write(page, f"www.example.com/{page.name}")
    balance = run("import_pages", path, "--workers", workers, "--json").balance
    assert (balance["created"], balance["unchanged"]) == (4, 1)
    assert set(Capture.objects.values_list("outcome", flat=True)) == {Outcome.CREATED}


def test_a_failure_is_explained_every_time(run: Run, tmp_path: Path) -> None:
    """A rejection that is known since the last run ends in exit 1 as well: the reason is told again."""
    (tmp_path / "bad.zip").write_bytes(b"PK no zip")
    first, second = (run("import_pages", tmp_path / "bad.zip", *ONE) for _ in range(2))
    assert first.code == second.code == 1
    assert "bad.zip" in first.err
    assert second.err == first.err


# -- trying it out ---------------------------------------------------------------------------------------------------


def test_a_dry_run_says_the_same_numbers_and_changes_nothing(run: Run, dumps: Path, own_archive: Path) -> None:
    before = everything(own_archive)
    dry = run("import_pages", dumps, *ONE, "--dry-run")
    assert dry.code == 0
    assert_balanced(dry.balance)
    assert dry.balance["run"] is None and not ImportRun.objects.exists()
    assert everything(own_archive) == before
    wet = run("import_pages", dumps, *ONE).balance
    assert {**dry.balance, "run": 0, "seconds": 0} == {**wet, "run": 0, "seconds": 0}


def test_a_dry_run_over_a_filled_archive_changes_nothing(
    run: Run, dumps: Path, write_page: WritePage, own_archive: Path
) -> None:
    run("import_pages", write_page(), *ONE)
    before = everything(own_archive)
    write_page("www.example.com/1.html", "القطار الساحلي يقطع رحلته الثانية")
    balance = run("import_pages", own_archive / "pages", dumps, *ONE, "--dry-run").balance
    assert balance["updated"] >= 1
    assert everything(own_archive) == before


def test_a_dry_run_for_people_says_that_it_was_one(run: Run, write_page: WritePage) -> None:
    assert "nothing was changed" in run("import_pages", write_page(), "--workers", "1", "--dry-run").out


@pytest.mark.parametrize("limit", [1, 3, 999])
def test_a_limit_stops_after_so_many_pages(run: Run, dumps: Path, limit: int) -> None:
    balance = run("import_pages", dumps / "annakhla.zip", *ONE, "--limit", limit).balance
    assert_balanced(balance)
    assert balance["seen"] == min(limit, 10) == Capture.objects.count()


# -- input that cannot be taken --------------------------------------------------------------------------------------


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


# -- wrong usage -----------------------------------------------------------------------------------------------------


def manage(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(MANAGE), *(str(word) for word in words)], capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    "words", [[], ["--limit", "x", "a"], ["--limit", "0", "a"], ["--workers", "-1", "a"], ["--nonsense", "a"]]
)
def test_wrong_usage_is_exit_2_without_a_traceback(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    done = manage("import_pages", *words)
    assert done.returncode == 2
    assert done.stdout == "" and done.stderr and "Traceback" not in done.stderr


def test_wrong_usage_is_an_error_for_callers_too() -> None:
    with pytest.raises(CommandError):
        call("import_pages")


def test_an_empty_name_is_not_the_folder_one_stands_in(
    run: Run, write_page: WritePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`import_pages "$UNSET"` must not import whatever lies here."""
    monkeypatch.chdir(write_page().parent)
    assert run("import_pages", "", *ONE).code != 0
    assert not Story.objects.exists()


# -- interruption ----------------------------------------------------------------------------------------------------


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
    time.sleep(4)
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
