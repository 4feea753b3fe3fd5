"""Many questions at once: every figure is the total of the search that it stands for."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.models import Author, Story
from archive.search import SearchRequest, Split, as_phrase, ask_many, index_pending, search_stories

Tell = Callable[..., Story]
WORDS = (
    "قطار سفينة وزير مدرسة مطار اقتصاد نفط كتاب معرض خبز أزمة تعليم صحة ماء كهرباء طريق جسر مباراة فريق لاعب "
    "محكمة قاض قانون برلمان حزب انتخابات رئيس حكومة مدينة قرية جبل ساحل بحر نهر مطر شتاء صيف ربيع سوق مصرف"
).split()
QUERIES = [
    "قطار", "قطار سفينة", "«قطار سفينة»", "+وزير -مدرسة", "قطار أو مطار", "مط*", "عنوان:قطار", "كاتب:هند",
    "كاتب:سالم نفط", "سنة:2014", "نفط من:2013 إلى:2015-06", "=أزمة", "-قطار", '"قطار سفينة"~5', "لاشيء",
    "مصدر:ورق خبز", "مكان:فاس", "(قطار | سفينة) +ماء", "من:2016 إلى:2013",
]  # fmt: skip


def total(text: str, copies: bool, **filters: Any) -> int:
    return search_stories(SearchRequest(text, copies=copies, **filters), facets=()).total


@pytest.fixture
def stories(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some hundred at random, a third of them copies of another: in another paper, another year, or without a date."""
    monkeypatch.setattr("tests.search.conftest.index_pending", lambda: 0)  # once, at the end
    rng = random.Random(5)
    bodies: list[str] = []
    for number in range(90):
        if bodies and number % 3 == 0:
            body = rng.choice(bodies)
        else:
            body = " ".join(rng.choices(WORDS, k=rng.randint(60, 90)))
            bodies.append(body)
        tell(
            " ".join(rng.choices(WORDS, k=4)),
            body,
            on=None if number % 11 == 0 else date(2012, 12, 25) + timedelta(rng.randrange(1500)),
            publisher=rng.choice(("ورق", "مداد", "حبر")),
            author=rng.choice(("هند سالم", "سالم هند", "أكرم علي", "")),
            place=rng.choice(("فاس", "الرباط", "")),
        )
    for on in (date(2014, 1, 1), date(2014, 12, 31), date(2015, 1, 1)):
        tell(f"قطار آخر {on}", "نص قصير عن قطار.", on=on)
    index_pending()
    assert Story.objects.filter(copy_of__isnull=False).count() > 10


FILTERS: list[dict[str, Any]] = [
    {},
    {"publisher": "مداد"},
    {"date_from": date(2013, 5, 17), "date_to": date(2015, 2, 3)},
    {"publisher": "ورق", "date_from": date(2014, 6, 1)},
    {"date_to": date(2014, 1, 1)},
    {"publisher": "لا أحد"},
]


@pytest.mark.parametrize("copies", [False, True])
def test_every_cell_is_the_total_of_its_search(stories: None, copies: bool) -> None:
    looked = 0
    for filters in FILTERS:
        by_year = ask_many(QUERIES, copies=copies, **filters)
        by_publisher = ask_many(QUERIES, "publisher", copies=copies, **filters)
        assert [row.question for row in by_year.rows] == QUERIES == [row.question for row in by_publisher.rows]
        for row, other in zip(by_year.rows, by_publisher.rows, strict=True):
            assert row.total == other.total == total(row.question, copies, **filters), (row.question, filters)
            assert row.total == sum(row.cells) + row.undated
            for column, count in zip(by_year.columns, row.cells, strict=True):
                first, last = date(int(column.value), 1, 1), date(int(column.value), 12, 31)
                within = {
                    "date_from": max(first, filters.get("date_from", first)),
                    "date_to": min(last, filters.get("date_to", last)),
                }
                assert count == total(row.question, copies, **{**filters, **within}), (row.question, column, filters)
                looked += 1
            for column, count in zip(by_publisher.columns, other.cells, strict=True):
                assert count == total(row.question, copies, **{**filters, "publisher": column.value})
                looked += 1
    assert looked > 500


