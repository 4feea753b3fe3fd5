"""The Nu HTML checker on every page, in one process for all. `make checker` fetches it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from .conftest import batch_of

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / ".venv" / "share" / "vnu" / "vnu.jar"


def faults(*files: Path) -> list[tuple[str, int, str]]:
    """(file, line, what is wrong) for each error; warnings are no errors."""
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        reason = "no Java or no checker on this machine (apt-get install default-jre-headless, make checker)"
        pytest.fail(reason) if os.environ.get("REQUIRE_CHECKER") == "1" else pytest.skip(reason)
    options = ["--format", "json", "--errors-only", "--exit-zero-always", "--also-check-css"]
    asked = [java, "-Xss2m", "-jar", str(CHECKER), *options, *map(str, files)]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=300)
    told = json.loads(said.stderr)["messages"]
    return [(Path(one.get("url", "")).name, one.get("lastLine", 0), one["message"]) for one in told]


def test_every_page_and_the_style_sheet_are_valid(every_page: dict[str, str], client: Client, tmp_path: Path) -> None:
    files = [ROOT / "static" / "archive.css"]
    for name, address in every_page.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_bytes(client.get(address).content)
    assert not faults(*files)


def test_what_is_answered_to_forms_and_editors_is_valid(
    library: dict[str, str], client: Client, admin_user: User, tmp_path: Path
) -> None:
    answers = {"refused login": client.post("/login/", {"username": "nobody", "password": "wrong"})}
    answers["too many questions"] = client.post("/batch/", {"questions": "\n".join(map(str, range(900)))})
    client.force_login(admin_user)
    answers |= {f"{name} of an editor": client.get(library[name]) for name in ("front", "story", "capture")}
    answers["batch of an editor"] = client.get(batch_of("خطة", "<b>خطة</b>"))
    files = []
    for name, answer in answers.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_bytes(answer.content)
    assert not faults(*files)


def test_a_planted_fault_is_found(tmp_path: Path) -> None:
    page = tmp_path / "planted.html"
    page.write_text('<!doctype html><html lang="ar"><title>خبر</title><p><div>كلام</div></p></html>')
    assert [(name, message[:17]) for name, _, message in faults(page)] == [("planted.html", "No “p” element in")]
