from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

import pytest

from archive.dumps import Locator, Page
from archive.dumps.html import page_from_file, url_from_path

from .conftest import MakeDump, MakePage, Read

FILE_TIME = datetime(2024, 9, 21, 13, 5, tzinfo=UTC)
BARE = b"<html><body></body></html>"


def saved(content: bytes = BARE, member: str = "", dump: str = "dump.zip") -> Page:
    return page_from_file(content, FILE_TIME, Locator(dump, member))


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("www.example.com/a/b.html", "https://www.example.com/a/b.html"),
        ("dumps/2020/www.example.com/a/b.html", "https://www.example.com/a/b.html"),
        ("WWW.Example.COM/A/B.html", "https://www.example.com/A/B.html"),
        ("www.example.com/a/b.html.gz", "https://www.example.com/a/b.html"),
        ("www.example.com\\a\\b.html", "https://www.example.com/a/b.html"),
        ("www.example.com/index.html", "https://www.example.com/"),
        ("www.example.com/sport/index.htm", "https://www.example.com/sport/"),
        ("www.example.com/sport/index.html.gz", "https://www.example.com/sport/"),
        ("www.example.com/news.php?id=7&cat=2", "https://www.example.com/news.php?id=7&cat=2"),
        ("www.example.com/news.php?id=7&cat=2.html", "https://www.example.com/news.php?id=7&cat=2"),
        ("www.example.com/news.php@id=7&cat=2.html", "https://www.example.com/news.php?id=7&cat=2"),
        ("www.example.com/news.php@id=7&cat=2", "https://www.example.com/news.php?id=7&cat=2"),
        ("www.example.com/a b.html", "https://www.example.com/a%20b.html"),
        ("www.example.com/100%25.html", "https://www.example.com/100%25.html"),
        ("www.example.com/a%2Fb.html", "https://www.example.com/a%2Fb.html"),
        ("www.example.com/a#b.html", "https://www.example.com/a%23b.html"),
        ("m.news.example.co.uk/1.html", "https://m.news.example.co.uk/1.html"),
        ("أخبار.example.com/1.html", "https://أخبار.example.com/1.html"),
    ],
)
def test_a_path_of_a_mirror_tells_its_address(path: str, url: str) -> None:
    assert url_from_path(path) == url


@pytest.mark.parametrize(
    "path", ["www.example.com/سياسة/خبر.html", f"www.example.com/{quote('سياسة')}/{quote('خبر')}.html"]
)
def test_arabic_and_percent_encoded_names_are_one_address(path: str) -> None:
    assert url_from_path(path) == f"https://www.example.com/{quote('سياسة')}/{quote('خبر')}.html"


def test_the_front_page_with_a_query_is_the_front_page() -> None:
    """wget keeps `/?p=5` as `index.html?p=5`; the server was never asked for index.html."""
    assert url_from_path("www.example.com/index.html@p=5.html") == "https://www.example.com/?p=5"


@pytest.mark.parametrize(
    "path",
    ["خبر.html", "news/خبر.html", "2020.01.21/a.html", "v1.2/a.html", "archive/file.name.html", "-.com/a.html", ""],
)
def test_a_path_without_a_host_tells_no_address(path: str) -> None:
    assert url_from_path(path) == ""


def test_a_name_that_is_not_utf8_still_tells_an_address() -> None:
    name = os.fsdecode("خبر.html".encode("cp1256"))
    url = url_from_path(f"www.example.com/{name}")
    assert url.startswith("https://www.example.com/") and url.isascii()


@pytest.mark.parametrize("mark", ["<!-- saved from url=(0031)https://www.example.com/314/a.html -->"])
def test_the_mark_of_a_browser_tells_the_address(make_page: MakePage, mark: str) -> None:
    page = saved(make_page(mark=mark), "خبر.html")
    assert (page.url, page.url_guessed) == ("https://www.example.com/314/a.html", False)
    assert page.captured_at == FILE_TIME


def test_the_mark_is_believed_before_the_path(make_page: MakePage) -> None:
    mark = "<!-- saved from url=(0022)https://a.com/true.html -->"
    assert saved(make_page(mark=mark), "www.b.com/guess.html").url == "https://a.com/true.html"


