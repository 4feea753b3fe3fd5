"""A run undone: nothing of it is left, nothing else is lost, and it can be imported again as if for the first time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model

from archive import payloads
from archive.ingest import Stopped, import_dumps, note_corrections, undo_import, values_of_story
from archive.models import Author, Capture, ImportRun, Publisher, RelatedLink, Section, Story, Teaser
from archive.preservation import check_fixity
from archive.search import SearchRequest, index_gaps, search_stories
from tests.proofs.rows import hashes

from .test_import import save

pytestmark = pytest.mark.django_db

GARDEN = "حديقة جديدة على ضفة النهر"
TRAIN = "قطار جديد يعبر المدينة كل صباح"


def imported(*paths: Path) -> ImportRun:
    return ImportRun.objects.get(pk=import_dumps([*paths], workers=1).run)


def undo(run: ImportRun, **options: Any) -> Any:
    done = undo_import(run, workers=1, **options)
    run.refresh_from_db()
    return done


def assert_whole() -> None:
    """Store, rows and index agree."""
    check = check_fixity(restart=True)
    assert check.wrong == 0, list(check.findings.values_list("kind", "path"))
    gaps = index_gaps()
    assert not gaps.missing and not gaps.stray and not Story.objects.filter(indexed=False).exists()


def test_an_archive_of_one_run_is_empty_again_and_a_second_import_is_as_the_first(dumps: Path) -> None:
    run = imported(dumps)
    first, numbers = hashes(), set(Story.objects.values_list("pk", flat=True))
    done = undo(run)
    assert run.state == "undone" and done.stories == len(numbers) and done.kept == {}
    for model in (Story, Capture, Teaser, Publisher, Section, Author, RelatedLink):
        assert not model._default_manager.exists(), model
    assert not list(payloads.root().rglob("*.zst"))
    assert_whole()
    imported(dumps)
    assert hashes() == first
    assert not numbers & set(Story.objects.values_list("pk", flat=True)), "an address led to another story"
    assert_whole()


def test_a_run_among_others_goes_and_they_are_as_without_it(dumps: Path) -> None:
    imported(dumps / "annakhla.zip", dumps / "almarsatoday" / "2024-02-03")
    before = hashes()
    run = imported(dumps)
    with_it = hashes()
    assert with_it != before and run.orders, "credit lines were counted, too"
    undo(run)
    assert hashes() == before
    assert_whole()
    imported(dumps)
    assert hashes() == with_it


def test_a_story_says_again_what_its_other_pages_say(tmp_path: Path) -> None:
    imported(save(tmp_path / "a", "news/1.html", GARDEN).parents[2])
    before = hashes()
    run = imported(save(tmp_path / "b", "news/1.html", f"{GARDEN} الكبير", day="2024-03-05").parents[2])
    assert Story.objects.get().headline.endswith("الكبير")
    assert undo(run).restored == 1
    assert hashes() == before and Story.objects.get().captures.count() == 1
    assert search_stories(SearchRequest(text="الكبير")).total == 0


def test_a_page_that_another_run_has_too_keeps_its_bytes(tmp_path: Path) -> None:
    page = save(tmp_path / "a", "news/1.html", GARDEN)
    imported(tmp_path / "a")
    other = tmp_path / "b" / "2024-05-05" / "www.paper.example" / "news" / "1.html"
    other.parent.mkdir(parents=True)
    other.write_bytes(page.read_bytes())
    run = imported(tmp_path / "b")
    assert Capture.objects.count() == 2 and undo(run).payloads == 0
    assert Capture.objects.count() == 1
    assert_whole()


def test_a_date_that_a_teaser_of_the_run_gave_goes_with_it(tmp_path: Path) -> None:
    save(tmp_path / "a", "news/1.html", GARDEN)
    imported(tmp_path / "a")
    before = hashes()
    side = f'<div><a href="/news/1">{GARDEN}</a> <span>12/05/2019</span></div>'
    save(tmp_path / "b", "news/2.html", TRAIN, around=side)
    run = imported(tmp_path / "b")
    assert Story.objects.get(headline=GARDEN).date_source == "teaser"
    undo(run)
    assert Story.objects.get().published_on is None and hashes() == before


def test_a_teaser_that_a_later_run_names_too_stays_with_its_date(tmp_path: Path) -> None:
    save(tmp_path / "a", "news/1.html", GARDEN)
    imported(tmp_path / "a")
    side = f'<div><a href="/news/1">{GARDEN}</a> <span>12/05/2019</span></div>'
    save(tmp_path / "b", "news/2.html", TRAIN, around=side)
    save(tmp_path / "c", "news/3.html", "متحف صغير يفتح أبوابه للزوار", around=side)
    run, later = imported(tmp_path / "b"), imported(tmp_path / "c")
    undo(run)
    assert str(Story.objects.get(headline=GARDEN).published_on) == "2019-05-12"
    assert Teaser.objects.get().run == later
    undo(later)
    assert Story.objects.get(headline=GARDEN).published_on is None and not Teaser.objects.exists()


def test_two_days_for_one_story_are_one_again(tmp_path: Path) -> None:
    for name, number, day in (("a", 2, "12/05/2019"), ("b", 3, "13/05/2019")):
        side = f'<div><a href="/news/1">{GARDEN}</a> <span>{day}</span></div>'
        save(tmp_path / name, f"news/{number}.html", f"{TRAIN} {number}", around=side)
    imported(tmp_path / "a")
    run = imported(tmp_path / "b")
    save(tmp_path / "c", "news/1.html", GARDEN)
    imported(tmp_path / "c")
    assert Story.objects.get(headline=GARDEN).published_on is None
    undo(run)
    assert str(Story.objects.get(headline=GARDEN).published_on) == "2019-05-12"


def test_what_editors_have_touched_stays_and_is_listed(tmp_path: Path) -> None:
    for number in range(5):
        save(tmp_path, f"news/{number}.html", f"{GARDEN} رقم {number}")
    run = imported(tmp_path)
    corrected, hidden, logged, *_ = Story.objects.select_related("publisher", "section", "body").order_by("pk")
    before = values_of_story(corrected)
    Story.objects.filter(pk=corrected.pk).update(headline="عنوان من يد المحرر")
    note_corrections(corrected, before)
    Story.objects.filter(pk=hidden.pk).update(hidden=True)
    editor = get_user_model().objects.create_user("salma")
    LogEntry.objects.log_actions(editor.pk, [logged], CHANGE, "لا شيء", single_object=True)
    done = undo(run)
    assert set(done.kept) == {corrected.pk, hidden.pk, logged.pk} == set(Story.objects.values_list("pk", flat=True))
    assert done.kept[corrected.pk] == "تصحيح" and done.stories == 2
    assert Story.objects.get(pk=corrected.pk).headline == "عنوان من يد المحرر"
    assert Capture.objects.count() == 3 and ImportRun.objects.get().captures.count() == 3
    assert_whole()


def test_names_that_an_editor_merged_stay(dumps: Path) -> None:
    run = imported(dumps / "annakhla.zip")
    one, other = Author.objects.order_by("pk")[:2]
    Author.objects.filter(pk=one.pk).update(merged_into=other)
    done = undo(run)
    assert set(Author.objects.all()) == {one, other} and set(done.kept_names) == {one.name, other.name}


def test_copies_that_followed_a_story_of_the_run_stand_alone_again(tmp_path: Path) -> None:
    save(tmp_path / "a", "news/1.html", GARDEN)
    run = imported(tmp_path / "a")
    save(tmp_path / "b", "news/2.html", GARDEN)
    imported(tmp_path / "b")
    copy = Story.objects.latest("pk")
    assert copy.copy_of is not None
    undo(run)
    copy.refresh_from_db()
    assert copy.copy_of is None and search_stories(SearchRequest(text=GARDEN)).total == 1
    assert_whole()


def test_a_dry_run_says_the_same_and_changes_nothing(dumps: Path) -> None:
    run = imported(dumps)
    before = hashes()
    told = undo(run, dry_run=True)
    assert hashes() == before and run.state == "done"
    assert_whole()
    assert undo(run) == told


def test_an_undoing_that_is_stopped_changes_nothing(dumps: Path) -> None:
    run = imported(dumps)
    before = hashes()
    with pytest.raises(KeyboardInterrupt):
        undo(run, stopping=lambda: True)
    assert hashes() == before
    assert_whole()


def test_nothing_is_undone_while_somebody_is_at_work_in_the_store(dumps: Path) -> None:
    run = imported(dumps / "annakhla.zip")
    with payloads.held(), pytest.raises(payloads.StoreBusy):
        undo(run)
    with payloads.held(alone=True), pytest.raises(Stopped, match="another command"):
        import_dumps([dumps / "almina"], workers=1)
    assert undo(run).stories == 9


def test_what_was_killed_after_the_rows_is_finished_by_undoing_again(
    dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = imported(dumps)
    with monkeypatch.context() as patch:
        patch.setattr("archive.ingest.undo._finish", lambda todo: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            undo_import(run, workers=1)
    run.refresh_from_db()
    assert run.state == "undone" and list(payloads.root().rglob("*.zst")) and index_gaps().stray
    assert undo(run).already
    assert not list(payloads.root().rglob("*.zst"))
    assert_whole()


def test_a_page_imported_again_meanwhile_keeps_its_bytes(dumps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = imported(dumps / "annakhla.zip")
    with monkeypatch.context() as patch:
        patch.setattr("archive.ingest.undo._finish", lambda todo: 1 / 0)
        pytest.raises(ZeroDivisionError, undo_import, run, workers=1)
    run.refresh_from_db()
    imported(dumps / "annakhla.zip")
    undo(run)
    assert_whole()
    assert len(list(payloads.root().rglob("*.zst"))) == 10
