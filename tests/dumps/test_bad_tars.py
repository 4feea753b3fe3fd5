"""Broken and hostile tar files: what can be read is read, the rest is refused with its place."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

from .conftest import MakeDump, MakePage, Read, codes


def test_a_tar_cut_short_keeps_the_pages_before_the_cut(read: Read, make_tar: MakeDump, make_page: MakePage) -> None:
    path = make_tar({"a.html": make_page("أول"), "b.html": make_page("ثان")})
    content = path.read_bytes()
    path.write_bytes(content[: 2 * 512 + 512 + 20])
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("أول")]
    assert codes(rejections)[-1] == "broken-container"
    assert rejections[-1].locator.dump == str(path)


def test_a_tar_cut_in_a_header_says_so(read: Read, make_tar: MakeDump, make_page: MakePage) -> None:
    path = make_tar({"a.html": make_page("أول"), "b.html": make_page("ثان")})
    path.write_bytes(path.read_bytes()[: 2 * 512 + 100])
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("أول")]
    assert codes(rejections) == ["broken-container"]


def test_a_tar_cut_between_two_members_says_so(read: Read, make_tar: MakeDump, make_page: MakePage) -> None:
    """A whole tar ends in empty blocks; one that just stops was cut, and pages may be missing."""
    path = make_tar({"a.html": make_page("أول"), "b.html": make_page("ثان")})
    path.write_bytes(path.read_bytes()[: 2 * 512])
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("أول")]
    assert codes(rejections) == ["broken-container"]


def test_a_damaged_header_in_a_tar_is_not_its_end(read: Read, make_tar: MakeDump, make_page: MakePage) -> None:
    path = make_tar({"a.html": make_page("أول"), "b.html": make_page("ثان"), "c.html": make_page("ثالث")})
    content = bytearray(path.read_bytes())
    content[2 * 512 + 150] ^= 0xFF  # the checksum of the second header
    path.write_bytes(content)
    pages, rejections = read(path)
    assert make_page("أول") in [page.content for page in pages]
    assert codes(rejections) == ["broken-container"]


@pytest.mark.parametrize("name", ["dump.tar.gz", "dump.tar.xz", "dump.tar.bz2"])
def test_a_compressed_tar_cut_short_is_a_rejection(
    read: Read, make_tar: MakeDump, make_page: MakePage, name: str
) -> None:
    path = make_tar({f"{n}.html": make_page(f"خبر {n}") + os.urandom(5000) for n in range(5)}, name)
    path.write_bytes(path.read_bytes()[:-6000])
    pages, rejections = read(path)
    assert len(pages) < 5
    assert codes(rejections)[-1] == "broken-container"


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tar.xz", "a.tgz", "a.zip"])
@pytest.mark.parametrize("content", [b"", b"\x00", b"no container at all", b"\x1f\x8b\x08"])
def test_what_is_no_container_is_one_rejection(read: Read, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    pages, rejections = read(tmp_path / name)
    assert not pages
    assert [(one.code, one.locator.dump) for one in rejections] == [("broken-container", str(tmp_path / name))]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_only_regular_members_of_a_tar_are_opened(
    read: Read, make_tar: MakeDump, make_page: MakePage, monkeypatch: pytest.MonkeyPatch, kind: bytes
) -> None:
    info = tarfile.TarInfo("trap.html")
    info.type, info.linkname, info.devmajor, info.devminor = kind, "/etc/passwd", 1, 5
    path = make_tar({"a.html": make_page()}, others=(info,))
    opened: list[str] = []
    real = tarfile.TarFile.extractfile
    monkeypatch.setattr(tarfile.TarFile, "extractfile", lambda self, info: opened.append(info.name) or real(self, info))
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page()] and not rejections
    assert opened == ["a.html"]
