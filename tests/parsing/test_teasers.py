from __future__ import annotations

from collections.abc import Callable

from archive.parsing import Article

Read = Callable[..., Article]
Story = Callable[..., str]


def dated(article: Article) -> list[tuple[str, str, str]]:
    return [(t.headline, t.url, t.published.iso() if t.published else "") for t in article.teasers]


def test_a_date_belongs_to_the_story_that_shares_its_box(read: Read, story: Story) -> None:
    side = '<div class="box"><a href="/a">خبر أول من أخبار المدينة</a><span>12/05/2019</span></div>'
    assert dated(read(story(around=side))) == [
        ("خبر أول من أخبار المدينة", "https://www.paper.example/a", "2019-05-12")
    ]


def test_a_box_with_two_stories_dates_neither(read: Read, story: Story) -> None:
    links = '<a href="/a">خبر أول من أخبار المدينة</a><a href="/b">خبر ثان من أخبار المدينة</a>'
    side = f"<div>{links}<span>12/05/2019</span></div>"
    assert dated(read(story(around=side))) == []


def test_a_picture_and_a_headline_may_link_to_the_same_story(read: Read, story: Story) -> None:
    side = (
        '<div class="t"><a href="/a"><img src="/a.jpg"></a><div>GMT 05:10 2024 الإثنين ,29 كانون الثاني / يناير</div>'
        '<h3><a href="/a">خبر أول من أخبار المدينة</a></h3></div>'
    )
    assert dated(read(story(around=side)))[0][2] == "2024-01-29T05:10:00+00:00"


def test_the_articles_own_date_is_no_teaser(read: Read, story: Story) -> None:
    assert dated(read(story(above="<div>نشر في 20 ديسمبر 2020</div>"))) == []
