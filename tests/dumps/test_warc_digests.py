"""C8: the digest that a record names of its own block is held against the bytes that are there."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from archive.dumps import Companion, read_whole_dump

from .conftest import HTML, MakeDump, MakePage, Read, codes

BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def record(page: bytes, digest: str, number: int = 1, more: str = "", kind: str = "response") -> bytes:
    block = BLOCK + page
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2020-01-21T11:30:00Z\r\n"
        f"WARC-Target-URI: https://a.example/{number}\r\nWARC-Block-Digest: {digest}\r\n{more}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def written(method: str, page: bytes, form: str) -> str:
    digest = hashlib.new(method, BLOCK + page).digest()
    text = {
        "hex": digest.hex(),
        "HEX": digest.hex().upper(),
        "base32": base64.b32encode(digest).decode(),
        "base32 without padding": base64.b32encode(digest).decode().rstrip("=").lower(),
        "base64": base64.b64encode(digest).decode(),
        "base64 for addresses": base64.urlsafe_b64encode(digest).decode().rstrip("="),
    }[form]
    return f"{method}:{text}"


@pytest.mark.parametrize("form", ["hex", "HEX", "base32", "base32 without padding", "base64", "base64 for addresses"])
@pytest.mark.parametrize("method", ["md5", "sha1", "sha256", "sha512"])
def test_a_digest_is_read_in_every_form(
    read: Read, tmp_path: Path, make_page: MakePage, method: str, form: str
) -> None:
    page, other = make_page(), make_page("آخر")
    right, wrong = written(method, page, form), written(method, other, form)
    records = [record(page, right, 1), record(page, wrong, 2), record(other, wrong.replace("sha", "SHA-"), 3)]
    (tmp_path / "dump.warc").write_bytes(b"".join(records))
    pages, rejections = read(tmp_path / "dump.warc")
    assert [one.content for one in pages] == [page, page, other]
    assert [(one.code, one.locator, one.page) for one in rejections] == [("bad-digest", pages[1].locator, None)]


@pytest.mark.parametrize("name", ["dump.warc", "dump.warc.gz"])
def test_what_warcio_writes_is_as_named(read: Read, make_warc: MakeDump, make_page: MakePage, name: str) -> None:
    picture = [("Content-Type", "image/png")]
    records = [
        ("response", "https://a.example/1", "200 OK", HTML, make_page()),
        ("response", "https://a.example/2", "200 OK", HTML, b""),
        ("response", "https://a.example/1.png", "200 OK", picture, b"\x89PNG\r\n\x1a\n" * 9000),
        ("resource", "https://a.example/3", "", None, make_page()),
    ]
    pages, rejections = read(make_warc(records, name))
    assert len(pages) == 3 and not rejections


@pytest.mark.parametrize("where", ["قطار", "charset=utf-8\r\n\r\n<!DOC", "Content-Type: text/html; c"])
def test_a_flipped_bit_is_told_once_and_the_page_kept(
    read: Read, make_warc: MakeDump, make_page: MakePage, where: str
) -> None:
    records = [("response", f"https://a.example/{n}", "200 OK", HTML, make_page()) for n in range(3)]
    path = make_warc(records, "dump.warc")
    content = bytearray(path.read_bytes())
    content[content.index(where.encode()) + len(where.encode()) - 1] ^= 2
    path.write_bytes(content)
    pages, rejections = read(path)
    assert [page.url for page in pages] == [f"https://a.example/{n}" for n in range(3)]
    assert [(one.code, one.locator) for one in rejections] == [("bad-digest", pages[0].locator)]


def test_a_flipped_bit_in_a_picture_is_told(make_warc: MakeDump) -> None:
    picture = [("Content-Type", "image/png")]
    path = make_warc([("response", "https://a.example/1.png", "200 OK", picture, b"\x89PNG" * 99)], "dump.warc")
    path.write_bytes(path.read_bytes().replace(b"\x89PNG" * 2, b"\x89PNg" * 2, 1))
    one, told = read_whole_dump(path)
    assert isinstance(one, Companion) and told.code == "bad-digest"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "digest", ["blake3:abcd", "sha1:", "sha1:abc", "abc", "", "sha256:" + "*" * 64, "shake_128:" + "a" * 32]
)
def test_what_is_no_known_digest_is_not_held_against_a_record(
    read: Read, tmp_path: Path, make_page: MakePage, digest: str
) -> None:
    (tmp_path / "dump.warc").write_bytes(record(make_page(), digest))
    pages, rejections = read(tmp_path / "dump.warc")
    assert len(pages) == 1 and not rejections


def test_the_digest_of_a_payload_is_not_compared(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    more = f"WARC-Payload-Digest: sha1:{'A' * 32}\r\n"
    (tmp_path / "dump.warc").write_bytes(record(make_page(), written("sha1", make_page(), "base32"), more=more))
    pages, rejections = read(tmp_path / "dump.warc")
    assert len(pages) == 1 and not rejections


@pytest.mark.parametrize("is_right", [False, True])
def test_of_a_segmented_record_each_block_has_its_own(
    read: Read, tmp_path: Path, make_page: MakePage, is_right: bool
) -> None:
    digest = written("sha1", make_page() if is_right else b"the whole", "base32")
    (tmp_path / "dump.warc").write_bytes(record(make_page(), digest, more="WARC-Segment-Number: 1\r\n"))
    pages, rejections = read(tmp_path / "dump.warc")
    assert len(pages) == 1 and codes(rejections) == ([] if is_right else ["bad-digest"])


def test_a_record_that_the_cut_goes_through_is_told_once(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    (tmp_path / "dump.warc").write_bytes(record(make_page(), written("sha1", make_page(), "base32"))[:-30])
    assert codes(read(tmp_path / "dump.warc")[1]) == ["broken-container"]


def test_an_old_arc_names_no_digest(read: Read, tmp_path: Path, make_page: MakePage) -> None:
    block = BLOCK + make_page()
    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    start = b"filedesc://a.arc 0.0.0.0 20200121113000 text/plain %d\n" % len(version) + version
    line = b"http://a.example/1 127.0.0.1 20200121113000 text/html %d\n" % len(block)
    (tmp_path / "dump.arc").write_bytes(start + b"\n" + line + block + b"\n")
    pages, rejections = read(tmp_path / "dump.arc")
    assert [page.content for page in pages] == [make_page()] and not rejections
