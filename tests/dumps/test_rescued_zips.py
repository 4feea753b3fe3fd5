"""C7: zip files without a sound directory, their members found by the headers that stand before them."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.dumps import Companion, Page, Rejection, members, read_whole_dump
from archive.dumps.rescue import found_by_headers

from .conftest import HTML, MakeDump, MakePage, Read, codes

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
HEADER = struct.Struct("<4s5H3L2H")
TINY_DEFLATED = b"\x03\x00"
"""Nothing, deflated."""


class Pipe(io.RawIOBase):
    """A stream that cannot go back: zipfile writes sizes and checksums behind each member."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("wb")

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        return self.file.write(content)

    def close(self) -> None:
        self.file.close()
        super().close()


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    def make(
        contents: dict[str, bytes], compression: int = DEFLATED, streamed: bool = False, wide: bool = False
    ) -> Path:
        path = tmp_path / "dump.zip"
        target = Pipe(path) if streamed else path
        with zipfile.ZipFile(target, "w") as archive:  # type: ignore[arg-type]
            for name, content in contents.items():
                info = zipfile.ZipInfo(name, (2020, 1, 21, 11, 30, 0))
                info.compress_type = compression
                with archive.open(info, "w", force_zip64=wide) as member:
                    member.write(content)
        if isinstance(target, Pipe):
            target.close()
        return path

    return make


def page_of(make_page: MakePage, number: int, length: int = 3000) -> bytes:
    noise = random.Random(number).randbytes(length // 2).hex()
    return make_page(f"خبر {number}", f"<!--{noise}-->")


def ends_of(path: Path) -> dict[str, int]:
    """Where the record of each member ends: the next begins there, or the directory."""
    with zipfile.ZipFile(path) as archive:
        starts = [info.header_offset for info in archive.infolist()] + [archive.start_dir]
        return dict(zip(archive.namelist(), starts[1:], strict=True))


def cut_directory(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: max(ends_of(path).values())])
    return path


def header(name: bytes, content: bytes = b"", flags: int = 0, method: int = 0, size: int | None = None) -> bytes:
    length = len(content) if size is None else size
    crc = zlib.crc32(content)
    return HEADER.pack(b"PK\3\4", 20, flags, method, 0, 33, crc, length, length, len(name), 0) + name + content


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("compression", [STORED, DEFLATED])
def test_of_a_zip_that_is_cut_anywhere_the_whole_members_are_read(
    read: Read, make: Callable[..., Path], make_page: MakePage, compression: int, streamed: bool, wide: bool
) -> None:
    contents = {f"{n}.html": page_of(make_page, n) for n in range(6)}
    path = make(contents, compression, streamed, wide)
    whole, ends = path.read_bytes(), ends_of(path)
    starts, named = [0, *ends.values()], HEADER.size + len("0.html") + 20 * wide
    for twentieth in range(1, 20):
        cut = len(whole) * twentieth // 20
        path.write_bytes(whole[:cut])
        pages, rejections = read(path)
        expected = [contents[name] for name, end in ends.items() if end <= cut]
        assert [page.content for page in pages] == expected
        assert [page.locator.offset for page in pages] == starts[: len(expected)]
        begun = [
            name for name, start, end in zip(ends, starts, ends.values(), strict=False) if start + named <= cut < end
        ]
        assert codes(rejections) == ["broken-container", *["unreadable" for _ in begun]]
        assert [one.locator.member for one in rejections[1:]] == begun
        assert all("ends" in one.detail and one.locator.offset in starts for one in rejections[1:])


def test_it_is_said_once_how_many_were_found(read: Read, make: Callable[..., Path], make_page: MakePage) -> None:
    path = cut_directory(make({"a.html": make_page("أول"), "b.html": make_page("ثان")}))
    pages, (told,) = read(path)
    assert len(pages) == 2
    assert (told.code, told.locator.dump, told.locator.offset, told.page) == ("broken-container", str(path), None, None)
    assert told.detail.endswith("headers: 2")


