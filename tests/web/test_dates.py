"""Browsing by date."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from .conftest import MakeStory, Read, Words


@pytest.fixture
def stories(make_story: MakeStory) -> None:
    make_story("خبر مارس", on="2016-03-12")
    make_story("خبر آخر في اليوم نفسه", on="2016-03-12")
    make_story("خبر ديسمبر", on="2014-12-01")
    make_story("خبر لا يعرف يومه", on="2016-03-01", date_precision="month")
    make_story("خبر بلا تاريخ", on=None)
    make_story("خبر محجوب", on="2013-05-05", hidden=True)


def test_all_years_are_listed_with_the_empty_ones_between(stories: None, read: Read, words: Words) -> None:
    page = read("/dates/")
    assert [words(row.th) for row in page.select("table.months tbody tr")] == ["2016", "2015", "2014"]
    assert words(page.select_one(".page-head .quiet")) == "4 أخبار بتاريخ معروف، و خبر واحد بلا تاريخ ."
    assert page.select_one("svg.bars") is not None


def test_a_year_shows_its_days_and_months(stories: None, read: Read, words: Words) -> None:
    page = read("/dates/2016/")
    assert len(page.select("svg.days rect")) == 366
    assert len(page.select("svg.days a")) == 1
    assert "مارس 3 أخبار" in words(page.table)
    assert page.select_one(".pager [rel=next]")["href"] == "/dates/2014/"


def test_a_month_lists_its_stories_beside_a_calendar(stories: None, read: Read, words: Words) -> None:
    page = read("/dates/2016/03/")
    assert len(page.select(".items .item")) == 3
    assert "3 أخبار، منها خبر واحد لا يُعرف يومه" in words(page.select_one(".page-head"))
    assert [a["href"] for a in page.select("table.month a")] == ["/dates/2016/03/12/"]
    assert page.select_one(".pager [rel=next]")["href"] == "/dates/2014/12/"


def test_the_calendar_starts_on_saturday(stories: None, read: Read, words: Words) -> None:
    page = read("/dates/2016/03/")  # which began on a Tuesday
    first = page.select_one("table.month tbody tr")
    assert [words(cell) for cell in first.select("td")] == ["", "", "", "1", "2", "3", "4"]


def test_a_day_lists_only_stories_of_that_day(stories: None, read: Read, words: Words) -> None:
    page = read("/dates/2016/03/12/")
    assert words(page.h1) == "السبت 12 مارس 2016"
    assert len(page.select(".items .item")) == 2
    assert page.select_one("table.month [aria-current=date]")["href"] == "/dates/2016/03/12/"
    assert page.select_one(".pager [rel=next]")["href"] == "/dates/2014/12/01/"


def test_a_story_of_a_known_month_belongs_to_no_day(stories: None, client: Client) -> None:
    assert client.get("/dates/2016/03/01/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/dates/2015/", "/dates/2013/", "/dates/2013/05/05/", "/dates/2016/13/", "/dates/2016/02/30/", "/dates/0000/",
        "/dates/9999/12/31/", "/dates/16/", "/dates/0001/01/01/",
    ],
)  # fmt: skip
def test_dates_without_stories_and_impossible_dates_are_not_there(stories: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_false_dates_at_both_ends_of_time_break_nothing(make_story: MakeStory, client: Client) -> None:
    make_story(on="9999-12-31")
    make_story(on="0001-01-01")
    for address in ("/", "/dates/", "/about/", "/publishers/almaghrib/", "/dates/0001/01/01/", "/dates/0001/"):
        assert client.get(address).status_code == 200, address
    for address in ("/dates/9999/12/31/", "/dates/9999/12/", "/dates/9999/"):
        assert client.get(address).status_code in (200, 404), address


def test_short_numbers_lead_to_the_same_day(stories: None, client: Client) -> None:
    assert client.get("/dates/2016/3/12/").status_code == 200


def test_the_undated_have_a_list_of_their_own(stories: None, read: Read, words: Words) -> None:
    page = read("/undated/")
    assert [words(h) for h in page.select(".items .headline")] == ["خبر بلا تاريخ"]


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/dates/", 2), ("/dates/2016/", 5), ("/dates/2016/03/", 9), ("/dates/2016/03/12/", 10), ("/undated/", 5)],
)
def test_the_number_of_queries_is_fixed(
    make_story: MakeStory, client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    for number in range(40):
        make_story(on="2016-03-12" if number % 2 else None, authors=(f"كاتب {number}",), places=(f"مكان {number}",))
    make_story(on="2015-01-01")
    make_story(on="2017-01-01")
    with django_assert_num_queries(queries):
        client.get(address)
