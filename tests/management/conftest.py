"""Commands as scripts run them: exit code, stdout and stderr apart."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

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
