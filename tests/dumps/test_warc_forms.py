"""WARC files as crawlers write them: revisits, codings, frames."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.dumps import Companion, read_whole_dump

from .conftest import HTML, MakeDump, MakePage, Read, codes

FIRST, SECOND = "2020-01-21T11:30:00Z", "2021-05-06T07:08:09Z"


def write(path: Path, page: bytes, revisit: str, gzip: bool = True) -> Path:
    """A response and, a year later, a record that repeats it: by digest, or by address and date."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzip)
        answer = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                "https://a.example/1", "response", io.BytesIO(page), len(page), http_headers=answer,
                warc_headers_dict={"WARC-Date": FIRST},
            )
        )  # fmt: skip
        for number in range(3):
            other = page + b"<!--%d-->" % number
            writer.write_record(
                writer.create_warc_record(
                    f"https://a.example/other/{number}", "response", io.BytesIO(other), len(other), http_headers=answer
                )
            )
        from warcio.utils import Digester

        digest = Digester("sha1")
        digest.update(page if revisit == "digest" else b"another")
        record = writer.create_revisit_record(
            "https://a.example/1", str(digest), "https://a.example/1", FIRST, http_headers=answer,
            warc_headers_dict={"WARC-Date": SECOND},
        )  # fmt: skip
        writer.write_record(record)
    return path


@pytest.mark.parametrize("revisit", ["digest", "address"])
@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_a_revisit_is_the_earlier_page_at_a_later_moment(
    tmp_path: Path, read: Read, make_page: MakePage, name: str, revisit: str
) -> None:
    pages, rejections = read(write(tmp_path / name, make_page(), revisit, name.endswith(".gz")))
    assert not rejections and len(pages) == 5
    assert (pages[-1].url, pages[-1].content) == ("https://a.example/1", make_page())
    assert pages[-1].captured_at == datetime(2021, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert pages[-1].locator.offset != pages[0].locator.offset


@pytest.mark.parametrize(("coding", "pack"), [("br", brotli.compress), ("zstd", zstandard.compress)])
def test_bodies_in_other_codings_are_unpacked(
    make_warc: MakeDump, make_page: MakePage, read: Read, coding: str, pack: object
) -> None:
    assert callable(pack)
    headers = [*HTML, ("Content-Encoding", coding)]
    pages, rejections = read(make_warc([("response", "https://a.example/1", "200 OK", headers, pack(make_page()))]))
    assert not rejections and pages[0].content == make_page()


@pytest.mark.parametrize(("coding", "pack"), [("br", brotli.compress), ("zstd", zstandard.compress)])
def test_a_bomb_in_another_coding_is_too_large(make_warc: MakeDump, read: Read, coding: str, pack: object) -> None:
    assert callable(pack)
    headers = [*HTML, ("Content-Encoding", coding)]
    bomb = pack(b"<html>" + b"\x00" * (70 * 2**20))
    pages, rejections = read(make_warc([("response", "https://a.example/1", "200 OK", headers, bomb)]))
    assert not pages and codes(rejections) == ["too-large"]


@pytest.mark.parametrize("dictionary", [False, True])
def test_a_warc_of_zstd_frames_is_read(
    tmp_path: Path, make_warc: MakeDump, make_page: MakePage, read: Read, dictionary: bool
) -> None:
    records = [
        make_warc([("response", f"https://a.example/{n}", "200 OK", HTML, make_page())], f"{n}.warc").read_bytes()
        for n in range(12)
    ]
    shared = zstandard.train_dictionary(2_000, records * 20) if dictionary else None
    frames = [zstandard.ZstdCompressor(dict_data=shared).compress(record) for record in records]
    head = b"\x5d\x2a\x4d\x18" + len(shared.as_bytes()).to_bytes(4, "little") + shared.as_bytes() if shared else b""
    (tmp_path / "crawl.warc.zst").write_bytes(head + b"".join(frames))
    pages, rejections = read(tmp_path / "crawl.warc.zst")
    assert len(pages) == 12 and not rejections


def test_a_zstd_file_that_is_cut_says_so(tmp_path: Path, make_warc: MakeDump, make_page: MakePage, read: Read) -> None:
    records = [("response", f"https://a.example/{n}", "200 OK", HTML, make_page()) for n in range(3)]
    whole = zstandard.compress(make_warc(records, "plain.warc").read_bytes())
    (tmp_path / "crawl.warc.zst").write_bytes(whole[: len(whole) // 2])
    assert "broken-container" in codes(read(tmp_path / "crawl.warc.zst")[1])


def test_a_picture_that_the_cut_of_a_zstd_file_goes_through_is_none(tmp_path: Path, make_warc: MakeDump) -> None:
    noise = random.Random(1).randbytes(300_000)
    record = ("response", "https://a.example/1.png", "200 OK", [("Content-Type", "image/png")], noise)
    whole = zstandard.compress(make_warc([record], "plain.warc").read_bytes())
    (tmp_path / "crawl.warc.zst").write_bytes(whole[:200_000])
    found = read_whole_dump(tmp_path / "crawl.warc.zst")
    assert [one.read() for one in found if isinstance(one, Companion)] == [None]
