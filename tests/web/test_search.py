"""The search page."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from archive.models import Author
from archive.search import FacetValue, Fragment, Hit, SearchResults

from .conftest import MakeResults, MakeStory, Read, Words


@pytest.fixture
def found(make_story: MakeStory, make_results: MakeResults, index: SimpleNamespace) -> SearchResults:
    """One hit of three, with something to narrow by."""
    story = make_story("خطة الحكومة", section="سياسة", authors=("أكرم علي",), places=("الرباط",))
    hit = Hit(
        story,
        [Fragment("خطة", True), Fragment(" الحكومة", False)],
        [Fragment("تشمل <b> ", False), Fragment("الخطة", True)],
    )
    index.results = make_results(
        (hit,),
        total=3,
        facets={
            "publisher": [FacetValue("almaghrib", "المغرب اليوم", 3, False)],
            "author": [FacetValue(str(Author.objects.get().pk), "أكرم علي", 2, True)],
            "year": [FacetValue("2014", "2014", 1, False), FacetValue("2016", "2016", 2, True)],
        },
        reading=["بحثنا أيضا عن: الخطط"],
    )
    return index.results


def test_a_hit_shows_headline_snippet_and_where_it_is_from(found: SearchResults, read: Read, words: Words) -> None:
    hit = read("/search/", q="خطة").select_one(".hits .item")
    assert words(hit.h2) == "خطة الحكومة"
    assert [mark.text for mark in hit.select("mark")] == ["خطة", "الخطة"]
    assert "تشمل <b>" in words(hit)
    assert words(hit.select_one(".meta")) == "الرباط أكرم علي المغرب اليوم 12 مارس 2016"


def test_it_keeps_the_query_and_says_how_it_was_read(found: SearchResults, read: Read, words: Words) -> None:
    page = read("/search/", q=' "خطة <x>" ')
    assert page.select_one("input[name=q]")["value"] == '"خطة <x>"'
    assert words(page.select_one(".read")) == "بحثنا أيضا عن: الخطط"
    assert words(page.select_one(".total")) == "3 نتائج"


def test_the_engine_is_asked_what_the_address_says(found: SearchResults, index: SimpleNamespace, read: Read) -> None:
    author = Author.objects.get()
    read(
        "/search/",
        q="خطة",
        publisher="almaghrib",
        author=author.pk,
        to="2016-02",
        sort="oldest",
        page="2",
        **{"from": "2014"},
    )
    asked = index.asked[0]
    assert (asked.text, asked.publisher, asked.author) == ("خطة", "almaghrib", author.pk)
    assert (asked.date_from, asked.date_to) == (date(2014, 1, 1), date(2016, 2, 29))
    assert (asked.sort, asked.page, asked.size) == ("oldest", 2, 20)


def test_a_facet_narrows_and_a_chosen_one_widens(found: SearchResults, read: Read) -> None:
    author = Author.objects.get().pk
    facets = read("/search/", q="x", author=author, page="2").select_one(".facets")
    links = [a["href"] for a in facets.select(".tally a")]
    assert f"?q=x&author={author}&publisher=almaghrib" in links
    assert "?q=x" in links
    assert facets.select_one(".picked a")["aria-current"] == "true"


def test_a_year_in_the_chart_narrows_to_it(found: SearchResults, read: Read, words: Words) -> None:
    chart = read("/search/", q="x").select_one("figure.chart")
    assert [a["href"] for a in chart.select("svg a")] == ["?q=x&from=2014&to=2014", "?q=x"]
    assert [words(row) for row in chart.select("tbody tr")] == [
        "2014 نتيجة واحدة", "2015 لا نتائج", "2016 نتيجتان",
    ]  # fmt: skip


def test_each_filter_can_be_taken_back(found: SearchResults, read: Read, words: Words) -> None:
    author = Author.objects.get().pk
    page = read("/search/", q="x", author=author, to="2016-12-31", **{"from": "2016-01-01"})
    chips = {words(chip): chip["href"] for chip in page.select(".chip")}
    assert chips == {
        "أزل المرشح: الكاتب: أكرم علي ×": "?q=x&to=2016-12-31&from=2016-01-01",
        "أزل المرشح: التاريخ: 2016 ×": f"?q=x&author={author}",
    }


def test_the_order_can_be_changed(found: SearchResults, read: Read, words: Words) -> None:
    sorts = read("/search/", q="x", sort="newest").select(".sorts a")
    assert [(words(a), a["href"], a.get("aria-current")) for a in sorts] == [
        ("الأقرب إلى البحث", "?q=x&sort=relevance", None),
        ("الأحدث", "?q=x&sort=newest", "true"),
        ("الأقدم", "?q=x&sort=oldest", None),
    ]


def test_no_result_says_what_to_drop_and_what_the_archive_covers(
    make_story: MakeStory, read: Read, words: Words
) -> None:
    make_story(authors=("أكرم علي",))
    page = read("/search/", q="لاشيء", author=Author.objects.get().pk)
    text = words(page.main)
    assert "لا نتائج لما يطابق « لاشيء »" in text
    assert "أعد البحث دون الكاتب: أكرم علي" in text
    assert "يغطي الأرشيف ما بين مارس 2016 و مارس 2016" in text


def test_a_page_past_the_end_leads_back_to_the_last(
    index: SimpleNamespace, make_results: MakeResults, read: Read, words: Words
) -> None:
    index.results = make_results(total=45)
    page = read("/search/", q="x", page="9")
    assert "لا نتائج في هذه الصفحة" in words(page.main)
    assert page.select_one(".empty a")["href"] == "?q=x&page=3"


def test_a_missing_index_is_said_and_not_shown_as_nothing_found(
    index: SimpleNamespace, make_results: MakeResults, read: Read, words: Words
) -> None:
    index.results = make_results(available=False)
    text = words(read("/search/", q="x").main)
    assert "يعاد بناء الفهرس" in text
    assert "لا نتائج" not in text


BAD = {
    "publisher": "لا-أحد", "section": "9" * 40, "author": "-1", "place": "x", "from": "2016-02-30", "to": "0000",
    "sort": "best", "page": "0", "size": "1000",
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD.items())
def test_a_bad_value_is_left_out_with_a_note(
    db: None, index: SimpleNamespace, read: Read, words: Words, name: str, value: str
) -> None:
    page = read("/search/", q="x", **{name: value})
    assert "تجاهلنا" in words(page.select_one(".notes"))
    assert index.asked[0].size == 20


def test_dates_the_wrong_way_round_are_turned(db: None, index: SimpleNamespace, read: Read, words: Words) -> None:
    page = read("/search/", to="2010", **{"from": "2016"})
    assert "فبدّلنا بينهما" in words(page.select_one(".notes"))
    assert (index.asked[0].date_from, index.asked[0].date_to) == (date(2010, 12, 31), date(2016, 1, 1))


@pytest.mark.parametrize("text", ["\0", '"' * 999, "(" * 3000, "*", "a:b:c", "\ud800", "‮", "%", "ـ" * 100_000, "'; --"])
def test_a_query_of_any_shape_is_answered(db: None, client: Client, text: str) -> None:
    assert client.get("/search/", {"q": text.encode("utf-8", "surrogatepass")}).status_code == 200
    assert client.get("/search/?q=%FF%FE&page=%00&from=%D9").status_code == 200


def test_a_merged_writer_is_searched_as_the_writer(make_story: MakeStory, index: SimpleNamespace, read: Read) -> None:
    make_story(authors=("أكرم علي", "أكرم على"))
    kept, variant = Author.objects.get(name="أكرم علي"), Author.objects.get(name="أكرم على")
    variant.merged_into = kept
    variant.save()
    read("/search/", author=variant.pk)
    assert index.asked[0].author == kept.pk
