"""B9: everything exported and imported into an empty archive is the same archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import payloads
from archive.models import Capture, Story
from tests.conftest import FIXTURES
from tests.proofs.machines import machine

from .conftest import ONE, Run, WritePage

NEW_PLACES = "dump", "member", "offset"


def test_what_was_exported_is_imported_as_the_same_archive(tmp_path: Path) -> None:
    """Every sample dump, of every form there is: all rows but for where they lie now, and all bytes."""
    with machine(tmp_path / "one") as one, machine(tmp_path / "other") as other:
        assert one.run("import_pages", FIXTURES / "dumps", *ONE).returncode == 0
        answer = one.run("export_pages", tmp_path / "all.warc.gz")
        assert (answer.returncode, answer.stderr) == (0, "")
        answer = other.run("import_pages", tmp_path / "all.warc.gz", *ONE)
        assert answer.returncode == 0, answer.stderr
        assert other.row_hashes(*NEW_PLACES) == one.row_hashes(*NEW_PLACES)
        assert other.store_hashes() == one.store_hashes()


@pytest.mark.django_db
def test_the_file_is_whole_or_not_there(run: Run, write_page: WritePage, tmp_path: Path) -> None:
    run("import_pages", write_page(), *ONE)
    answer = run("export_pages", tmp_path / "pages.zip")
    assert answer.code == 2 and ".warc.gz" in answer.err
    (tmp_path / "taken.warc.gz").mkdir()
    answer = run("export_pages", tmp_path / "taken.warc.gz")
    assert answer.code == 1 and "Traceback" not in answer.err
    assert not list(tmp_path.glob(".new-*")) and not list((tmp_path / "taken.warc.gz").iterdir())


@pytest.mark.django_db
def test_pages_that_are_lost_and_pages_of_hidden_stories_are_told(
    run: Run, write_page: WritePage, tmp_path: Path
) -> None:
    for number in range(3):
        write_page(f"www.example.com/{number}.html", f"القطار الساحلي رقم {number} يصل إلى المحطة")
    run("import_pages", tmp_path / "pages", *ONE)
    lost, hidden = Capture.objects.order_by("pk")[:2]
    Path(payloads.store().path(payloads.path_of(lost.digest))).unlink()
    Story.objects.filter(pk=hidden.story_id).update(hidden=True)
    answer = run("export_pages", tmp_path / "all.warc.gz")
    assert answer.code == 1 and lost.digest in answer.err
    assert "صفحتان" in answer.out and "مخفية" in answer.err
