"""axe-core on every page. What it does not see, the contrast of Arabic text, is computed in `test_contrast`."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from archive.search import index_pending

from .conftest import OpenPage

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("axe.min.js").read_text()  # https://github.com/dequelabs/axe-core, MPL-2.0
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GOOD = "best-practice"
"""More than WCAG asks for: what our own pages keep to, and Django's admin does not."""
FAULTS = """async tags => (await axe.run(document, {runOnly: tags, resultTypes: ["violations"]})).violations
  .map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary])"""


def faults(page: Page, *rules: str) -> Any:
    """What axe finds; closed tables are opened before."""
    for summary in page.locator("summary").all():
        summary.click()
    page.evaluate(AXE)
    return page.evaluate(FAULTS, [*WCAG, *rules])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nothing_is_found_on_any_page(every_page: dict[str, str], open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width, scheme)
    found = {}
    for name, address in every_page.items():
        page.goto(address)
        if listed := faults(page, GOOD):
            found[name] = listed
    assert not found


def test_a_planted_fault_is_found(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/about/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/favicon.ico\">')")
    assert [fault[0] for fault in faults(page, GOOD)] == ["image-alt"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_found_in_what_opens_and_answers(library: dict[str, str], open_page: OpenPage, scheme: str) -> None:
    index_pending()
    page = open_page(scheme=scheme)
    page.goto("/")
    page.locator("#q").press_sequentially("أسعار")
    expect(page.get_by_role("option")).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    assert faults(page, GOOD) == []
    page.goto("/login/")
    page.fill("[name=username]", "nobody")
    page.fill("[name=password]", "wrong")
    page.click("main button")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page, GOOD) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_found_at_the_editors_desk(
    library: dict[str, str], open_page: OpenPage, client: Client, admin_user: User, scheme: str
) -> None:
    client.force_login(admin_user)
    page = open_page(scheme=scheme)
    page.goto("/login/")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}])
    found = {}
    for address in ("/admin/", "/admin/archive/story/", f"/admin/archive/story/{story_at(library)}/change/"):
        page.goto(address)
        if listed := faults(page):
            found[address] = listed
    assert not found


def story_at(library: dict[str, str]) -> str:
    return library["story"].split("/")[2]
