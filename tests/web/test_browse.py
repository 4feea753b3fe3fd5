"""The stories of one publisher, section, writer or place."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.models import Author, Place, Publisher, Section

from .conftest import MakeStory, Read, Words


@pytest.fixture
def stories(make_story: MakeStory) -> None:
    for year in (2012, 2014):
        make_story(f"خبر {year}", on=f"{year}-05-05", section="اقتصاد", authors=("أكرم علي",), places=("الرباط",))
    make_story("خبر بلا تاريخ", on=None, section="اقتصاد", authors=("أكرم علي",), places=("الرباط",))
    make_story("خبر آخر", section="رياضة", authors=("سناء",), places=("دبي",))
    make_story("خبر محجوب", section="اقتصاد", authors=("أكرم علي",), places=("الرباط",), hidden=True)


def address(kind: type[Any]) -> str:
    names = {Section: "اقتصاد", Author: "أكرم علي", Place: "الرباط"}
    return (kind.objects.get() if kind is Publisher else kind.objects.get(name=names[kind])).get_absolute_url()


@pytest.mark.parametrize("kind", [Section, Author, Place])
def test_it_lists_the_stories_newest_first_and_the_undated_last(
    stories: None, read: Read, words: Words, kind: type[Any]
) -> None:
    page = read(address(kind))
    assert [words(h) for h in page.select(".items .headline")] == ["خبر 2014", "خبر 2012", "خبر بلا تاريخ"]
    assert "3 أخبار، منها خبر واحد بلا تاريخ" in words(page.select_one(".page-head"))


def test_a_publisher_leads_to_its_sections(stories: None, read: Read, words: Words) -> None:
    page = read(address(Publisher))
    assert "اقتصاد 3" in words(page.select_one(".side .tally"))
    assert len(page.select(".items .item")) == 4


def test_a_writer_leads_to_the_places_and_a_place_to_the_writers(stories: None, read: Read, words: Words) -> None:
    assert "أماكن كتب منها الرباط 3" in words(read(address(Author)).select_one(".side"))
    assert "كتّاب كتبوا منه أكرم علي 3" in words(read(address(Place)).select_one(".side"))


def test_it_tells_the_first_story_and_the_last(stories: None, read: Read, words: Words) -> None:
    ends = read(address(Author)).select(".side .ends li")
    assert [words(one) for one in ends] == ["5 مايو 2012 خبر 2012", "5 مايو 2014 خبر 2014"]


def test_its_years_lead_into_the_search(stories: None, read: Read, words: Words) -> None:
    chart = read(address(Publisher)).select_one("figure.chart")
    link = chart.select_one("table a")
    assert link["href"] == "/search/?publisher=almaghrib&from=2012-01-01&to=2012-12-31"
    assert words(chart.select("tbody tr")[1]) == "2013 لا أخبار"


def test_a_merged_writer_leads_to_the_writer(make_story: MakeStory, client: Client, read: Read, words: Words) -> None:
    make_story(authors=("أكرم علي",))
    make_story(authors=("أكرم على",))
    kept, variant = Author.objects.get(name="أكرم علي"), Author.objects.get(name="أكرم على")
    variant.merged_into = kept
    variant.save()
    assert client.get(variant.get_absolute_url())["Location"] == kept.get_absolute_url()
    page = read(kept.get_absolute_url())
    assert "خبران" in words(page.select_one(".page-head"))
    assert "يُكتب أيضا: أكرم على" in words(page.select_one(".page-head"))


def test_a_long_list_has_pages(make_story: MakeStory, read: Read) -> None:
    for _ in range(31):
        make_story()
    page = read("/publishers/almaghrib/")
    older = page.select_one(".pager [rel=next]")["href"]
    second = read("/publishers/almaghrib/" + older)
    assert len(second.select(".items .item")) == 1
    assert second.select_one(".pager [rel=next]") is None
    assert second.select_one(".pager [rel=prev]")["href"].startswith("?before=")


def test_what_does_not_exist_is_not_there(db: None, client: Client) -> None:
    for path in ("/publishers/none/", "/sections/9/", "/authors/9/", "/places/9/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(("kind", "queries"), [(Publisher, 9), (Section, 8), (Author, 11), (Place, 10)])
def test_the_number_of_queries_is_fixed(
    make_story: MakeStory,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    kind: type[Any],
    queries: int,
) -> None:
    for number in range(35):
        make_story(
            section="اقتصاد", authors=("أكرم علي", f"كاتب {number}"), places=("الرباط", f"مكان {number}"),
            on=f"2016-01-{number % 28 + 1:02}",
        )  # fmt: skip
    url = address(kind)
    with django_assert_num_queries(queries):
        client.get(url)


def test_a_story_of_many_names_the_first_four_in_a_list_and_all_on_its_page(
    make_story: MakeStory, read: Read, words: Words
) -> None:
    names = ("سعاد", "كريم", "أكرم", "سناء", "هدى", "نبيل")
    story = make_story(authors=names)
    assert words(read("/").select_one(".byline")) == "سعاد ، كريم ، أكرم ، سناء وآخرون"
    assert words(read(story.get_absolute_url()).select_one(".byline")) == " ، ".join(names)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/publishers/a%00b/", "/feeds/publishers/a%00b/"])
def test_what_no_slug_can_hold_is_asked_of_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 404
