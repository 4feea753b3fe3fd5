"""Dumps in every form, made by the test that reads them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.dumps import Page, Rejection, read_dump

Members = Mapping[str, bytes]
Read = Callable[[Path], tuple[list[Page], list[Rejection]]]
MakeDump = Callable[..., Path]
MakePage = Callable[..., bytes]


@pytest.fixture
def make_page() -> MakePage:
    def make(headline: str = "قطار الساحل يقطع أولى رحلاته", mark: str = "") -> bytes:
        return (
            f"<!DOCTYPE html>\n{mark}\n<html><title>{headline}</title><body><h1>{headline}</h1></body></html>".encode()
        )

    return make


@pytest.fixture
def read() -> Read:
    """Everything in a dump: its pages and its rejections."""

    def read(path: Path) -> tuple[list[Page], list[Rejection]]:
        found = list(read_dump(path))
        return [one for one in found if isinstance(one, Page)], [one for one in found if isinstance(one, Rejection)]

    return read


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeDump:
    def make(members: Members, name: str = "dump") -> Path:
        for member, content in members.items():
            path = tmp_path / name / member
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return tmp_path / name

    return make


@pytest.fixture
def make_zip(tmp_path: Path) -> MakeDump:
    def make(members: Members, name: str = "dump.zip", compression: int = zipfile.ZIP_DEFLATED) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w", compression) as archive:
            for member, content in members.items():
                archive.writestr(zipfile.ZipInfo(member, (2020, 1, 21, 11, 30, 0)), content, compression)
        return tmp_path / name

    return make


@pytest.fixture
def make_tar(tmp_path: Path) -> MakeDump:
    """A tar file, compressed as its name says; members may also be ready-made headers without data."""

    def make(members: Members, name: str = "dump.tar", others: tuple[tarfile.TarInfo, ...] = ()) -> Path:
        ending = name.rpartition(".")[2]
        with tarfile.open(tmp_path / name, "w" if ending == "tar" else f"w:{ending}") as archive:  # type: ignore[call-overload]
            for member, content in members.items():
                info = tarfile.TarInfo(member)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            for info in others:
                archive.addfile(info)
        return tmp_path / name

    return make


@pytest.fixture
def make_warc(tmp_path: Path) -> MakeDump:
    """A WARC of (kind, address, status line, HTTP headers or None, content)."""

    def make(
        records: list[tuple[str, str, str, list[tuple[str, str]] | None, bytes]], name: str = "dump.warc.gz"
    ) -> Path:
        with open(tmp_path / name, "wb") as stream:
            writer = WARCWriter(stream, gzip=name.endswith(".gz"))
            for kind, url, status, headers, content in records:
                http = None if headers is None else StatusAndHeaders(status, headers, protocol="HTTP/1.1")
                writer.write_record(
                    writer.create_warc_record(
                        url,
                        kind,
                        payload=io.BytesIO(content),
                        length=len(content),
                        http_headers=http,
                        warc_content_type="text/html" if kind == "resource" else "",
                        warc_headers_dict={"WARC-Date": "2020-01-21T11:30:00Z"},
                    )
                )
        return tmp_path / name

    return make


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
