"""The front page."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.models import ImportRun

from .conftest import MakeStory, Read, Words


def test_an_empty_archive_tells_how_to_import_in_one_command(db: None, read: Read, words: Words) -> None:
    page = read("/")
    assert "الأرشيف فارغ" in words(page.main)
    assert page.select_one("pre code").text == "python manage.py import_pages PATH"


def test_it_leads_with_the_newest_story_its_lead_and_place(make_story: MakeStory, read: Read, words: Words) -> None:
    make_story("خبر قديم", on="2010-01-01")
    make_story("خبر جديد", on="2016-01-01", lead="مقدمة الخبر", places=("الرباط",))
    top = read("/").select_one(".item.top")
    assert words(top.select_one(".headline")) == "خبر جديد"
    assert words(top.select_one(".lead")) == "مقدمة الخبر"
    assert words(top.select_one(".dateline")) == "الرباط"


def test_it_does_not_show_a_hidden_story(make_story: MakeStory, read: Read, words: Words) -> None:
    make_story("خبر ظاهر")
    make_story("خبر محجوب", hidden=True, section="سر", places=("مخبأ",))
    text = words(read("/"))
    assert "خبر محجوب" not in text
    assert "مخبأ" not in text
    assert "خبر واحد من المغرب اليوم" in text


def test_it_remembers_this_day_in_earlier_years(make_story: MakeStory, read: Read, words: Words) -> None:
    today = timezone.localdate().replace(day=min(timezone.localdate().day, 28))
    make_story("خبر اليوم")
    story = make_story("خبر من مثل هذا اليوم", on=timezone.localdate() - timedelta(0))
    story.published_on = earlier = next(
        day
        for day in (timezone.localdate() - timedelta(365 + n) for n in range(3))
        if day.day == timezone.localdate().day
    )
    story.save()
    assert today.year > earlier.year
    assert "خبر من مثل هذا اليوم" in words(read("/").select_one(".this-day"))


def test_it_does_not_give_a_story_of_a_known_month_to_a_day(make_story: MakeStory, read: Read) -> None:
    today = timezone.localdate()
    make_story(on=today.replace(year=today.year - 4, day=min(today.day, 28)), date_precision="month")
    assert read("/").select_one(".this-day") is None


def test_it_tells_what_was_imported_last(make_story: MakeStory, read: Read, words: Words) -> None:
    make_story()
    ImportRun.objects.create(state="done", counts={"created": 11, "rejected": 2})
    assert "أُضيف 11 خبرا، رُفضت صفحتان" in words(read("/").select_one(".runs"))


def test_the_search_box_stands_before_the_stories(make_story: MakeStory, read: Read) -> None:
    make_story()
    page = read("/")
    box = page.select_one("header input[name=q]")
    assert box["dir"] == "auto"
    assert page.select_one("header form")["action"] == "/search/"


def test_the_calendar_has_a_table_beside_it(make_story: MakeStory, read: Read, words: Words) -> None:
    make_story(on="2016-03-12")
    chart = read("/").select_one("figure.chart")
    assert len(chart.select("svg.days rect")) == 371
    assert "مارس 2016 خبر واحد" in words(chart.table)


def test_the_number_of_queries_does_not_grow_with_the_stories(
    make_story: MakeStory, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_story(section=f"قسم {number}", authors=("فاطمة", "علي"), places=("الرباط",))
    with django_assert_num_queries(14):
        client.get("/")
