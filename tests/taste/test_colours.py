"""Colours that can be read, in light and dark."""

import re
from pathlib import Path

import pytest

from archive.taste import DARK, ENOUGH, LIGHT, Taste, accent_sheet, contrast, is_colour, lowest_contrast
from archive.taste.colours import ACCENT, for_the_dark

SHEET = Path(__file__).resolve().parents[2] / "static" / "archive.css"
READABLE = ["#0b5d3b", "#1f3a93", "#000000", "#8a5a00", "#6b2fa0", "#706a62", "#0000ff", "#b30000"]


def test_they_are_those_of_the_stylesheet() -> None:
    found = dict(re.findall(r"--(\w+): light-dark\((.+?)\);", SHEET.read_text(encoding="utf-8")))
    pairs = {"paper": (LIGHT.paper, DARK.paper), "tint": (LIGHT.tint, DARK.tint), "ink": (LIGHT.ink, DARK.ink)}
    for name, pair in (pairs | {"accent": ACCENT}).items():
        assert found[name] == ", ".join(pair)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#9b1c1c", "#9b1c1c") == 1


@pytest.mark.parametrize("text", ["#fff", "9b1c1c", "#9b1c1c ", "#9b1c1c}", "red", "#٩٩٩٩٩٩", "url(javascript:x)", ""])
def test_a_colour_is_six_digits_and_nothing_else(text: str) -> None:
    assert not is_colour(text)


@pytest.mark.parametrize("accent", READABLE)
def test_a_readable_accent_gives_one_for_the_dark_and_shades_that_letters_can_stand_on(accent: str) -> None:
    assert lowest_contrast(accent, LIGHT) >= ENOUGH
    dark = for_the_dark(accent)
    assert lowest_contrast(dark, DARK) >= ENOUGH
    shades = {
        name: (light, night)
        for name, light, night in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\);", accent_sheet(accent, dark))
    }
    assert set(shades) == {"accent", "s1", "s2", "s3", "s4", "h3"}
    assert shades["accent"] == (accent, dark)
    for thin in ("s1", "s2"):
        assert contrast(shades[thin][0], LIGHT.ink) >= ENOUGH
        assert contrast(shades[thin][1], DARK.ink) >= ENOUGH
    assert contrast(shades["h3"][0], LIGHT.paper) >= ENOUGH
    assert contrast(shades["h3"][1], DARK.ink) >= ENOUGH
    for full in ("accent", "s4"):
        assert contrast(shades[full][0], LIGHT.paper) >= ENOUGH
        assert contrast(shades[full][1], DARK.paper) >= ENOUGH


def test_the_houses_own_accent_needs_no_sheet() -> None:
    assert Taste().sheet_version == Taste(accent="#9B1C1C").sheet_version == ""
    assert Taste(accent="#0b5d3b").sheet_version
    assert Taste(accent_dark="#ffffff").accents == (ACCENT[0], "#ffffff")
