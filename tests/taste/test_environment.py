"""What the environment may say, and what stops the start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.taste import LARGEST_LOGO, BadTaste, Taste, read_logo, read_taste

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {"months": "egyptian", "digits": "western", "accent": "", "accent_dark": ""}
FIELDS |= {"name": "أرشيف الضفاف", "motto": ""}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_it_is_taken_as_it_stands() -> None:
    said = FIELDS | {"months": "both", "digits": "arabic-indic", "accent": "#0b5d3b"}
    assert read_taste(**said) == Taste("أرشيف الضفاف", "", "both", "arabic-indic", "#0b5d3b")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("months", "persian", "MONTH_NAMES=persian is not known: one of egyptian, levantine, moroccan, tunisian, both"),
        ("digits", "arabic", "DIGITS=arabic is not known: one of western, arabic-indic"),
        ("accent", "red", "ACCENT=red is no colour"),
        ("accent", "#000000;}</style>", "is no colour"),
        ("accent", "#f29a8e", "ACCENT=#f29a8e is too faint"),
        ("accent_dark", "#9b1c1c", "ACCENT_DARK=#9b1c1c is too faint"),
        ("name", "ورّاق\x08", "ARCHIVE_NAME holds control characters"),
        ("motto", "سطر\nوسطر", "ARCHIVE_MOTTO holds control characters"),
    ],
)
def test_a_wrong_value_says_what_is_possible(field: str, value: str, told: str) -> None:
    with pytest.raises(BadTaste) as refused:
        read_taste(**FIELDS | {field: value})
    assert told in str(refused.value)


def test_a_logo_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "logo"
    path.write_bytes(SVG)
    assert read_logo(str(path)).content_type == "image/svg+xml"


def test_a_logo_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<!doctype html><title>x</title>")
    (tmp_path / "large.svg").write_bytes(SVG + b" " * LARGEST_LOGO)
    for name in ("page.html", "large.svg", "missing.png", "\0"):
        with pytest.raises(BadTaste, match="ARCHIVE_LOGO"):
            read_logo(str(tmp_path / name))


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    said = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archive.settings"} | environment
    code = "from django.conf import settings; print(settings.TASTE.name, settings.TASTE.months)"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=said, capture_output=True, text=True)


def test_the_program_does_not_start_with_a_wrong_value(tmp_path: Path) -> None:
    ended = start(tmp_path, DIGITS="persian")
    assert ended.returncode == 1
    assert ended.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: DIGITS=persian is not known: one of western, arabic-indic."
    )


def test_it_starts_with_right_ones_and_takes_empty_ones_for_none(tmp_path: Path) -> None:
    ended = start(tmp_path, ARCHIVE_NAME="أرشيف الضفاف", MONTH_NAMES="levantine", DIGITS="", ACCENT="")
    assert (ended.returncode, ended.stdout.strip()) == (0, "أرشيف الضفاف levantine")
    assert start(tmp_path, ARCHIVE_NAME="", MONTH_NAMES="").stdout.strip() == "ورّاق egyptian"
