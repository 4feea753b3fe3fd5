"""B9: everything exported, imported into an empty archive: the same archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.dumps import HEADER, Kept
from archive.models import Capture, Companion, Story
from archive.payloads import path_of
from tests.conftest import FIXTURES
from tests.proofs.machines import machine

from .conftest import ONE, Run, WritePage

HIDDEN = "from archive.models import Story; Story.objects.filter(pk=Story.objects.first().pk).update(hidden=True)"


def test_what_was_exported_is_imported_as_the_same_archive(tmp_path: Path) -> None:
    """Every sample dump, of every form there is; rows but for where they lay, bytes, and the pages' pictures."""
    with machine(tmp_path / "one") as one, machine(tmp_path / "other") as other:
        assert one.run("import_pages", FIXTURES / "dumps", *ONE).returncode == 0
        answer = one.run("export_pages", tmp_path / "all.warc.gz")
        assert (answer.returncode, answer.stderr) == (0, "")
        answer = other.run("import_pages", tmp_path / "all.warc.gz", *ONE)
        assert answer.returncode == 0, answer.stderr
        assert other.row_hashes("dump", "member", "offset") == one.row_hashes("dump", "member", "offset")
        assert other.store_hashes() == one.store_hashes()
        again = other.run("export_pages", tmp_path / "again.warc.gz")
        assert again.stdout.partition(":")[2] == one.run("export_pages", tmp_path / "all.warc.gz").stdout.partition(":")[2]
