"""Pictures, styles and fonts on their way into the store: beside the pages, never counted, kept once."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import payloads
from archive.ingest import import_dumps, undo_import
from archive.models import Companion, ImportRun

pytestmark = pytest.mark.django_db(transaction=True)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.fixture
def dump(tmp_path: Path, dumps: Path) -> Path:
    """A page saved complete, with a picture twice, a style, a script, and pages that call themselves otherwise."""
    page = next(path for path in (dumps / "almina").glob("*.html") if path.with_name(f"{path.stem}_files").is_dir())
    beside = {
        "a.png": PNG,
        "b.png": PNG,
        "c.css": b"a{}",
        "d.js": b"1",
        "e.png": b"<html>404</html>",
        "f.css": b"<html>",
    }
    folder = tmp_path / "dump" / "خبر_files"
    folder.mkdir(parents=True)
    (tmp_path / "dump" / "خبر.html").write_bytes(page.read_bytes())
    for name, content in beside.items():
        (folder / name).write_bytes(content)
    return tmp_path / "dump"


def rows() -> list[tuple[str, str]]:
    return sorted(Companion.objects.values_list("name", "content_type"))


def test_they_are_kept_and_not_counted(dump: Path) -> None:
    report = import_dumps([dump], workers=1)
    assert (report.seen, report.created, report.rejected) == (1, 1, 0)
    assert rows() == [
        (f"{dump}/خبر_files/a.png", "image/png"),
        (f"{dump}/خبر_files/b.png", "image/png"),
        (f"{dump}/خبر_files/c.css", "text/css"),
    ]
    assert payloads.get(Companion.objects.filter(content_type="image/png").first().digest) == PNG  # type: ignore[union-attr]
    assert Companion.objects.values("digest").distinct().count() == 2


def test_twice_is_once(dump: Path, own_archive: Path) -> None:
    import_dumps([dump], workers=1)
    before = rows(), sorted(path.stat().st_mtime_ns for path in (own_archive / "payloads").rglob("*.zst"))
    assert import_dumps([dump], workers=1).unchanged == 1
    assert (rows(), sorted(path.stat().st_mtime_ns for path in (own_archive / "payloads").rglob("*.zst"))) == before


def test_a_dry_run_keeps_nothing(dump: Path, own_archive: Path) -> None:
    assert import_dumps([dump], workers=1, dry_run=True).created == 1
    assert not rows() and not ImportRun.objects.exists() and not list((own_archive / "payloads").rglob("*.zst"))


def test_a_folder_of_pictures_holds_no_page(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(PNG)
    report = import_dumps([tmp_path / "pictures"], workers=1)
    assert report.reasons == {"no-pages": 1}


def test_what_is_too_much_is_left_out(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.ingest.companions.MOST_BYTES_A_DUMP", 1)
    import_dumps([dump], workers=1)
    assert [name.rpartition("/")[2] for name, _ in rows()] == ["a.png"]


def test_small_batches_keep_all(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.ingest.companions._ROWS_A_BATCH", 2)
    import_dumps([dump], workers=1)
    assert len(rows()) == 3


def test_they_go_with_the_run_that_brought_them(dump: Path) -> None:
    run = ImportRun.objects.get(pk=import_dumps([dump], workers=1).run)
    assert Companion.objects.filter(run=run).count() == 3
    undo_import(run, workers=1)
    assert not Companion.objects.exists() and not list(payloads.root().rglob("*.zst"))
