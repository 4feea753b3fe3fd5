"""Pages of a list, by the story they end with."""

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory

from archive.models import Story
from archive.web.pages import page_of

from .conftest import MakeStory


@pytest.fixture
def mixed(make_story: MakeStory) -> None:
    """Many on one day, some to the minute, some without a date: every tie there is."""
    at = datetime.fromisoformat("2016-03-12T08:00:00+00:00")
    for number in range(6):
        make_story(on="2016-03-12", published_at=at + timedelta(minutes=number // 2), date_precision="minute")
        make_story(on="2016-03-12")
        make_story(on=None)
        make_story(on=f"2015-01-0{number + 1}")


def walk(rf: RequestFactory, start: dict[str, int], step: str) -> list[list[int]]:
    seen, page = [], page_of(Story.objects.visible(), rf.get("/", start), size=5)
    while True:
        seen.append([story.pk for story in page.stories])
        following = getattr(page, step)
        if following is None:
            return seen
        page = page_of(Story.objects.visible(), rf.get("/", {"after" if step == "older" else "before": following}), 5)


def test_walking_down_meets_every_story_once(mixed: None, rf: RequestFactory) -> None:
    met = sum(walk(rf, {}, "older"), [])
    assert len(met) == len(set(met)) == 24
    stories = Story.objects.in_bulk()
    assert [stories[pk].published_on is None for pk in met] == [False] * 18 + [True] * 6


def test_walking_up_meets_the_same_in_the_other_direction(mixed: None, rf: RequestFactory) -> None:
    down = sum(walk(rf, {}, "older"), [])
    up = walk(rf, {"before": down[-1]}, "newer")
    assert sum(reversed(up), []) == down[:-1]


def test_stories_that_arrive_meanwhile_neither_repeat_nor_drop_any(
    mixed: None, make_story: MakeStory, rf: RequestFactory
) -> None:
    first = page_of(Story.objects.visible(), rf.get("/"), 5)
    expected = page_of(Story.objects.visible(), rf.get("/", {"after": str(first.older)}), 5).stories
    make_story(on="2017-01-01")
    assert page_of(Story.objects.visible(), rf.get("/", {"after": str(first.older)}), 5).stories == expected


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "٣", "99999999999999999999", "1.5", "1\0"])
def test_a_page_that_names_no_story_is_the_first(mixed: None, rf: RequestFactory, value: str) -> None:
    first = page_of(Story.objects.visible(), rf.get("/"), 5)
    assert page_of(Story.objects.visible(), rf.get("/", {"after": value}), 5) == first
