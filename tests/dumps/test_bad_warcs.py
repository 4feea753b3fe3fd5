"""Broken and odd WARC files: what can be read is read, the rest is refused with its place."""

from __future__ import annotations

import gzip
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.dumps import Page, Rejection, read_dump, warc

from .conftest import HTML, MakeDump, MakePage, Read, codes


def two_records(make_warc: MakeDump, make_page: MakePage, name: str) -> tuple[Path, list[int]]:
    """A WARC of two pages, and where its records begin."""
    path = make_warc([("response", f"https://a.com/{n}", "200 OK", HTML, make_page(f"خبر {n}")) for n in (1, 2)], name)
    pages = [one for one in read_dump(path) if isinstance(one, Page)]
    return path, [page.locator.offset or 0 for page in pages]


@pytest.mark.parametrize("name", ["dump.warc", "dump.warc.gz"])
def test_a_warc_cut_in_a_record_keeps_the_pages_before_and_says_so_once(
    read: Read, make_warc: MakeDump, make_page: MakePage, name: str
) -> None:
    path, offsets = two_records(make_warc, make_page, name)
    path.write_bytes(path.read_bytes()[:-40])
    pages, rejections = read(path)
    assert [page.url for page in pages][:1] == ["https://a.com/1"]
    assert pages[0].content == make_page("خبر 1")
    assert codes(rejections) == ["broken-container"]
    assert (rejections[0].locator.dump, rejections[0].locator.offset) == (str(path), offsets[1])


@pytest.mark.parametrize("name", ["dump.warc", "dump.warc.gz"])
def test_a_page_that_the_cut_goes_through_is_not_taken_for_whole(
    read: Read, make_warc: MakeDump, make_page: MakePage, name: str
) -> None:
    path, _ = two_records(make_warc, make_page, name)
    path.write_bytes(path.read_bytes()[:-40])
    pages, _ = read(path)
    assert [page.content for page in pages] == [make_page("خبر 1")]


@pytest.mark.parametrize("name", ["dump.warc", "dump.warc.gz"])
@pytest.mark.parametrize("into", [1, 5, 30])
def test_a_warc_cut_in_a_header_keeps_the_pages_before_and_says_so_once(
    read: Read, make_warc: MakeDump, make_page: MakePage, name: str, into: int
) -> None:
    path, offsets = two_records(make_warc, make_page, name)
    path.write_bytes(path.read_bytes()[: offsets[1] + into])
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("خبر 1")]
    assert codes(rejections) == ["broken-container"]
    assert rejections[0].locator.offset == offsets[1]


def test_a_warc_cut_between_two_records_is_whole(read: Read, make_warc: MakeDump, make_page: MakePage) -> None:
    path, offsets = two_records(make_warc, make_page, "dump.warc.gz")
    path.write_bytes(path.read_bytes()[: offsets[1]])
    pages, rejections = read(path)
    assert len(pages) == 1 and not rejections


def test_a_damaged_gzip_member_of_a_warc_is_a_broken_container(
    read: Read, make_warc: MakeDump, make_page: MakePage
) -> None:
    path, offsets = two_records(make_warc, make_page, "dump.warc.gz")
    content = bytearray(path.read_bytes())
    content[offsets[1] : offsets[1] + 4] = b"\x1f\x8b\x07\x07"
    path.write_bytes(content)
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("خبر 1")]
    assert codes(rejections) == ["broken-container"]


def test_flipped_bits_in_a_gzip_member_of_a_warc_do_not_pass_for_a_page(
    read: Read, make_warc: MakeDump, make_page: MakePage
) -> None:
    path, offsets = two_records(make_warc, make_page, "dump.warc.gz")
    content = bytearray(path.read_bytes())
    content[-6] ^= 0xFF  # the checksum of the last member
    path.write_bytes(content)
    pages, rejections = read(path)
    assert pages[0].content == make_page("خبر 1")
    assert codes(rejections) == ["broken-container"]
    assert rejections[0].locator.offset == offsets[1]


def test_a_warc_that_is_one_gzip_member_is_read_or_reported(
    read: Read, make_warc: MakeDump, make_page: MakePage, tmp_path: Path
) -> None:
    path, _ = two_records(make_warc, make_page, "dump.warc")
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(path.read_bytes()))
    pages, rejections = read(tmp_path / "whole.warc.gz")
    assert len(pages) == 2 or codes(rejections) == ["broken-container"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.arc", "a.arc.gz"])
@pytest.mark.parametrize("content", [b"no warc\r\n\r\n", b"\x1f\x8b\x08\x00", b"\x00" * 600])
def test_what_is_no_warc_is_one_rejection(read: Read, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    pages, rejections = read(tmp_path / name)
    assert not pages
    assert codes(rejections) == ["broken-container"]


def test_an_empty_warc_holds_no_page(read: Read, tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"")
    pages, rejections = read(tmp_path / "a.warc.gz")
    assert not pages and len(rejections) == 1
    assert rejections[0].locator.dump == str(tmp_path / "a.warc.gz")


def test_a_resource_without_http_headers_is_a_page(read: Read, make_warc: MakeDump, make_page: MakePage) -> None:
    pages, rejections = read(make_warc([("resource", "https://a.com/1", "", None, make_page())]))
    assert [(page.url, page.content, page.status) for page in pages] == [("https://a.com/1", make_page(), 200)]
    assert not rejections


def test_a_response_without_http_headers_costs_no_other_page(
    read: Read, make_warc: MakeDump, make_page: MakePage
) -> None:
    path = make_warc([("response", "https://a.com/1", "200 OK", HTML, make_page())], "dump.warc")
    bare = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: https://a.com/0\r\n"
        b"WARC-Date: 2020-01-21T11:30:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: 0\r\n\r\n\r\n\r\n"
    )
    path.write_bytes(bare + path.read_bytes())
    pages, _ = read(path)
    assert make_page() in [page.content for page in pages]


def test_an_address_that_is_none_costs_no_other_page(read: Read, make_warc: MakeDump, make_page: MakePage) -> None:
    path = make_warc(
        [
            ("response", "https://[خبر/1", "200 OK", HTML, make_page("أول")),
            ("response", "https://a.com/2", "200 OK", HTML, make_page("ثان")),
        ]
    )
    pages, _ = read(path)
    assert [(page.url, page.content) for page in pages] == [
        ("", make_page("أول")),
        ("https://a.com/2", make_page("ثان")),
    ]


@pytest.mark.parametrize(
    "date",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59Z",
        "yesterday",
        "2020-02-31T00:00:00Z",
    ],
)
def test_a_date_that_is_none_costs_no_page(read: Read, make_warc: MakeDump, make_page: MakePage, date: str) -> None:
    path = make_warc([("response", "https://a.com/1", "200 OK", HTML, make_page())], "dump.warc")
    path.write_bytes(path.read_bytes().replace(b"2020-01-21T11:30:00Z", date.encode()))
    pages, _ = read(path)
    assert [page.content for page in pages] == [make_page()]
    assert pages[0].captured_at == datetime(1980, 1, 1, tzinfo=UTC)


