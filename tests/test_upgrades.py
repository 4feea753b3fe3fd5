"""An archive of every version that was tagged comes up to today's: same stories, same addresses, same bytes."""

from __future__ import annotations

import json
import lzma
import os
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.conftest import FIXTURES

VERSIONS = sorted((FIXTURES / "upgrades").iterdir())
ASKED = """
import json
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from archive import payloads
from archive.models import Capture, Correction, Story
expected, client = json.load(open("expected.json")), Client(SERVER_NAME="localhost")
print(json.dumps({
    "counts": {name: apps.get_model("archive", name).objects.count() for name in expected["counts"]},
    "permalinks": {pk: client.get(f"/stories/{pk}/").get("Location") for pk in expected["permalinks"]},
    "readers": [user.username for user in User.objects.order_by("pk") if user.has_perm("archive.read_archive")],
    "at the desk": [user.username for user in User.objects.order_by("pk") if user.has_perm("archive.enter_desk")],
    "headlines": dict(Story.objects.visible().values_list("pk", "headline")),
    "hidden": list(Story.objects.filter(hidden=True).order_by("pk").values_list("pk", flat=True)),
    "digests": sorted({d for d in Capture.objects.values_list("digest", flat=True) if payloads.get(d) is not None}),
    "corrections": [list(row) for row in Correction.objects.values_list("story", "field")],
}))
"""


def manage(data: Path, *command: str) -> str:
    own = {"DATA_DIR": str(data), "DATABASE_URL": f"sqlite:///{data}/archive.sqlite3", "SEARCH_URL": f"file://{data}/i"}
    script = [sys.executable, "-W", "ignore", settings.BASE_DIR / "manage.py", *command]
    return subprocess.run(script, env=os.environ | own, cwd=data, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("version", VERSIONS, ids=lambda folder: folder.name)
def test_an_archive_of_that_version_keeps_all_it_had(tmp_path: Path, version: Path) -> None:
    (tmp_path / "archive.sqlite3").write_bytes(lzma.decompress((version / "archive.sqlite3.xz").read_bytes()))
    with tarfile.open(version / "payloads.tar.xz") as store:
        store.extractall(tmp_path, filter="data")
    text = (version / "expected.json").read_text()
    (tmp_path / "expected.json").write_text(text)
    expected: dict[str, Any] = json.loads(text)

    manage(tmp_path, "migrate")
    manage(tmp_path, "rebuild_index")
    assert json.loads(manage(tmp_path, "shell", "--verbosity", "0", "--command", ASKED)) == expected
    assert "✗" not in manage(tmp_path, "doctor")
    again = json.loads(manage(tmp_path, "import_pages", "--json", str(FIXTURES / "dumps" / "annakhla.zip")))
    assert (again["created"], again["updated"]) == (0, 0)


def test_every_version_that_the_changelog_names_is_kept() -> None:
    named = re.findall(r"^## \[(\d[\d.]*)\]", (settings.BASE_DIR / "CHANGELOG.md").read_text(), re.M)
    assert sorted(named) == [folder.name for folder in VERSIONS]
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    assert project["version"] == named[0]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda folder: folder.name)
def test_a_kept_version_is_small(version: Path) -> None:
    assert sum(file.stat().st_size for file in version.iterdir()) < 200_000
