"""C1, C2: what is only read to get past it may be endless, too: lengths that no file has, and packed nothing."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from archive.dumps import bombs

from .conftest import HTML, MakeDump, MakePage, Read, codes

Pack = Callable[[bytes], bytes]


def tar_header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize("size", [2**37, 2**62])
def test_a_member_longer_than_its_tar_is_found_out_at_once(
    read: Read, tmp_path: Path, make_tar: MakeDump, make_page: MakePage, size: int
) -> None:
    whole = make_tar({"a.html": make_page()}).read_bytes()[:1024]
    (tmp_path / "long.tar").write_bytes(whole + tar_header("endless.jpg", size) + b"\0" * 4096)
    pages, rejections = read(tmp_path / "long.tar")
    assert len(pages) == 1 and codes(rejections) == ["broken-container"]
    assert "ends inside a member" in rejections[0].detail and rejections[0].locator.offset == 1024


def test_a_name_longer_than_any_is_not_read(read: Read, tmp_path: Path) -> None:
    head = tar_header("././@LongLink", 2**30, tarfile.GNUTYPE_LONGNAME)
    (tmp_path / "name.tar").write_bytes(head + b"a" * 2**21)
    pages, rejections = read(tmp_path / "name.tar")
    assert not pages and codes(rejections) == ["broken-container"] and "a name of" in rejections[0].detail


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_tar_that_unpacks_without_end_is_left(
    read: Read, tmp_path: Path, make_page: MakePage, make_tar: MakeDump, monkeypatch: pytest.MonkeyPatch, pack: Pack
) -> None:
    monkeypatch.setattr(bombs, "WHATEVER_ITS_LENGTH", 2**20)
    length = 2**25
    members = make_tar({"a.html": make_page()}).read_bytes()[:1024] + tar_header("b.jpg", length) + b"\0" * length
    (tmp_path / "bomb.tar.gz").write_bytes(pack(members + tar_header("c.html", 3) + b"abc".ljust(512) + b"\0" * 1024))
    pages, rejections = read(tmp_path / "bomb.tar.gz")
    assert len(pages) == 1 and codes(rejections) == ["too-large"] and bombs.BOMB in rejections[0].detail


@pytest.mark.parametrize("name, pack", [("b.warc.gz", gzip.compress), ("b.warc.zst", zstandard.compress)])
def test_a_warc_that_unpacks_without_end_is_left(
    read: Read, tmp_path: Path, make_warc: MakeDump, make_page: MakePage, monkeypatch: pytest.MonkeyPatch, name: str,
    pack: Pack
) -> None:  # fmt: skip
    monkeypatch.setattr(bombs, "WHATEVER_ITS_LENGTH", 2**20)
    page = make_warc([("response", "https://a.example/1", "200 OK", HTML, make_page())], "one.warc").read_bytes()
    empty = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: %d\r\n\r\n" % 2**25 + b"\0" * 2**25 + b"\r\n\r\n"
    (tmp_path / name).write_bytes(pack(page) + pack(empty) + pack(page))
    pages, rejections = read(tmp_path / name)
    assert len(pages) == 1 and codes(rejections) == ["too-large"] and bombs.BOMB in rejections[0].detail


def test_an_arc_record_longer_than_any_file_is_told(read: Read, tmp_path: Path) -> None:
    head = b"filedesc://a.arc 1.2.3.4 20190405060708 text/plain 76\n1 0 X\nURL IP-address Archive-date Content-type "
    body = b"Archive-length\n\n\nhttp://a.example/1 1.2.3.4 20190405060708 text/html %d\nHTTP/1.1 200 OK\r\n\r\n"
    (tmp_path / "a.arc").write_bytes(head + body % 2**70)
    pages, rejections = read(tmp_path / "a.arc")
    assert not pages and codes(rejections) == ["broken-container"]
