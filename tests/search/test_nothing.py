"""Why a search found nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from archive import payloads
from archive.models import Author, Capture, Place, Section, Story
from archive.search import SearchRequest, quarantine, search_stories, why_nothing
from archive.search.quarantine import kept_with

Tell = Callable[..., Story]


def ways(text: str = "", **filters: Any) -> dict[str, int | None]:
    return {way.change: way.total for way in why_nothing(SearchRequest(text=text, **filters)).ways}


def keep(content: bytes, **fields: Any) -> Capture:
    digest = payloads.digest_of(content)
    payloads.put(content, digest)
    known = {"outcome": "rejected", "code": "no-body", "size": len(content), "url": "https://a.example/1"}
    return Capture.objects.create(
        key=f"{digest[:40]}{Capture.objects.count()}", digest=digest, captured_at=datetime(2017, 1, 1, tzinfo=UTC),
        **known | fields,
    )  # fmt: skip


def test_each_filter_is_counted_without(tell: Tell) -> None:
    tell("قطار الساحل", publisher="أ", section="سياسة", author="أكرم", place="الرباط", on=date(2015, 5, 1))
    tell("سفينة", publisher="ب", section="رياضة", author="علي", place="دمشق", on=date(2016, 5, 1))
    other = {
        "publisher": "ب",
        "section": Section.objects.get(name="رياضة").pk,
        "author": Author.objects.get(name="علي").pk,
        "place": Place.objects.get(name="دمشق").pk,
    }
    for name, value in other.items():
        assert ways("قطار", **{name: value}) == {name: 1, "text": 1}
    assert ways("قطار", date_from=date(2016, 1, 1)) == {"dates": 1, "text": 1}
    found = ways("قطار", publisher="ب", place=other["place"])
    assert found == {"publisher": 0, "place": 0, "filters": 1, "text": 1}


def test_dates_and_names_in_the_text_are_counted_without(tell: Tell) -> None:
    tell("قطار الساحل", author="أكرم", on=date(2015, 5, 1))
    tell("سفينة", author="علي", on=date(2016, 5, 1))
    assert ways("قطار سنة:2016") == {"typed dates": 1}
    assert ways("قطار كاتب:علي") == {"typed names": 1}
    why = why_nothing(SearchRequest(text="قطار كاتب:علي سنة:2016"))
    assert [(way.change, way.request.text, way.total) for way in why.ways] == [
        ("typed dates", "قطار كاتب:علي", 0),
        ("typed names", "قطار سنة:2016", 0),
        ("filters", "قطار", 1),
    ]


def test_words_are_counted_without_quotation_marks_and_without_what_binds_them(tell: Tell) -> None:
    tell("قطار الساحل")
    tell("سفينة الجبل")
    assert ways("«قطار الجبل»") == {"quotes": 2}
    assert ways("+قطار +سفينة") == {"any": 2}
    assert ways('+"قطار الجبل" +صاروخ') == {"quotes": 0, "any": 2}


def test_what_a_way_promises_is_what_its_search_finds(tell: Tell) -> None:
    for number in range(3):
        tell(f"قطار الساحل {number}", on=date(2015, 1, number + 1))
    for way in why_nothing(SearchRequest(text="«الساحل قطار» من:2016", sort="oldest", page=7)).ways:
        assert way.total == search_stories(way.request).total
        assert way.request.page == 1


def test_the_coverage_of_the_asked_days_is_told(tell: Tell) -> None:
    for day in (date(2014, 1, 1), date(2015, 3, 2), date(2015, 6, 7), date(2017, 1, 1)):
        tell(f"خبر {day}", on=day)
    tell("خبر مخفي", on=date(2015, 1, 1), hidden=True)
    told = why_nothing(SearchRequest(text="قطار إلى:2015", date_from=date(2015, 1, 1))).coverage
    assert (told.since, told.until) == (date(2015, 1, 1), date(2015, 12, 31))
    assert (told.count, told.first, told.last) == (2, date(2015, 3, 2), date(2015, 6, 7))
    assert why_nothing(SearchRequest(text="قطار", date_from=date(2020, 1, 1))).coverage.count == 0


@pytest.mark.parametrize("text", ["", "\x00", "«", "(" * 99, "من:", "كاتب:", "-" * 50, "\ud800", "=*", "من:2015 " * 30])
def test_any_request_has_an_answer(tell: Tell, text: str) -> None:
    tell("خبر")
    why_nothing(SearchRequest(text=text, publisher="\x00", section=10**30, author=-1, page=10**9), staff=True)


def test_without_an_index_the_ways_are_told_without_numbers(db: None) -> None:
    assert ways("قطار", section=1) == {"section": None, "text": None}


def test_the_number_of_queries_is_bounded(tell: Tell, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(20):
        tell(f"خبر {number}", author=f"أكرم {number}", place=f"مكان {number}", on=date(2015, 1, number + 1))
    with django_assert_max_num_queries(24):
        everything = SearchRequest(
            text="«قطار ليلي» كاتب:أكرم سنة:2016", publisher="ورق", author=1, place=1, section=1,
            date_from=date(2016, 1, 1),
        )  # fmt: skip
        assert len(why_nothing(everything).ways) >= 8


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("query", ["قطار المدرسه", "«قِطار» المدرسة", "+قطار سنة:2015"])
def test_rejected_pages_with_the_words_are_found_in_any_charset(db: None, encoding: str, query: str) -> None:
    capture = keep("<p>قطار المدرسة</p>".encode(encoding))
    keep("<p>قطار الساحل</p>".encode(encoding)) if "مدرس" in query else None
    assert kept_with(query) == [capture]
    assert why_nothing(SearchRequest(text=query)).quarantine == []
    assert why_nothing(SearchRequest(text=query), staff=True).quarantine == [capture]


def test_damaged_missing_and_accepted_pages_are_passed_over(db: None, own_archive: Any) -> None:
    found = keep("قطار 1".encode())
    damaged, missing = keep("قطار 2".encode()), keep("قطار 3".encode())
    keep("قطار 4".encode(), outcome="created")
    (own_archive / "payloads" / payloads.path_of(damaged.digest)).write_bytes(b"x")
    (own_archive / "payloads" / payloads.path_of(missing.digest)).unlink()
    assert kept_with("قطار") == [found]


def test_the_look_into_pages_ends_in_time_and_after_two_hundred(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    page = keep("قطار".encode())
    captures = [
        Capture(key=str(n), digest=page.digest, size=9, captured_at=page.captured_at, outcome="rejected")
        for n in range(300)
    ]
    Capture.objects.bulk_create(captures)
    looked: list[str] = []
    monkeypatch.setattr(quarantine.payloads, "get", lambda digest: looked.append(digest) or b"")
    assert kept_with("قطار") == []
    assert len(looked) == 200
    monkeypatch.setattr(quarantine.payloads, "get", lambda digest: time.sleep(0.05) or b"")
    started = time.monotonic()
    kept_with("قطار")
    assert time.monotonic() - started < 0.6
