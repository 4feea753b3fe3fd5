"""Crawls in a zip file, with the list of their parts."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import pytest

from .conftest import HTML, MakeDump, MakePage, Read, codes

WARC = "archive/data.warc.gz"


@pytest.fixture
def make_wacz(tmp_path: Path, make_warc: MakeDump, make_page: MakePage) -> MakeDump:
    def make(digest: str = "", listed: str = WARC, package: bytes = b"") -> Path:
        crawl = make_warc(
            [("response", f"https://a.example/{n}", "200 OK", HTML, make_page()) for n in range(3)]
        ).read_bytes()
        named = digest or f"sha256:{hashlib.sha256(crawl).hexdigest()}"
        rows = [{"name": "data", "path": listed, "hash": named, "bytes": len(crawl)}]
        with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as archive:
            archive.writestr(WARC, crawl)
            archive.writestr("pages/pages.jsonl", '{"url": "https://a.example/0"}')
            archive.writestr("indexes/index.html", "<html>no page of the crawl</html>")
            archive.writestr("datapackage.json", package or json.dumps({"resources": rows}))
        return tmp_path / "crawl.wacz"

    return make


def test_the_pages_of_its_warcs_are_read_and_nothing_else(read: Read, make_wacz: MakeDump) -> None:
    pages, rejections = read(make_wacz())
    assert not rejections
    assert [page.url for page in pages] == [f"https://a.example/{n}" for n in range(3)]
    assert pages[1].locator.dump.endswith(f"crawl.wacz!{WARC}") and (pages[1].locator.offset or 0) > 0


def test_a_wrong_digest_is_told_and_the_pages_are_kept(read: Read, make_wacz: MakeDump) -> None:
    pages, rejections = read(make_wacz(digest=f"sha256:{'0' * 64}"))
    assert len(pages) == 3 and codes(rejections) == ["bad-digest"]


def test_a_part_that_is_named_and_not_there_is_told(read: Read, make_wacz: MakeDump) -> None:
    pages, rejections = read(make_wacz(listed="archive/other.warc.gz"))
    assert len(pages) == 3 and codes(rejections) == ["missing"]


@pytest.mark.parametrize("package", [b"{", b"[]", b'{"resources": [3, {"path": 1}]}', b"\xff\xfe"])
def test_a_broken_list_keeps_no_page_back(read: Read, make_wacz: MakeDump, package: bytes) -> None:
    pages, rejections = read(make_wacz(package=package))
    assert len(pages) == 3 and not rejections


def test_a_method_nobody_knows_is_not_held_against_it(read: Read, make_wacz: MakeDump) -> None:
    assert codes(read(make_wacz(digest="xyz:1"))[1]) == []


def test_what_is_no_zip_is_a_broken_container(tmp_path: Path, read: Read) -> None:
    (tmp_path / "crawl.wacz").write_bytes(b"PK\x03\x04 and then nothing")
    assert codes(read(tmp_path / "crawl.wacz")[1]) == ["broken-container"]


def test_half_a_letter_in_a_name_of_the_list_is_no_name_that_cannot_be_written(read: Read, make_wacz: MakeDump) -> None:
    pages, rejections = read(make_wacz(listed="\ud800.warc"))
    assert len(pages) == 3 and codes(rejections) == ["missing"]
    assert str(rejections[0].locator).encode().endswith(b"?.warc")


def test_an_encrypted_part_is_a_broken_container(read: Read, make_wacz: MakeDump) -> None:
    path = make_wacz()
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert codes(read(path)[1]) == ["bad-digest", "broken-container"]


def test_a_directory_that_lies_about_its_place_gives_no_impossible_offset(read: Read, make_wacz: MakeDump) -> None:
    path = make_wacz()
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x05\x06") + 16
    content[at : at + 4] = struct.pack("<I", struct.unpack("<I", content[at : at + 4])[0] + 10)
    path.write_bytes(content)
    _, rejections = read(path)
    assert rejections and all(one.locator.offset is None or one.locator.offset >= 0 for one in rejections)


def test_of_a_crawl_that_is_cut_the_pages_before_the_cut_are_read(read: Read, make_wacz: MakeDump) -> None:
    path = make_wacz()
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        end = archive.infolist()[1].header_offset
    path.write_bytes(whole[: end + 200])
    pages, rejections = read(path)
    assert len(pages) == 3 and codes(rejections) == ["broken-container"]
    path.write_bytes(whole[: end - 100])
    pages, rejections = read(path)
    assert [page.url for page in pages] == ["https://a.example/0", "https://a.example/1"]
    assert codes(rejections) == ["broken-container", "broken-container"]
