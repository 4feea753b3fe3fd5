"""One archive speaks one language, chosen by its settings: Arabic, or English."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import formats

from archive.models import Story
from archive.taste import Taste, remember
from archive.templatetags.charts import Bar, bar_chart, day_calendar
from archive.templatetags.counts import ENGLISH, NOUNS, counted, percent
from archive.templatetags.dates import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, month_label, published, published_day
from archive.templatetags.writing import tongue

from .conftest import ARABIC, LATIN, Walk

ROOT = Path(__file__).resolve().parent.parent.parent
ARABIC_LETTERS = re.compile("[\u0600-\u065f\u066a-\u06ff«»]")
NOT_TRANSLATED = """
    a abbr amp Atom BibTeX csv CSV CSL demo digest gz html https import import_pages index json JSON manage mhtml page
    PATH py python RIS SHA stories tar u url warc wacz zip j k p not unheard of h1 p@1 admin
""".split()
STARTS = (
    "/", "/nowhere/", "/url/?u=https://127.0.0.1/x", "/url/", "/login/", "/batch/", "/search/?q=zzzz&from=1990&to=1991",
    "/search/?q=zzzz&publisher=zz&page=0&sort=up", "/search/?q=%3D{0}%20-{1}", "/search/?q=%22{0}%20{1}%22~5",
    "/search/?q={0}*", "/search/?q=headline:{0}%20from:2012", "/search/?q=author:zzzz", "/search/?page=900",
    "/search/?q=%22{0}%20zzzz%22%20place:zzz%20since:2030", "/batch/?questions={0}%0Azzzz%0A%2B&by=publisher",
    "/batch/?questions={0}&phrases=1", "/api/search?q={0}&page=x", "/api/suggest?q={0}", "/authors/?q=a",
)  # fmt: skip


def starts(words: list[str]) -> list[str]:
    return [address.format(*words) for address in STARTS]


@pytest.mark.usefixtures("english", "latin_archive")
def test_english_pages_have_no_arabic_but_what_the_archive_holds(walk: Walk) -> None:
    pages = walk(*starts(LATIN), "/manifest.webmanifest", "/opensearch.xml", "/search/results.csv", "/feeds/latest/")
    assert len(pages) > 120
    assert not {address: found[0] for address, page in pages.items() if (found := ARABIC_LETTERS.search(page))}


@pytest.mark.usefixtures("english", "latin_archive")
def test_the_desk_is_english(admin_client: Client) -> None:
    index = BeautifulSoup(admin_client.get("/admin/").content, "lxml")
    lists = [str(link["href"]) for link in index.select("a[href^='/admin/archive/']")]
    story = Story.objects.filter(section__isnull=False)[0]
    accounts = ["/admin/auth/group/", "/admin/auth/group/add/", "/admin/auth/user/", "/admin/auth/user/add/"]
    for address in ["/admin/", *lists, *accounts, f"/admin/archive/story/{story.pk}/change/", "/about/"]:
        text = admin_client.get(address).content.decode()
        assert 'lang="en"' in text
        assert not ARABIC_LETTERS.search(text), address
    assert len(lists) > 10


@pytest.mark.usefixtures("arabic_archive")
def test_arabic_pages_have_no_stray_english(walk: Walk) -> None:
    stray: dict[str, str] = {}
    for address, page in walk(*starts(ARABIC)).items():
        if "<html" not in page:
            continue
        soup = BeautifulSoup(page, "lxml")
        for piece in soup.select("script, style, code, kbd, bdi, .address, .chips, .answers, .notes, textarea"):
            piece.decompose()
        for word in re.findall("[A-Za-z]+", soup.body.get_text(" ") if soup.body else ""):
            if word not in NOT_TRANSLATED and "zzz" not in word:
                stray[word] = address
    assert not stray


@pytest.mark.usefixtures("english", "latin_archive")
def test_a_page_says_its_language_and_side(client: Client) -> None:
    story = Story.objects.latest("pk")
    Story.objects.filter(pk=story.pk).update(language="")
    page = BeautifulSoup(client.get(story.get_absolute_url()).content, "lxml")
    assert page.html and (page.html["lang"], page.html["dir"]) == ("en", "ltr")
    body = page.select_one(".body")
    assert body and body["lang"] == "ar"
    assert client.get("/manifest.webmanifest").json()["dir"] == "ltr"
    assert "Warraq" in page.select_one(".wordmark").get_text()  # type: ignore[union-attr]


@pytest.mark.usefixtures("english")
def test_a_story_says_its_language_where_it_is_not_the_pages() -> None:
    assert tongue(Story(language="ar")) == tongue(Story()) == tongue(None) == ' lang="ar"'
    assert tongue(Story(language="en")) == ""


@pytest.mark.parametrize("command", ["doctor", "check_fixity"])
def test_commands_report_in_english(english: None, latin_archive: None, command: str) -> None:
    told = StringIO()
    with suppress(SystemExit):
        call_command(command, stdout=told)
    assert told.getvalue().count("\n") > 3
    assert not ARABIC_LETTERS.search(told.getvalue())


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_errors_are_told_in_english(english: None, db: None, template: str) -> None:
    page = render_to_string(template)
    assert '<html lang="en" dir="ltr">' in page
    assert not ARABIC_LETTERS.search(page)


@pytest.mark.usefixtures("latin_archive")
def test_a_language_costs_no_query(client: Client, settings: pytest.FixtureRequest) -> None:
    story = Story.objects.latest("pk")
    for address in ("/", "/about/", "/search/?q=Train", story.get_absolute_url(), "/dates/", "/sections/"):
        counts = set()
        for language in ("ar", "en", "ar"):
            settings.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(address).status_code == 200
            counts.add(len(asked))
        assert len(counts) == 1, address


@pytest.mark.usefixtures("english")
def test_numbers_have_two_forms() -> None:
    said = [counted(n, "story") for n in (0, 1, 2, 11, 1234, None)]
    assert said == ["no stories", "1 story", "2 stories", "11 stories", "1,234 stories", "no stories"]
    assert percent(0.97) == "97%"
    remember(Taste(digits="arabic-indic"))
    assert counted(3, "page") == "٣ pages"


def test_every_noun_has_its_english() -> None:
    assert set(ENGLISH) == set(NOUNS)
    assert (len(ENGLISH_MONTHS), len(ENGLISH_WEEKDAYS)) == (12, 7)


@pytest.mark.usefixtures("english")
def test_dates_are_written_in_english() -> None:
    at = datetime.fromisoformat("2016-03-12T08:15:00+00:00")
    story = Story(published_at=at, published_on=at.date(), utc_offset=60)
    assert published(story) == "Saturday 12 March 2016, 09:15 GMT+1"
    assert published_day(story) == "12 March 2016"
    assert published_day(Story()) == "Undated"
    assert month_label(date(2016, 9, 1)) == "Sep"
    assert formats.date_format(at, "DATETIME_FORMAT") == "12 March 2016, 08:15"


def places(chart: dict[str, list[tuple[str, ...]]]) -> list[float]:
    return [float(rect[0].rstrip("%")) for rect in chart["rects"]]


def test_time_runs_the_way_of_the_text(settings: pytest.FixtureRequest) -> None:
    bars = [Bar(str(year), year - 2000, "?") for year in range(2009, 2017)]
    days = {}, date(2016, 1, 1), date(2016, 12, 31), ""
    leftward, calendar = places(bar_chart(bars, "")), places(day_calendar(*days))
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    rightward, mirrored = places(bar_chart(bars, "")), places(day_calendar(*days))
    assert leftward == sorted(leftward, reverse=True) and rightward == sorted(rightward)
    assert mirrored[0] < mirrored[-1] and calendar[0] > calendar[-1]
    width = 100 / 8 * 0.72
    assert [round(100 - place - width, 2) for place in leftward] == pytest.approx(rightward, abs=0.011)


def start(tmp_path: Path, language: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import django; django.setup(); from django.conf import settings; from archive.models import Story;"
        "print(settings.LANGUAGE_CODE, settings.TASTE.name, Story._meta.verbose_name)"
    )
    said = os.environ | {"INTERFACE_LANGUAGE": language, "DATA_DIR": str(tmp_path), "ARCHIVE_NAME": ""}
    said |= {"DJANGO_SETTINGS_MODULE": "archive.settings"}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=said, capture_output=True, text=True)


@pytest.mark.parametrize(("language", "said"), [("", "ar ورّاق خبر"), ("ar", "ar ورّاق خبر"), ("en", "en Warraq story")])
def test_the_environment_chooses(tmp_path: Path, language: str, said: str) -> None:
    assert start(tmp_path, language).stdout.strip() == said


def test_a_language_that_is_not_there_is_refused(tmp_path: Path) -> None:
    answer = start(tmp_path, "fr")
    assert answer.returncode
    last = answer.stderr.strip().splitlines()[-1]
    assert last.endswith("ImproperlyConfigured: INTERFACE_LANGUAGE=fr is not known: one of ar, en.")


def test_the_browser_does_not_choose(client: Client, db: None) -> None:
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
