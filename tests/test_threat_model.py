"""Every test that docs/threat-model.md names is there."""

from __future__ import annotations

import re

from django.conf import settings

NAMED = re.compile(r"`(tests/[\w/]+\.py)?::(test_\w+)`")


def test_every_threat_names_tests_that_exist() -> None:
    text = (settings.BASE_DIR / "docs" / "threat-model.md").read_text(encoding="utf-8")
    missing, file = [], ""
    for path, name in NAMED.findall(text):
        file = path or file
        if f"def {name}(" not in (settings.BASE_DIR / file).read_text(encoding="utf-8"):
            missing.append(f"{file}::{name}")
    assert not missing
    assert len(NAMED.findall(text)) > 30
