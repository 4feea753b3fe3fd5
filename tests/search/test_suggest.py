"""What is offered while one types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from archive.arabic import key
from archive.models import Author, Story
from archive.search import suggestions

Tell = Callable[..., Story]


def offered(text: str, kind: str = "story") -> list[str]:
    return [one.label for one in suggestions(text) if one.kind == kind]


@pytest.mark.parametrize(
    "typed",
    ["قط", "قطار السا", "قطار ساح", "الساحل ينط", "قطار الساحل ", "عودة قطا", "قطار في السا"],
)
def test_a_headline_is_found_by_its_words_and_the_beginning_of_the_last(tell: Tell, typed: str) -> None:
    tell("عودة قطار الساحل: ينطلق في الصباح")
    assert offered(typed) == ["عودة قطار الساحل: ينطلق في الصباح"]


@pytest.mark.parametrize("typed", ["", " ", "ق", "ال", "  ق ", "طار", "قطار الجب", "!!", "\x00", "ـ" * 5_000])
def test_nothing_is_offered_for_less_or_for_other_words(tell: Tell, typed: str) -> None:
    tell("قطار الساحل")
    assert offered(typed) == []


def test_a_headline_that_begins_as_typed_comes_first_then_the_newest(tell: Tell) -> None:
    tell("سفر في قطار", on=date(2016, 1, 1))
    tell("وصول قطار", on=date(2017, 1, 1))
    tell("قطار الجبل", on=date(2010, 1, 1))
    assert offered("قطا") == ["قطار الجبل", "وصول قطار", "سفر في قطار"]


def test_words_of_the_text_are_no_headline(tell: Tell) -> None:
    tell("عنوان آخر", "ركبنا القطار.")
    assert offered("القطار") == []


@pytest.mark.parametrize("typed", ["فاط", "بنع", "الزهر", "زهراء", "فاطمه الز", "الزَّهراء بن", "fkud"])
def test_a_writer_is_found_by_any_word_of_the_name(tell: Tell, typed: str) -> None:
    tell("خبر", author="فاطمة الزهراء بنعيسى")
    tell("خبر ثان", author="فاطمة الزهراء بنعيسى")
    found = [one for one in suggestions(typed) if one.kind == "author"]
    assert [(one.label, one.count, one.url) for one in found] == [
        ("فاطمة الزهراء بنعيسى", 2, Author.objects.get().get_absolute_url())
    ]


def test_a_name_is_not_found_from_the_middle_of_a_word(tell: Tell) -> None:
    tell("خبر", author="أكرم علي")
    assert offered("كرم", "author") == []


def test_the_name_with_more_stories_comes_first(tell: Tell) -> None:
    tell("خبر", author="أحمد أمين")
    for number in range(2):
        tell(f"خبر {number}", author="أحمد بدر الدين الطويل")
    assert offered("احمد", "author") == ["أحمد بدر الدين الطويل", "أحمد أمين"]


def test_a_variant_of_a_name_leads_to_the_name(tell: Tell) -> None:
    tell("خبر", author="أكرم علي")
    kept = Author.objects.get()
    Author.objects.create(name="أكروم علي", key=key("أكروم علي"), merged_into=kept)
    assert offered("اكروم", "author") == ["أكرم علي"]


def test_places_papers_and_sections_are_offered_too(tell: Tell) -> None:
    tell("خبر", place="الرباط", publisher="الرباط اليوم", section="رباط الخيل")
    assert {(one.kind, one.label, one.count) for one in suggestions("ربا")} == {
        ("place", "الرباط", 1), ("publisher", "الرباط اليوم", None), ("section", "رباط الخيل (الرباط اليوم)", 1),
    }  # fmt: skip


def test_hidden_stories_and_names_of_hidden_stories_alone_are_not_offered(tell: Tell) -> None:
    tell("قطار الساحل", author="قطان", place="قطر", publisher="قطوف", section="قطاع", hidden=True)
    assert suggestions("قط") == []


def test_a_story_hidden_since_it_was_indexed_is_not_offered(tell: Tell) -> None:
    story = tell("قطار الساحل")
    Story.objects.filter(pk=story.pk).update(hidden=True)
    assert offered("قطار") == []


def test_near_copies_are_offered_once_for_each_of_their_headlines(tell: Tell) -> None:
    text = " ".join(f"كلمة{number} أخرى{number}" for number in range(80))
    tell("قطار الساحل", text, publisher="أ")
    tell("قطار الساحل ", text, publisher="ب")
    tell("القطار وصل", text, publisher="ج")
    assert sorted(map(str.strip, offered("قطار"))) == ["القطار وصل", "قطار الساحل"]


def test_what_was_typed_on_the_other_keyboard_is_read(tell: Tell) -> None:
    tell("قطار الساحل")
    assert offered("r'hv") == ["قطار الساحل"]


def test_there_are_eight_at_most_and_half_of_them_stories(tell: Tell) -> None:
    for number in range(12):
        tell(f"قطار {number}", author=f"قطان {number}")
    found = [one.kind for one in suggestions("قط")]
    assert found == ["author"] * 4 + ["story"] * 4
    assert len(suggestions("قط", limit=3)) == 3


def test_without_an_index_nothing_is_offered(db: None) -> None:
    assert suggestions("قطار") == []


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow(
    tell: Tell, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for one in range(number):
        tell(f"قطار {one}", author=f"قطان {one}", place=f"قطر {one}", section=f"قطاع {one}")
    with django_assert_num_queries(5):
        assert suggestions("قط")
