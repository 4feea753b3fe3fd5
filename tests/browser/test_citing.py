"""A citation to copy, a story to print."""

import pytest

from .conftest import OpenPage

pytestmark = pytest.mark.browser


def test_a_citation_is_copied_by_a_click(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(library["story"])
    page.click("text=انسخ الاستشهاد")
    page.wait_for_selector(".tools [role=status]:has-text('نُسخ')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".citation").inner_text()
    assert copied.startswith("فاطمة الزهراء بنعيسى، «رئيس الحكومة")


def test_it_is_copied_where_there_is_no_clipboard_too(library: dict[str, str], open_page: OpenPage) -> None:
    """As on a server without HTTPS that is not this machine."""
    page = open_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(library["story"])
    page.click("text=انسخ الاستشهاد")
    page.wait_for_selector(".tools [role=status]:has-text('نُسخ')")


def test_a_story_is_printed_by_a_click(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto(library["story"])
    page.click("text=اطبع الخبر")
    assert page.evaluate("document.documentElement.dataset.printed") == "yes"


def test_the_printed_page_keeps_the_citation_and_no_buttons(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["story"])
    page.emulate_media(media="print")
    assert page.locator(".citation").is_visible()
    assert not page.locator(".tools, .formats").first.is_visible()


def test_without_javascript_there_are_no_buttons(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(library["story"])
    assert page.locator(".formats a").count() == 3
    assert page.locator(".record button").count() == 0


def test_the_policy_of_our_pages_lets_machines_read_the_linked_data(
    library: dict[str, str], open_page: OpenPage
) -> None:
    """It is data and no script: Chromium neither blocks it nor says a word (see `open_page`)."""
    page = open_page()
    page.goto(library["story"])
    read = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@type']"
    assert page.evaluate(read) == "NewsArticle"
