"""The same pages in every container are the same stories."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import zipfile
from datetime import UTC, datetime
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.dumps import Page, read_dump
from archive.ingest import import_dumps
from archive.models import Story

pytestmark = pytest.mark.django_db

FIELDS = (
    "url_key",
    "headline",
    "lead",
    "published_at",
    "published_on",
    "date_source",
    "section__name",
    "publisher__slug",
)


def told() -> list[Any]:
    """All that the stories say, in an order of their own."""
    return [
        (
            story,
            Story.objects.get(url_key=story["url_key"]).body.text,
            list(Story.objects.get(url_key=story["url_key"]).bylines.values_list("as_printed", flat=True)),
            list(Story.objects.get(url_key=story["url_key"]).datelines.values_list("as_printed", flat=True)),
        )
        for story in Story.objects.order_by("url_key").values(*FIELDS)
    ]


def name_of(page: Page) -> str:
    """Where a mirroring tool puts a page."""
    host, _, path = page.url.removeprefix("https://").partition("/")
    return f"2024-02-03/{host}/{path}.html"


def write_folder(target: Path, pages: list[Page]) -> Path:
    for page in pages:
        path = target / name_of(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    return target


def write_zip(target: Path, pages: list[Page]) -> Path:
    with zipfile.ZipFile(target / "pages.zip", "w") as archive:
        for page in pages:
            archive.writestr(name_of(page), page.content)
    return target / "pages.zip"


def write_tar(target: Path, pages: list[Page]) -> Path:
    with tarfile.open(target / "pages.tar.gz", "w:gz") as archive:
        for page in pages:
            info = tarfile.TarInfo(name_of(page))
            info.size = len(page.content)
            archive.addfile(info, io.BytesIO(page.content))
    return target / "pages.tar.gz"


def write_warc(target: Path, pages: list[Page], name: str = "pages.warc.gz") -> Path:
    with (target / name).open("wb") as stream:
        writer = WARCWriter(stream, gzip=name.endswith(".gz"))
        for page in pages:
            answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            when = {"WARC-Date": datetime(2024, 2, 3, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
            body = io.BytesIO(page.content)
            writer.write_record(
                writer.create_warc_record(
                    page.url, "response", body, len(page.content), http_headers=answer, warc_headers_dict=when
                )
            )
    return target / name


def write_plain_warc(target: Path, pages: list[Page]) -> Path:
    return write_warc(target, pages, "pages.warc")


def write_zstd_warc(target: Path, pages: list[Page]) -> Path:
    packed = zstandard.compress(write_plain_warc(target, pages).read_bytes())
    (target / "pages.warc.zst").write_bytes(packed)
    return target / "pages.warc.zst"


def write_wacz(target: Path, pages: list[Page]) -> Path:
    crawl = write_warc(target, pages).read_bytes()
    digest = f"sha256:{hashlib.sha256(crawl).hexdigest()}"
    package = {"resources": [{"path": "archive/data.warc.gz", "hash": digest}]}
    with zipfile.ZipFile(target / "pages.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", crawl)
        archive.writestr("datapackage.json", json.dumps(package))
    return target / "pages.wacz"


def write_mhtml(target: Path, pages: list[Page]) -> Path:
    (target / "messages").mkdir()
    for number, page in enumerate(pages):
        message = MIMEMultipart("related")
        message["Snapshot-Content-Location"] = page.url
        message["Date"] = "Sat, 3 Feb 2024 00:00:00 +0000"
        part = MIMEText("", "html", "utf-8")
        part.set_payload(base64.encodebytes(page.content).decode())
        message.attach(part)
        (target / "messages" / f"{number}.mhtml").write_bytes(message.as_bytes())
    return target / "messages"


SINGLE_FILE = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Sat Feb 03 2024 00:00:00 GMT+0000 (UTC)\n-->"


def write_single_files(target: Path, pages: list[Page]) -> Path:
    (target / "single").mkdir()
    for number, page in enumerate(pages):
        mark = SINGLE_FILE.format(page.url).encode()
        (target / "single" / f"{number}.html").write_bytes(b"<!DOCTYPE html>" + mark + page.content)
    return target / "single"


def write_self_extracting(target: Path, pages: list[Page]) -> Path:
    (target / "packed").mkdir()
    for number, page in enumerate(pages):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("index.html", page.content)
        mark = SINGLE_FILE.format(page.url).encode()
        packed = b"<!DOCTYPE html>" + mark + b"<html><!--" + inner.getvalue() + b"--></html>"
        (target / "packed" / f"{number}.u.zip.html").write_bytes(packed)
    return target / "packed"


def write_httrack(target: Path, pages: list[Page]) -> Path:
    (target / "mirror").mkdir()
    for number, page in enumerate(pages):
        where = page.url.removeprefix("https://")
        mark = f"<!-- Mirrored from {where} by HTTrack Website Copier/3.x [XR], Sat, 03 Feb 2024 00:00:00 GMT -->"
        (target / "mirror" / f"{number}.html").write_bytes(f"<!DOCTYPE html>{mark}".encode() + page.content)
    return target / "mirror"


WRITERS = [
    write_zip, write_tar, write_warc, write_plain_warc, write_zstd_warc, write_wacz, write_mhtml, write_single_files,
    write_self_extracting, write_httrack,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_pages_are_the_same_stories(dumps: Path, tmp_path: Path, write: Any) -> None:
    found = [page for page in read_dump(dumps / "almarsatoday" / "2024-02-03") if isinstance(page, Page)]
    pages = [Page(page.url.removesuffix(".html"), page.captured_at, page.content, "", page.locator) for page in found]
    (tmp_path / "folder").mkdir()
    import_dumps([write_folder(tmp_path / "folder", pages)], workers=1)
    expected = told()
    Story.objects.all().delete()
    import_dumps([write(tmp_path, pages)], workers=1)
    assert len(expected) >= 14
    assert told() == expected
