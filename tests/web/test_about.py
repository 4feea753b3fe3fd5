"""What the archive covers."""

from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from archive.models import FixityCheck, ImportRun

from .conftest import MakeCapture, MakeStory, Read, Words


def test_it_shows_each_publishers_years_and_gaps(make_story: MakeStory, read: Read, words: Words) -> None:
    for year in (2010, 2012, 2016):
        make_story(on=f"{year}-01-01")
    make_story(on=None)
    section = read("/about/").select_one(".coverage section")
    assert "4 أخبار، من 1 يناير 2010 إلى 1 يناير 2016، خبر واحد بلا تاريخ" in words(section)
    assert "لا شيء محفوظا من 2011، 2013–2015." in words(section)
    assert len(section.select("tbody tr")) == 7


def test_it_explains_what_could_not_be_read(make_capture: MakeCapture, read: Read, words: Words) -> None:
    for _ in range(3):
        make_capture(code="no-body")
    make_capture(code="a-new-code")
    text = words(read("/about/").main)
    assert "لم يوجد فيها نص خبر no-body 3" in text
    assert "سبب آخر a-new-code 1" in text


def test_it_tells_of_the_last_imports(db: None, read: Read, words: Words) -> None:
    ImportRun.objects.create(state="interrupted")
    assert "متوقف" in words(read("/about/").select_one(".runs"))


def test_it_tells_of_the_last_check_of_the_kept_bytes(db: None, read: Read, words: Words) -> None:
    assert "لم تُفحص الصفحات بعد" in words(read("/about/").select_one(".fixity"))
    check = FixityCheck.objects.create(state="done", finished_at=timezone.now(), counts={"read": 12, "damaged": 3})
    assert "قُرئت 12 صفحة محفوظة، وفي المخزن خلل (3 ملفات)" in words(read("/about/").select_one(".fixity"))
    check.counts = {"read": 12}
    check.save()
    assert "كلها كما حُفظت" in words(read("/about/").select_one(".fixity"))


def test_a_hidden_story_leaves_no_trace(make_story: MakeStory, read: Read, words: Words) -> None:
    make_story(hidden=True)
    assert "المغرب اليوم" not in words(read("/about/").main)


def test_the_number_of_queries_is_fixed(
    make_story: MakeStory, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_story(on=f"20{number + 10}-01-01")
    with django_assert_num_queries(6):
        client.get("/about/")
