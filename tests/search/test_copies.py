"""Near-copies: one hit, every copy still found, exact counts either way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from archive.models import Story
from archive.search import SearchRequest, SearchResults, index_pending, related_stories, search_stories

Tell = Callable[..., Story]

AGENCY = (
    "أعلنت وزارة النقل اليوم أن القطار الساحلي سيبدأ رحلاته المنتظمة بين المدينتين مطلع الأسبوع المقبل، بعد أشهر من "
    "الأشغال التي شملت تجديد السكة ومحطتي الوصول والمغادرة، وقال المتحدث إن التذاكر الجديدة ستباع عبر الهاتف."
)
OTHER = "رست سفينة محملة بالقمح في الميناء القديم صباح أمس وسط ترحيب من التجار الذين انتظروها أسابيع طويلة."


@pytest.fixture
def three(tell: Tell) -> tuple[Story, Story, Story]:
    """An agency's story in two papers, the second with a line of its own; and another story."""
    first = tell("القطار الساحلي ينطلق", AGENCY, on=date(2020, 5, 1), publisher="أ")
    second = tell(
        "انطلاق قطار الساحل", AGENCY + "\nوأضافت مراسلتنا أن الأهالي فرحوا.", on=date(2020, 5, 2), publisher="ب"
    )
    return first, second, tell("سفينة القمح", OTHER, on=date(2020, 5, 3), publisher="ب")


def search(text: str = "", **more: object) -> SearchResults:
    return search_stories(SearchRequest(text=text, **more))  # type: ignore[arg-type]


def test_a_near_copy_follows_the_first(three: tuple[Story, Story, Story]) -> None:
    first, second, other = (Story.objects.get(pk=story.pk) for story in three)
    assert (first.copy_of, second.copy_of, other.copy_of) == (None, first, None)


def test_copies_are_one_hit_that_says_how_many_there_are(three: tuple[Story, Story, Story]) -> None:
    results = search("القطار")
    assert (results.total, [(hit.story, hit.copies) for hit in results.hits]) == (1, [(three[0], 1)])
    assert {value.label: value.count for value in results.facets["publisher"]} == {"أ": 1, "ب": 1}


def test_all_copies_are_listed_one_by_one_on_request(three: tuple[Story, Story, Story]) -> None:
    results = search("القطار", copies=True, sort="oldest")
    assert (results.total, [hit.story for hit in results.hits]) == (2, list(three[:2]))
    assert {value.label: value.count for value in results.facets["publisher"]} == {"أ": 1, "ب": 1}


def test_a_filter_shows_the_copy_that_it_asks_for(three: tuple[Story, Story, Story]) -> None:
    results = search("القطار", publisher="ب")
    assert (results.total, [hit.story for hit in results.hits]) == (1, [three[1]])


def test_what_only_a_copy_says_is_found(three: tuple[Story, Story, Story]) -> None:
    assert search("مراسلتنا").total == 1
    assert [hit.story for hit in search("مراسلتنا", copies=True).hits] == [three[1]]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_lists_without_a_text_hold_each_hit_once(three: tuple[Story, Story, Story], sort: str) -> None:
    assert (search(sort=sort).total, len(search(sort=sort).hits)) == (2, 2)
    assert (search(sort=sort, copies=True).total, len(search(sort=sort, copies=True).hits)) == (3, 3)


def test_a_hidden_first_leaves_its_copies_in_its_place(three: tuple[Story, Story, Story]) -> None:
    Story.objects.filter(pk=three[0].pk).update(hidden=True, indexed=False)
    index_pending()
    assert [hit.story for hit in search("القطار").hits] == [three[1]]


def test_an_edited_copy_that_is_none_any_more_stands_alone(three: tuple[Story, Story, Story]) -> None:
    story = three[1]
    story.body.text = (
        "نص آخر لا يشبه ما كان هنا قبل ذلك في شيء، كتبه المحرر من جديد عن موضوع مختلف كل الاختلاف عن سابقه."
    )
    story.body.save()
    Story.objects.filter(pk=story.pk).update(indexed=False)
    index_pending()
    assert Story.objects.get(pk=story.pk).copy_of is None
    assert search("القطار").hits[0].copies == 0


def test_a_short_text_has_no_copies(tell: Tell) -> None:
    tell("أول", "خبر قصير جدا", publisher="أ")
    assert tell("ثان", "خبر قصير جدا", publisher="ب").copy_of is None


def test_related_stories_are_never_copies(three: tuple[Story, Story, Story], tell: Tell) -> None:
    tell(
        "ركاب القطار الساحلي",
        "اشتكى ركاب القطار الساحلي من غلاء التذاكر بين المدينتين رغم إعلان وزارة النقل عن رحلاته المنتظمة بعد الأشغال.",
        publisher="ب",
    )
    related = [row.story for row in related_stories(three[0])]
    assert three[1] not in related and related


def test_pages_follow_each_other_though_stories_come_in_between(tell: Tell) -> None:
    for number in range(6):
        tell(f"قطار {number}", f"نص رقم {number} عن القطار.", on=date(2020, 1, 1 + number))
    first = search("قطار", sort="newest", size=3)
    tell("قطار جديد", "نص عن القطار الجديد.", on=date(2021, 1, 1))
    second = search("قطار", sort="newest", size=3, page=2, after=first.last)
    assert [hit.story.headline for hit in (*first.hits, *second.hits)] == [f"قطار {n}" for n in (5, 4, 3, 2, 1, 0)]
