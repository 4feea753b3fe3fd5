"""The page of one story."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.models import Author, Byline, Picture, Story
from archive.search import Related
from archive.web.stories import COPIES_SHOWN, around

from .conftest import MakeCapture, MakeStory, Read, Words

OpenStory = Callable[[Story], Any]


@pytest.fixture
def open_story(read: Read) -> OpenStory:
    return lambda story: read(story.get_absolute_url())


def test_it_shows_what_the_paper_printed(make_story: MakeStory, open_story: OpenStory, words: Words) -> None:
    story = make_story("عنوان الخبر", section="اقتصاد", lead="مقدمة", authors=("أكرم علي", "سناء"), places=("القاهرة",))
    page = open_story(story)
    assert words(page.h1) == "عنوان الخبر"
    assert words(page.select_one(".story .kicker")) == "اقتصاد"
    assert words(page.select_one(".story .lead")) == "مقدمة"
    assert [words(link) for link in page.select(".byline a")] == ["أكرم علي", "سناء"]
    assert [words(link) for link in page.select(".dateline a")] == ["القاهرة"]
    assert [words(p) for p in page.select(".body p")] == ["فقرة أولى.", "فقرة ثانية."]


def test_it_shows_a_story_without_a_byline_without_one(make_story: MakeStory, open_story: OpenStory) -> None:
    assert open_story(make_story()).select_one(".byline") is None


def test_it_shows_an_undated_story_as_undated(make_story: MakeStory, open_story: OpenStory, words: Words) -> None:
    page = open_story(make_story(on=None))
    assert words(page.select_one(".when")).startswith("غير مؤرخ")
    assert page.select_one(".when time") is None


def test_it_tells_how_a_date_was_learnt_from_another_page(
    make_story: MakeStory, open_story: OpenStory, words: Words
) -> None:
    page = open_story(make_story(date_source="teaser"))
    assert "عُرف التاريخ من قائمة أخبار في صفحة أخرى" in words(page.select_one(".when"))


@pytest.mark.parametrize(
    ("precision", "shown", "machine"),
    [("day", "السبت 12 مارس 2016", "2016-03-12"), ("month", "مارس 2016", "2016-03")],
)
def test_it_tells_a_date_no_finer_than_it_is_known(
    make_story: MakeStory,
    open_story: OpenStory,
    words: Words,
    precision: str,
    shown: str,
    machine: str,
) -> None:
    at = datetime.fromisoformat("2016-03-12T00:00:00+00:00")
    page = open_story(make_story(on="2016-03-12", published_at=at, date_precision=precision))
    time = page.select_one(".when time")
    assert words(time) == shown
    assert time["datetime"] == machine


def test_it_tells_the_time_on_the_papers_own_clock(make_story: MakeStory, open_story: OpenStory, words: Words) -> None:
    at = datetime.fromisoformat("2016-03-12T23:30:00+00:00")
    page = open_story(make_story(published_at=at, date_precision="minute", utc_offset=60, on="2016-03-13"))
    time = page.select_one(".when time")
    assert words(time) == "الأحد 13 مارس 2016، 00:30 بتوقيت غرينتش+1"
    assert time["datetime"] == "2016-03-13T00:30:00+01:00"


def test_it_tells_the_dates_apart(
    make_story: MakeStory, make_capture: MakeCapture, open_story: OpenStory, words: Words
) -> None:
    story = make_story(modified_at=datetime.fromisoformat("2016-03-13T10:00:00+00:00"), utc_offset=0)
    make_capture(story)
    labels = [words(label) for label in open_story(story).select(".dates dt")]
    assert labels == ["نُشر", "عُدّل", "حُفظ", "استُورد"]


def test_it_never_loads_a_picture_from_the_papers_site(
    make_story: MakeStory, open_story: OpenStory, words: Words
) -> None:
    story = make_story()
    Picture.objects.create(story=story, position=0, url="https://cdn.example.ma/a.jpg", caption="شرح", credit="أ ف ب")
    page = open_story(story)
    assert not page.select("img, picture, source, iframe, object, embed")
    assert words(page.select_one("figure.picture")) == "شرح تصوير: أ ف ب الصورة في موقعها الأصلي"
    assert page.select_one("figure.picture a")["href"] == "https://cdn.example.ma/a.jpg"


def test_an_address_that_is_no_web_address_is_never_a_link(make_story: MakeStory, open_story: OpenStory) -> None:
    story = make_story(canonical_url="javascript:alert(1)")
    Picture.objects.create(story=story, position=0, url="data:text/html,x")
    page = open_story(story)
    assert not [a["href"] for a in page.select("a[href]") if not a["href"].startswith(("/", "#", "http"))]
    assert page.select_one("link[rel=canonical]") is None


def test_markup_in_any_field_stays_text(make_story: MakeStory, open_story: OpenStory) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    story = make_story(evil, text=evil, lead=evil, section=evil, authors=(evil,), places=(evil,), date_printed=evil)
    Picture.objects.create(story=story, position=0, url="https://x.example/", caption=evil, credit=evil)
    page = open_story(story)
    assert len(page.select("script")) == 2  # our own file, and the JSON-LD
    assert not page.select("img")
    assert json.loads(page.select_one("script[type='application/ld+json']").string)["headline"] == evil


def linked_data(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.select_one("script[type='application/ld+json']").string)
    return found


def test_a_direction_override_turns_nothing_but_its_own_field(make_story: MakeStory, open_story: OpenStory) -> None:
    """E5: what a browser isolates ends with its element."""
    page = open_story(make_story("قطار\u202e الساحل", authors=("سلمى\u202e",), places=("الرباط\u2066",)))
    for name in ("سلمى\u202e", "الرباط\u2066"):
        assert page.find("bdi", string=name)


def test_machines_read_the_same_story(make_story: MakeStory, open_story: OpenStory) -> None:
    story = make_story(
        "عنوان", authors=("أكرم علي",), places=("القاهرة",), section="اقتصاد", date_precision="month", utc_offset=60,
        modified_at=datetime.fromisoformat("2016-03-13T10:00:00+00:00"), lead="مقدمة",
    )  # fmt: skip
    agency = Author.objects.create(name="وكالة", key="وكالة", kind="agency")
    Byline.objects.create(story=story, position=1, author=agency, as_printed="وكالة")
    permanent = f"http://testserver/stories/{story.pk}/"
    assert linked_data(open_story(story)) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "عنوان",
        "description": "مقدمة",
        "inLanguage": "ar",
        "datePublished": "2016-03",
        "dateModified": "2016-03-13T11:00:00+01:00",
        "author": [{"@type": "Person", "name": "أكرم علي"}, {"@type": "Organization", "name": "وكالة"}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "المغرب اليوم"},
        "articleSection": "اقتصاد",
        "contentLocation": [{"@type": "Place", "name": "القاهرة"}],
        "mainEntityOfPage": permanent,
        "archivedAt": permanent,
        "isBasedOn": story.canonical_url,
        "url": story.canonical_url,
    }


def test_machines_are_told_nothing_that_is_not_known(make_story: MakeStory, open_story: OpenStory) -> None:
    page = open_story(make_story(on=None, canonical_url="javascript:alert(1)", text=""))
    unknown = {"datePublished", "dateModified", "author", "articleSection", "contentLocation", "isBasedOn", "url"}
    assert not unknown & set(linked_data(page))
    assert not page.select("link[rel=canonical], meta[property^=article], meta[name=description]")


@pytest.mark.parametrize("evil", ["</script><b>", "<!--<script>", '"}', "a\nb\r", "@{{ x }}{% y %}", "\\u003c", "&lt;"])
def test_no_headline_breaks_what_machines_read(make_story: MakeStory, open_story: OpenStory, evil: str) -> None:
    page = open_story(make_story(evil, lead=evil))
    assert linked_data(page)["headline"] == evil
    assert len(page.select("script")) == 2
    assert page.select_one("meta[property='og:title']")["content"].split() == evil.split()


def test_the_head_says_what_a_shared_link_shows(make_story: MakeStory, open_story: OpenStory) -> None:
    story = make_story("عنوان", authors=("أكرم علي",), section="اقتصاد", text="سطر أول\nسطر ثان " + "طويل " * 200)
    newer, older = make_story(section="اقتصاد", on="2016-03-13"), make_story(section="اقتصاد", on="2016-03-11")
    page = open_story(story)
    said = {meta["property"]: meta["content"] for meta in page.select("meta[property]")}
    description = page.select_one("meta[name=description]")["content"]
    assert description.startswith("سطر أول سطر ثان طويل") and len(description) <= 200
    assert said == {
        "og:type": "article",
        "og:title": "عنوان",
        "og:description": description,
        "og:url": f"http://testserver/stories/{story.pk}/",
        "og:site_name": "ورّاق",
        "og:locale": "ar",
        "article:published_time": "2016-03-12",
        "article:author": "أكرم علي",
        "article:section": "اقتصاد",
    }
    assert page.select_one("meta[name='twitter:card']")["content"] == "summary"
    links = {link["rel"][0]: link["href"] for link in page.select("head link")}
    assert links["canonical"] == story.canonical_url
    assert (links["prev"], links["next"]) == (newer.get_absolute_url(), older.get_absolute_url())


def test_a_hidden_story_is_not_there(make_story: MakeStory, client: Client) -> None:
    story = make_story(hidden=True)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get(f"/stories/{story.pk}/").status_code == 404


def test_an_enormous_id_is_not_there(db: None, client: Client) -> None:
    assert client.get(f"/stories/{10**30}/").status_code == 404


def test_related_stories_say_why_they_are_related(
    make_story: MakeStory, open_story: OpenStory, index: SimpleNamespace, words: Words
) -> None:
    story, other = make_story(), make_story("خبر آخر")
    index.related = [
        Related("خبر آخر", other.get_absolute_url(), other, "مطبوع في الصفحة", True),
        Related("خبر لم يصل", "https://www.example.ma/x", None, "مطبوع في الصفحة", True),
        Related("عنوان بلا رابط", "", None, "مطبوع في الصفحة", True),
    ]
    items = open_story(story).select(".related li")
    assert words(items[0]) == "خبر آخر مطبوع في الصفحة 12 مارس 2016"
    assert words(items[1]) == "خبر لم يصل مطبوع في الصفحة ليس في الأرشيف"
    assert items[2].a is None


def test_it_leads_to_its_neighbours_in_the_section(make_story: MakeStory, open_story: OpenStory) -> None:
    older = make_story(section="اقتصاد", on="2016-03-10")
    story = make_story(section="اقتصاد", on="2016-03-12")
    make_story(section="رياضة", on="2016-03-13")
    make_story(section="اقتصاد", on="2016-03-13", hidden=True)
    newer = make_story(section="اقتصاد", on="2016-03-14")
    pager = open_story(story).select_one(".pager.stories")
    assert pager.select_one("[rel=prev]")["href"] == newer.get_absolute_url()
    assert pager.select_one("[rel=next]")["href"] == older.get_absolute_url()
    first = open_story(newer).select_one(".pager.stories")
    assert first.select_one("[rel=prev]") is None
    assert first.select_one("[rel=next]")["href"] == story.get_absolute_url()


def test_each_saved_page_leads_to_its_record(
    make_story: MakeStory, make_capture: MakeCapture, open_story: OpenStory
) -> None:
    story = make_story()
    capture = make_capture(story)
    assert open_story(story).select_one(".captures a")["href"] == f"/captures/{capture.pk}/"


def test_it_takes_at_most_eight_queries(
    make_story: MakeStory,
    make_capture: MakeCapture,
    client: Client,
    admin_user: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    story = make_story(section="اقتصاد", authors=("أ", "ب", "ج"), places=("د", "هـ"))
    for number in range(5):
        make_story(section="اقتصاد", on=f"2016-03-1{number}")
        make_capture(story)
        Picture.objects.create(story=story, position=number, url="https://x.example/")
    client.force_login(admin_user)
    with django_assert_max_num_queries(8):
        client.get(story.get_absolute_url())


@pytest.mark.parametrize(
    ("fields", "target"),
    [({}, "/dates/2016/03/12/"), ({"date_precision": "month"}, "/dates/2016/03/"), ({"on": None}, "/undated/")],
)
def test_every_name_and_the_date_lead_to_the_list_that_holds_the_story(
    make_story: MakeStory, open_story: OpenStory, read: Read, fields: dict[str, str], target: str
) -> None:
    story = make_story("عنوان الخبر", section="اقتصاد", authors=("أكرم علي",), places=("القاهرة",), **fields)
    page = open_story(story)
    assert page.select_one(".when a")["href"] == target
    links = {link["href"] for link in page.select(".story a")}
    people, places = story.bylines.get().author, story.datelines.get().place
    lists = {people.get_absolute_url(), places.get_absolute_url(), story.section.get_absolute_url(), target}
    assert lists | {story.publisher.get_absolute_url()} <= links | {link["href"] for link in page.select("main a")}
    for address in lists:
        assert "عنوان الخبر" in read(address).get_text()


def test_it_leads_to_its_neighbours_however_many_copies_it_has(make_story: MakeStory) -> None:
    first = make_story("الطقس اليوم", on="2016-01-01")
    for day in range(COPIES_SHOWN + 5):
        make_story("الطقس اليوم", on=date(2016, 1, 2) + timedelta(day), copy_of=first)
    newer = make_story("خبر أحدث", on="2017-01-01")
    beside = around(Story.objects.get(pk=Story.objects.filter(copy_of=first).latest("published_on").pk))
    assert beside.newer == newer
    assert len(beside.copies) == COPIES_SHOWN + 1  # the older neighbour is a copy, too
    assert beside.copies == sorted(beside.copies, key=lambda story: story.pk)
