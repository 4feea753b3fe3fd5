"""Every test that docs/threat-model.md and docs/reliability.md name is there, and every case has its row."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

NAMED = re.compile(r"`(tests/[\w/]+\.py)?(?:::(test_\w+))?`")
CASES = {"K": 11, "C": 15, "E": 10, "X": 10, "S": 14, "B": 11}
NEVER_GIVEN = {"K10", "X8", "S8", "B5", "B6", "B7", "B10"}


@pytest.mark.parametrize(("page", "at_least"), [("threat-model.md", 30), ("reliability.md", 100)])
def test_every_test_that_is_named_is_there(page: str, at_least: int) -> None:
    text = (settings.BASE_DIR / "docs" / page).read_text(encoding="utf-8")
    missing, file = [], ""
    found = [pair for pair in NAMED.findall(text) if any(pair)]
    for path, name in found:
        file = path or file
        source = settings.BASE_DIR / file
        if not source.is_file() or (name and f"def {name}(" not in source.read_text(encoding="utf-8")):
            missing.append(f"{file}::{name}")
    assert not missing
    assert len(found) > at_least


def test_every_case_has_its_row() -> None:
    text = (settings.BASE_DIR / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([KCEXSB]\d+)\b", text, re.M)
    cases = [f"{letter}{number}" for letter, last in CASES.items() for number in range(1, last + 1)]
    assert rows == [case for case in cases if case not in NEVER_GIVEN]