def test_copies_count_once_or_one_by_one(stories: None) -> None:
    once, each = ask_many(["قطار"]).rows[0], ask_many(["قطار"], copies=True).rows[0]
    assert once.total < each.total


def test_the_sums_are_those_of_the_columns(stories: None) -> None:
    table = ask_many(["قطار", "سفينة", "لاشيء"])
    assert table.sums.total == sum(row.total for row in table.rows)
    assert table.sums.cells == tuple(sum(row.cells[at] for row in table.rows) for at in range(len(table.columns)))
    assert table.sums.undated == sum(row.undated for row in table.rows) > 0
    assert [column.value for column in table.columns] == ["2012", "2013", "2014", "2015", "2016", "2017"]


def test_lines_that_ask_nothing_are_skipped_and_those_that_find_nothing_stay(tell: Tell) -> None:
    tell("قطار الساحل", on=date(2014, 1, 1))
    table = ask_many(["قطار", "", " ", "؟!", "ـ", "غواصة"])
    assert [(row.question, row.total) for row in table.rows] == [("قطار", 1), ("غواصة", 0)]
    assert table.skipped == ("", " ", "؟!", "ـ")
    assert ask_many([]).rows == ()


def test_a_question_asked_twice_is_answered_twice(tell: Tell) -> None:
    tell("قطار الساحل", on=date(2014, 1, 1))
    assert [row.total for row in ask_many(["قطار", "قطار"]).rows] == [1, 1]


def test_a_phrase_is_a_line_as_it_is(tell: Tell) -> None:
    tell("الأول", "وصل عبد الله بن سالم إلى المدينة.")
    tell("الثاني", "سالم يكتب، وعبد الرحمن بن ناصر يقرأ.")
    assert as_phrase(' «عبد الله»  بن "سالم" ') == "«عبد الله بن سالم»"
    lines = ["عبد الله بن سالم", "بن سالم", "ناصر أو سالم", "-سالم", "كاتب:سالم", "''"]
    table = ask_many([as_phrase(line) for line in lines])
    assert [row.total for row in table.rows] == [1, 1, 0, 2, 0]
    assert table.skipped == ("«»",)


def test_more_publishers_than_a_facet_shows_each_have_their_column(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.search.conftest.index_pending", lambda: 0)
    for number in range(70):
        tell(f"قطار {number}", publisher=f"paper-{number}")
    index_pending()
    table = ask_many(["قطار"], "publisher")
    assert (len(table.columns), sum(table.rows[0].cells)) == (70, 70)


def test_the_rows_cost_no_questions_to_the_database(stories: None) -> None:
    def asked(questions: list[str]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask_many(questions, "publisher", publisher="ورق")
        return len(queries)

    few = ["كاتب:هند", "مكان:فاس", "قسم:نقل", "مصدر:ورق"]
    many = [f"{one} {word}" for one in few for word in WORDS] + [f"كاتب:{word}" for word in WORDS]
    assert asked(few) == asked(many) <= 6


def test_names_are_looked_up_as_the_search_does(tell: Tell) -> None:
    """Also where more writers bear a name than are taken."""
    tell("قطار", author="محمد علي")
    Author.objects.bulk_create(Author(name=f"محمد {n}", key=f"محمد {n}", kind="person") for n in range(700))
    tell("سفينة", author="محمد 650")
    Author.objects.filter(name="محمد 3").update(merged_into=Author.objects.get(name="محمد علي"))
    for text in ("كاتب:محمد", "كاتب:علي", "كاتب:هند", "كاتب:«محمد 650»", "كاتب:حمد"):
        assert ask_many([text]).rows[0].total == total(text, False), text


@pytest.mark.parametrize("by", ["year", "publisher"])
def test_without_an_index_it_says_so(db: None, by: Split) -> None:
    assert not ask_many(["قطار"], by).available
    assert not ask_many([], by).available


@pytest.mark.parametrize("text", ['"', "((((", "*", "\x00", "a" * 100_000, "\ud800", "OR AND", "من:2020"])
def test_no_text_raises(tell: Tell, text: str) -> None:
    tell("قطار الساحل", on=date(2014, 1, 1))
    assert ask_many([text, as_phrase(text)]).available
