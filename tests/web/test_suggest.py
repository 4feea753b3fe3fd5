"""What the search box offers, and what the page says of a query that may be meant otherwise. With a real index."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from archive import payloads
from archive.search import index_pending
from archive.search.stories import search_stories

from .conftest import MakeCapture, MakeStory, Read, Words


@pytest.fixture
def archive(make_story: MakeStory, index: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.web.search.search_stories", search_stories)
    make_story("قطار الساحل", authors=("أكرم علي",), section="سياسة", on="2016-03-12")
    make_story("سفينة الجبل", authors=("قطب زكي",), section="رياضة", on="2015-03-12")
    index_pending()


def test_the_answer_has_the_shape_of_the_contract(archive: None, client: Client) -> None:
    response = client.get("/api/suggest", {"q": "قط"})
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "private, max-age=60"
    author, story = response.json()
    assert author | {"url": ""} == {
        "kind": "author", "label": "قطب زكي", "dir": "rtl", "url": "",
        "note": "كاتب · خبر واحد", "count": 1, "date": None,
    }  # fmt: skip
    assert story | {"url": ""} == {
        "kind": "story", "label": "قطار الساحل", "dir": "rtl", "url": "",
        "note": "المغرب اليوم · 12 مارس 2016", "count": None,
        "date": "2016-03-12",
    }  # fmt: skip
    assert [client.get(one["url"]).status_code for one in (author, story)] == [200, 200]


@pytest.mark.parametrize("text", ["", "ق", " ", "\x00", "%", "ـ" * 9_000, "<script>", "((((", "'; --"])
def test_any_text_is_answered_with_a_list(archive: None, client: Client, text: str) -> None:
    assert client.get("/api/suggest", {"q": text}).json() == []
    assert client.get("/api/suggest?q=%FF%FE").json() == client.get("/api/suggest").json() == []


def test_without_an_index_the_list_is_empty(db: None, client: Client) -> None:
    assert client.get("/api/suggest", {"q": "قطار"}).json() == []


def test_it_only_answers_get(db: None, client: Client) -> None:
    assert client.post("/api/suggest").status_code == 405


def test_a_private_archive_offers_nothing_to_strangers(archive: None, client: Client, settings: Settings) -> None:
    settings.PUBLIC = False
    assert client.get("/api/suggest", {"q": "قطار"}).status_code == 401


def test_a_slip_is_pointed_out_with_a_link_that_keeps_the_filters(archive: None, read: Read, words: Words) -> None:
    said = read("/search/", q="السلحل قطار", publisher="almaghrib", page="1").select_one(".meant")
    assert words(said) == "هل تقصد: الساحل قطار ؟ نتيجة واحدة"
    assert read("/search/" + said.a["href"]).select(".hits .item")
    assert "publisher=almaghrib" in said.a["href"]


def test_the_other_keyboard_is_searched_at_once_and_said(archive: None, read: Read, words: Words) -> None:
    page = read("/search/", q="r'hv")
    assert words(page.select_one(".hits .headline")) == "قطار الساحل"
    assert "بحثنا عن « قطار » بدلا من « r'hv » لأن لوحة المفاتيح" in words(page.select_one(".meant"))
    assert page.select_one("input[name=q]")["value"] == "قطار"


def test_a_page_with_results_says_nothing_more(archive: None, read: Read) -> None:
    assert not read("/search/", q="قطار").select(".meant")


def test_each_way_out_of_nothing_leads_to_what_it_promises(archive: None, read: Read, words: Words) -> None:
    page = read("/search/", q="«قطار الجبل» سنة:2016", to="2016")
    ways = page.select(".ways li")
    assert [words(way) for way in ways] == [
        "أعد البحث دون التاريخ: حتى 31 ديسمبر 2016 لا نتائج أيضا",
        "دون التاريخ المكتوب في نص البحث لا نتائج أيضا",
        "دون أي مرشح لا نتائج أيضا",
        "دون علامات التنصيص: قطار الجبل سنة:2016 نتيجة واحدة",
        "جرّب كلمات أقل، أو صيغة أخرى للكلمة.",
    ]
    assert [bool(way.a) for way in ways] == [False, False, False, True, False]
    assert len(read("/search/" + ways[3].a["href"]).select(".hits .item")) == 1


def test_the_days_that_were_asked_for_are_told(archive: None, read: Read, words: Words) -> None:
    page = words(read("/search/", q="زلزال", **{"from": "2016"}).main)
    assert "في الأرشيف خبر واحد منذ 1 يناير 2016، من 12 مارس 2016 إلى 12 مارس 2016" in page
    assert "ليس في الأرشيف خبر منذ 1 يناير 2020" in words(read("/search/", q="زلزال", **{"from": "2020"}).main)


def test_only_the_staff_see_rejected_pages_with_the_words(
    archive: None, make_capture: MakeCapture, read: Read, client: Client, django_user_model: Callable[..., User]
) -> None:
    content = "<p>زلزال في الليل</p>".encode("windows-1256")
    digest = payloads.digest_of(content)
    payloads.put(content, digest)
    capture = make_capture(digest=digest, size=len(content), code="no-body")
    address = f"/captures/{capture.pk}/"
    assert not read("/search/", q="زلزال").select(f"a[href='{address}']")
    client.force_login(django_user_model.objects.create_superuser("importer"))  # type: ignore[attr-defined]
    assert read("/search/", q="زلزال").select(f"a[href='{address}']")
    assert client.get(address).status_code == 200
