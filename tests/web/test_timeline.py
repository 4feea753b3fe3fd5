"""When the pages of a story were saved, drawn."""

from datetime import datetime
from typing import Any

import pytest

from archive.models import Capture

from .conftest import MakeCapture, MakeStory, Read, Words


@pytest.fixture
def drawn(make_story: MakeStory, make_capture: MakeCapture, read: Read) -> Any:
    def page(*days: str) -> tuple[Any, list[Capture]]:
        story = make_story()
        saved = [make_capture(story, captured_at=datetime.fromisoformat(f"{on}T12:00:00+00:00")) for on in days]
        return read(story.get_absolute_url()), saved

    return page


def places(page: Any) -> list[float]:
    return [float(mark["cx"].rstrip("%")) for mark in page.select(".timeline .mark")]


def test_time_runs_from_right_to_left(drawn: Any) -> None:
    page, _ = drawn("2016-03-12", "2016-04-11", "2016-05-11")
    assert places(page) == [92, 50, 8]


def test_each_mark_leads_to_the_record_of_its_page(drawn: Any, words: Words) -> None:
    page, saved = drawn("2016-03-12", "2017-01-03")
    marks = page.select(".timeline a")
    assert [mark["href"] for mark in marks] == [f"/captures/{capture.pk}/" for capture in saved]
    assert words(marks[0].title) == "12 مارس 2016، 12:00"


def test_the_same_is_told_in_a_table_the_newest_first(drawn: Any, words: Words) -> None:
    page, saved = drawn("2016-03-12", "2017-01-03")
    rows = page.select(".record .chart tbody tr")
    assert [words(row) for row in rows] == ["3 يناير 2017، 12:00 خبر جديد", "12 مارس 2016، 12:00 خبر جديد"]
    assert [row.a["href"] for row in rows] == [f"/captures/{capture.pk}/" for capture in reversed(saved)]
    assert page.select_one(".timeline")["aria-hidden"] == "true"
    assert page.select(".record ul.captures") == []


@pytest.mark.parametrize("days", [[], ["2016-03-12"], ["2016-03-12", "2016-03-12"]])
def test_pages_of_one_day_are_listed_and_not_drawn(drawn: Any, days: list[str]) -> None:
    page, saved = drawn(*days)
    assert page.select(".timeline") == []
    assert len(page.select(".record ul.captures li")) == len(saved)


def test_years_are_written_where_there_is_room(drawn: Any, words: Words) -> None:
    def years(*days: str) -> list[str]:
        page, _ = drawn(*days)
        return [words(text) for text in page.select(".timeline text[text-anchor=middle]")]

    assert years("2016-03-12", "2016-12-31") == []
    assert years("2014-06-01", "2017-06-01") == ["2015", "2016", "2017"]
    assert 2 <= len(years("1998-06-01", "2026-06-01")) <= 7


def test_the_first_and_the_last_day_are_told(drawn: Any, words: Words) -> None:
    page, _ = drawn("2016-03-12", "2016-04-11", "2016-05-11")
    assert [words(text) for text in page.select(".timeline text")] == ["12 مارس 2016", "11 مايو 2016"]