def test_a_name_that_is_no_utf8_costs_no_page(read: Read, make: Callable[..., Path], make_page: MakePage) -> None:
    path = make({"خبر.html": make_page("أول"), "b.html": make_page("ثان")})
    path.write_bytes(path.read_bytes().replace("خبر.html".encode(), "أخبار1.html".encode("cp1256")))
    pages, rejections = read(path)
    assert [page.locator.member for page in pages] == ["أخبار1.html", "b.html"]
    assert codes(rejections) == ["broken-container"] and "utf-8" in rejections[0].detail


@pytest.mark.parametrize("at", [0, 10, 16])
def test_a_damaged_directory_costs_no_page(read: Read, make: Callable[..., Path], make_page: MakePage, at: int) -> None:
    path = make({"a.html": make_page("أول"), "b.html": make_page("ثان")})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\5\6" if at else b"PK\1\2") + at] ^= 0x55
    path.write_bytes(content)
    pages, rejections = read(path)
    assert len(pages) == 2 and set(codes(rejections)) <= {"broken-container"}
    assert rejections or at == 10


def test_a_program_before_the_first_header_is_passed_over(
    read: Read, make: Callable[..., Path], make_page: MakePage
) -> None:
    path = cut_directory(make({"a.html": make_page()}))
    path.write_bytes(b"MZ PK\3\4 is no header" + bytes(3_000_000) + path.read_bytes())
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page()] and codes(rejections) == ["broken-container"]
    assert pages[0].locator.offset == 3_000_000 + 20


@pytest.mark.parametrize("streamed", [False, True])
def test_after_damage_the_next_member_is_found(
    read: Read, make: Callable[..., Path], make_page: MakePage, streamed: bool
) -> None:
    path = cut_directory(make({f"{n}.html": page_of(make_page, n) for n in range(4)}, DEFLATED, streamed))
    whole = path.read_bytes()
    for damage in range(30, len(whole) - 300, 97):
        content = bytearray(whole)
        content[damage : damage + 20] = bytes(20)
        path.write_bytes(content)
        pages, rejections = read(path)
        assert len(pages) >= 2  # the damage may go through the end of one and the header of the next
        assert codes(rejections)[0] == "broken-container"
        assert all(page.content in [page_of(make_page, n) for n in range(4)] for page in pages)


@pytest.mark.parametrize("field", [18, 22, 26, 28])
def test_a_header_that_lies_about_a_length_costs_no_other_member(
    read: Read, make: Callable[..., Path], make_page: MakePage, field: int
) -> None:
    path = cut_directory(make({f"{n}.html": page_of(make_page, n) for n in range(4)}, STORED))
    content = bytearray(path.read_bytes())
    content[field : field + 2] = b"\xff\x0f"
    path.write_bytes(content)
    pages, rejections = read(path)
    assert [page.content for page in pages][-3:] == [page_of(make_page, n) for n in (1, 2, 3)]
    assert codes(rejections) in (["broken-container"], ["broken-container", "unreadable"])


@pytest.mark.parametrize("flags", [1, 9])
def test_an_encrypted_member_is_unreadable(read: Read, tmp_path: Path, make_page: MakePage, flags: int) -> None:
    size = 0 if flags & 8 else None
    secret = header(b"secret.html", bytes(range(99)), flags, 8, size)
    (tmp_path / "dump.zip").write_bytes(secret + header(b"b.html", make_page()))
    pages, rejections = read(tmp_path / "dump.zip")
    assert [page.content for page in pages] == [make_page()]
    assert [(one.code, one.locator.member) for one in rejections[1:]] == [("unreadable", "secret.html")]
    assert "encrypted" in rejections[1].detail


@pytest.mark.parametrize("flags", [0, 8])
def test_a_method_nobody_knows_is_unreadable(read: Read, tmp_path: Path, make_page: MakePage, flags: int) -> None:
    odd = header(b"odd.html", bytes(range(99)), flags, 77, 0 if flags else None)
    (tmp_path / "dump.zip").write_bytes(odd + header(b"b.html", make_page()))
    pages, rejections = read(tmp_path / "dump.zip")
    assert [page.content for page in pages] == [make_page()]
    assert codes(rejections) == ["broken-container", "unreadable"]