@pytest.mark.parametrize("url", ["about:internet", "file:///C:/a.html", "javascript:alert(1)", "data:text/html,x"])
def test_a_mark_that_names_no_web_address_tells_none(make_page: MakePage, url: str) -> None:
    assert saved(make_page(mark=f"<!-- saved from url=(0014){url} -->"), "a.html").url == ""


SINGLE_FILE = "<!--\n Page saved with SingleFile \n url: {url} \n saved date: {date}\n-->"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Mon Jan 06 2025 10:00:00 GMT+0100 (Central European Standard Time)", "2025-01-06T10:00:00+01:00"),
        ("Tue Mar 12 2024 23:59:59 GMT-0530 (توقيت)", "2024-03-12T23:59:59-05:30"),
        ("Mon Jan 06 2025 10:00:00 GMT+0000 (Coordinated Universal Time)", "2025-01-06T10:00:00+00:00"),
    ],
)
def test_singlefile_tells_address_and_moment(make_page: MakePage, date: str, moment: str) -> None:
    page = saved(make_page(mark=SINGLE_FILE.format(url="https://a.com/خبر", date=date)), "a.html")
    assert page.url.startswith("https://a.com/") and not page.url_guessed
    assert page.captured_at == datetime.fromisoformat(moment)


@pytest.mark.parametrize("date", ["yesterday", "", "???", "31 February 2025", "10:00", "Mon"])
def test_a_singlefile_date_that_is_none_leaves_the_time_of_the_file(make_page: MakePage, date: str) -> None:
    """A date that names no day is none; nothing is filled in from the clock of the reader."""
    page = saved(make_page(mark=SINGLE_FILE.format(url="https://a.com/1", date=date)), "a.html")
    assert page.captured_at == FILE_TIME


@pytest.mark.parametrize(
    "date",
    [
        "Mon Jan 06 2025 10:00:00 GMT+9999 (X)",
        "0001-01-01 00:00:00 +1400",
        "9999-12-31 23:59:59 -1400",
        "9999-12-31 23:59:59 UTC",
        "2025-01-06 10:00 XQZ",
    ],
)
def test_every_moment_of_saving_can_be_counted_in_every_zone(make_page: MakePage, date: str) -> None:
    page = saved(make_page(mark=SINGLE_FILE.format(url="https://a.com/1", date=date)), "a.html")
    for hours in (-14, 0, 14):
        assert page.captured_at.astimezone(timezone(timedelta(hours=hours))).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("path", "moment"),
    [
        ("2024-02-03/www.example.com/a.html", "2024-02-03T00:00:00+00:00"),
        ("20240203/www.example.com/a.html", "2024-02-03T00:00:00+00:00"),
        ("crawl-20240203/www.example.com/a.html", "2024-02-03T00:00:00+00:00"),
        ("2024-09-21/www.example.com/a.html", FILE_TIME.isoformat()),
        ("2024-13-45/www.example.com/a.html", FILE_TIME.isoformat()),
        ("1202402031/www.example.com/a.html", FILE_TIME.isoformat()),
        ("www.example.com/2019-10-14/a.html", FILE_TIME.isoformat()),
        ("www.example.com/20191014-a.html", FILE_TIME.isoformat()),
        ("www.example.com/a.html", FILE_TIME.isoformat()),
    ],
)
def test_a_day_in_the_path_above_the_host_is_the_day_of_saving(path: str, moment: str) -> None:
    """Below the host a day is the story's, not the saving's; on the day of the file itself its time is finer."""
    assert saved(member=path).captured_at == datetime.fromisoformat(moment)


def test_the_time_of_a_file_is_the_time_of_saving(read: Read, make_folder: MakeDump, make_page: MakePage) -> None:
    folder = make_folder({"www.example.com/a.html": make_page()})
    os.utime(folder / "www.example.com/a.html", (FILE_TIME.timestamp(),) * 2)
    assert [page.captured_at for page in read(folder)[0]] == [FILE_TIME]


def test_the_time_in_a_zip_is_the_time_of_saving(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    pages, _ = read(make_zip({"a.html": make_page()}))
    assert [page.captured_at for page in pages] == [datetime(2020, 1, 21, 11, 30, tzinfo=UTC)]


def test_a_file_from_before_the_epoch_is_a_page(read: Read, make_folder: MakeDump, make_page: MakePage) -> None:
    folder = make_folder({"a.html": make_page()})
    os.utime(folder / "a.html", (-10_000, -10_000))
    pages, rejections = read(Path(folder))
    assert len(pages) == 1 and not rejections
