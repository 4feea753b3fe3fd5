"""Pages that cannot be read, or hardly: what can be read is read, the rest is refused with its place."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import pytest

from archive.dumps import members, warc

from .conftest import HTML, MakeDump, MakePage, Read, codes


@pytest.mark.parametrize(
    "content",
    [b"no gzip", b"", b"\x1f\x8b\x08", gzip.compress(b"<html>" * 1000, mtime=0)[:-12]],
    ids=["other", "empty", "header", "cut"],
)
def test_a_zipped_page_that_cannot_be_unzipped_is_unreadable(read: Read, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(content)
    pages, rejections = read(path)
    assert not [page for page in pages if page.content]
    assert len(pages) + len(rejections) == 1
    assert content == b"" or [(one.code, one.locator.dump) for one in rejections] == [("unreadable", str(path))]


def test_a_zipped_page_with_a_bad_checksum_is_unreadable(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    content = bytearray(gzip.compress(make_page()))
    content[-6] ^= 0xFF
    (tmp_path / "a.html.gz").write_bytes(content)
    assert codes(read(tmp_path / "a.html.gz")[1]) == ["unreadable"]


def test_an_empty_page_is_a_page_without_bytes(read: Read, make_folder: MakeDump) -> None:
    pages, rejections = read(make_folder({"a.html": b""}))
    assert [page.content for page in pages] == [b""] and not rejections


@pytest.mark.parametrize("form", ["folder", "gz", "zip", "tar", "warc"])
def test_a_page_is_measured_in_real_bytes(
    read: Read,
    make_folder: MakeDump,
    make_zip: MakeDump,
    make_tar: MakeDump,
    make_warc: MakeDump,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    monkeypatch.setattr(members, "MAX_MEMBER_BYTES", 1000)
    monkeypatch.setattr(warc, "MAX_MEMBER_BYTES", 1000)
    fits, bomb = b"<html>".ljust(1000), b"<html>".ljust(1001)
    dump = {
        "folder": lambda: make_folder({"a.html": fits, "b.html": bomb}),
        "gz": lambda: make_folder({"a.html.gz": gzip.compress(fits), "b.html.gz": gzip.compress(bomb)}),
        "zip": lambda: make_zip({"a.html": fits, "b.html": bomb}),
        "tar": lambda: make_tar({"a.html": fits, "b.html": bomb}),
        "warc": lambda: make_warc([("response", f"https://a.com/{len(c)}", "200 OK", HTML, c) for c in (fits, bomb)]),
    }[form]()
    pages, rejections = read(dump)
    assert [page.content for page in pages] == [fits]
    assert codes(rejections) == ["too-large"]
    assert "b.html" in str(rejections[0].locator) or form == "warc"


def test_a_zip_member_that_lies_about_its_size_is_measured_all_the_same(
    read: Read, make_zip: MakeDump, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MAX_MEMBER_BYTES", 1000)
    path = make_zip({"bomb.html": b"<html>".ljust(50_000)})
    content = bytearray(path.read_bytes())
    for at in (22, content.index(b"PK\x01\x02") + 24):
        content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    pages, rejections = read(path)
    assert not pages and codes(rejections) in (["too-large"], ["unreadable"])
