"""Dumps that came in cut or rotten: what is there is imported, the rest when the whole dump comes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archive.dumps import Page, read_dump
from archive.ingest import import_dumps
from archive.models import Capture, Story

from .test_containers import write_plain_warc, write_zip

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(dumps: Path) -> list[Page]:
    return [one for one in read_dump(dumps / "almarsatoday" / "2024-02-03") if isinstance(one, Page)]


def test_the_whole_zip_gives_the_rest_of_a_cut_one_and_nothing_twice(pages: list[Page], tmp_path: Path) -> None:
    path = write_zip(tmp_path, pages)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        starts = [info.header_offset for info in archive.infolist()]
    path.write_bytes(whole[: starts[9] + 600])
    cut = import_dumps([path], workers=1)
    assert (cut.reasons["broken-container"], cut.reasons["unreadable"]) == (1, 1)
    assert cut.seen == 9 + 2 == cut.created + cut.updated + cut.unchanged + cut.rejected and not cut.complete
    again = import_dumps([path], workers=1)
    assert (again.seen, again.created, again.updated) == (cut.seen, 0, 0)
    path.write_bytes(whole)
    rest = import_dumps([path], workers=1)
    assert rest.complete and rest.seen == len(pages) == rest.created + rest.updated + rest.unchanged + rest.rejected
    stories = Story.objects.count()
    assert stories == cut.created + rest.created
    assert Capture.objects.exclude(digest="").count() == len(pages)
    Story.objects.all().delete()
    Capture.objects.all().delete()
    import_dumps([path], workers=1)
    assert Story.objects.count() == stories


def test_a_page_with_a_wrong_digest_is_imported_and_told(pages: list[Page], tmp_path: Path) -> None:
    path = write_plain_warc(tmp_path, pages)
    content = bytearray(path.read_bytes())
    content[content.index(b"</html>")] ^= 1
    path.write_bytes(content)
    for run in (1, 2):
        report = import_dumps([path], workers=1)
        assert report.reasons["bad-digest"] == 1 and report.complete
        assert report.seen == len(pages) + 1 == report.created + report.updated + report.unchanged + report.rejected
        assert bool(report.created) == (run == 1)
