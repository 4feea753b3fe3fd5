"""A real Chromium before a small library. A page that logs an error, misses a file or calls another machine fails."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize, sync_playwright
from pytest_django.fixtures import Settings

from archive import payloads
from archive.models import (
    Author,
    Body,
    Byline,
    Capture,
    Dateline,
    ImportRun,
    Picture,
    Place,
    Publisher,
    Section,
    Story,
)
from archive.search import (
    BatchTable,
    Column,
    Correction,
    FacetValue,
    Fragment,
    Hit,
    IndexStatus,
    Related,
    Row,
    SearchRequest,
    SearchResults,
    Split,
)
from archive.taste import HOUSES, remember

from .errors import FAILURES
from .extremes import many_related, write_extremes

OpenPage = Callable[..., Page]
PARAGRAPH = (
    "قال متحدث باسم الوزارة، في تصريح صحفي اليوم، إن الخطة الجديدة تشمل بناء أكثر من مئتي مدرسة خلال السنوات "
    "الثلاث المقبلة، مع إعطاء الأولوية للمناطق الجبلية والنائية التي تعاني من نقص حاد في التجهيزات، فضلا عن ضمان "
    "النقل المدرسي في القرى البعيدة عن المراكز بتمويل من World Bank قدره 3.4 مليار درهم."
)
HEADLINES = (
    "رئيس الحكومة يعلن خطة جديدة لإصلاح منظومة التعليم العمومي في المناطق القروية",
    "CNN بالعربية تفوز بجائزة أفضل موقع إخباري",
    "أَزْمَةُ الخُبْزِ تَعُودُ إِلَى الوَاجِهَةِ",
    "أسعار النفط تتراجع للأسبوع الثالث على التوالي وسط مخاوف من تباطؤ الطلب العالمي وارتفاع المخزونات الأمريكية إلى "
    "مستويات لم تسجل منذ سنوات بحسب بيانات رسمية صدرت مساء الأربعاء",
    "World Bank lends Morocco $500 million for rural schools",
    "افتتاح معرض الكتاب الدولي بمشاركة 400 دار نشر",
)

SAVED = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>{HEADLINES[0]}</title>
<style>body {{ font-family: sans-serif; margin: 1rem }} h1 {{ color: #036 }}</style></head>
<body><h1>{HEADLINES[0]}</h1><img src="https://cdn.example.ma/a.jpg" alt="جانب من الاجتماع" width="300" height="170">
<p>{PARAGRAPH}</p><p><a href="/2.html">خبر آخر</a></p></body></html>"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no chromium on this machine (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def replay_url(live_server: Any, settings: Settings) -> str:
    """The replay origin: the same server under another name."""
    settings.REPLAY_URL = live_server.url.replace("localhost", "127.0.0.1")
    return settings.REPLAY_URL


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, replay_url: str) -> Iterator[OpenPage]:
    """Opens pages, each in a browser of its own; all their troubles are told at the end of the test."""
    troubles: list[str] = []
    contexts = []

    def watch(page: Page) -> None:
        page.on("console", lambda said: troubles.append(f"console: {said.text}") if a_fault(said) else None)
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("requestfailed", lambda asked: None if left(asked) else troubles.append(f"failed: {asked.url}"))
        page.on("response", lambda r: troubles.append(f"{r.status}: {r.url}") if missing(r) else None)
        page.on(
            "request", lambda asked: troubles.append(f"left the machine: {asked.url}") if strange(asked.url) else None
        )

    def a_fault(said: ConsoleMessage) -> bool:
        return said.type == "error" and not meant_to_fail(said.location["url"])

    def missing(answer: Response) -> bool:
        return answer.status >= 400 and not meant_to_fail(answer.url)

    def meant_to_fail(url: str) -> bool:
        """The pages that show a failure answer with its number; what they ask for must be there all the same."""
        return urlsplit(url).path.startswith(("/errors/", "/url/"))

    def left(asked: Request) -> bool:
        """The test went on to the next page before this one had all its files."""
        return asked.failure == "net::ERR_ABORTED"

    def strange(url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme not in ("data", "blob") and not url.startswith((live_server.url, replay_url))

    def opened(width: int = 1280, scheme: Any = "light", watched: bool = True, **options: Any) -> Page:
        size: ViewportSize = {"width": width, "height": 844 if width < 600 else 900}
        context = chromium.new_context(viewport=size, color_scheme=scheme, base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        if watched:
            watch(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles


@pytest.fixture
def speak(settings: Settings) -> Callable[[str], None]:
    """Lets the archive speak another language."""

    def chosen(language: str) -> None:
        settings.LANGUAGE_CODE = language
        settings.TASTE = HOUSES[language]
        remember(HOUSES[language])

    return chosen


@pytest.fixture
def library(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Some stories, and the address of each kind of page by its template's name."""
    publisher = Publisher.objects.create(slug="almaghrib", name="المغرب اليوم", host="www.example.ma")
    other = Publisher.objects.create(slug="cnn", name="CNN بالعربية", host="cnn.example")
    section = Section.objects.create(publisher=publisher, name="أخبار محلية", key="محلية")
    author = Author.objects.create(name="فاطمة الزهراء بنعيسى", key="فاطمة")
    Author.objects.create(name="فاطمه الزهراء", key="فاطمه", merged_into=author)
    place = Place.objects.create(name="الرباط", key="الرباط")
    run = ImportRun.objects.create(state="done", counts={"created": 12, "updated": 2, "rejected": 3})
    stories = []
    for number, headline in enumerate(HEADLINES * 2):
        day = None if number == 5 else date(2016 - number % 3 * 2, 3, number + 1)
        story = Story.objects.create(
            publisher=other if number % 5 == 1 else publisher,
            section=section if number % 5 == 0 else None,
            headline=headline,
            lead=PARAGRAPH if number % 2 == 0 else "",
            canonical_url=f"https://www.example.ma/{number}/%D8%AE%D8%A8%D8%B1-{'x' * 90}.html",
            url_key=str(number),
            published_on=day,
            date_precision="day" if day else "",
            date_source="teaser" if number == 0 else "",
            captured_at=datetime.fromisoformat("2017-01-03T04:05:00+00:00"),
            fingerprint=str(number),
        )
        Body.objects.create(story=story, text="\n".join([PARAGRAPH] * 3), word_count=150)
        if number % 2 == 0:
            Byline.objects.create(story=story, position=0, author=author, as_printed=author.name)
            Dateline.objects.create(story=story, position=0, place=place, as_printed=place.name)
            Picture.objects.create(
                story=story,
                position=0,
                url="https://cdn.example.ma/a.jpg",
                caption="جانب من الاجتماع",
                credit="Reuters",
            )
        stories.append(story)
    digest = payloads.digest_of(SAVED.encode())
    payloads.put(SAVED.encode(), digest)
    captures = [
        Capture.objects.create(
            key=str(number),
            digest=digest,
            size=len(SAVED.encode()),
            url=stories[0].canonical_url,
            captured_at=stories[0].captured_at + timedelta(days=number * 400),
            content_type="text/html",
            encoding="utf-8",
            dump="2016.tar.gz",
            member="news/1.html",
            outcome="created" if story else "rejected",
            code="" if story else "no-body",
            parser_version="1",
            evidence={
                "headline": {"rule": "almaghrib@2016", "where": "article > h1.title", "confidence": 0.97},
                "byline": {"rule": "json-ld", "where": "author", "confidence": None},
            },
            story=story,
            run=run,
        )
        for number, story in enumerate([stories[0], stories[0], None])
    ]
    fake_index(monkeypatch, stories)
    return {
        "front": "/",
        "search": f"/search/?q=الخطة&author={author.pk}&page=x",
        "nothing found": f"/search/?q=nothing&place={place.pk}",
        "search asked for nothing": "/search/",
        "search misspelt": "/search/?q=misspelt",
        "search on another keyboard": "/search/?q=typed",
        "search beyond the last page": "/search/?q=beyond&page=9",
        "search while the index is made": "/search/?q=rebuilding",
        "story": stories[0].get_absolute_url(),
        "undated story": stories[5].get_absolute_url(),
        "english story": stories[4].get_absolute_url(),
        "dates": "/dates/",
        "year": "/dates/2016/",
        "month": "/dates/2016/03/",
        "day": "/dates/2016/03/01/",
        "undated": "/undated/",
        "publishers": "/publishers/",
        "publisher": publisher.get_absolute_url(),
        "sections": "/sections/",
        "section": section.get_absolute_url(),
        "authors": "/authors/",
        "author": author.get_absolute_url(),
        "places": "/places/?q=رباط",
        "place": place.get_absolute_url(),
        "capture": f"/captures/{captures[0].pk}/",
        "as saved": f"/captures/{captures[0].pk}/page/",
        "batch": "/batch/",
        "batch questions": batch_of(*HEADLINES, *"ابتثجحخد", "؟!", "nothing"),
        "batch by publisher": f"{batch_of(*HEADLINES)}&by=publisher&from=x",
        "about": "/about/",
        "login": "/login/",
        "unknown address": "/url/?u=https://www.example.ma/none.html",
    }


