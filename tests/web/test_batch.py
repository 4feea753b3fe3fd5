"""Batch questions: form, table and files, before a real index."""

import csv
import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Publisher
from archive.search import index_pending, rebuild_index, search_stories
from archive.web.parameters import read_parameters

from .conftest import MakeStory, Read, Words

TEXT = "وصل القطار إلى المحطة بعد تأخر دام ساعات، واعتذرت الشركة من المسافرين ووعدت بتحسين الخدمة في الصيف المقبل. " * 3


@pytest.fixture
def library(make_story: MakeStory, publisher: Publisher) -> None:
    """Trains in three years and two papers, one of them copied by the other paper a year later."""
    other = Publisher.objects.create(slug="cnn", name="=CNN بالعربية")
    make_story("قطار الساحل", on="2014-01-01")
    make_story("قطار الجبل", on="2014-12-31")
    make_story("تأخر قطار", text=TEXT, on="2015-07-01")
    make_story("القطار تأخر", text=TEXT, on="2016-02-01", publisher=other)
    make_story("سفينة في الميناء", on="2017-05-05", publisher=other)
    make_story("سفينة بلا تاريخ", on=None)
    index_pending()


def table(page: Any, words: Words) -> list[list[str]]:
    return [[words(cell) for cell in row.select("th, td")] for row in page.select("table.heat tr")]


def total(url: str) -> int:
    assert urlsplit(url).path == "/search/"
    return search_stories(read_parameters(QueryDict(urlsplit(url).query)).request).total


def test_a_list_becomes_a_table_by_year(library: None, read: Read, words: Words) -> None:
    page = read("/batch/", questions="قطار\nسفينة\nغواصة\n\n؟!")
    assert table(page, words) == [
        ["السؤال", "المجموع", "2014", "2015", "2016", "2017", "بلا تاريخ"],
        ["قطار", "3", "2", "1", "0", "0", "0"],
        ["سفينة", "2", "0", "0", "0", "1", "1"],
        ["غواصة", "لا نتائج", "0", "0", "0", "0", "0"],
        ["المجموع", "5", "2", "1", "0", "1", "1"],
    ]
    assert words(page.select_one(".answers [role=status]")) == "3 أسئلة، منها سؤال واحد بلا نتائج: « غواصة »."
    assert words(page.select(".band")[-1]) == "أسطر تجاوزناها ؟! ليس فيه ما يُبحث عنه"


def test_or_by_publisher_with_copies_one_by_one(library: None, read: Read, words: Words) -> None:
    once = read("/batch/", questions="قطار", by="publisher")
    assert table(once, words)[:2] == [["السؤال", "المجموع", "المغرب اليوم", "=CNN بالعربية"], ["قطار", "3", "3", "1"]]
    assert "فقد تزيد الأعمدة على المجموع" in words(once.main)
    each = read("/batch/", questions="قطار", by="publisher", copies="all")
    assert table(each, words)[1] == ["قطار", "4", "3", "1"]


ASKED: list[dict[str, str]] = [
    {},
    {"by": "publisher"},
    {"copies": "all"},
    {"copies": "all", "by": "publisher", "from": "2015"},
    {"from": "2014-06-01", "to": "2016-01"},
    {"publisher": "cnn"},
    {"publisher": "almaghrib", "by": "publisher", "to": "2015"},
    {"phrases": "1"},
]


@pytest.mark.parametrize("asked", ASKED)
def test_each_link_shows_as_many_stories_as_its_cell_says(
    library: None, read: Read, words: Words, asked: dict[str, str]
) -> None:
    page = read("/batch/", questions='قطار الجبل\nقطار\n"قطار الساحل"\n-سفينة\nعنوان:قطار & تأخر\n سنة:2014', **asked)
    links = page.select("table.heat a")
    assert len(links) > 4
    for link in links:
        assert total(link["href"]) == int(words(link)), link["href"]


