"""Broken and hostile zip files: what can be read is read, the rest is refused with its place."""

from __future__ import annotations

import struct
import zipfile

import pytest

from archive.dumps import read_dump

from .conftest import MakeDump, MakePage, Read, codes


def test_junk_behind_a_zip_costs_no_page(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({"a.html": make_page()})
    path.write_bytes(path.read_bytes() + b"\n\njunk")
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page()] and not rejections


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "saved.mht"])
@pytest.mark.parametrize("damage", ["encrypted", "packed as nobody knows"])
def test_a_container_that_cannot_be_opened_costs_no_other_member(
    read: Read, make_zip: MakeDump, make_page: MakePage, name: str, damage: str
) -> None:
    path = make_zip({name: b"WARC/1.0\r\n", "b.html": make_page("ثان")})
    content = bytearray(path.read_bytes())
    for at in (0, content.index(b"PK\x01\x02") + 2):
        if damage == "encrypted":
            content[at + 6] |= 1
        else:
            content[at + 8 : at + 10] = struct.pack("<H", 77)
    path.write_bytes(content)
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("ثان")] and len(rejections) == 1


def test_an_encrypted_member_is_unreadable_and_the_others_are_read(
    read: Read, make_zip: MakeDump, make_page: MakePage
) -> None:
    path = make_zip({"secret.html": make_page("سر"), "b.html": make_page("ثان")})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the encrypted flag in the first local header
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    path.write_bytes(content)
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("ثان")]
    assert [(one.code, one.locator.member) for one in rejections] == [("unreadable", "secret.html")]
    assert "encrypted" in rejections[0].detail


def test_a_member_with_a_bad_checksum_is_unreadable_and_the_others_are_read(
    read: Read, make_zip: MakeDump, make_page: MakePage
) -> None:
    path = make_zip({"a.html": make_page("أول"), "b.html": make_page("ثان")}, compression=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[content.index(b"<h1>") + 5] ^= 0xFF
    path.write_bytes(content)
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("ثان")]
    assert [(one.code, one.locator.member, one.locator.offset) for one in rejections] == [("unreadable", "a.html", 0)]
    assert "CRC" in rejections[0].detail


def test_an_unknown_compression_is_unreadable(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({"a.html": make_page()})
    content = bytearray(path.read_bytes())
    for at in (8, content.index(b"PK\x01\x02") + 10):
        content[at : at + 2] = struct.pack("<H", 77)
    path.write_bytes(content)
    _, rejections = read(path)
    assert codes(rejections) == ["unreadable"]


def test_a_member_without_a_name_costs_no_other(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({"a.html": make_page("أول"), "b.html": make_page("ثان")}, compression=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 28 : entry + 34] = struct.pack("<HHH", 0, 0, 6)  # its name is taken for a remark
    path.write_bytes(content)
    pages, _ = read(path)
    assert make_page("ثان") in [page.content for page in pages]


def test_a_directory_that_lies_about_its_place_gives_no_impossible_offset(
    read: Read, make_zip: MakeDump, make_page: MakePage
) -> None:
    path = make_zip({"a.html": make_page()})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x05\x06") + 16
    content[at : at + 4] = struct.pack("<I", struct.unpack("<I", content[at : at + 4])[0] + 10)
    path.write_bytes(content)
    found = list(read_dump(path))
    assert found
    assert all(one.locator.offset is None or 0 <= one.locator.offset < 2**63 for one in found)


def test_a_container_in_a_container_is_one_rejection(
    read: Read, make_zip: MakeDump, make_tar: MakeDump, make_page: MakePage
) -> None:
    inner = make_zip({"a.html": make_page()}, "inner.zip").read_bytes()
    pages, rejections = read(make_tar({"inner.zip": inner, "b.html": make_page("ثان")}))
    assert [page.content for page in pages] == [make_page("ثان")]
    assert [(one.code, one.locator.member) for one in rejections] == [("nested-container", "inner.zip")]
    assert codes(read(make_zip({"inner.tar.gz": inner}, "outer.zip"))[1]) == ["nested-container"]
