"""Broken and hostile dumps: what can be read is read, the rest is a rejection with its place, nothing is written."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.dumps import Page, Rejection, members, read_dump, warc

from .conftest import MakeDump, MakePage, Read

HTML = [("Content-Type", "text/html; charset=utf-8")]
HOSTILE = [
    "../../etc/x.html",
    "/etc/x.html",
    "C:\\Windows\\x.html",
    "..\\..\\x.html",
    "خبر\u202elmth.exe.html",
    "n" * 4000 + ".html",
]


def codes(rejections: list[Rejection]) -> list[str]:
    return [rejection.code for rejection in rejections]


def tree(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


@pytest.fixture
def nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Reading leaves no trace: not in the dump's folder, not in the folder that the reader stands in."""
    (tmp_path / "here/below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here/below")
    before = tree(tmp_path)
    yield
    made = tree(tmp_path) - before
    assert all(Path(path).parent == tmp_path and ".html" not in path for path in made), made
    assert not Path("/etc/x.html").exists()


# -- zip -------------------------------------------------------------------------------------------------------------


def test_a_truncated_zip_is_one_rejection(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({"a.html": make_page("أول"), "b.html": make_page("ثان")})
    path.write_bytes(path.read_bytes()[:-30])
    pages, rejections = read(path)
    assert not pages
    assert [(one.code, one.locator.dump, one.page) for one in rejections] == [("broken-container", str(path), None)]
    assert rejections[0].detail


def test_junk_behind_a_zip_costs_no_page(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({"a.html": make_page()})
    path.write_bytes(path.read_bytes() + b"\n\njunk")
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page()] and not rejections


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


def test_a_zip_with_a_name_that_is_no_utf8_says_so(read: Read, make_zip: MakeDump, make_page: MakePage) -> None:
    path = make_zip({"خبر.html": make_page("أول"), "b.html": make_page("ثان")})
    path.write_bytes(path.read_bytes().replace("خبر.html".encode(), b"\xff\xfe\xfd\xfc\xfb\xfa.html"))
    pages, rejections = read(path)
    assert not pages and codes(rejections) == ["broken-container"]
    assert "utf-8" in rejections[0].detail


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


# -- tar -------------------------------------------------------------------------------------------------------------


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


# -- names -----------------------------------------------------------------------------------------------------------


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


# -- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"no gzip", b"", b"\x1f\x8b\x08", gzip.compress(b"<html>" * 1000)[:-12]])
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


# -- WARC ------------------------------------------------------------------------------------------------------------


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
    "date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "yesterday", "2020-02-31T00:00:00Z"]
)
def test_a_date_that_is_none_costs_no_page(read: Read, make_warc: MakeDump, make_page: MakePage, date: str) -> None:
    path = make_warc([("response", "https://a.com/1", "200 OK", HTML, make_page())], "dump.warc")
    path.write_bytes(path.read_bytes().replace(b"2020-01-21T11:30:00Z", date.encode()))
    pages, _ = read(path)
    assert [page.content for page in pages] == [make_page()]
    assert pages[0].captured_at.astimezone(members.UTC)


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
