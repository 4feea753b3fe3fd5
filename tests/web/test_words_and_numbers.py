"""What the templates say: counts, dates, directions, charts."""

from datetime import date, datetime

import pytest
from django.utils import formats

from archive.models import Story
from archive.templatetags.charts import Bar, bar_chart, day_calendar
from archive.templatetags.counts import NOUNS, counted
from archive.templatetags.dates import MONTHS, published, published_day, published_iso, zone
from archive.templatetags.writing import beginning, direction, linkable
from archive.web.coverage import gaps, span


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا أخبار"), (1, "خبر واحد"), (2, "خبران"), (3, "3 أخبار"), (10, "10 أخبار"), (11, "11 خبرا"),
        (99, "99 خبرا"), (100, "100 خبر"), (101, "101 خبر"), (102, "102 خبر"), (103, "103 أخبار"),
        (1111, "1,111 خبرا"), (None, "لا أخبار"),
    ],
)  # fmt: skip
def test_stories_are_counted_in_six_forms(n: int | None, said: str) -> None:
    assert counted(n, "story") == said


def test_every_noun_has_all_its_forms() -> None:
    assert all(all(forms) for forms in NOUNS.values())


def test_every_family_names_twelve_months() -> None:
    assert {len(names) for names in MONTHS.values()} == {12}


def test_a_date_with_no_precision_told_is_read_from_what_is_there() -> None:
    at = datetime.fromisoformat("2016-03-12T08:05:00+00:00")
    assert (
        published(Story(published_at=at, published_on=at.date(), utc_offset=0))
        == "السبت 12 مارس 2016، 08:05 بتوقيت غرينتش"
    )
    assert published(Story(published_on=at.date())) == "السبت 12 مارس 2016"
    assert published_day(Story()) == "غير مؤرخ"
    assert published_iso(Story()) == ""


@pytest.mark.parametrize(
    ("offset", "said"),
    [
        (None, ""),
        (0, " بتوقيت غرينتش"),
        (60, " بتوقيت غرينتش+1"),
        (-210, " بتوقيت غرينتش-3:30"),
        (345, " بتوقيت غرينتش+5:45"),
    ],
)
def test_the_zone_is_told_when_it_is_known(offset: int | None, said: str) -> None:
    assert zone(offset) == said


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("CNN بالعربية تفوز بجائزة", "rtl"),
        ("World Bank lends Morocco", "ltr"),
        ("", "rtl"),
        ("2016", "rtl"),
        ("א", "rtl"),
    ],
)
def test_a_text_runs_the_way_of_most_of_its_letters(text: str, side: str) -> None:
    assert direction(text) == side


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:x",
        "data:text/html,x",
        "//evil.example/",
        "/local",
        "ftp://x/",
        "http:",
        "http://[x",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert not linkable(address)
    assert linkable("https://www.example.ma/خبر")


def test_time_runs_from_right_to_left_in_a_chart() -> None:
    chart = bar_chart([Bar(str(year), year - 2000, "?") for year in range(2009, 2017)], "")
    places = [float(rect.x.rstrip("%")) for rect in chart["rects"]]
    assert places == sorted(places, reverse=True)
    assert all(0 <= place <= 100 for place in places)


def test_a_chart_of_nothing_is_drawn_without_failing() -> None:
    assert bar_chart([], "")["rects"] == []
    assert bar_chart([Bar("2016", 0)], "")["rects"][0].height == 0


def test_a_calendar_has_every_day_once_and_links_the_full_ones() -> None:
    calendar = day_calendar({date(2016, 2, 29): 4}, date(2016, 1, 1), date(2016, 12, 31), "")
    assert len(calendar["rects"]) == 366
    assert [rect.url for rect in calendar["rects"] if rect.url] == ["/dates/2016/02/29/"]
    assert len({(rect.x, rect.y) for rect in calendar["rects"]}) == 366


def test_gaps_join_neighbouring_years() -> None:
    assert gaps([2010, 2012, 2016, 2017]) == ["2011", "2013–2015"]
    assert gaps([]) == []


def test_a_false_date_centuries_away_does_not_fill_the_chart_with_empty_years() -> None:
    assert span([1, 2015, 2017]) == [1, 2015, 2017]
    assert span([2015, 2017]) == [2015, 2016, 2017]


def test_djangos_own_formats_are_mended() -> None:
    at = datetime.fromisoformat("2024-03-12T22:20:00+00:00")
    assert formats.date_format(at, "DATETIME_FORMAT") == "12 مارس 2024، 22:20"
    assert formats.date_format(at, "SHORT_DATE_FORMAT") == "12/3/2024"
    assert "%d/%m/%Y" in formats.get_format("DATE_INPUT_FORMATS")
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 6


def test_a_text_that_is_cut_ends_with_its_last_word_and_the_sign() -> None:
    assert beginning("واحد اثنان ثلاثة", 2) == "واحد اثنان…"
    assert beginning("واحد اثنان", 2) == "واحد اثنان"
