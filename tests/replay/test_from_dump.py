"""From a dump to the page as it was saved."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from archive.exports import write_pages
from archive.ingest import import_dumps
from archive.models import Capture, Companion

from .conftest import Show

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("form", ["folder", "zip", "moved folder named anew"])
def test_a_page_saved_complete_is_shown_with_its_pictures(
    dumps: Path, tmp_path: Path, show: Show, ask: Show, form: str
) -> None:
    dump = dumps / "almina"
    if form == "zip":
        dump = tmp_path / "almina.zip"
        with zipfile.ZipFile(dump, "w") as archive:
            for path in sorted((dumps / "almina").rglob("*")):
                archive.write(path, path.relative_to(dumps))
    elif form != "folder":
        dump = shutil.copytree(dump, tmp_path / "خبر . قديم" / "almina")
    import_dumps([dump], workers=1)
    assert_shown_with_pictures(show, ask)


def test_exported_and_imported_again_it_is_shown_with_its_pictures(
    dumps: Path, tmp_path: Path, show: Show, ask: Show
) -> None:
    import_dumps([dumps / "almina"], workers=1)
    write_pages(tmp_path / "all.warc.gz", lambda: False)
    Capture.objects.all().delete()
    Companion.objects.all().delete()
    import_dumps([tmp_path / "all.warc.gz"], workers=1)
    assert_shown_with_pictures(show, ask)


def assert_shown_with_pictures(show: Show, ask: Show) -> None:
    captures = Capture.objects.exclude(story=None)
    assert captures
    for capture in captures:
        text = show(capture).content.decode()
        sheet = re.search(r'<link rel="stylesheet" href="(/companion/[^"]+)"', text)
        picture = re.search(r'<img src="(/companion/[^"]+)"', text)
        assert sheet and picture, capture
        assert "Tahoma" in ask(sheet[1]).content.decode()
        assert ask(picture[1])["Content-Type"] == "image/png"
