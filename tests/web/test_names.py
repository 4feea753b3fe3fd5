"""The lists of names."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.arabic import key
from archive.models import Author

from .conftest import MakeStory, Read, Words


@pytest.fixture
def stories(make_story: MakeStory) -> None:
    make_story(section="اقتصاد", authors=("أكرم علي",), places=("الرباط",))
    make_story(section="اقتصاد", authors=("أكرم على", "سناء"), places=("الرباط", "دبي"))
    make_story(section="سر", authors=("مجهول",), places=("مخبأ",), hidden=True)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/publishers/", ["المغرب اليوم 2"]),
        ("/sections/", ["اقتصاد المغرب اليوم 2"]),
        ("/places/", ["الرباط 2", "دبي 1"]),
        ("/authors/", ["أكرم علي 1", "أكرم على 1", "سناء 1"]),
    ],
)
def test_each_name_has_its_count_and_hidden_stories_have_none(
    stories: None, read: Read, words: Words, address: str, names: list[str]
) -> None:
    assert [words(item) for item in read(address).select(".tally li")] == names


def test_a_writers_variants_count_with_the_writer(stories: None, read: Read, words: Words) -> None:
    kept = Author.objects.get(name="أكرم علي")
    Author.objects.filter(name="أكرم على").update(merged_into=kept)
    assert [words(item) for item in read("/authors/").select(".tally li")] == ["أكرم علي 2", "سناء 1"]


def test_names_can_be_narrowed_by_letters(stories: None, read: Read, words: Words) -> None:
    page = read("/places/", q="رباط")
    assert [words(item) for item in page.select(".tally li")] == ["الرباط 2"]
    assert read("/places/", q="\0%").select(".tally li") == []


def test_any_page_number_answers(stories: None, read: Read) -> None:
    for page in ("0", "-1", "x", "999999"):
        assert read("/places/", page=page).select(".tally li")


@pytest.mark.parametrize("address", ["/publishers/", "/sections/", "/authors/", "/places/"])
def test_the_number_of_queries_is_fixed(
    make_story: MakeStory, client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    for number in range(20):
        make_story(section=f"قسم {number}", authors=(f"كاتب {number}",), places=(f"مكان {number}",))
    with django_assert_num_queries(2):
        client.get(address)


def test_letters_find_a_name_however_its_hamza_is_written(make_story: MakeStory, read: Read, words: Words) -> None:
    make_story(authors=("أحمد الإدريسي",))
    Author.objects.update(key=key("أحمد الإدريسي"))
    assert len(read("/authors/", q="احمد الادريسي").select(".tally li")) == 1
