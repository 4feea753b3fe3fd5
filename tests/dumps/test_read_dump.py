from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.dumps import read_dump

from .conftest import MakeDump, MakePage, Read

HTML = [("Content-Type", "text/html; charset=utf-8")]
SITE = {
    "www.example.com/2019/10/قطار-الساحل.html": "https://www.example.com/2019/10/%D9%82%D8%B7%D8%A7%D8%B1-%D8%A7%D9%84%D8%B3%D8%A7%D8%AD%D9%84.html",
    "www.example.com/news.php@id=7&cat=2.html": "https://www.example.com/news.php?id=7&cat=2",
    "www.example.com/sport/index.html": "https://www.example.com/sport/",
}
"""Paths as a mirroring tool writes them, and the addresses they stand for."""


@pytest.fixture
def site(make_page: MakePage) -> dict[str, bytes]:
    return {path: make_page(f"خبر رقم {number}") for number, path in enumerate(SITE)}


@pytest.fixture
def addresses(site: dict[str, bytes]) -> dict[str, bytes]:
    """Address → bytes, as every form of the dump must give them."""
    return {SITE[path]: content for path, content in site.items()}


@pytest.mark.parametrize("name", ["aldifaf.warc.gz", "almarsatoday", "almina", "annakhla.zip", "manaratatlas.tar.gz"])
def test_each_sample_dump_yields_its_pages_and_nothing_else(dumps: Path, read: Read, name: str) -> None:
    truth = [row for row in json.loads((dumps / "truth.json").read_text()) if row["file"].startswith(name)]
    pages, rejections = read(dumps / name)
    redirects = [rejection for rejection in rejections if rejection.code == "redirect"]
    assert rejections == redirects
    if name.endswith(".warc.gz"):
        written = Counter(row["url"] for row in truth if row["url"])
        assert not written - Counter(page.url for page in pages)
        return
    beside = len(str(dumps)) + 1
    found = [str(page.locator).replace("!", "/")[beside:] for page in pages]
    assert sorted(found) == sorted(row["file"].replace("!", "/") for row in truth)


def test_the_folder_of_all_samples_is_the_sum_of_its_dumps(dumps: Path) -> None:
    apart = [one for path in sorted(dumps.iterdir()) if path.suffix != ".json" for one in read_dump(path)]
    assert list(read_dump(dumps)) == apart


def test_truth_about_the_samples_is_no_page(dumps: Path) -> None:
    assert not [one for one in read_dump(dumps) if "truth.json" in str(one.locator)]


@pytest.mark.parametrize("name", ["dump.zip", "dump.tar", "dump.tar.gz", "dump.tar.bz2", "dump.tar.xz"])
def test_a_container_gives_the_pages_of_the_folder(
    read: Read, make_zip: MakeDump, make_tar: MakeDump, site: dict[str, bytes], addresses: dict[str, bytes], name: str
) -> None:
    path = make_zip(site, name) if name.endswith(".zip") else make_tar(site, name)
    pages, rejections = read(path)
    assert not rejections
    assert {page.url: page.content for page in pages} == addresses
    assert {page.locator.member for page in pages} == set(site)
    assert {page.locator.dump for page in pages} == {str(path)}


def test_a_folder_gives_bytes_and_addresses(
    read: Read, make_folder: MakeDump, site: dict[str, bytes], addresses: dict[str, bytes]
) -> None:
    pages, rejections = read(make_folder(site))
    assert not rejections
    assert {page.url: page.content for page in pages} == addresses
    assert all(page.url_guessed for page in pages)


def test_zipped_pages_are_the_pages(
    read: Read, make_folder: MakeDump, site: dict[str, bytes], addresses: dict[str, bytes]
) -> None:
    pages, rejections = read(make_folder({f"{path}.gz": gzip.compress(content) for path, content in site.items()}))
    assert not rejections
    assert {page.url: page.content for page in pages} == addresses


def test_a_single_file_is_a_dump(
    read: Read, make_folder: MakeDump, site: dict[str, bytes], addresses: dict[str, bytes]
) -> None:
    folder = make_folder(site)
    found = [page for path in site for page in read(folder / path)[0]]
    assert {page.url: page.content for page in found} == addresses


@pytest.mark.parametrize("name", ["dump.warc", "dump.warc.gz"])
def test_a_warc_gives_the_same_bytes_under_the_same_addresses(
    read: Read, make_warc: MakeDump, addresses: dict[str, bytes], name: str
) -> None:
    pages, rejections = read(make_warc([("response", u, "200 OK", HTML, c) for u, c in addresses.items()], name))
    assert not rejections
    assert {page.url: page.content for page in pages} == addresses
    assert {page.captured_at for page in pages} == {datetime(2020, 1, 21, 11, 30, tzinfo=UTC)}
    assert {page.content_type for page in pages} == {"text/html; charset=utf-8"}
    assert not any(page.url_guessed for page in pages)
    offsets = [page.locator.offset for page in pages]
    assert offsets == sorted(offsets) and offsets[0] != offsets[1]


def test_a_dump_lies_where_it_lies_and_its_pages_keep_their_addresses(
    read: Read, make_folder: MakeDump, site: dict[str, bytes], addresses: dict[str, bytes]
) -> None:
    """A folder above the dump that looks like a host is none: «backup.old» is nobody's address."""
    pages, _ = read(make_folder(site, "backup.old"))
    assert {page.url: page.content for page in pages} == addresses


