"""The way from the front page to a printed story without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import HEADLINES, OpenPage

pytestmark = pytest.mark.browser

# The same keys on an Arabic keyboard.
ARABIC = {"/": ("ظ", "Slash"), "j": ("ت", "KeyJ"), "k": ("ن", "KeyK")}
SHOWN = """() => {
  const style = getComputedStyle(document.activeElement), box = document.activeElement.getBoundingClientRect();
  return document.activeElement !== document.body && style.outlineStyle === "solid"
    && parseFloat(style.outlineWidth) >= 2 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""
# Whatever Tab is to reach: links, buttons and fields that are seen; of a group of radio buttons the chosen one.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, textarea, select, summary")]
  .filter(e => e.tabIndex >= 0 && e.type !== "hidden" && !e.matches("[type=radio]:not(:checked)"))
  .filter(e => e.checkVisibility()).length"""


def shown(page: Page) -> None:
    """What has the focus comes into sight, with a line around it; pages scroll smoothly, so it may take a moment."""
    page.wait_for_function(SHOWN)


def press(page: Page, key: str, layout: str) -> None:
    if layout == "latin":
        page.keyboard.press(key)
        return
    letter, code = ARABIC[key]
    keys = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        keys.send("Input.dispatchKeyEvent", {"type": kind, "key": letter, "code": code, "text": letter})
    keys.detach()


@pytest.mark.parametrize("layout", ["latin", "arabic"])
@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_front_page_to_a_printed_story(
    library: dict[str, str], open_page: OpenPage, layout: str, width: int
) -> None:
    page = open_page(width)
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto("/")
    page.keyboard.press("Tab")
    shown(page)
    press(page, "/", layout)
    assert page.evaluate("document.activeElement.id") == "q"
    shown(page)
    page.keyboard.type("الخطة")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0)):
        press(page, key, layout)
        expect(page.locator(".hits .headline a").nth(place)).to_be_focused()
        shown(page)
    chosen = page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*/**")
    assert page.inner_text("h1") == chosen
    assert chosen in HEADLINES
    for _ in range(60):
        page.keyboard.press("Tab")
        shown(page)
        if page.locator(":focus").inner_text() == "اطبع الخبر":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.printed") == "yes"


@pytest.mark.parametrize("name", ["front", "search", "story", "batch questions", "month", "capture", "login"])
def test_tab_reaches_everything_and_leaves_again(library: dict[str, str], open_page: OpenPage, name: str) -> None:
    page = open_page()
    page.goto(library[name])
    page.evaluate("document.addEventListener('focusin', e => (window.seen ??= new Set()).add(e.target))")
    everything = page.evaluate(REACHABLE)
    for _ in range(everything + 4):  # a box that scrolls is a stop too; a field may have had the focus from the start
        page.keyboard.press("Tab")
    met = page.evaluate("[...seen].filter(e => e.matches('a, button, input, textarea, select, summary')).length")
    assert met == everything
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    shown(page)


def test_keys_typed_into_a_field_are_letters(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["search"])
    page.focus("#q")
    page.keyboard.press("End")
    page.keyboard.type("/jk")
    assert page.input_value("#q").endswith("/jk")


def test_the_browser_keeps_its_own_keys(library: dict[str, str], open_page: OpenPage) -> None:
    """Ctrl and a letter is the browser's: print, find, its own search."""
    page = open_page()
    page.goto(library["search"])
    taken = page.evaluate(
        """() => ["KeyP", "KeyJ", "KeyK", "Slash"].filter(code => !document.body.dispatchEvent(
          new KeyboardEvent("keydown", {code, ctrlKey: true, bubbles: true, cancelable: true})))"""
    )
    assert taken == []
    assert page.evaluate("document.activeElement === document.body")
