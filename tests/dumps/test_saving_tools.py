"""The marks that saving tools leave in a page: its address and the moment it was saved."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .conftest import MakeDump, MakePage, Read, codes

SINGLE_FILE = (
    "<!--\n Page saved with SingleFile \n url: {url} \n saved date: Mon Jan 06 2020 10:00:00 GMT+0300 (AST)\n-->"
)
ADDRESS = "https://www.paper.example/news/1"
SAVED_AT = datetime(2020, 1, 6, 7, tzinfo=UTC)


def self_extracting(page: bytes, outer: str = "", name: str = "index.html", picture: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, page)
        archive.writestr("images/1.png", picture)
    return (
        f"<!doctype html>{outer}<html><meta charset=utf-8><script>unpack()</script><!--".encode()
        + packed.getvalue()
        + b"--></html>"
    )


def test_an_address_that_is_none_is_left_out(make_folder: MakeDump, make_page: MakePage, read: Read) -> None:
    mark = "<!-- saved from url=(0008)http://[ -->"
    assert read(make_folder({"saved.html": make_page(mark=mark)}))[0][0].url == ""


def test_a_moment_of_the_wayback_machine_at_the_end_of_time_is_none(
    make_folder: MakeDump, make_page: MakePage, read: Read
) -> None:
    mark = f"<!-- saved from url=(0033)https://web.archive.org/web/99991231235959/{ADDRESS} -->"
    page = read(make_folder({"saved.html": make_page(mark=mark)}))[0][0]
    assert page.url == ADDRESS and page.captured_at.year < 9999


@pytest.mark.parametrize("where", ["outer", "inner"])
def test_a_page_that_unpacks_itself_is_the_page_inside(
    make_folder: MakeDump, make_page: MakePage, read: Read, where: str
) -> None:
    mark = SINGLE_FILE.format(url=ADDRESS)
    inner = make_page(mark=mark if where == "inner" else "")
    content = self_extracting(inner, mark if where == "outer" else "", picture=b"\x00" * 10_000_000)
    pages, rejections = read(make_folder({"saved.u.zip.html": content}))
    assert not rejections and len(pages) == 1
    assert (pages[0].url, pages[0].captured_at, pages[0].content) == (ADDRESS, SAVED_AT, inner)


def test_a_zip_without_a_page_inside_leaves_the_file_what_it_is(
    make_folder: MakeDump, make_page: MakePage, read: Read
) -> None:
    content = self_extracting(make_page(), name="other.html")
    assert read(make_folder({"a.example/saved.html": content}))[0][0].content == content


def test_a_plain_zip_of_singlefile_tells_its_address(make_zip: MakeDump, make_page: MakePage, read: Read) -> None:
    page = read(make_zip({"index.html": make_page(mark=SINGLE_FILE.format(url=ADDRESS))}))[0][0]
    assert (page.url, page.captured_at) == (ADDRESS, SAVED_AT)


def test_httrack_names_address_and_moment(make_folder: MakeDump, make_page: MakePage, read: Read) -> None:
    mark = (
        "<!-- Mirrored from www.paper.example/news/1.html by HTTrack Website Copier/3.x [XR&CO'2014], "
        "Wed, 25 Jul 2018 10:00:00 GMT -->"
    )
    page = read(make_folder({"mirror/www.paper.example/news/1-2.html": make_page(mark=mark)}))[0][0]
    assert page.url == "https://www.paper.example/news/1.html"
    assert page.captured_at == datetime(2018, 7, 25, 10, tzinfo=UTC)


def test_httracks_own_copies_are_passed_over(
    make_folder: MakeDump, make_zip: MakeDump, make_page: MakePage, read: Read
) -> None:
    members = {"m/hts-cache/readme.html": make_page(), "m/a.example/1.html": make_page(), "m/hts-log.txt": b"log"}
    for dump in (make_folder(members), make_zip(members)):
        pages, rejections = read(dump)
        assert [page.url for page in pages] == ["https://a.example/1.html"] and not rejections


@pytest.mark.parametrize(
    "mark",
    [
        f"<!-- saved from url=(0070)https://web.archive.org/web/20190305030405/{ADDRESS} -->",
        SINGLE_FILE.format(url=f"https://web.archive.org/web/20190305030405if_/{ADDRESS}").replace("saved date", "on"),
    ],
    ids=["saved-from", "singlefile-of-a-frame"],
)
def test_a_page_of_the_wayback_machine_is_the_papers_own(
    make_folder: MakeDump, make_page: MakePage, read: Read, mark: str
) -> None:
    if "SingleFile" in mark:
        mark = mark.replace(" on:", " saved date:")
    page = read(make_folder({"saved.html": make_page(mark=mark)}))[0][0]
    assert (page.url, page.captured_at) == (ADDRESS, datetime(2019, 3, 5, 3, 4, 5, tzinfo=UTC))


def test_the_wayback_machines_note_at_the_end_tells_the_moment(
    make_folder: MakeDump, make_page: MakePage, read: Read
) -> None:
    note = b"<!-- FILE ARCHIVED ON 03:04:05 Mar 05, 2019 AND RETRIEVED FROM THE ARCHIVE ON 10:00:00 Jan 06, 2025. -->"
    page = read(make_folder({"a.example/1.html": make_page() + note}))[0][0]
    assert page.captured_at == datetime(2019, 3, 5, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "folder", ["خبر_files", "خبر-Dateien", "خبر_ملفات", "خبر_dosyalar", "خبر_bestanden", "خبر.files"]
)
def test_what_belongs_to_a_page_saved_complete_is_no_page(
    make_folder: MakeDump, make_page: MakePage, read: Read, folder: str
) -> None:
    pages, rejections = read(make_folder({"خبر.html": make_page(), f"{folder}/frame.html": make_page("إعلان")}))
    assert len(pages) == 1 and not rejections


def test_a_damaged_zip_inside_leaves_the_file_what_it_is(tmp_path: Path, make_page: MakePage, read: Read) -> None:
    content = bytearray(self_extracting(make_page()))
    content[200:260] = b"\xff" * 60
    (tmp_path / "saved.html").write_bytes(bytes(content))
    pages, rejections = read(tmp_path / "saved.html")
    assert len(pages) + len(rejections) == 1 and codes(rejections) in ([], ["unreadable"])
