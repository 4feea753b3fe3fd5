"""C1, C2, C4: files that claim to be larger, smaller or deeper than they are."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from archive.dumps import members

from .conftest import MakePage, Read, codes


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MAX_MEMBER_BYTES", 2**20)


def test_a_zip_bomb_is_stopped_by_counting(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.html", b"<html>" + b"\0" * 2**24)
        archive.writestr("page.html", make_page())
    assert path.stat().st_size < 30_000
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page()] and codes(rejections) == ["too-large"]


def test_members_that_overlap_are_each_read_or_refused(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    """A thousand names for one piece of the file: each costs no more than a page does."""
    path = tmp_path / "overlap.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.html", make_page())
        first = archive.infolist()[0]
        for number in range(1, 1000):
            info = zipfile.ZipInfo(f"{number}.html")
            info.compress_type, info.CRC = zipfile.ZIP_DEFLATED, first.CRC
            info.compress_size, info.file_size, info.header_offset = first.compress_size, first.file_size, 0
            archive.filelist.append(info)
    pages, rejections = read(path)
    assert len(pages) + len(rejections) == 1000
    assert set(codes(rejections)) <= {"unreadable"} and len(pages) <= 1


def test_a_zip_that_holds_itself_is_opened_once(read: Read, tmp_path: Path) -> None:
    inner = io.BytesIO()
    for _ in range(5):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("again.zip", inner.getvalue())
        inner = outer
    (tmp_path / "quine.zip").write_bytes(inner.getvalue())
    pages, rejections = read(tmp_path / "quine.zip")
    assert not pages and codes(rejections) == ["nested-container"]


def test_a_sparse_terabyte_is_told_and_not_opened(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    """GNU's sparse member: one block in the file, 2⁴⁰ bytes by its header."""
    sparse = bytearray(tarfile.TarInfo("huge.html").tobuf(tarfile.GNU_FORMAT))
    sparse[124:136], sparse[156:157] = b"00000001000\0", tarfile.GNUTYPE_SPARSE
    sparse[386:398], sparse[398:410] = b"00000000000\0", b"00000001000\0"  # one piece: at 0, 512 bytes
    sparse[483:495] = b"\x80" + struct.pack(">Q", 2**40).rjust(11, b"\0")
    sparse[148:156] = b" " * 8
    sparse[148:156] = b"%06o\0 " % sum(sparse[:512])
    page = tarfile.TarInfo("page.html")
    page.size = len(make_page())
    with tarfile.open(tmp_path / "sparse.tar", "w") as archive:
        archive.fileobj.write(bytes(sparse) + b"<html>".ljust(512, b"\0"))  # type: ignore[union-attr]
        archive.addfile(page, io.BytesIO(make_page()))
    pages, rejections = read(tmp_path / "sparse.tar")
    assert [one.content for one in pages] == [make_page()] and codes(rejections) == ["unreadable"]