def test_a_revisit_is_one_rejection_with_its_place(read: Read, make_warc: MakeDump, make_page: MakePage) -> None:
    path = make_warc(
        [
            ("response", "https://a.com/1", "200 OK", HTML, make_page()),
            ("revisit", "https://a.com/2", "200 OK", HTML, b""),
        ]
    )
    pages, rejections = read(path)
    assert len(pages) == 1
    assert [(one.code, one.page) for one in rejections] == [("revisit", None)]
    assert "https://a.com/2" in rejections[0].detail
    assert (rejections[0].locator.offset or 0) > (pages[0].locator.offset or 0)


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "308 Permanent Redirect"])
def test_a_redirect_is_a_rejection_that_keeps_its_page(
    read: Read, make_warc: MakeDump, make_page: MakePage, status: str
) -> None:
    headers = [*HTML, ("Location", "https://a.com/new")]
    pages, rejections = read(make_warc([("response", "https://a.com/1", status, headers, make_page())]))
    assert not pages
    assert [(one.code, one.detail) for one in rejections] == [("redirect", "leads to https://a.com/new")]
    assert rejections[0].page is not None and rejections[0].page.content == make_page()
    assert rejections[0].page.status == int(status[:3])


def test_an_error_page_comes_with_its_status(read: Read, make_warc: MakeDump, make_page: MakePage) -> None:
    pages, _ = read(make_warc([("response", "https://a.com/1", "404 Not Found", HTML, make_page())]))
    assert [page.status for page in pages] == [404]


def test_pictures_in_a_warc_are_passed_over(read: Read, make_warc: MakeDump, make_page: MakePage) -> None:
    image = [("Content-Type", "image/jpeg")]
    path = make_warc(
        [
            ("response", "https://a.com/1.jpg", "200 OK", image, b"\xff\xd8\xff"),
            ("response", "dns:a.com", "200 OK", HTML, b"1.2.3.4"),
            ("response", "https://a.com/1", "200 OK", HTML, make_page()),
        ]
    )
    pages, rejections = read(path)
    assert len(pages) == 1 and not rejections


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_compressed_body_in_a_warc_comes_out_plain(
    read: Read, make_warc: MakeDump, make_page: MakePage, coding: str
) -> None:
    import zlib

    body = gzip.compress(make_page()) if coding == "gzip" else zlib.compress(make_page())
    headers = [*HTML, ("Content-Encoding", coding)]
    pages, _ = read(make_warc([("response", "https://a.com/1", "200 OK", headers, body)]))
    assert [page.content for page in pages] == [make_page()]


@pytest.mark.parametrize("coding", ["br", "zstd", "compress"])
def test_a_body_in_a_coding_that_cannot_be_undone_is_named(
    read: Read, make_warc: MakeDump, make_page: MakePage, coding: str
) -> None:
    """Compressed bytes are no page: either they are unpacked or the rejection names the coding."""
    headers = [*HTML, ("Content-Encoding", coding)]
    pages, rejections = read(make_warc([("response", "https://a.com/1", "200 OK", headers, b"\x0b\x80\x9c\x1f" * 99)]))
    assert not pages
    assert codes(rejections) == ["unreadable"] and coding in rejections[0].detail


def test_a_gzip_bomb_in_a_record_is_too_large(read: Read, make_warc: MakeDump, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_MEMBER_BYTES", 10_000)
    headers = [*HTML, ("Content-Encoding", "gzip")]
    bomb = gzip.compress(b"<html>".ljust(10_000_000))
    pages, rejections = read(make_warc([("response", "https://a.com/1", "200 OK", headers, bomb)]))
    assert not pages and codes(rejections) == ["too-large"]


def test_a_zip_in_random_pieces_never_raises(make_zip: MakeDump, make_page: MakePage, tmp_path: Path) -> None:
    import random

    whole = make_zip({f"{n}.html": make_page(f"خبر {n}") for n in range(3)}).read_bytes()
    chance = random.Random(1)
    for _ in range(200):
        content = bytearray(whole)
        for _ in range(chance.choice([1, 2, 8])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        (tmp_path / "dump.zip").write_bytes(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert all(isinstance(one, Page | Rejection) for one in read_dump(tmp_path / "dump.zip"))
