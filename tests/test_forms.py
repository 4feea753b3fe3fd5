"""The golden pairs of forms are what their rows say: change a row of fixtures/forms, run fixtures/build_forms.py."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

from tests.conftest import FIXTURES


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its name; packed ones opened, for zlib's builds pack in different ways."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in files
    }


def test_building_the_pairs_again_changes_nothing(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FIXTURES / "build_forms.py", tmp_path / "forms"], check=True, capture_output=True)
    assert contents(tmp_path / "forms") == contents(FIXTURES / "pages" / "forms")