def test_a_line_can_be_a_phrase_as_it_is(library: None, read: Read, words: Words) -> None:
    page = read("/batch/", questions="قطار الجبل\n-سفينة", phrases="1")
    rows = table(page, words)
    assert [row[:2] for row in rows[1:3]] == [["قطار الجبل", "1"], ["-سفينة", "2"]]
    assert parse_qs(urlsplit(page.select_one("table.heat a")["href"]).query)["q"] == ["«قطار الجبل»"]


def test_a_short_list_that_is_sent_becomes_a_link(library: None, client: Client) -> None:
    sent = {"questions": "قطار\r\nسفينة\r\n", "by": "publisher", "from": "", "csrfmiddlewaretoken": "x"}
    response = client.post("/batch/", sent)
    assert response.status_code == 302
    assert parse_qs(urlsplit(response["Location"]).query) == {"questions": ["قطار\nسفينة"], "by": ["publisher"]}
    assert client.get(response["Location"]).status_code == 200


def test_a_long_list_is_answered_at_once_and_not_put_into_links(library: None, client: Client, words: Words) -> None:
    from bs4 import BeautifulSoup

    response = client.post("/batch/", {"questions": "\n".join(["قطار"] * 400)})
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "lxml")
    assert len(page.select("table.heat tbody tr")) == 400
    assert [button["value"] for button in page.select(".files button")] == ["csv", "json"]
    assert not page.select(".files a")
    file = client.post("/batch/", {"questions": "\n".join(["قطار"] * 400), "format": "csv"})
    assert len(list(file.streaming_content)) == 403  # type: ignore[attr-defined]


def test_the_limit_between_short_and_long(library: None, client: Client) -> None:
    short = client.post("/batch/", {"questions": "ق" * 900 + "\n" + "ق" * 299})
    assert short.status_code == 302 and len(short.headers["Location"]) < 8_000
    assert client.post("/batch/", {"questions": "ق" * 900 + "\n" + "ق" * 600}).status_code == 200


def test_a_form_from_elsewhere_is_refused(library: None) -> None:
    assert Client(enforce_csrf_checks=True).post("/batch/", {"questions": "قطار"}).status_code == 403


def test_a_csv_opens_in_a_spreadsheet_and_runs_nothing_there(library: None, client: Client) -> None:
    asked = {"questions": "قطار\n-سفينة\n=قطار\n+قطار\n@قطار\n؟!", "by": "publisher", "format": "csv"}
    response = client.get("/batch/", asked)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.streaming
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text[0] == "\ufeff"
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert rows == [
        ["السؤال", "المجموع", "المغرب اليوم", "'=CNN بالعربية"],
        ["قطار", "3", "3", "1"],
        ["'-سفينة", "3", "3", "1"],
        ["'=قطار", "3", "3", "1"],
        ["'+قطار", "3", "3", "1"],
        ["'@قطار", "3", "3", "1"],
        ["المجموع", "15", "15", "5"],
        ["؟!", "", "", ""],
    ]


def test_the_same_as_json(library: None, client: Client) -> None:
    answer = client.get("/batch/", {"questions": "قطار\nغواصة\n؟!", "format": "json", "from": "x"}).json()
    assert answer["columns"] == [{"value": "2014", "label": "2014"}, {"value": "2015", "label": "2015"}]
    assert answer["rows"][0] == {
        "question": "قطار", "query": "قطار", "total": 3, "counts": {"2014": 2, "2015": 1}, "undated": 0,
        "url": "http://testserver/search/?q=%D9%82%D8%B7%D8%A7%D8%B1",
    }  # fmt: skip
    assert (answer["rows"][1]["total"], answer["rows"][1]["url"]) == (0, None)
    assert answer["sums"] == {"total": 3, "counts": {"2014": 2, "2015": 1}}
    assert answer["skipped"] == [{"question": "؟!", "reason": "ليس فيه ما يُبحث عنه"}]
    assert "تجاهلنا" in answer["notes"][0]


