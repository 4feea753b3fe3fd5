from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from archive.dumps import Locator, Page
from archive.parsing import Article, parse_page

from .conftest import SENTENCES

Read = Callable[..., Article]
Story = Callable[..., str]


def ld(**fields: str) -> str:
    inside = ",".join(f'"{name}": "{value}"' for name, value in {"@type": "NewsArticle", **fields}.items())
    return f'<script type="application/ld+json">{{{inside}}}</script>'


def iso(article: Article) -> str | None:
    return article.published.iso() if article.published else None


def test_machines_are_told_the_moment(read: Read, story: Story) -> None:
    article = read(story(head=ld(datePublished="2020-06-03T03:01:00+04:00", dateModified="2020-06-04T10:00:00+04:00")))
    assert iso(article) == "2020-06-03T03:01:00+04:00"
    assert article.modified and article.modified.iso() == "2020-06-04T10:00:00+04:00"
    assert article.field_sources["published_at"] == "json-ld"


def test_the_printed_day_wins_where_utc_moves_it(read: Read, story: Story) -> None:
    article = read(
        story(above="<div>25 ديسمبر 2020 | 1:59 ص</div>", head=ld(datePublished="2020-12-24T23:59:50+00:00"))
    )
    assert iso(article) == "2020-12-25T01:59:00"


def test_an_update_stamp_is_not_the_publishing_date(read: Read, story: Story) -> None:
    article = read(story(above="<div>آخر تحديث: 25 ديسمبر 2020 10:00</div><div>نشر في 20 ديسمبر 2020</div>"))
    assert iso(article) == "2020-12-20"
    assert article.modified and article.modified.iso().startswith("2020-12-25")


def test_a_header_clock_and_a_cache_comment_are_no_date(read: Read, story: Story) -> None:
    html = story().replace(
        "<body>", "<body><!-- cached 2021-01-01 10:00:00 --><div class='top'>الإثنين 06 يناير 2025</div>"
    )
    assert iso(read(html)) is None


def test_dates_of_comments_and_sidebars_are_no_date(read: Read, story: Story) -> None:
    side = '<aside><ul><li><a href="/2">خبر آخر عن المدينة الكبيرة</a> 01/02/2018</li></ul></aside>'
    around = f'<div class="comments"><p>12/05/2019 كلام</p></div>{side}'
    assert iso(read(story(around=around))) is None


def test_a_date_that_cannot_be_true_is_kept_as_printed(read: Read, story: Story) -> None:
    article = read(story(head=ld(datePublished="31/02/2020")))
    assert article.published is None
    assert article.published_printed == "31/02/2020"


def test_a_date_after_the_page_was_saved_is_refused(read: Read, story: Story) -> None:
    assert iso(read(story(head=ld(datePublished="2025-06-01T00:00:00+00:00")))) is None


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_a_page_saved_at_an_end_of_time_is_read_like_any_other(story: Story, moment: datetime) -> None:
    page = Page("https://a.com/1", moment.replace(tzinfo=UTC), story("قبل 4 ساعات").encode(), "", Locator("x"))
    article = parse_page(page)
    assert isinstance(article, Article) and article.published is None


def test_arabic_words_in_a_machine_date_are_read(read: Read, story: Story) -> None:
    head = '<meta property="article:published_time" content="الثلاثاء، 12 مارس 2024 - 10:20 م">'
    assert iso(read(story(head=head))) == "2024-03-12T22:20:00"


def test_a_hijri_line_of_the_text_is_no_date_of_the_page(read: Read, story: Story) -> None:
    first = "الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس"
    sentence = "واستقبل مدير الحديقة زوارها الأوائل عند الباب الشرقي صباح اليوم وقدم لهم الزهور."
    article = read(story(paragraphs=(first, *(sentence for _ in range(5)))))
    assert iso(article) is None
    assert article.body[0] == first


def test_the_address_gives_the_day_when_nothing_else_does(read: Read, story: Story) -> None:
    article = read(story(), url="https://www.paper.example/story/2020/8/24/حديقة")
    assert iso(article) == "2020-08-24" and article.field_sources["published_at"] == "address"


@pytest.mark.parametrize(
    "line", ["<time datetime='2021-05-04T10:00:00+02:00'>أمس</time>", "<div>نشر يوم 4 ماي 2021</div>"]
)
def test_a_line_below_the_headline_dates_the_story(read: Read, story: Story, line: str) -> None:
    assert (iso(read(story(above=line))) or "").startswith("2021-05-04")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2007-11-22 | عدد القراءات : 315", "2007-11-22"),
        ("22/11/2007 - 315 مشاهدة", "2007-11-22"),
        ("22 تشرين الثاني 2007", "2007-11-22"),
    ],
)
def test_a_line_set_like_the_text_may_be_its_date(read: Read, story: Story, line: str, day: str) -> None:
    article = read(story(paragraphs=(line, *SENTENCES)))
    assert (iso(article), article.body) == (day, SENTENCES)


def test_a_blogs_day_stands_in_a_heading_above_the_headline(read: Read, story: Story) -> None:
    html = story().replace("<article>", "<h2 class='date-header'><span>الأحد، 31 مايو 2020</span></h2><article>")
    assert iso(read(html)) == "2020-05-31"


@pytest.mark.parametrize("line", ["تاريخ التسجيل: 14-03-2009", "عضو منذ 14 مارس 2009", "تاريخ الانضمام : 14/03/2009"])
def test_a_day_on_which_somebody_joined_is_no_date(read: Read, story: Story, line: str) -> None:
    assert iso(read(story(above=f"<div>{line}</div>"))) is None
