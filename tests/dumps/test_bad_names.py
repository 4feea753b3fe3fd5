"""Names that no file system should see: what can be read is read, the rest is refused with its place."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from archive.dumps import Page, read_dump

from .conftest import HOSTILE, MakeDump, MakePage, Read


@pytest.mark.usefixtures("nothing_is_written")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_zip_member_is_never_written_by_its_name(
    read: Read, make_zip: MakeDump, make_page: MakePage, name: str
) -> None:
    pages, rejections = read(make_zip({name: make_page()}))
    assert [page.content for page in pages] == [make_page()] and not rejections
    assert pages[0].locator.member == name


@pytest.mark.usefixtures("nothing_is_written")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_tar_member_is_never_written_by_its_name(
    read: Read, make_tar: MakeDump, make_page: MakePage, name: str
) -> None:
    pages, rejections = read(make_tar({name: make_page()}))
    assert [page.content for page in pages] == [make_page()] and not rejections


@pytest.mark.usefixtures("nothing_is_written")
def test_a_name_with_nul_is_read_like_any_other(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({"aXb.html": make_page()})
    path.write_bytes(path.read_bytes().replace(b"aXb.html", b"a\x00b.html"))
    assert [one.content for one in read_dump(path) if isinstance(one, Page)] in ([make_page()], [])
    assert list(read_dump(path))


def test_a_tar_member_whose_name_is_not_utf8_is_read(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    with tarfile.open(tmp_path / "dump.tar", "w", format=tarfile.GNU_FORMAT, errors="surrogateescape") as archive:
        info = tarfile.TarInfo("www.example.com/" + "خبر.html".encode("cp1256").decode("utf-8", "surrogateescape"))
        info.size = len(make_page())
        archive.addfile(info, io.BytesIO(make_page()))
    pages, rejections = read(tmp_path / "dump.tar")
    assert [page.content for page in pages] == [make_page()] and not rejections
    assert pages[0].url.encode()


def test_a_file_whose_name_is_not_utf8_is_read(read: Read, make_folder: MakeDump, make_page: MakePage) -> None:
    folder = make_folder({"www.example.com/a.html": make_page()})
    os.rename(folder / "www.example.com/a.html", os.fsencode(folder / "www.example.com") + b"/\xce\xc8\xd1.html")
    pages, rejections = read(folder)
    assert [page.content for page in pages] == [make_page()] and not rejections
    assert pages[0].url.encode()


def test_a_very_deep_folder_is_read_or_reported(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    (tmp_path / "deep").mkdir()
    handles = [os.open(tmp_path / "deep", os.O_RDONLY)]
    for _ in range(1500):
        os.mkdir("d", dir_fd=handles[-1])
        handles.append(os.open("d", os.O_RDONLY, dir_fd=handles[-1]))
        os.close(handles[-2])
    with os.fdopen(os.open("a.html", os.O_CREAT | os.O_WRONLY, dir_fd=handles[-1]), "wb") as stream:
        stream.write(make_page())
    os.close(handles[-1])
    try:
        assert len(list(read_dump(tmp_path / "deep"))) == 1
    finally:
        folder = tmp_path / "deep"
        os.unlink(folder / "/".join(["d"] * 1500) / "a.html")
        for depth in range(1500, 0, -1):
            os.rmdir(f"{folder}/" + "/".join(["d"] * depth))