@pytest.mark.parametrize("page_name", ["خبر.html", "خبر.htm", "خبر.html.gz"])
def test_the_folder_of_a_page_saved_complete_is_left_alone(
    read: Read, make_folder: MakeDump, make_page: MakePage, page_name: str
) -> None:
    page = gzip.compress(make_page()) if page_name.endswith(".gz") else make_page()
    folder = make_folder({page_name: page, "خبر_files/advert.html": make_page("إعلان"), "خبر_files/a.css": b"a{}"})
    pages, rejections = read(folder)
    assert [Path(page.locator.dump).name for page in pages] == [page_name]
    assert not rejections


def test_a_files_folder_without_its_page_is_read(read: Read, make_folder: MakeDump, make_page: MakePage) -> None:
    pages, _ = read(make_folder({"court_files/case.html": make_page()}))
    assert len(pages) == 1


@pytest.mark.parametrize("make", ["make_folder", "make_zip", "make_tar"])
def test_the_same_companions_are_left_alone_in_every_form(
    request: pytest.FixtureRequest, read: Read, make_page: MakePage, make: str
) -> None:
    members = {"خبر.html": make_page(), "خبر_files/advert.html": make_page("إعلان")}
    pages, rejections = read(request.getfixturevalue(make)(members))
    assert [page.content for page in pages] == [make_page()]
    assert not rejections


@pytest.mark.parametrize("make", ["make_folder", "make_zip", "make_tar"])
def test_pictures_and_styles_are_passed_over(
    request: pytest.FixtureRequest, read: Read, make_page: MakePage, make: str
) -> None:
    members = {"a.html": make_page(), "a.JPG": b"\xff\xd8\xff", "s.css": b"a{}", "d.json": b"{}", "x.txt": b"<html>"}
    pages, rejections = read(request.getfixturevalue(make)(members))
    assert [page.content for page in pages] == [make_page()]
    assert not rejections


def test_a_page_without_an_ending_is_known_by_its_beginning(
    read: Read, make_folder: MakeDump, make_page: MakePage
) -> None:
    pages, rejections = read(make_folder({"www.example.com/314/قطار-الساحل": make_page(), "noise": b"\x01\x02"}))
    assert [page.url.rpartition("/")[0] for page in pages] == ["https://www.example.com/314"]
    assert not rejections


def test_links_in_a_folder_are_not_followed(read: Read, make_folder: MakeDump, make_page: MakePage) -> None:
    folder = make_folder({"a.html": make_page()})
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "b.html").symlink_to(folder / "a.html")
    pages, rejections = read(folder)
    assert len(pages) == 1 and not rejections


def test_containers_in_a_folder_are_opened(
    read: Read, make_folder: MakeDump, make_zip: MakeDump, make_page: MakePage
) -> None:
    folder = make_folder({"a.html": make_page("أول")})
    make_zip({"b.html": make_page("ثان")}, "dump/more.zip")
    pages, rejections = read(folder)
    assert [page.locator.member for page in pages] == ["", "b.html"]
    assert not rejections


def test_equal_names_in_a_container_are_both_kept(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    import warnings
    import zipfile

    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "twins.zip", "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.html", make_page("أول"))
        archive.writestr("a.html", make_page("ثان"))
    pages, rejections = read(tmp_path / "twins.zip")
    assert [page.content for page in pages] == [make_page("أول"), make_page("ثان")]
    assert len({page.locator for page in pages}) == 2 and not rejections


def test_a_warc_inside_a_zip_is_read(read: Read, make_warc: MakeDump, make_zip: MakeDump, make_page: MakePage) -> None:
    warc = make_warc([("response", "https://a.com/1", "200 OK", HTML, make_page())])
    pages, rejections = read(make_zip({"crawl/one.warc.gz": warc.read_bytes()}))
    assert [page.content for page in pages] == [make_page()]
    assert "one.warc.gz" in pages[0].locator.dump and not rejections


def test_a_name_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_dump(tmp_path / "nothing.zip"))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n", b"plain words", b"\x00" * 100])
def test_a_file_named_by_the_caller_is_always_answered_for(read: Read, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "thing.dat").write_bytes(content)
    pages, rejections = read(tmp_path / "thing.dat")
    assert not pages
    assert [(one.code, one.locator.dump) for one in rejections] == [("not-html", str(tmp_path / "thing.dat"))]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("خبر.html", "cp1256"), ("أخبار الرياضة اليوم.html", "cp1256"), ("خبر.html", "cp720"),
        ("أخبار الرياضة اليوم.html", "cp720"), ("أخبار الرياضة اليوم.html", "utf-8"), ("été_1.html", "cp437"),
    ],
)  # fmt: skip
def test_the_names_of_a_windows_zip_are_shown_right(
    read: Read, tmp_path: Path, make_page: MakePage, name: str, encoding: str
) -> None:
    import zipfile

    raw = name.encode(encoding)
    with zipfile.ZipFile(tmp_path / "windows.zip", "w") as archive:
        archive.writestr("X" * (len(raw) - 5) + ".html", make_page())
    content = (tmp_path / "windows.zip").read_bytes().replace(b"X" * (len(raw) - 5) + b".html", raw)
    (tmp_path / "windows.zip").write_bytes(content)
    pages, rejections = read(tmp_path / "windows.zip")
    assert [page.locator.member for page in pages] == [name] and not rejections
