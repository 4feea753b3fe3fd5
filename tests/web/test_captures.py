"""The record of a saved page."""

from django.test import Client

from archive.models import ImportRun

from .conftest import MakeCapture, MakeStory, Read, Words


def test_it_tells_where_the_page_came_from(
    make_story: MakeStory, make_capture: MakeCapture, read: Read, words: Words
) -> None:
    run = ImportRun.objects.create()
    capture = make_capture(
        make_story(),
        dump="/srv/secret/2016.tar.gz",
        member="news/1.html",
        offset=1024,
        encoding="windows-1256",
        run=run,
        evidence={
            "headline": {"rule": "almaghrib@2016", "where": "article > h1.title", "confidence": 0.97},
            "byline": {"rule": "json-ld", "where": "author", "confidence": None},
        },
    )
    page = read(f"/captures/{capture.pk}/")
    text = words(page.main)
    for told in (capture.digest, "48,213 بايتا", "news/1.html", "1,024", "windows-1256", "خبر جديد", f"رقم {run.pk}"):
        assert told in text
    assert [words(row) for row in page.select(".evidence tbody tr")] == [
        "العنوان قالب المصدر almaghrib@2016 article > h1.title 97٪",
        "الكاتب بيانات الصفحة المهيكلة json-ld author لم تُقَس",
    ]


def test_only_the_staff_see_where_dumps_lie(
    make_story: MakeStory, make_capture: MakeCapture, client: Client, admin_client: Client
) -> None:
    capture = make_capture(make_story(), dump="/srv/secret/2016.tar.gz")
    assert "/srv/secret" not in client.get(f"/captures/{capture.pk}/").content.decode()
    assert "/srv/secret/2016.tar.gz" in admin_client.get(f"/captures/{capture.pk}/").content.decode()


def test_pages_in_quarantine_are_for_the_staff(make_capture: MakeCapture, client: Client, admin_client: Client) -> None:
    capture = make_capture(code="no-body")
    assert client.get(f"/captures/{capture.pk}/").status_code == 404
    assert "لم يوجد فيها نص خبر" in admin_client.get(f"/captures/{capture.pk}/").content.decode()


def test_the_pages_of_a_hidden_story_are_not_there(
    make_story: MakeStory, make_capture: MakeCapture, client: Client
) -> None:
    capture = make_capture(make_story(hidden=True))
    assert client.get(f"/captures/{capture.pk}/").status_code == 404