def test_more_lines_than_it_takes_are_refused(library: None, client: Client, words: Words) -> None:
    response = client.post("/batch/", {"questions": "\n\n".join(["قطار"] * 501)})
    assert response.status_code == 400
    assert "في القائمة 501 سطر، وأقصى ما نجيب عنه مرة واحدة 500 سطر" in response.content.decode()
    assert "قطار" in response.content.decode(), "the list is not lost"
    file = client.post("/batch/", {"questions": "\n".join(["قطار"] * 501), "format": "csv"})
    assert (file.status_code, "501" in file.json()["error"]) == (400, True)


def test_more_than_the_server_takes_at_all_is_refused_in_arabic(library: None, client: Client) -> None:
    response = client.post("/batch/", {"questions": "قطار\n" * 400_000})
    assert response.status_code == 400
    assert "أكبر مما يُقبل مرة واحدة" in response.content.decode()


def test_a_line_that_is_too_long_is_skipped(library: None, read: Read, words: Words) -> None:
    page = read("/batch/", questions=f"قطار\n{'ق' * 1001}")
    assert "أطول من 1000 حرف" in words(page.select(".band")[-1])
    phrases = read("/batch/", questions=f"{'قطار ' * 80}\nقطار {'قطار ' * 80}", phrases="1")
    assert len(phrases.select("table.heat tbody tr")) == 1
    assert "أطول من 400 حرف" in words(phrases.select(".band")[-1])


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_without_questions_there_is_only_the_form(library: None, read: Read, text: str) -> None:
    page = read("/batch/", questions=text)
    assert page.select_one("textarea") and not page.select("table, .band, [role=alert]")


@pytest.mark.parametrize(
    ("name", "value"),
    [("by", "month"), ("publisher", "لا-أحد"), ("from", "2016-02-30"), ("to", "x"), ("copies", "no"), ("phrases", "x")],
)
def test_a_bad_value_is_left_out_with_a_note(library: None, read: Read, words: Words, name: str, value: str) -> None:
    page = read("/batch/", questions="قطار", **{name: value})
    assert "تجاهلنا" in words(page.select_one(".notes"))
    assert table(page, words)[1][:2] == ["قطار", "3"]


@pytest.mark.parametrize("text", ["\0", '"' * 99, "(" * 900, "*", "a:b:c", "‮", "<script>x</script>", "'; --", "كاتب:x"])
def test_a_list_of_any_shape_is_answered(library: None, client: Client, text: str) -> None:
    for more in ({}, {"phrases": "1"}, {"format": "csv"}, {"format": "json"}, {"format": "xml"}):
        response = client.get("/batch/", {"questions": f"{text}\nقطار", **more})
        assert response.status_code == 200
        assert "html" not in response["Content-Type"] or b"<script>x" not in response.content
    assert client.get("/batch/?questions=%FF%FE&by=%00&from=%D9").status_code == 200


def test_while_the_index_is_missing_it_says_so(db: None, client: Client, read: Read, words: Words) -> None:
    assert "يعاد بناء الفهرس" in words(read("/batch/", status=503, questions="قطار").main)
    assert "يعاد بناء الفهرس" in words(read("/batch/", status=503).main)
    response = client.get("/batch/", {"questions": "قطار", "format": "csv"})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response.json()["error"] == "يعاد بناء الفهرس"
    rebuild_index()
    assert read("/batch/").select_one("textarea")


def test_the_database_is_asked_as_often_for_many_rows_as_for_few(library: None, client: Client) -> None:
    def asked(questions: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/batch/", {"questions": questions, "publisher": "almaghrib"}).status_code == 200
        return len(queries)

    assert asked("قطار\nكاتب:هند") == asked("\n".join(f"قطار {n}\nكاتب:هند{n}" for n in range(60))) <= 6


def test_search_leads_here_and_every_page_does(library: None, read: Read) -> None:
    assert read("/search/").select_one(".range a[href='/batch/']")
    assert read("/").select_one("footer a[href='/batch/']")


def test_the_search_page_keeps_the_way_copies_count(library: None, read: Read, words: Words) -> None:
    page = read("/search/", q="قطار", copies="all")
    assert page.select_one("input[name=copies]")["value"] == "all"
