"""What `import_pages` promises scripts: the contract, twice is once, a dry run."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.core.management import call_command as call

from archive.ingest import run as importer
from archive.models import Capture, ImportRun, Outcome, Story
from archive.search import SearchRequest, search_stories

from .conftest import ONE, Run, WritePage, assert_balanced, everything, manage

pytestmark = pytest.mark.django_db


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
