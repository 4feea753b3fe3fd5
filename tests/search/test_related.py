from __future__ import annotations

from collections.abc import Callable

from archive.models import RelatedLink, Story
from archive.search import related_stories

Tell = Callable[..., Story]

TRAIN = "انطلق قطار الساحل من محطة القنيطرة نحو الرباط وعلى متنه ركاب كثيرون يحملون التذاكر الجديدة."
SHIP = "رست سفينة الشحن في ميناء بيروت محملة بالقمح والذرة بعد رحلة طويلة عبر البحر المتوسط."


def test_stories_about_the_same_follow_the_printed_links(tell: Tell) -> None:
    story = tell("قطار الساحل ينطلق", TRAIN)
    alike = tell("ركاب قطار الساحل يشكون غلاء التذاكر", "شكا ركاب قطار الساحل بين القنيطرة والرباط من غلاء التذاكر.")
    linked = tell("سفينة القمح", SHIP)
    tell("سفينة الذرة", SHIP)
    RelatedLink.objects.create(story=story, position=0, text="سفينة القمح", url="https://x.example/2", target=linked)
    RelatedLink.objects.create(story=story, position=1, text="خبر ليس هنا", url="https://x.example/3")
    found = related_stories(story)
    assert [row.headline for row in found[:3]] == ["سفينة القمح", "خبر ليس هنا", alike.headline]
    assert [row.printed for row in found[:3]] == [True, True, False]
    assert found[0].reason == "مذكور في الصفحة" and found[2].reason.startswith("يشترك معه في:")
    assert (found[0].url, found[1].url) == (linked.get_absolute_url(), "https://x.example/3")


def test_a_story_is_not_related_to_itself(tell: Tell) -> None:
    story = tell("قطار الساحل ينطلق", TRAIN)
    tell("قطار آخر", TRAIN)
    assert story not in [row.story for row in related_stories(story)]


def test_a_hidden_story_is_not_told_of(tell: Tell) -> None:
    story, hidden = tell("قطار الساحل ينطلق", TRAIN), tell("قطار سري", TRAIN, hidden=True)
    RelatedLink.objects.create(story=story, position=0, text="قطار سري", url="https://x.example/2", target=hidden)
    assert related_stories(story) == []


def test_without_an_index_the_printed_links_stay(tell: Tell, settings: object) -> None:
    story = tell("قطار الساحل ينطلق", TRAIN)
    RelatedLink.objects.create(story=story, position=0, text="خبر ليس هنا", url="https://x.example/3")
    settings.SEARCH_URL = settings.SEARCH_URL + "-none"  # type: ignore[attr-defined]
    assert [row.headline for row in related_stories(story)] == ["خبر ليس هنا"]
