"""axe-core on every page. What it does not see, the contrast of Arabic text, is computed in `test_contrast`."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from archive.search import index_pending

from .conftest import OpenPage

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("axe.min.js").read_text()  # https://github.com/dequelabs/axe-core, MPL-2.0
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary])"""


def faults(page: Page) -> Any:
    """What axe finds, its rules of good practice included; closed tables are opened before."""
    for summary in page.locator("summary").all():
        summary.click()
    page.evaluate(AXE)
    return page.evaluate(FAULTS)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_is_found_on_any_page(every_page: dict[str, str], open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width, scheme)
    found = {}
    for name, address in every_page.items():
        page.goto(address)
        if listed := faults(page):
            found[name] = listed
    assert not found


def test_a_planted_fault_is_found(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/about/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/favicon.ico\">')")
    assert [fault[0] for fault in faults(page)] == ["image-alt"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_found_in_what_opens_and_answers(library: dict[str, str], open_page: OpenPage, scheme: str) -> None:
    index_pending()
    page = open_page(scheme=scheme)
    page.goto("/")
    page.locator("#q").press_sequentially("أسعار")
    expect(page.get_by_role("option")).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    assert faults(page) == []
    page.goto("/login/")
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click("main button")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
