"""Reading, by eye and by keyboard."""

from collections.abc import Callable

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


def test_a_telephone_number_is_not_turned_round(extremes: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(390)
    page.goto(extremes["latin names and telephones"])
    numbers = page.locator(".body bdo")
    assert numbers.all_inner_texts() == ["+212 5 37 12 34 56", "0537-123-456"]
    for number in numbers.all():
        places = number.evaluate(
            """number => {
              const range = document.createRange(), text = number.firstChild;
              return [...text.data].map((_, i) => {
                range.setStart(text, i); range.setEnd(text, i + 1);
                const {x, y} = range.getBoundingClientRect();
                return [y, x];
              });
            }"""
        )
        assert places == sorted(places)


def test_a_rule_keeps_together_on_a_phone(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(390)
    page.goto(library["capture"])
    rule = page.locator("code", has_text="almaghrib@2016")
    assert rule.evaluate("code => code.offsetHeight < 2 * parseFloat(getComputedStyle(code).lineHeight)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_addresses_begin_where_the_column_begins(
    library: dict[str, str], open_page: OpenPage, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    page = open_page()
    page.goto(library["story"])
    side = "Math.max(...boxes.map(box => box.right))" if language == "ar" else "Math.min(...boxes.map(box => box.x))"
    begin = page.evaluate(f"""() => [".record h2", ".record p.address a", ".record a.address"].map(one => {{
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(one));
      const boxes = [...range.getClientRects()];
      return Math.round({side});
    }})""")
    assert len(set(begin)) == 1


@pytest.mark.parametrize("name", ["front", "story", "search"])
def test_in_english_the_parts_of_the_archive_stand_in_one_line_on_a_phone(
    library: dict[str, str], open_page: OpenPage, speak: Callable[[str], None], name: str
) -> None:
    speak("en")
    page = open_page(390)
    page.goto(library[name])
    assert len(set(page.locator(".nav li:visible").evaluate_all("all => all.map(li => li.offsetTop)"))) == 1
    boxes = page.locator(".range input")
    assert len(set(boxes.evaluate_all("all => all.map(box => box.offsetTop)"))) == min(1, boxes.count())
