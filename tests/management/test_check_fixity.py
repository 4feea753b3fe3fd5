"""`check_fixity` as people and scripts meet it: exit codes, stdout and stderr apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.models import FixityCheck

from .conftest import ONE, Run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive(run: Run, dumps: Path) -> None:
    run("import_pages", dumps / "annakhla.zip", *ONE)


def test_all_well_is_said_and_exits_0(run: Run) -> None:
    answer = run("check_fixity")
    assert answer.code == 0 and "قُرئت 10 صفحات محفوظة" in answer.out and "المخزن سليم" in answer.out


def test_each_thing_wrong_is_a_line_and_exits_1(run: Run, own_archive: Path) -> None:
    one, other, *_ = sorted((own_archive / "payloads").rglob("*.zst"))
    one.unlink()
    other.write_bytes(b"junk")
    (own_archive / "payloads" / "notes.txt").touch()
    answer = run("check_fixity")
    assert answer.code == 1 and "المخزن سليم" not in answer.out
    assert f"{one.name}" in answer.out and "ملف لا يعرفه السجل: notes.txt" in answer.out
    (found,) = run("check_fixity", "--json").out.splitlines()
    told = json.loads(found)
    assert (told["read"], told["damaged"], told["missing"], told["swapped"], told["stray"]) == (9, 1, 1, 0, 1)
    assert {finding["kind"] for finding in told["findings"]} == {"damaged", "missing", "stray"}


def test_an_interrupted_check_says_how_to_go_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("archive.preservation.fixity._read_all", lambda *words: False)
        answer = run("check_fixity")
    assert answer.code == 130 and "--restart" in answer.err
    assert run("check_fixity").code == 0 and FixityCheck.objects.count() == 1


@pytest.mark.parametrize("words", [["--since", "yesterday"], ["--repair-from", "/nowhere"]])
def test_wrong_usage_is_told_before_anything_is_read(run: Run, words: list[str]) -> None:
    answer = run("check_fixity", *words)
    assert answer.code == 2 and answer.err and not FixityCheck.objects.exists()
