from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from archive.models import Author, Place, Publisher, Section, Story
from archive.search import SearchRequest, search_stories

Tell = Callable[..., Story]


def found(text: str = "", **filters: object) -> list[str]:
    return [hit.story.headline for hit in search_stories(SearchRequest(text=text, **filters)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("احمد", "حضر أحمد الحفل"),
        ("اخبار", "هذه الأخبار سارة"),
        ("مدرسه", "افتتاح مدرسة القرية"),
        ("مستشفي", "زيارة مستشفى المدينة"),
        ("محمد", "فاز مـحـمـد بالسباق"),
        ("كتاب", "صدر كِتَابٌ جديد"),
        ("كِتاب", "صدر كتاب جديد"),
        ("مدارس", "الطلاب والمدارس مستعدون"),
        ("قرار", "عملا بقرار الوزير"),
        ("قال", "فقال إن الأمر انتهى"),
        ("2021", "نتائج عام ٢٠٢١"),
        ("٢٠٢١", "نتائج عام 2021"),
        ("عبدالله", "وصل عبد الله إلى المدينة"),
        ("عبد الله", "وصل عبدالله إلى المدينة"),
        ("سوريا", "وزارة الثقافة في سورية"),
        ("ﻻ", "لا أحد يعلم"),
    ],
)
def test_variants_are_found_and_marked_as_whole_words(tell: Tell, query: str, text: str) -> None:
    tell("عنوان بلا صلة", f"{text}.")
    results = search_stories(SearchRequest(text=query))
    assert results.total == 1
    marked = [piece.text for piece in results.hits[0].snippet if piece.marked]
    assert marked and all(word in text.split() or word in text for word in marked)
    for word in marked:
        start = f"{text}.".index(word)
        assert not (start and text[start - 1].isalpha()) and not f"{text}."[start + len(word)].isalpha()


def test_a_phrase_finds_its_words_side_by_side_only(tell: Tell) -> None:
    tell("الأول", "عقد الاجتماع في دمشق أمس.")
    tell("الثاني", "هذه دمشق في الصيف.")
    assert found("«في دمشق»") == found('"في دمشق"') == found("“في دمشق”") == ["الأول"]


def test_a_word_can_be_left_out(tell: Tell) -> None:
    tell("قطار الساحل")
    tell("قطار الجبل")
    assert found("قطار -الجبل") == ["قطار الساحل"]


def test_a_headline_ranks_above_a_body(tell: Tell) -> None:
    tell("خبر آخر", "مر القطار من هنا مساء أمس بعد طول انتظار.")
    tell("القطار يصل", BODY_WITHOUT)
    assert found("القطار") == ["القطار يصل", "خبر آخر"]


BODY_WITHOUT = "نص لا صلة له بشيء من ذلك كله."


def test_filters_narrow_and_facets_count_the_same_hits(tell: Tell) -> None:
    tell("قطار أول", on=date(2019, 5, 1), publisher="a", section="نقل", author="هند سالم", place="الرباط")
    tell("قطار ثان", on=date(2020, 5, 1), publisher="a", section="نقل", place="فاس")
    tell("قطار ثالث", on=date(2020, 6, 1), publisher="b", author="هند سالم")
    tell("سفينة", on=date(2020, 6, 1), publisher="b")
    results = search_stories(SearchRequest(text="قطار"))
    counts = {name: {value.label: value.count for value in values} for name, values in results.facets.items()}
    assert results.total == 3
    assert counts == {
        "publisher": {"a": 2, "b": 1}, "section": {"نقل": 2}, "author": {"هند سالم": 2},
        "place": {"الرباط": 1, "فاس": 1}, "year": {"2020": 2, "2019": 1},
        "month": {"2020-06": 1, "2020-05": 1, "2019-05": 1},
    }  # fmt: skip
    assert set(found("قطار", publisher="a")) == {"قطار أول", "قطار ثان"}
    assert found("قطار", author=Author.objects.get().pk, publisher="b") == ["قطار ثالث"]
    assert found("قطار", place=Place.objects.get(name="فاس").pk) == ["قطار ثان"]
    assert set(found("قطار", section=Section.objects.get().pk)) == {"قطار أول", "قطار ثان"}
    assert set(found("قطار", date_from=date(2020, 1, 1), date_to=date(2020, 12, 31))) == {"قطار ثان", "قطار ثالث"}
    assert len(found("قطار", date_to=date.max)) == len(found("قطار")) and not found("قطار", date_from=date.max)
    chosen = search_stories(SearchRequest(text="قطار", date_from=date(2020, 1, 1), date_to=date(2020, 12, 31)))
    assert [value.value for value in chosen.facets["year"] if value.selected] == ["2020"]


def test_total_list_and_pages_agree(tell: Tell) -> None:
    for number in range(7):
        tell(f"قطار رقم {number}", on=date(2020, 1, 1 + number))
    pages = [found("قطار", page=page, size=3, sort="oldest") for page in (1, 2, 3, 4)]
    assert pages == [[f"قطار رقم {n}" for n in (0, 1, 2)], [f"قطار رقم {n}" for n in (3, 4, 5)], ["قطار رقم 6"], []]
    assert search_stories(SearchRequest(text="قطار", size=3)).total == 7


def test_the_undated_come_last_in_either_order(tell: Tell) -> None:
    tell("قطار بلا تاريخ")
    tell("قطار قديم", on=date(1999, 1, 1))
    tell("قطار حديث", on=date(2024, 1, 1))
    assert found("قطار", sort="newest") == ["قطار حديث", "قطار قديم", "قطار بلا تاريخ"]
    assert found("قطار", sort="oldest") == ["قطار قديم", "قطار حديث", "قطار بلا تاريخ"]


