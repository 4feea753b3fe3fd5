from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.dumps import Locator, Page
from archive.ingest import import_dumps, run
from archive.ingest.run import Interrupted
from archive.models import Capture, ImportRun, Story, Teaser
from archive.search import SearchRequest, search_stories
from tests.parsing.conftest import SENTENCES, document

pytestmark = pytest.mark.django_db


def save(
    folder: Path,
    name: str,
    headline: str,
    *,
    day: str = "2024-02-03",
    text: tuple[str, ...] = SENTENCES,
    around: str = "",
    head: str = "",
) -> Path:
    """Saves a page of www.paper.example as a mirroring tool would."""
    path = folder / day / "www.paper.example" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    paragraphs = "".join(f"<p>{one}</p>" for one in text)
    html = document(
        f"<article><h1>{headline}</h1><div>{paragraphs}</div></article>",
        f"<title>{headline} | الورق</title>{head}",
        around,
    )
    path.write_text(html, encoding="utf-8")
    return path


def test_a_page_saved_again_with_changes_updates_its_story(tmp_path: Path) -> None:
    save(tmp_path, "news/1.html", "حديقة على ضفة النهر")
    save(tmp_path, "news/1.html", "حديقة جديدة على ضفة النهر", day="2024-03-05", text=SENTENCES[:3])
    report = import_dumps([tmp_path], workers=1)
    story = Story.objects.get()
    assert (report.created, report.updated) == (1, 1)
    assert story.headline == "حديقة جديدة على ضفة النهر" and len(story.body.paragraphs) == 3
    assert story.captures.count() == 2


def test_an_older_page_never_overwrites_a_newer_one(tmp_path: Path) -> None:
    save(tmp_path / "b", "news/1.html", "حديقة جديدة على ضفة النهر", day="2024-03-05")
    save(tmp_path / "a", "news/1.html", "حديقة على ضفة النهر", day="2024-02-03")
    import_dumps([tmp_path / "b"], workers=1)
    report = import_dumps([tmp_path / "a"], workers=1)
    assert Story.objects.get().headline == "حديقة جديدة على ضفة النهر"
    assert report.unchanged == 1


def test_the_same_address_with_tracking_is_the_same_story(tmp_path: Path) -> None:
    save(tmp_path, "news/1.html", "حديقة جديدة على ضفة النهر")
    save(tmp_path, "news/1@utm_source=fb.html", "حديقة جديدة على ضفة النهر", day="2024-03-05")
    assert import_dumps([tmp_path], workers=1).created == 1


def test_an_undated_story_learns_its_date_from_a_later_list(tmp_path: Path) -> None:
    headline = "حديقة جديدة على ضفة النهر"
    save(tmp_path / "a", "news/1.html", headline)
    side = f'<div><a href="/news/1">{headline}</a> <span>12/05/2019</span></div>'
    save(tmp_path / "b", "news/2.html", "قطار جديد يعبر المدينة كل صباح", around=side)
    import_dumps([tmp_path / "a"], workers=1)
    assert Story.objects.get().published_on is None
    import_dumps([tmp_path / "b"], workers=1)
    story = Story.objects.get(headline=headline)
    assert (str(story.published_on), story.date_source, story.date_precision) == ("2019-05-12", "teaser", "day")
    assert story.indexed


def test_an_undated_story_learns_its_date_from_an_earlier_list(tmp_path: Path) -> None:
    headline = "حديقة جديدة على ضفة النهر"
    side = f'<div><a href="/news/1">{headline}</a> <span>12/05/2019</span></div>'
    save(tmp_path / "a", "news/2.html", "قطار جديد يعبر المدينة كل صباح", around=side)
    save(tmp_path / "b", "news/1.html", headline)
    import_dumps([tmp_path / "a"], workers=1)
    import_dumps([tmp_path / "b"], workers=1)
    assert str(Story.objects.get(headline=headline).published_on) == "2019-05-12"


def test_two_days_for_one_story_leave_it_undated(tmp_path: Path) -> None:
    headline = "حديقة جديدة على ضفة النهر"
    for number, day in ((2, "12/05/2019"), (3, "13/05/2019")):
        side = f'<div><a href="/news/1">{headline}</a> <span>{day}</span></div>'
        save(tmp_path, f"news/{number}.html", f"قطار جديد يعبر المدينة رقم {number}", around=side)
    save(tmp_path, "news/9.html", "خبر لا علاقة له بالحديقة أبدا")
    save(tmp_path / "z", "news/1.html", headline)
    import_dumps([tmp_path / "2024-02-03", tmp_path / "z"], workers=1)
    assert Teaser.objects.count() == 2
    assert Story.objects.get(headline=headline).published_on is None