@pytest.fixture
def every_page(library: dict[str, str], settings: Settings) -> dict[str, str]:
    """The library's pages, and one for each failure."""
    settings.ROOT_URLCONF = "tests.browser.errors"
    return library | {f"error {name}": f"/errors/{name}/" for name in FAILURES}


@pytest.fixture
def extremes(library: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Stories beyond all measure beside those of the library."""
    monkeypatch.setattr("archive.web.stories.related_stories", many_related)
    publisher = Publisher.objects.get(slug="almaghrib")
    return {name: story.get_absolute_url() for name, story in write_extremes(publisher).items()}


def batch_of(*questions: str) -> str:
    return "/batch/?" + urlencode({"questions": "\n".join(questions)})


NOT_EVERY: dict[str, dict[str, Any]] = {
    "nothing": {},
    "typed": {},
    "beyond": {"total": 108},
    "rebuilding": {"available": False},
}
MEANT = {"misspelt": Correction("الخطة", "spelling", 12), "typed": Correction("خطة", "keyboard", 12)}


def fake_index(monkeypatch: pytest.MonkeyPatch, stories: list[Story]) -> None:
    """The index itself is tested elsewhere; here it finds every story, or what the word in NOT_EVERY asks for."""

    def search_stories(request: SearchRequest) -> SearchResults:
        if request.text in NOT_EVERY:
            return SearchResults(request, **NOT_EVERY[request.text])
        found = list(Story.objects.listed())
        hits = [
            Hit(story, [Fragment(story.headline, False)], [Fragment(PARAGRAPH[:120], False), Fragment("الخطة", True)])
            for story in found
        ]
        years = [FacetValue(str(year), str(year), 2, year == 2014) for year in range(2004, 2017)]
        papers = [FacetValue("almaghrib", "المغرب اليوم", 9, True), FacetValue("cnn", "CNN بالعربية", 3, False)]
        facets = {"publisher": papers, "year": years}
        return SearchResults(request, len(found) * 9, hits, facets, ["بحثنا أيضا عن: الخطط، خطة"], True)

    def ask_many(questions: list[str], by: Split = "year", **filters: Any) -> BatchTable:
        papers = [Column("almaghrib", "المغرب اليوم"), Column("cnn", "CNN بالعربية")]
        columns = papers if by == "publisher" else [Column(str(year), str(year)) for year in range(1998, 2017)]
        asked = [text for text in questions if text != "؟!"]
        rows = []
        for at, text in enumerate(asked):
            cells = tuple((at * 7 + year * 5) % 11 ** (at % 5) for year in range(len(columns)))
            cells = tuple(0 for _ in cells) if text == "nothing" else cells
            rows.append(Row(text, sum(cells) + at % 2 * (text != "nothing"), cells, at % 2 * (text != "nothing")))
        return BatchTable(by, tuple(columns), tuple(rows), tuple(text for text in questions if text == "؟!"))

    def related_stories(story: Story) -> list[Related]:
        near = [Related(s.headline, s.get_absolute_url(), s, "الكاتب نفسه", False) for s in stories[1:4]]
        return [*near, Related("خبر لم يصل بعد", "https://www.example.ma/x", None, "مطبوع في الصفحة", True)]

    monkeypatch.setattr("archive.web.search.search_stories", search_stories)
    monkeypatch.setattr("archive.web.search.corrections", lambda text, within: MEANT.get(text))
    monkeypatch.setattr("archive.web.questions.ask_many", ask_many)
    monkeypatch.setattr("archive.web.stories.related_stories", related_stories)
    monkeypatch.setattr("archive.web.about.index_status", lambda: IndexStatus("ready", 12, 0))
