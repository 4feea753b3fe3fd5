"""The sample dumps against the truth that was written with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.dumps import Page, read_dump
from archive.ingest import import_dumps
from archive.models import Author, Capture, Story
from archive.parsing import url_key

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def truth() -> list[dict[str, Any]]:
    path = Path(__file__).resolve().parents[2] / "fixtures" / "dumps" / "truth.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def last_of_each(truth: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The truth of each story by its address, as its last page tells it."""
    return {url_key(row["url"]): row for row in truth if row["is_article"]}


def test_every_page_ends_in_one_outcome(dumps: Path, truth: list[dict[str, Any]]) -> None:
    report = import_dumps([dumps], workers=1)
    assert report.seen == report.created + report.updated + report.unchanged + report.rejected
    assert report.seen == sum(1 for found in read_dump(dumps) if isinstance(found, Page)) + 1  # and one redirect
    assert (report.created, report.updated) == (len(last_of_each(truth)), 1)
    assert Capture.objects.count() == report.seen


def test_every_story_says_what_its_page_says(dumps: Path, truth: list[dict[str, Any]]) -> None:
    import_dumps([dumps], workers=1)
    stories = {story.url_key: story for story in Story.objects.select_related("section", "body")}
    rows = last_of_each(truth)
    assert set(stories) == set(rows)
    for key, row in rows.items():
        story = stories[key]
        people = [b.as_printed for b in story.bylines.filter(author__kind=Author.Kind.PERSON)]
        places = "، ".join(dateline.as_printed for dateline in story.datelines.all())
        links = [link.text for link in story.related_links.all()]
        assert story.headline == row["headline"]
        assert people == row["byline"], story
        assert places == (row["dateline"] or ""), story
        assert (story.section.name if story.section else None) == row["section"], story
        assert len(story.body.paragraphs) == row["paragraphs"], story
        assert links == row["related"], story
        assert story.lead == (row["lead"] or ""), story


def test_undated_stories_take_the_true_date_from_teasers_and_no_other(dumps: Path, truth: list[dict[str, Any]]) -> None:
    import_dumps([dumps], workers=1)
    for key, row in last_of_each(truth).items():
        story = Story.objects.get(url_key=key)
        known = row["published"] or row["published_by_teaser"]
        assert str(story.published_on) == (known[:10] if known else "None"), story
        assert (story.date_source == "teaser") == (not row["published"] and bool(known)), story


def test_importing_twice_changes_nothing(dumps: Path) -> None:
    first = import_dumps([dumps], workers=1)
    before = list(Story.objects.order_by("pk").values())
    again = import_dumps([dumps], workers=1)
    assert (again.created, again.updated, again.rejected) == (0, 0, first.rejected)
    assert again.seen == first.seen
    assert list(Story.objects.order_by("pk").values()) == before


def test_related_links_find_their_stories_whichever_came_first(dumps: Path) -> None:
    import_dumps([dumps], workers=1)
    archived = {story.url_key: story.pk for story in Story.objects.all()}
    links = [link for story in Story.objects.all() for link in story.related_links.all() if link.url_key in archived]
    assert len(links) > 20
    assert all(link.target_id == archived[link.url_key] for link in links if link.url_key != link.story.url_key)


def test_pages_are_kept_byte_for_byte(dumps: Path) -> None:
    from archive import payloads

    import_dumps([dumps], workers=1)
    for found in read_dump(dumps):
        if isinstance(found, Page):
            assert payloads.get(payloads.digest_of(found.content)) == found.content
