"""Commands as scripts run them: exit code, stdout and stderr apart."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from archive.models import Capture, Story, Teaser

TEXT = "قال المتحدث باسم السكك إن القطار الساحلي يبدأ رحلاته المنتظمة الأسبوع المقبل بعد انتهاء الأشغال. "


@dataclass
class Answer:
    code: int
    out: str
    err: str

    @property
    def balance(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        (line,) = self.out.splitlines()
        return json.loads(line)  # type: ignore[no-any-return]


Run = Callable[..., Answer]
WritePage = Callable[..., Path]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def run(command: str, *words: object, **options: Any) -> Answer:
        out, err, code = io.StringIO(), io.StringIO(), 0
        capfd.readouterr()
        try:
            call_command(command, *(str(word) for word in words), stdout=out, stderr=err, **options)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        past = capfd.readouterr()  # what went around the command's own streams
        return Answer(code, out.getvalue() + past.out, err.getvalue() + past.err)

    return run


@pytest.fixture
def write_page(tmp_path: Path) -> WritePage:
    """A saved story under tmp_path/pages, one for each name."""

    def write(name: str = "www.example.com/1.html", headline: str = "القطار الساحلي يقطع أولى رحلاته") -> Path:
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"<!DOCTYPE html><html lang=ar><head><meta charset=utf-8><title>{headline}</title></head>"
            f"<body><h1>{headline}</h1><p>{name} {TEXT * 3}</p><p>{TEXT * 3}</p></body></html>",
            encoding="utf-8",
        )
        return path

    return write


MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
KEYS = ["run", "seen", "created", "updated", "unchanged", "rejected", "reasons", "seconds"]
ONE = ("--workers", "1", "--json")


def everything(folder: Path) -> dict[str, Any]:
    """Rows, raw bytes and index, as far as an import may change them."""
    return {
        "stories": list(Story.objects.order_by("pk").values()),
        "captures": list(Capture.objects.order_by("pk").values("key", "digest", "outcome", "code", "story_id")),
        "teasers": Teaser.objects.count(),
        "store": sorted(str(path) for path in (folder / "payloads").rglob("*") if path.is_file()),
        "index": sorted((str(p), p.stat().st_mtime_ns) for p in (folder / "index").rglob("*") if p.is_file()),
    }


def assert_balanced(balance: dict[str, Any]) -> None:
    assert list(balance) == KEYS
    outcomes = [balance[name] for name in ("created", "updated", "unchanged", "rejected")]
    assert balance["seen"] == sum(outcomes)
    assert sum(balance["reasons"].values()) == balance["rejected"]


def manage(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(MANAGE), *(str(word) for word in words)], capture_output=True, text=True, timeout=60
    )