def test_filters_alone_list_the_newest_first(tell: Tell) -> None:
    tell("قديم", on=date(1999, 1, 1))
    tell("حديث", on=date(2024, 1, 1))
    assert found(publisher="ورق") == ["حديث", "قديم"]


def test_a_hidden_story_leaves_no_trace(tell: Tell) -> None:
    tell("قطار سري", hidden=True, author="هند سالم")
    results = search_stories(SearchRequest(text="قطار"))
    assert (results.total, results.hits) == (0, [])
    assert not any(results.facets.values())


def test_a_filter_that_names_nothing_finds_nothing(tell: Tell) -> None:
    tell("قطار")
    assert found("قطار", publisher="nobody") == []
    assert found("قطار", author=10**30) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "«",
        "((((",
        "*",
        "-",
        "-قطار",
        "\x00",
        "a" * 100_000,
        "ـ",
        "😀",
        "\u202e",
        "\ud800",
        "من:2020",
        "OR AND",
        '"" ""',
    ],
)
def test_no_text_raises(tell: Tell, text: str) -> None:
    tell("قطار الساحل")
    assert search_stories(SearchRequest(text=text)).available


def test_without_an_index_search_says_so(db: None) -> None:
    assert not search_stories(SearchRequest(text="قطار")).available


def test_many_words_are_read_in_time(tell: Tell) -> None:
    tell("قطار الساحل")
    assert found(" ".join(f"كلمة{n}" for n in range(3000)) + " قطار") == []


def test_publishers_of_one_name_are_told_apart_in_section_labels(tell: Tell) -> None:
    tell("قطار أول", publisher="a", section="رياضة")
    tell("قطار ثان", publisher="b", section="رياضة")
    Publisher.objects.filter(slug="a").update(name="الضفاف")
    labels = {value.label for value in search_stories(SearchRequest(text="قطار")).facets["section"]}
    assert labels == {"رياضة (الضفاف)", "رياضة (b)"}


@pytest.mark.parametrize(
    ("query", "text"), [("ايران", "وصل إلى إيران"), ("كتاب", "صدر الكتاب"), ("فيسبوك", "موقع فايسبوك")]
)
def test_literally_other_spellings_are_not_found(tell: Tell, query: str, text: str) -> None:
    tell("عنوان بلا صلة", text)
    assert found(query) and not found(query, literally=True) and not found(f"={query}")
    assert found(text.split()[-1], literally=True)


@pytest.mark.parametrize(
    ("query", "text"),
    [("كتب", "في مكتب المدير"), ("ألم", "سكان المدينة"), ("باب", "زيارة بابا"), ("«في دمشق»", "هذه دمشق في الصيف")],
)
def test_other_words_are_not_found(tell: Tell, query: str, text: str) -> None:
    tell("عنوان بلا صلة", text)
    assert not found(query)


def test_a_name_ranks_above_the_word_that_is_folded_like_it(tell: Tell) -> None:
    tell("خبر عن الطريق", "وقف القطار على الجسر، ومر على النهر، ثم على السهل.")
    tell("خبر عن رجل", "وقف علي عند الجسر ومر بالنهر.")
    assert found("علي") == ["خبر عن رجل", "خبر عن الطريق"]


def test_the_exact_spelling_wins(tell: Tell) -> None:
    tell("الأول", "تحدثوا عن المدارس في البلاد.")
    tell("الثاني", "تحدثوا عن مدارس في البلاد.")
    assert found("مدارس") == ["الثاني", "الأول"]


def test_words_that_stand_together_rank_above_words_apart(tell: Tell) -> None:
    tell("الأول", "قطار طويل مر أمس بمحاذاة الشاطئ ثم وصل إلى مدن الساحل كلها.")
    tell("الثاني", "مر أمس قطار الساحل بمحاذاة الشاطئ ثم وصل إلى المدن كلها.")
    assert found("قطار الساحل") == ["الثاني", "الأول"]


def test_of_equals_the_newer_comes_first_unless_one_does_not_want_it(tell: Tell) -> None:
    tell("قطار قديم", "نص لا صلة له بشيء أبدا.", on=date(1999, 1, 1))
    tell("قطار حديث", "كلام لا صلة له بشيء أبدا.", on=date(2024, 1, 1))
    assert found("قطار") == ["قطار حديث", "قطار قديم"]
    assert set(found("قطار", fresh=False)) == {"قطار حديث", "قطار قديم"}


@pytest.mark.parametrize("text", ["كاتب:هند", "author:هند", 'كاتب:"هند سالم"'])
def test_a_writer_can_be_named_in_the_query(tell: Tell, text: str) -> None:
    tell("قطار أول", author="هند سالم")
    tell("قطار ثان", "خبر آخر عن هند أخرى وعن غيرها.")
    assert found(text) == found(f"{text} قطار") == ["قطار أول"]


def test_a_field_that_names_nobody_is_read_as_words(tell: Tell) -> None:
    tell("مصدر: القطار يعود", "كلام آخر.")
    results = search_stories(SearchRequest(text="مصدر: القطار يعود"))
    assert results.total == 1 and any("القطار" in note for note in results.reading)


def test_dates_in_the_query_narrow_it(tell: Tell) -> None:
    tell("قطار أول", on=date(2019, 5, 1))
    tell("قطار ثان", on=date(2020, 5, 1))
    assert found("قطار من:2020") == ["قطار ثان"]
    assert found("قطار إلى:2019-12") == ["قطار أول"]
    assert found("سنة:2019") == ["قطار أول"]
