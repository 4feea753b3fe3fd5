"""Kept pages read again: what today's rules change, and what they must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import payloads
from archive.ingest import captures_to_read, import_dumps, note_corrections, reparse, values_of_story
from archive.models import Capture, Correction, Publisher, Story
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db

TEXT = """<p>عادت القوارب الصغيرة صباح اليوم إلى المرسى القديم بعد شهرين من أعمال الترميم التي شملت الأرصفة كلها.</p>
<p>وقال مدير المرسى إن الصيادين سيجدون مكانا لقواربهم كما كانوا يجدونه قبل الترميم، وإن الرسوم لن تتغير.</p>
<p>ومن المنتظر أن يفتح سوق السمك أبوابه قرب المرسى في الأسبوع الأول من الشهر المقبل بعد تهيئته.</p>"""
HEADLINE = "عودة القوارب إلى المرسى القديم"
Save = Callable[..., None]
LAYOUT = """
[[publishers]]
slug = "naher"
name = "صحيفة النهر"
hosts = ["naher.example"]
[[layouts]]
name = "naher@2025"
"""


@pytest.fixture
def own(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    folder = tmp_path / "data" / "publishers"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def save(tmp_path: Path, own: Path) -> Save:
    """Saves a page into a dump and imports it."""

    def _save(name: str = "12", above: str = "", headline: str = HEADLINE, day: str = "2025-01-06") -> None:
        page = tmp_path / day / "naher.example" / "news" / f"{name}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        html = f"<title>{headline} | النهر</title><h1>{headline}</h1>{above}<div>{TEXT}</div></html>"
        page.write_text(f'<html><meta charset="utf-8">{html}', encoding="utf-8")
        import_dumps([page.parent.parent.parent.parent / day], workers=1)

    return _save


def test_what_nothing_changes_is_left_alone(own: Path) -> None:
    import_dumps([FIXTURES / "dumps"], workers=1)
    before = list(Story.objects.order_by("pk").values_list("pk", "headline", "updated_at", "hidden", "published_on"))
    changes: list[Any] = []
    counts = reparse(captures_to_read(), workers=1, show=changes.append)
    assert changes == [] and counts["read"] == Capture.objects.exclude(parser_version="").count()
    after = Story.objects.order_by("pk").values_list("pk", "headline", "hidden", "published_on")
    assert list(after) == [(pk, headline, hidden, day) for pk, headline, _, hidden, day in before]


def test_a_new_rule_changes_its_field_and_says_so(save: Save, own: Path) -> None:
    save(above='<div class="who">ينابيع ـ الحد الجنوبي</div>')
    own.joinpath("naher.toml").write_text(LAYOUT + 'credit = ".who"\norder = "name-first"', encoding="utf-8")
    Capture.objects.update(parser_version="1")
    changes: list[Any] = []
    assert reparse(captures_to_read(older_than="2"), workers=1, show=changes.append)["changed"] == 1
    assert changes[0].fields["dateline"] == ([], ["الحد الجنوبي"])
    story = Story.objects.get()
    assert [line.as_printed for line in story.datelines.all()] == ["الحد الجنوبي"]
    assert story.publisher.slug == "naher" and not story.hidden
    assert Capture.objects.get().parser_version != "1"
    assert reparse(captures_to_read(older_than="2"), workers=1)["read"] == 0


def test_what_an_old_rule_said_and_todays_does_not_is_gone(save: Save) -> None:
    save(above="<p>كتب: سعيد الناصري</p>")
    story = Story.objects.get()
    Story.objects.update(lead="سطر لا تقوله الصفحة")
    reparse(captures_to_read(), workers=1)
    story.refresh_from_db()
    assert story.lead == "" and [line.as_printed for line in story.bylines.all()] == ["سعيد الناصري"]


def test_a_dry_run_shows_and_changes_nothing(save: Save) -> None:
    save()
    Story.objects.update(headline="عنوان قديم")
    changes: list[Any] = []
    reparse(captures_to_read(), workers=1, dry_run=True, show=changes.append)
    assert changes[0].fields["headline"] == ("عنوان قديم", HEADLINE)
    assert Story.objects.get().headline == "عنوان قديم"


def test_a_correction_outlives_every_reading(save: Save) -> None:
    save(above="<p>كتب: سعيد الناصري</p>")
    story = Story.objects.select_related("publisher", "section", "body").get()
    before = values_of_story(story)
    story.headline = "عنوان من يد المحرر"
    story.save()
    story.bylines.all().delete()
    assert note_corrections(story, before) == ["headline", "byline"]
    reparse(captures_to_read(), workers=1)
    save(above="<p>كتب: خالد المنصوري</p>", headline="عودة القوارب الصغيرة إلى المرسى القديم", day="2025-02-01")
    story.refresh_from_db()
    assert story.headline == "عنوان من يد المحرر" and not story.bylines.exists()
    extracted = dict(Correction.objects.values_list("field", "extracted"))
    assert extracted == {"headline": "عودة القوارب الصغيرة إلى المرسى القديم", "byline": ["خالد المنصوري"]}


def test_a_page_that_is_no_article_any_more_hides_its_story(save: Save, own: Path) -> None:
    save()
    own.joinpath("naher.toml").write_text(LAYOUT + 'drop = "div"', encoding="utf-8")
    assert reparse(captures_to_read(), workers=1)["no-article"] == 1
    assert Story.objects.get().hidden
    capture = Capture.objects.get()
    assert (capture.outcome, capture.story) == ("rejected", None) and capture.code


def test_a_refused_page_becomes_a_story_at_last(save: Save, own: Path) -> None:
    own.joinpath("naher.toml").write_text(LAYOUT + 'drop = "div"', encoding="utf-8")
    save()
    assert not Story.objects.exists()
    own.joinpath("naher.toml").unlink()
    code = Capture.objects.get().code
    assert reparse(captures_to_read(code=code), workers=1)["new"] == 1
    assert Story.objects.get().headline == HEADLINE
    assert reparse(captures_to_read(code=code), workers=1)["read"] == 0


def test_only_pages_of_one_publisher_are_read(save: Save) -> None:
    import_dumps([FIXTURES / "dumps" / "almina"], workers=1)
    save()
    slug = Publisher.objects.get(host="naher.example").slug
    assert {capture.url for capture in captures_to_read(publisher=slug)} == {Capture.objects.latest("pk").url}


def test_all_captures_of_a_story_speak_again_the_newest_first(save: Save) -> None:
    save(above="<p>كتب: سعيد الناصري</p>", day="2025-01-06")
    save(headline="عودة القوارب إلى المرسى بعد ترميمه", day="2025-02-01")
    reparse(captures_to_read(), workers=2)
    story = Story.objects.get()
    assert story.headline == "عودة القوارب إلى المرسى بعد ترميمه"
    assert [line.as_printed for line in story.bylines.all()] == ["سعيد الناصري"]
    assert story.captures.count() == 2


def test_bytes_that_are_lost_are_told_and_change_nothing(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    save()
    payloads.store().delete(payloads.path_of(Capture.objects.get().digest))
    with pytest.raises(SystemExit) as left:
        call_command("reparse_captures", "--workers", "1")
    assert left.value.code == 1 and "cannot be read" in capsys.readouterr().out
    assert Story.objects.get().headline == HEADLINE


def test_the_command_shows_each_change_and_counts_them(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    save()
    Story.objects.update(headline="عنوان قديم")
    call_command("reparse_captures", "--workers", "1", "--dry-run")
    shown = capsys.readouterr().out
    assert f'headline: "عنوان قديم" → "{HEADLINE}"' in shown and "1 stories changed" in shown
    assert "Dry run" in shown


@pytest.mark.parametrize("wrong", [["--older-than", "old"], ["--older-than", "²"], ["--workers", "0"]])
def test_wrong_usage_is_told(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("reparse_captures", *wrong)
    assert left.value.code == 2


def test_no_edit_comes_between_reading_a_story_and_writing_it(save: Save) -> None:
    save()
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite lets one write at a time")
    with CaptureQueriesContext(connection) as asked:
        reparse(captures_to_read(), workers=1)
    assert any('FOR UPDATE OF "archive_story"' in query["sql"] for query in asked)


def test_whoever_is_alone_in_the_store_is_not_disturbed(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    save()
    with payloads.held(alone=True), pytest.raises(SystemExit) as left:
        call_command("reparse_captures", "--workers", "1")
    assert left.value.code == 1 and "another command is at work" in capsys.readouterr().err
