"""Pictures of every page, to be looked at: `python -m pytest tests/browser/screenshots.py` writes to ./screenshots/."""

from pathlib import Path

import pytest

from .conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_take_pictures(library: dict[str, str], open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width, scheme)
    for name, address in library.items():
        page.goto(address)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=Path("screenshots") / f"{name.replace(' ', '-')}-{width}-{scheme}.png", full_page=True)