def test_a_dry_run_says_the_same_and_changes_nothing(tmp_path: Path, own_archive: Path) -> None:
    save(tmp_path / "d", "news/1.html", "حديقة جديدة على ضفة النهر")
    report = import_dumps([tmp_path / "d"], workers=1, dry_run=True)
    assert (report.seen, report.created, report.run) == (1, 1, None)
    assert not Story.objects.exists() and not Capture.objects.exists() and not ImportRun.objects.exists()
    assert not (own_archive / "payloads").exists() and not (own_archive / "index").exists()


def test_an_interrupted_run_has_counted_what_is_kept_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        save(tmp_path, f"news/{number}.html", f"حديقة جديدة على ضفة النهر رقم {number}")
    monkeypatch.setattr(run, "PAGES_A_BATCH", 2)
    stored = run._store
    calls = []

    def stop_in_the_second(*args: object) -> int:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return stored(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "_store", stop_in_the_second)
    with pytest.raises(Interrupted) as stop:
        import_dumps([tmp_path], workers=1)
    assert stop.value.report.seen == 2 == Story.objects.count()
    assert ImportRun.objects.get().state == ImportRun.State.INTERRUPTED
    assert ImportRun.objects.get().counts["seen"] == 2
    monkeypatch.setattr(run, "_store", stored)
    again = import_dumps([tmp_path], workers=1)
    assert (again.seen, again.created, again.unchanged) == (6, 4, 2)


def test_worker_processes_give_the_same_stories(tmp_path: Path) -> None:
    for number in range(7):
        save(tmp_path, f"news/{number}.html", f"حديقة جديدة على ضفة النهر رقم {number}")
    assert import_dumps([tmp_path], workers=2).created == 7
    found = [int(headline.split()[-1]) for headline in Story.objects.order_by("pk").values_list("headline", flat=True)]
    assert found == list(range(7))


def test_a_page_that_breaks_the_parser_is_one_rejection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, "news/1.html", "حديقة جديدة على ضفة النهر")
    monkeypatch.setattr("archive.parsing.safely.parse_page", lambda page: 1 / 0)
    report = import_dumps([tmp_path], workers=1)
    assert report.reasons == {"parser-error": 1} and not report.complete


def test_what_is_imported_is_found(tmp_path: Path) -> None:
    save(tmp_path, "news/1.html", "حديقة جديدة على ضفة النهر")
    import_dumps([tmp_path], workers=1)
    assert [hit.story.headline for hit in search_stories(SearchRequest(text="الحدائق حديقه")).hits] == [
        "حديقة جديدة على ضفة النهر"
    ]


def test_the_same_response_twice_in_a_dump_is_one_capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = document(
        f"<h1>حديقة جديدة على ضفة النهر</h1>{''.join(f'<p>{s}</p>' for s in SENTENCES)}",
        "<title>حديقة جديدة على ضفة النهر</title>",
    )
    page = Page("https://www.paper.example/1", datetime(2024, 1, 1, tzinfo=UTC), html.encode(), "", Locator("d"))
    monkeypatch.setattr(run, "read_whole_dump", lambda path: iter([page, page]))
    report = import_dumps([tmp_path], workers=1)
    assert (report.seen, report.created, report.unchanged) == (2, 1, 1)
    assert Capture.objects.count() == 1


def test_a_headline_may_hold_what_databases_do_not_take(tmp_path: Path) -> None:
    save(tmp_path, "news/1.html", "حديقة\x00 جديدة على ضفة النهر")
    assert import_dumps([tmp_path], workers=1).created == 1


def test_a_saved_page_is_known_by_its_address_however_it_is_written(tmp_path: Path) -> None:
    """Not by the one that the page gives for its own, which may be another."""
    save(tmp_path, "news/1@utm_source=fb.html", "حديقة جديدة على ضفة النهر")
    import_dumps([tmp_path], workers=1)
    assert Capture.objects.get().url_key == "paper.example/news/1"


def test_a_saved_message_may_hold_what_databases_do_not_take(tmp_path: Path) -> None:
    save(tmp_path, "news/1.html", "حديقة جديدة على ضفة النهر")
    page = next(tmp_path.rglob("1.html")).read_bytes()
    head = (
        b"Snapshot-Content-Location: https://www.p\x00aper.example/news/1\nContent-Type: text/html; charset=utf\x00-8\n"
        b"Content-Transfer-Encoding: 8bit\n\n"
    )
    (tmp_path / "page.mht").write_bytes(head + page)
    import_dumps([tmp_path / "page.mht"], workers=1)
    capture = Capture.objects.get()
    assert (capture.url, "\x00" in capture.content_type) == ("https://www.paper.example/news/1", False)
