"""The archive's own name, months, digits, colour and logo, on the pages that readers see."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, server_error
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from archive.models import HouseStyle, Story, follow_house_style
from archive.search import BatchTable, Column, FacetValue, Fragment, Hit, Row
from archive.taste import FAMILIES, Logo, Taste, remember, taste
from archive.templatetags.dates import MONTHS

from .conftest import MakeCapture, MakeResults, MakeStory, Read, Words

HOSTILE = "</title></style><script>alert(1)</script>\"'"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0h9" style="fill:red"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0"


def set_by_the_desk(logo: Logo | None = None, **fields: Any) -> HouseStyle:
    row = HouseStyle(**fields)
    row.put_logo(logo)
    row.save()
    follow_house_style()
    return row


def hits(stories: list[Story]) -> tuple[Hit, ...]:
    return tuple(Hit(s, [Fragment(s.headline, False)], [Fragment("2016", False)]) for s in stories)


@pytest.fixture
def story(make_story: MakeStory, make_capture: MakeCapture) -> Story:
    story = make_story(
        "حصيلة 2016 في 10 أرقام", text="بلغت النسبة 12.5 في المئة.", on="2016-01-12", section="اقتصاد",
        date_printed="12 يناير 2016",
    )  # fmt: skip
    make_capture(story)
    return story


def test_every_family_has_names() -> None:
    assert set(MONTHS) == set(FAMILIES)


@pytest.mark.parametrize(
    ("months", "january"),
    [
        ("egyptian", "يناير"),
        ("levantine", "كانون الثاني"),
        ("moroccan", "يناير"),
        ("tunisian", "جانفي"),
        ("both", "كانون الثاني / يناير"),
    ],
)
@pytest.mark.parametrize(
    ("digits", "day", "year", "clock"),
    [("western", "12", "2016", "04:05"), ("arabic-indic", "١٢", "٢٠١٦", "٠٤:٠٥")],
)
def test_pages_follow_it(
    story: Story, read: Read, words: Words, months: str, january: str, digits: str, day: str, year: str, clock: str
) -> None:
    set_by_the_desk(months=months, digits=digits)
    date = f"{day} {january} {year}"
    page = read(story.get_absolute_url())
    assert words(page.select_one(".when time")) == f"الثلاثاء {date}"
    assert page.select_one(".when time")["datetime"] == "2016-01-12"
    assert clock in words(page.select_one(".record .captures"))
    listed = read("/dates/2016/01/12/")
    assert words(listed.h1) == f"الثلاثاء {date}"
    assert words(listed.select_one(".item .meta time")) == date
    assert words(listed.select_one("table.month [aria-current]")).split()[0] == day
    assert listed.select_one("table.month [aria-current]")["href"] == "/dates/2016/01/12/"
    assert words(read("/dates/2016/01/").h1) == f"{january} {year}"
    assert words(read("/dates/2016/").h1) == year
    assert words(read("/dates/").select_one("table.months thead")).startswith(f"السنة {january} ")


def test_what_is_printed_keeps_its_own_digits(story: Story, read: Read, words: Words) -> None:
    set_by_the_desk(digits="arabic-indic", months="levantine")
    page = read(story.get_absolute_url())
    assert words(page.h1) == "حصيلة 2016 في 10 أرقام"
    assert words(page.select_one(".body")) == "بلغت النسبة 12.5 في المئة."
    assert words(page.select_one(".dates small")) == "كما طُبع: 12 يناير 2016"


def bare_digits(page: Any) -> list[str]:
    """What of a page is still in ASCII digits: codes, addresses and what was printed are left aside."""
    for piece in page.select("script, [dir=ltr], code, .headline, .lead"):
        piece.extract()
    texts = [*page.get_text("\n").split("\n"), *(piece["title"] for piece in page.select("[title]"))]
    return [text for text in texts if any(digit in text for digit in "0123456789")]


def test_no_number_of_ours_is_left_in_other_digits(
    make_story: MakeStory,
    make_capture: MakeCapture,
    read: Read,
    index: SimpleNamespace,
    make_results: MakeResults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stories = [make_story(on=f"20{year}-03-{day}") for year in (12, 13, 16) for day in (10, 12)]
    capture = make_capture(
        stories[0], offset=1234, evidence={"headline": {"rule": "h", "where": "", "confidence": 0.9}}
    )
    for _ in range(4):
        make_capture(code="no-body")
    make_story(on=None)
    facets = {
        "publisher": [FacetValue("almaghrib", "المغرب اليوم", 1200, False)],
        "year": [FacetValue(str(year), str(year), 12, year == 2016) for year in (2010, 2016)],
    }
    index.results = make_results(hits(stories), total=4321, facets=facets, reading=[])
    table = BatchTable("year", (Column("2012", "2012"),), (Row("خبر", 1234, (0,), 1234),))
    monkeypatch.setattr("archive.web.questions.ask_many", lambda *asked, **filters: table)
    set_by_the_desk(digits="arabic-indic", months="both")
    addresses = ["/", "/dates/", "/dates/2016/", "/dates/2016/03/", "/dates/2016/03/12/", "/undated/", "/about/"]
    addresses += ["/publishers/", "/publishers/almaghrib/", stories[0].get_absolute_url(), f"/captures/{capture.pk}/"]
    addresses += ["/search/?q=x&from=2010&to=2016-03&page=2", f"/search/?q={'س' * 1001}", "/batch/?questions=خبر"]
    assert bare_digits(BeautifulSoup("<p>12</p><p title='3'>x</p>", "lxml")) == ["12", "3"]
    assert {address: left for address in addresses if (left := bare_digits(read(address)))} == {}


def test_search_facets_and_counts_follow_it(
    story: Story, read: Read, words: Words, index: SimpleNamespace, make_results: MakeResults
) -> None:
    facets = {
        "publisher": [FacetValue("a24", "أخبار 24", 3, False)],
        "year": [FacetValue("2016", "2016", 1200, False), FacetValue("2015", "2015", 3, False)],
    }
    index.results = make_results(hits([story]), total=1234567, facets=facets)
    set_by_the_desk(digits="arabic-indic")
    page = read("/search/", q="حصيلة")
    assert words(page.select_one(".total")) == "١٬٢٣٤٬٥٦٧ نتيجة"
    tallies = [words(li) for li in page.select(".facets .tally:not(.switches) li")]
    assert "٢٠١٦ ١٬٢٠٠" in tallies
    assert "أخبار 24 ٣" in tallies
    assert [words(text) for text in page.select("svg.bars text")] == ["٢٠١٥", "٢٠١٦"]
    assert page.select_one("svg.bars a")["href"] == "?q=%D8%AD%D8%B5%D9%8A%D9%84%D8%A9&from=2015&to=2015"


def test_programs_are_given_ascii_digits(
    story: Story, client: Client, index: SimpleNamespace, make_results: MakeResults
) -> None:
    index.results = make_results(hits([story]), total=3)
    set_by_the_desk(digits="arabic-indic", months="levantine")
    found = client.get("/api/search?q=x").json()
    assert (found["total"], found["results"][0]["published_at"]) == (3, "2016-01-12")
    assert '"datePublished": "2016-01-12"' in client.get(story.get_absolute_url()).content.decode()


@pytest.mark.parametrize("address", ["/", "/about/", "/login/", "/nothing/"])
def test_the_archive_has_its_own_name(db: None, client: Client, address: str) -> None:
    set_by_the_desk(name="أرشيف الضفاف", motto="ذاكرة النهر")
    text = client.get(address).content.decode()
    assert "<bdi>أرشيف الضفاف</bdi>" in text
    assert '<p class="motto">ذاكرة النهر</p>' in text
    assert "أرشيف الضفاف" in text[text.index("<title>") : text.index("</title>")]
    assert "ورّاق" not in text


def test_so_has_its_desk(admin_client: Client) -> None:
    set_by_the_desk(name="أرشيف الضفاف")
    assert "أرشيف الضفاف" in admin_client.get("/admin/").content.decode()
    assert "أرشيف الضفاف" in Client().get("/login/").content.decode()
    assert "ورّاق" not in admin_client.get("/admin/").content.decode()


def test_an_error_page_without_a_request_has_the_name_too(rf: RequestFactory) -> None:
    remember(Taste(name="أرشيف الضفاف"))
    assert "<bdi>أرشيف الضفاف</bdi>" in bad_request(rf.get("/"), Exception()).content.decode()


def test_the_page_for_our_own_faults_asks_for_none_of_it(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(Taste(name="أرشيف الضفاف", accent="#0b5d3b"))
    text = server_error(rf.get("/")).content.decode()
    assert "الضفاف" not in text
    assert "taste.css" not in text


def test_the_desk_wins_over_the_environment_where_it_says_something(db: None, settings: Settings) -> None:
    settings.TASTE = Taste("من البيئة", "عبارة", "levantine", "arabic-indic", "#0b5d3b", "#ffffff")
    set_by_the_desk(name="من المكتب", accent="#1f3a93")
    assert taste() == Taste("من المكتب", "عبارة", "levantine", "arabic-indic", "#1f3a93", "")
    HouseStyle.objects.all().delete()
    follow_house_style()
    assert taste() == settings.TASTE


def test_another_processs_change_is_seen_after_a_moment(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    HouseStyle.objects.create(name="أرشيف الضفاف")
    assert "ورّاق" in client.get("/login/").content.decode()
    monkeypatch.setattr("archive.web.taste.next_look", 0.0)
    with django_assert_num_queries(1):
        assert "أرشيف الضفاف" in client.get("/login/").content.decode()
    with django_assert_num_queries(0):
        client.get("/login/")


@pytest.mark.parametrize("error", [OperationalError, ProgrammingError])
def test_pages_stand_without_a_database(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def broken(execute: Any, sql: str, *rest: Any) -> None:
        raise error("no such table: archive_housestyle")

    remember(Taste(name="أرشيف الضفاف"))
    monkeypatch.setattr("archive.web.taste.next_look", 0.0)
    with connection.execute_wrapper(broken):
        response = client.get("/login/")
    assert response.status_code == 200
    assert "أرشيف الضفاف" in response.content.decode()


def test_a_colour_of_its_own_is_a_sheet_of_its_own(db: None, client: Client, read: Read) -> None:
    assert not read("/login/").select("link[href*='taste.css']")
    assert client.get("/taste.css").status_code == 404
    set_by_the_desk(accent="#0B5D3B", accent_dark="#7fd1a8")
    address = read("/login/").select_one("link[href*='taste.css']")["href"]
    response = client.get(address)
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--accent: light-dark(#0b5d3b, #7fd1a8);" in response.content.decode()
    assert client.get("/taste.css?v=old")["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(("content", "kind"), [(SVG, "image/svg+xml"), (PNG, "image/png")])
def test_a_logo_is_a_picture_in_which_nothing_runs(
    db: None, client: Client, read: Read, content: bytes, kind: str
) -> None:
    set_by_the_desk(Logo(kind, content), name="أرشيف الضفاف")
    picture = read("/login/").select_one(".wordmark img.logo")
    assert picture["alt"] == ""
    response = client.get(picture["src"])
    assert (response.content, response["Content-Type"]) == (content, kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    unchanged = client.get(picture["src"], headers={"if-none-match": response["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.get("/logo")["Cache-Control"] == "no-cache"


def test_the_environments_logo_is_shown_until_the_desk_has_one(db: None, client: Client, settings: Settings) -> None:
    assert client.get("/logo").status_code == 404
    settings.LOGO = Logo("image/png", PNG)
    assert client.get("/logo").content == PNG
    set_by_the_desk(Logo("image/svg+xml", SVG))
    assert client.get("/logo").content == SVG


def test_a_private_archive_shows_them_at_its_door(db: None, client: Client, settings: Settings) -> None:
    settings.PUBLIC = False
    set_by_the_desk(Logo("image/png", PNG), accent="#0b5d3b")
    assert client.get("/logo").status_code == client.get("/taste.css").status_code == 200


def test_a_hostile_name_is_only_text(story: Story, client: Client, read: Read) -> None:
    set_by_the_desk(name=HOSTILE, motto=HOSTILE)
    for address in ("/", "/login/", story.get_absolute_url(), "/feeds/search/?q=x", "/admin/login/"):
        assert "<script>alert" not in client.get(address).content.decode(), address
    assert read("/").select_one(".wordmark bdi").get_text() == HOSTILE


def test_a_feed_has_the_archives_name(story: Story, client: Client) -> None:
    set_by_the_desk(name="أرشيف الضفاف")
    assert "<title>أرشيف الضفاف: آخر الأخبار</title>" in client.get("/feeds/latest/").content.decode()