def test_a_wrong_checksum_is_unreadable(read: Read, make: Callable[..., Path], make_page: MakePage) -> None:
    path = cut_directory(make({"a.html": make_page("أول"), "b.html": make_page("ثان")}, STORED))
    content = bytearray(path.read_bytes())
    content[content.index(b"<h1>") + 5] ^= 0xFF
    path.write_bytes(content)
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page("ثان")]
    assert codes(rejections) == ["broken-container", "unreadable"] and "CRC" in rejections[1].detail


def test_equal_names_are_told_apart(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    content = header(b"a.html", make_page("أول")) + header(b"a.html", make_page("ثان"))
    (tmp_path / "dump.zip").write_bytes(content)
    pages, _ = read(tmp_path / "dump.zip")
    assert len({page.locator.offset for page in pages}) == 2


@pytest.mark.parametrize("mark", [b"PK\7\x08", b""])
@pytest.mark.parametrize("sizes", ["<LL", "<QQ"])
@pytest.mark.parametrize("method", [STORED, DEFLATED])
def test_a_descriptor_is_read_in_every_form(
    read: Read, tmp_path: Path, make_page: MakePage, mark: bytes, sizes: str, method: int
) -> None:
    page = make_page()
    packed = zlib.compress(page)[2:-4] if method else page
    behind = mark + struct.pack("<L", zlib.crc32(page)) + struct.pack(sizes, len(packed), len(page))
    one = HEADER.pack(b"PK\3\4", 20, 8, method, 0, 33, 0, 0, 0, 6, 0) + b"a.html" + packed + behind
    (tmp_path / "dump.zip").write_bytes(one + one.replace(b"a.html", b"b.html"))
    pages, rejections = read(tmp_path / "dump.zip")
    assert [found.content for found in pages] == [page, page] and codes(rejections) == ["broken-container"]


@pytest.mark.parametrize("method", [STORED, DEFLATED])
def test_a_descriptor_that_does_not_fit_is_no_whole_member(
    read: Read, tmp_path: Path, make_page: MakePage, method: int
) -> None:
    page = make_page()
    packed = zlib.compress(page)[2:-4] if method else page
    one = HEADER.pack(b"PK\3\4", 20, 8, method, 0, 33, 0, 0, 0, 6, 0) + b"a.html" + packed
    wrong = b"PK\7\x08" + struct.pack("<LLL", zlib.crc32(page), len(packed) + 1, len(page))
    (tmp_path / "dump.zip").write_bytes(one + wrong + header(b"b.html", page))
    pages, rejections = read(tmp_path / "dump.zip")
    assert [found.locator.member for found in pages] == ["b.html"]
    assert codes(rejections) == ["broken-container", "unreadable"]


def test_pictures_of_a_saved_page_are_its_companions_wherever_they_lie(
    make: Callable[..., Path], make_page: MakePage
) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(50)
    saved = {"page_files/p.png": picture, "page_files/frame.html": make_page("إطار"), "page.html": make_page()}
    found = list(read_whole_dump(cut_directory(make(saved))))
    assert [one.content for one in found if isinstance(one, Page)] == [make_page()]
    assert len([one for one in found if isinstance(one, Companion)]) == 1
    companions = (one for one in read_whole_dump(make(saved)) if isinstance(one, Companion))
    assert [one.read() for one in companions] == [picture]


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("is_cut", [False, True])
def test_a_zip_inside_is_not_opened(
    read: Read, make: Callable[..., Path], make_zip: MakeDump, make_page: MakePage, streamed: bool, is_cut: bool
) -> None:
    inner = make_zip({"in.html": make_page("داخل")}, "inner.zip", STORED).read_bytes()
    path = make({"a.html": make_page(), "inner.zip": inner}, STORED, streamed)
    path.write_bytes(path.read_bytes()[: ends_of(path)["inner.zip"] - (25 if is_cut else 0)])
    pages, rejections = read(path)
    assert [page.content for page in pages] == [make_page()]
    assert sorted(codes(rejections)) == ["broken-container", "nested-container"]


def test_the_crawl_in_a_zip_is_read_as_far_as_it_goes(
    read: Read, make: Callable[..., Path], make_warc: MakeDump, make_page: MakePage
) -> None:
    records = [("response", f"https://a.example/{n}", "200 OK", HTML, page_of(make_page, n)) for n in range(6)]
    for name in ("crawl.warc", "crawl.warc.gz"):
        crawl = make_warc(records, name).read_bytes()
        for compression in (STORED, DEFLATED):
            for streamed in (False, True):
                path = make({name: crawl}, compression, streamed)
                path.write_bytes(path.read_bytes()[: ends_of(path)[name] * 7 // 12])
                pages, rejections = read(path)
                assert [page.url for page in pages] == [f"https://a.example/{n}" for n in range(len(pages))]
                assert len(pages) in (3, 4) and codes(rejections) == ["broken-container"] * 2
                assert pages[0].locator.dump == f"{path}!{name}"


def test_a_bomb_is_stopped_by_counting(
    read: Read, make: Callable[..., Path], make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MAX_MEMBER_BYTES", 2**20)
    bomb = b"<html>" + bytes(80 * 2**20)
    for streamed in (False, True):
        path = cut_directory(make({"bomb.html": bomb, "page.html": make_page()}, DEFLATED, streamed))
        pages, rejections = read(path)
        assert [page.content for page in pages] == [make_page()]
        assert codes(rejections) == ["broken-container", "too-large"]


def test_members_are_found_by_headers_alone_where_the_directory_is_sound(
    make: Callable[..., Path], make_page: MakePage
) -> None:
    path = make({f"{n}.html": page_of(make_page, n) for n in range(50)})
    with zipfile.ZipFile(path) as archive:
        known = [(i.filename, i.header_offset, i.compress_size, i.file_size, i.CRC) for i in archive.infolist()]
    infos = [found.info for found in found_by_headers(path)]
    assert [(i.filename, i.header_offset, i.compress_size, i.file_size, i.CRC) for i in infos] == known


HOSTILE = {
    "signatures": lambda: b"PK\3\4",
    "headers that claim everything": lambda: header(b"a.html", b"x", size=2**31),
    "headers without an end": lambda: header(b"a.html", b"\x00\xff\xff\0\0", 8, 8, 0),
    "stored without an end": lambda: header(b"a.html", b"x", 8, 0, 0),
    "zips without an end": lambda: header(b"in.zip", b"PK\3\4", 8, 0, 0),
    "long extra fields": lambda: HEADER.pack(b"PK\3\4", 20, 0, 0, 0, 33, 1, 2**31, 2**31, 6, 0xFFFF) + b"a.htmlx",
    "lengths that lie": lambda: header(b"a.html", b"PK\3\4", size=2**31),
    "crawls that claim everything": lambda: header(b"a.warc", b"x", size=2**31),
    "deflated blocks that never end": lambda: header(b"a.html", b"\x00\xff\xff\x00\x00" + bytes(65_000), 8, 8, 0),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_looks_like_headers_costs_no_more_than_its_length(tmp_path: Path, what: str) -> None:
    """Were each walked through to the file's end, it would take days."""
    piece = HOSTILE[what]()
    count = (50_000_000 if what == "signatures" else 2_000_000) // len(piece)
    (tmp_path / "dump.zip").write_bytes(piece * count)
    started = time.process_time()
    assert sum(1 for _ in found_by_headers(tmp_path / "dump.zip")) <= count
    assert time.process_time() - started < 10


def test_random_pieces_of_a_zip_never_raise(make: Callable[..., Path], make_page: MakePage) -> None:
    path = make({f"{n}.html": page_of(make_page, n, 600) for n in range(5)}, DEFLATED, streamed=True)
    whole, chance = path.read_bytes(), random.Random(7)
    for _ in range(300):
        content = bytearray(whole[: chance.randrange(1, len(whole))])
        for _ in range(chance.choice([0, 1, 8])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        for found in read_whole_dump(path):
            assert isinstance(found, Page | Rejection | Companion)
