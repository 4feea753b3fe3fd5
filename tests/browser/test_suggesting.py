"""The search box while one types."""

import pytest
from playwright.sync_api import Page, expect

from archive.search import index_pending

from .conftest import HEADLINES, OpenPage
from .test_contrast import FAINT

pytestmark = pytest.mark.browser


@pytest.fixture
def box(library: dict[str, str], open_page: OpenPage) -> Page:
    index_pending()
    page = open_page()
    page.goto("/")
    page.locator("#q").press_sequentially("معرض الكت")
    expect(page.get_by_role("option")).to_have_count(1)
    return page


def test_a_story_is_reached_with_the_keyboard_alone(box: Page) -> None:
    box.keyboard.press("ArrowDown")
    option = box.get_by_role("option").first
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box.locator("#q")).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    box.keyboard.press("Enter")
    box.wait_for_url("**/stories/*/**")
    assert box.inner_text("h1") == HEADLINES[5]


def test_a_story_is_reached_with_a_click(box: Page) -> None:
    box.get_by_role("option").first.click()
    box.wait_for_url("**/stories/*/**")


def test_enter_without_a_choice_searches_for_what_was_typed(box: Page) -> None:
    box.keyboard.press("ArrowDown")
    box.keyboard.press("ArrowUp")
    box.keyboard.press("Enter")
    box.wait_for_url("**/search/?q=*")


def test_escape_closes_the_list_and_keeps_the_text(box: Page) -> None:
    field = box.locator("#q")
    expect(field).to_have_attribute("aria-expanded", "true")
    box.keyboard.press("Escape")
    expect(box.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.input_value() == "معرض الكت"


def test_leaving_the_box_closes_the_list(box: Page) -> None:
    box.keyboard.press("Tab")
    expect(box.get_by_role("listbox")).to_be_hidden()


def test_the_arrows_go_round(box: Page) -> None:
    field = box.locator("#q")
    field.fill("")
    field.press_sequentially("رئيس")
    expect(box.get_by_role("option")).not_to_have_count(0)
    last = box.get_by_role("option").last
    box.keyboard.press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    box.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None


def test_quick_typing_asks_once_and_one_letter_never(library: dict[str, str], open_page: OpenPage) -> None:
    index_pending()
    page = open_page()
    page.goto("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest" in request.url else None)
    page.locator("#q").press_sequentially("م")
    page.wait_for_timeout(300)
    assert asked == []
    page.locator("#q").press_sequentially("عرض")
    expect(page.get_by_role("option")).not_to_have_count(0)
    assert len(asked) <= 2


def test_a_server_that_fails_leaves_the_plain_form(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(watched=False)
    page.route("**/api/suggest*", lambda route: route.fulfill(status=500))
    page.goto("/")
    page.locator("#q").press_sequentially("الخطة")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_is_readable_and_within_the_page(
    library: dict[str, str], open_page: OpenPage, width: int, scheme: str
) -> None:
    index_pending()
    page = open_page(width, scheme)
    for address in ("/", "/search/"):
        page.goto(address)
        page.locator("#q").press_sequentially("أسعار")
        expect(page.get_by_role("option")).not_to_have_count(0)
        page.keyboard.press("ArrowDown")
        assert page.evaluate(FAINT)["faint"] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert (page.get_by_role("option").first.bounding_box() or {"height": 0})["height"] >= 24
