"""The same pages as folder, zip, tar and WARC are the same stories."""

from __future__ import annotations

import io
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
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


def write_warc(target: Path, pages: list[Page]) -> Path:
    with (target / "pages.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for page in pages:
            answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            when = {"WARC-Date": datetime(2024, 2, 3, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
            body = io.BytesIO(page.content)
            writer.write_record(
                writer.create_warc_record(
                    page.url, "response", body, len(page.content), http_headers=answer, warc_headers_dict=when
                )
            )
    return target / "pages.warc.gz"


@pytest.mark.parametrize("write", [write_zip, write_tar, write_warc])
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
