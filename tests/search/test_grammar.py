"""What an editor types, and what is meant by it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.arabic import terms
from archive.search.engine import AllOf, AnyOf, Node, Not, Phrase, Prefer, Prefix, Word
from archive.search.grammar import Named, read_query
from archive.search.items import read_span
from archive.taste import Taste, remember


def word(text: str, form: str = "stem", in_headline: bool = False) -> Word:
    return Word(terms(text), form, in_headline)  # type: ignore[arg-type]


def phrase(*words: str, **more: object) -> Phrase:
    return Phrase(tuple(map(terms, words)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("قطار", word("قطار")),
        ("قطار الساحل", AnyOf((word("قطار"), word("الساحل")))),
        ("قطار في الساحل", AnyOf((word("قطار"), word("الساحل")))),
        ("في من", AnyOf((word("في"), word("من")))),
        ("عبد الله", word("عبد الله")),
        ("«قطار الساحل»", phrase("قطار", "الساحل")),
        ('"قطار الساحل"', phrase("قطار", "الساحل")),
        ("“قطار الساحل”", phrase("قطار", "الساحل")),
        ("''قطار الساحل''", phrase("قطار", "الساحل")),
        ('"قطار الساحل"~5', phrase("قطار", "الساحل", slop=5)),
        ("قطار قرب/3 الساحل", phrase("قطار", "الساحل", slop=3)),
        ("قطار NEAR سفينة", phrase("قطار", "سفينة", slop=10)),
        ("=إيران", word("إيران", "surface")),
        ('="في إيران"', phrase("في", "إيران", as_written=True)),
        ("+قطار سفينة", AllOf((word("قطار"), Prefer((word("سفينة"),))))),
        ("قطار -الجبل", AllOf((word("قطار"), Not(word("الجبل"))))),
        ("قطار ليس الجبل", AllOf((word("قطار"), Not(word("الجبل"))))),
        ("قطار NOT الجبل", AllOf((word("قطار"), Not(word("الجبل"))))),
        ("قطار و سفينة", AllOf((word("قطار"), word("سفينة")))),
        ("قطار AND سفينة", AllOf((word("قطار"), word("سفينة")))),
        ("قطار أو سفينة", AnyOf((word("قطار"), word("سفينة")))),
        ("قطار OR سفينة | باخرة", AnyOf((word("قطار"), word("سفينة"), word("باخرة")))),
        ("(قطار أو سفينة) و ميناء", AllOf((AnyOf((word("قطار"), word("سفينة"))), word("ميناء")))),
        ("قطا*", Prefix("قطا")),
        ("عنوان:قطار", AllOf((word("قطار", in_headline=True),))),
        ("headline:قطار", AllOf((word("قطار", in_headline=True),))),
        ('عنوان:"قطار الساحل"', phrase("قطار", "الساحل", in_headline=True)),
        ("«قطار الساحل» جديد", AllOf((phrase("قطار", "الساحل"), Prefer((word("جديد"),))))),
        ("", None),
        ("((((", None),
        ('""', None),
        ("و", word("و")),
    ],
)
def test_each_form_has_its_reading(text: str, node: Node | None) -> None:
    assert read_query(text).node == node


def test_marks_in_a_headline_set_words_off_and_ask_for_nothing() -> None:
    node = read_query('التحالف يتفاوض مع "داعش" وسط هدوء في الحسكة').node
    assert isinstance(node, AnyOf) and word("داعش") in node.nodes


def test_and_in_a_headline_is_a_word() -> None:
    assert isinstance(read_query("الوزير يلتقي السفير في الرباط و يبحث التعاون التجاري معه").node, AnyOf)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("كاتب:هند قطار", Named("author", "هند")),
        ('كاتب:"هند سالم"', Named("author", "هند سالم")),
        ("author: هند", Named("author", "هند")),
        ("مكان:الرباط", Named("place", "الرباط")),
        ("قسم:رياضة", Named("section", "رياضة")),
        ("مصدر:الضفاف", Named("publisher", "الضفاف")),
        ("source:aldifaf", Named("publisher", "aldifaf")),
    ],
)
def test_fields_name_writers_places_sections_and_papers(text: str, name: Named) -> None:
    assert read_query(text).names == [name]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("من:2015 قطار", date(2015, 1, 1), None),
        ("قطار إلى:2016-02", None, date(2016, 2, 29)),
        ("منذ:2015/3/12", date(2015, 3, 12), None),
        ("from:2015 to:2016", date(2015, 1, 1), date(2016, 12, 31)),
        ('من:"12 مارس 2015"', date(2015, 3, 12), None),
        ("من: آذار 2015 قطار", date(2015, 3, 1), None),
        ("من:٢٠١٥", date(2015, 1, 1), None),
        ("سنة:2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("until:12/03/2015", None, date(2015, 3, 12)),
    ],
)
def test_dates_are_read_however_they_are_written(text: str, since: date | None, until: date | None) -> None:
    reading = read_query(text)
    assert (reading.since, reading.until) == (since, until)
    assert ("قطار" in text) == (reading.node == word("قطار"))


def test_a_date_that_is_none_is_said_and_does_no_harm() -> None:
    reading = read_query("من:2015-99 قطار")
    assert reading.since is None and any("لم نفهم التاريخ" in note for note in reading.notes)
    assert read_span("أمس") is None


def test_the_reading_says_what_was_done() -> None:
    notes = read_query("«قطار الساحل» -الجبل =إيران سفي*").notes
    assert notes == ["بالضبط: «قطار الساحل»", "من دون: الجبل", "اللفظ نفسه: إيران", "تبدأ بـ: سفي"]


def test_literally_every_word_is_asked_for_as_it_is_written() -> None:
    assert read_query("إيران", literally=True).node == word("إيران", "surface")
    assert read_query("إيران العراق", literally=True).node == AnyOf(
        (word("إيران", "surface"), word("العراق", "surface"))
    )


@given(st.text(alphabet='قطار "«»()-+=*|&:~/أو و ليس من:2015كاتبعنوان', max_size=60) | st.text(max_size=200))
def test_any_text_has_a_reading(text: str) -> None:
    read_query(text)
    read_query(text, literally=True)


def test_how_it_was_read_is_told_in_the_archives_digits() -> None:
    remember(Taste(digits="arabic-indic"))
    assert read_query("قطار NEAR/5 2016").notes == ["متقاربة: قطار، 2016 (بينها من الكلمات ٥ على الأكثر)"]
