"""Pages hold whatever a story is like."""

import pytest

from .conftest import OpenPage
from .extremes import EXTREMES, IMAGE, MARKUP

pytestmark = pytest.mark.browser

# Pairs of texts that lie on each other, by the middle of their lines: what hangs above and below may touch.
OVERLAPS = """() => {
  const boxes = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("option, svg, .visually-hidden, .skip")) continue;
    const range = document.createRange();
    const cut = getComputedStyle(element).overflowY === "visible" ? 0 : element.getBoundingClientRect().bottom;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 3 || box.height < 3 || cut && box.top > cut - 3) continue;
      const inset = box.height * 0.3;
      boxes.push({node, left: box.left + 1, right: box.right - 1, top: box.top + inset, bottom: box.bottom - inset});
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  const found = [];
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j += 1) {
      const b = boxes[j];
      if (a.node !== b.node && a.left < b.right && b.left < a.right)
        found.push([a.node.data.trim().slice(0, 40), b.node.data.trim().slice(0, 40)]);
    }
  });
  return found;
}"""
LISTS = ("front", "search", "day", "authors", "places", "sections", "publishers", "undated", "about")


@pytest.mark.parametrize("width", [390, 1280])
def test_they_never_scroll_sideways_and_no_text_lies_on_another(
    library: dict[str, str], extremes: dict[str, str], open_page: OpenPage, width: int
) -> None:
    page = open_page(width)
    bad = {}
    lists = {name: library[name] for name in LISTS} | {"day": "/dates/2015/06/01/"}
    for name, address in (extremes | lists).items():
        page.goto(address)
        page.evaluate("document.fonts.ready")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        overlaps = page.evaluate(OVERLAPS)
        if wide > 0 or overlaps:
            bad[name] = (wide, overlaps[:3])
    assert not bad


def test_a_planted_overlap_is_found(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(bypass_csp=True)
    page.goto("/about/")
    page.evaluate("document.querySelector('main p').style.translate = '0 -3rem'")
    assert page.evaluate(OVERLAPS)


def test_what_looks_like_markup_is_text(extremes: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script of a story ran: {dialog.message}"))
    page.goto(extremes["names like markup"])
    assert page.locator("h1").inner_text() == " ".join(MARKUP.split())
    assert page.title() == f"{MARKUP} — ورّاق"
    assert page.locator(".body p").all_inner_texts() == [MARKUP, IMAGE]
    assert page.locator(".byline").inner_text() == "<script>alert(1)</script>"
    assert page.locator(".dateline").inner_text() == IMAGE
    assert page.locator(".kicker").inner_text() == IMAGE
    assert page.locator(".paper").inner_text() == "<b>جريدة</b> & أخبار"
    assert page.locator("main script, main img, main b, a[href^=javascript]").count() == 0


def test_a_mark_of_direction_left_open_turns_nothing_else_round(extremes: dict[str, str], open_page: OpenPage) -> None:
    """The letters of the year run from left to right, the words of the date from right to left."""
    page = open_page()
    page.goto(extremes["marks of direction"])
    for where in (".when time", ".pager.stories small", ".record h2", ".citation bdi"):
        ends = page.locator(where).first.evaluate(
            """element => {
              const text = element.firstChild, range = document.createRange();
              return [0, text.length - 1].map(i => {
                range.setStart(text, i); range.setEnd(text, i + 1);
                return range.getBoundingClientRect().x;
              });
            }"""
        )
        assert (ends[0] > ends[1]) == (where != ".citation bdi"), where


def test_there_is_a_page_for_each(extremes: dict[str, str]) -> None:
    assert len(set(extremes.values())) == len(EXTREMES)
