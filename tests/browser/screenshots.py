"""Pictures of every page, to be looked at: `python -m pytest tests/browser/screenshots.py` writes to ./screenshots/."""

from pathlib import Path

import pytest

from .conftest import OpenPage

pytestmark = pytest.mark.browser

A4 = 628
"""Pixels between the margins of a printed page."""


def picture(name: str, kind: str) -> Path:
    return Path("screenshots") / f"{name.replace(' ', '-')}-{kind}.png"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_take_pictures(
    every_page: dict[str, str], extremes: dict[str, str], open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(width, scheme)
    for name, address in (every_page | extremes).items():
        page.goto(address)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=picture(name, f"{width}-{scheme}"), full_page=True)


def test_take_pictures_of_what_is_printed(
    every_page: dict[str, str], extremes: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page(A4)
    page.emulate_media(media="print")
    for name, address in (every_page | extremes).items():
        page.goto(address)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=picture(name, "print"), full_page=True)


def test_take_pictures_of_an_empty_archive(transactional_db: None, open_page: OpenPage) -> None:
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            page = open_page(width, scheme)
            page.goto("/")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=picture("empty front", f"{width}-{scheme}"), full_page=True)
