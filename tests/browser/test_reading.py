"""Reading, by eye and by keyboard."""

import pytest

from .conftest import OpenPage

pytestmark = pytest.mark.browser

# The longest lines of the body, counted in letters and marks as a reader meets them (spaces and all).
LINES = """() => {
  const lengths = [];
  for (const paragraph of document.querySelectorAll(".body p")) {
    const text = paragraph.firstChild, range = document.createRange();
    let top = null, length = 0;
    for (let i = 0; i < text.length; i += 1) {
      range.setStart(text, i); range.setEnd(text, i + 1);
      const box = range.getBoundingClientRect();
      if (top !== null && box.top > top + 8) { lengths.push(length); length = 0; }
      top = Math.max(top ?? 0, box.top);
      length += 1;
    }
  }
  return lengths;
}"""


def test_a_line_of_the_body_holds_sixty_to_seventy_five_letters(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["story"])
    page.evaluate("document.fonts.ready")
    lengths = page.evaluate(LINES)
    assert len(lengths) > 5
    assert 60 <= sum(lengths) / len(lengths) <= 75


def test_the_body_is_set_in_naskh_with_room_for_vowel_marks(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["story"])
    body = page.evaluate("(s => [s.fontFamily, parseFloat(s.lineHeight) / parseFloat(s.fontSize), s.textAlign])"
                         "(getComputedStyle(document.querySelector('.body p')))")  # fmt: skip
    assert body[0].startswith("Naskh")
    assert body[1] >= 2
    assert body[2] == "start"


def test_the_first_key_leads_past_the_masthead(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "إلى المحتوى"
    box = skip.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["height"] >= 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_has_the_focus_shows_it(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["search"])
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("key", ["/", "Slash"])
def test_a_slash_goes_to_the_search_box(library: dict[str, str], open_page: OpenPage, key: str) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement.name") == "q"
    assert page.input_value("#q") == ""


def test_j_and_k_walk_through_the_results(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["search"])
    for key, place in (("j", 0), ("j", 1), ("KeyJ", 2), ("k", 1)):
        page.keyboard.press(key)
        link = page.locator(".hits .headline a").nth(place)
        assert link.evaluate("a => a === document.activeElement")


def test_a_name_that_begins_with_latin_letters_does_not_turn_round(
    library: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page()
    page.goto("/publishers/")
    sides = page.locator("bdi", has_text="CNN").first.evaluate(
        """bdi => {
          const range = document.createRange(), at = (i) => {
            range.setStart(bdi.firstChild, i); range.setEnd(bdi.firstChild, i + 1);
            return range.getBoundingClientRect().x;
          };
          return [at(0), at(5)];
        }"""
    )
    assert sides[0] > sides[1], "«CNN» stands to the right of «بالعربية»"


def test_a_story_prints_without_the_furniture(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["story"])
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".nav, .searchbox, .colophon, .related").first.is_visible()
    assert page.locator(".record .address").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_click_on_a_year_narrows_the_search(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.goto(library["search"])
    page.locator("svg.bars a").first.click()
    page.wait_for_url("**from=2004&to=2004**")
