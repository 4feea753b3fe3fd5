"""All stories as a file to take away."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.exports import full_record, walk
from archive.ingest import note_corrections, values_of_story
from archive.models import Capture, Story

from .conftest import ONE, Run
from .test_extract_pages import KEYS as EXTRACTED

pytestmark = pytest.mark.django_db
NOT_OF_A_STORY = {"file", "is_article", "code", "detail", "teasers", "evidence"}


@pytest.fixture
def archive(run: Run, dumps: Path) -> None:
    run("import_pages", dumps / "annakhla.zip", *ONE)


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_story_is_one_line_with_all_that_is_known(run: Run, archive: None) -> None:
    answer = run("export_stories")
    found = records(answer.out)
    assert (answer.code, answer.err, len(found)) == (0, "", Story.objects.count())
    assert {frozenset(record) for record in found} == {
        frozenset(set(EXTRACTED) - NOT_OF_A_STORY | {"agency", "tags", "id", "permalink", "captures"})
    }
    assert [record["id"] for record in found] == sorted(record["id"] for record in found)
    for record in found:
        story = Story.objects.get(pk=record["id"])
        assert record["permalink"] == story.get_absolute_url() and record["body"] == story.body.text
        assert [c["digest"] for c in record["captures"]] == list(story.captures.values_list("digest", flat=True))


def test_it_says_what_extract_pages_says(run: Run, archive: None, dumps: Path) -> None:
    """A date may have been learnt elsewhere, and has the archive's own offset where the page names none."""
    pages = {page["url"]: page for page in records(run("extract_pages", dumps / "annakhla.zip").out) if page["url"]}
    for record in records(run("export_stories").out):
        page = pages[record["url"]]
        for name in ("publisher", "headline", "byline", "agency", "dateline", "section", "lead", "body", "pictures"):
            assert record[name] == page[name], name
        assert (record["published_at"] or "").startswith(page["published_at"] or "")


def test_a_hidden_story_is_left_out_and_a_corrected_field_says_so(run: Run, archive: None) -> None:
    hidden, corrected = Story.objects.order_by("pk")[:2]
    Story.objects.filter(pk=hidden.pk).update(hidden=True)
    before = values_of_story(corrected)
    corrected.headline = "عنوان مصحح"
    corrected.save()
    note_corrections(corrected, before)
    found = {record["id"]: record for record in records(run("export_stories").out)}
    assert hidden.pk not in found
    assert found[corrected.pk]["headline"] == "عنوان مصحح"
    assert found[corrected.pk]["field_sources"]["headline"] == "editor"


def test_a_publisher_and_days_narrow_it(run: Run, archive: None) -> None:
    dated = Story.objects.exclude(published_on=None).order_by("published_on")
    first = dated[0]
    assert first.published_on is not None
    asked = run("export_stories", "--publisher", first.publisher.slug, "--to", first.published_on)
    wanted = dated.filter(publisher=first.publisher, published_on__lte=first.published_on)
    assert {record["id"] for record in records(asked.out)} == set(wanted.values_list("pk", flat=True))
    assert records(run("export_stories", "--from", date(2200, 1, 1)).out) == []
    answer = run("export_stories", "--publisher", "nobody")
    assert answer.code == 2 and "nobody" in answer.err


def test_as_csv_no_cell_is_a_formula(run: Run, archive: None) -> None:
    story = Story.objects.order_by("pk")[0]
    Story.objects.filter(pk=story.pk).update(headline="=1+1")
    head, *rows = csv.reader(io.StringIO(run("export_stories", "--format", "csv").out.removeprefix("\ufeff")))
    assert len(rows) == Story.objects.count() and head[1] == "العنوان" and head[-1] == "النص"
    assert rows[0][1] == "'=1+1" and rows[0][-1] == story.body.text


def test_a_file_is_whole_or_not_there(run: Run, archive: None, tmp_path: Path, monkeypatch: Any) -> None:
    answer = run("export_stories", "--output", tmp_path / "out" / "stories.jsonl")
    assert (answer.code, answer.out) == (0, "")
    assert (tmp_path / "out/stories.jsonl").read_text(encoding="utf-8") == run("export_stories").out

    def full(story: Story) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.management.commands.export_stories.full_record", full)
    answer = run("export_stories", "--output", tmp_path / "out" / "more.jsonl")
    assert answer.code == 1 and "No space left" in answer.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["stories.jsonl"]


def test_a_day_that_is_none_is_told(run: Run) -> None:
    with pytest.raises(Exception, match="no day like"):
        run("export_stories", "--from", "yesterday")


def test_the_number_of_queries_goes_by_hundreds(
    run: Run, archive: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert Capture.objects.count() > 9
    with django_assert_max_num_queries(9):
        assert len([full_record(story) for story in walk(Story.objects.all())]) == 9
