"""The table of batch questions on a small screen, and its form without programs."""

import re

import pytest

from .conftest import OpenPage

pytestmark = pytest.mark.browser

A4_ACROSS = 1032
"""Pixels between the margins of a printed page that lies on its side."""


def test_on_a_phone_the_table_scrolls_in_its_box_while_questions_and_years_stay(
    library: dict[str, str], open_page: OpenPage
) -> None:
    page = open_page(390)
    page.goto(library["batch questions"])
    box = page.locator(".heat-box")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth && box.scrollHeight > box.clientHeight")
    corner = page.locator(".heat thead th").first
    question = page.locator(".heat tbody th").nth(5)
    last = page.locator(".heat thead th").last
    total = page.locator(".heat tfoot th")
    before = corner.bounding_box(), question.bounding_box(), total.bounding_box()
    box.evaluate("box => box.scrollBy(-9999, 0)")
    assert before == (corner.bounding_box(), question.bounding_box(), total.bounding_box())
    seen, frame = last.bounding_box(), box.bounding_box()
    assert seen and frame and seen["x"] >= frame["x"], "the last column has come into sight"
    box.evaluate("box => box.scrollBy(0, 200)")
    assert before[0] == corner.bounding_box()
    assert before[2] == total.bounding_box()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_form_asks_without_javascript(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/search/")
    page.click(".range a:has-text('أسئلة مجمّعة')")
    page.fill("textarea", "خطة\nnothing\n؟!")
    page.check("input[value=publisher]")
    page.click("text=اسأل")
    assert "questions=" in page.url
    assert "by=publisher" in page.url
    assert page.locator(".heat tbody tr").count() == 2
    page.fill("textarea", "\n".join(["كلمة"] * 400))
    page.click("text=اسأل")
    assert page.url.endswith("/batch/")
    assert page.locator(".heat tbody tr").count() == 400
    with page.expect_download() as download:
        page.click(".files button:has-text('CSV')")
    assert download.value.suggested_filename == "warraq-batch.csv"


def test_twenty_years_are_printed_on_one_sheet(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(A4_ACROSS)
    page.goto(library["batch questions"])
    page.emulate_media(media="print")
    assert page.locator(".heat thead th").count() > 20
    assert page.evaluate("document.querySelector('.heat').scrollWidth <= document.querySelector('main').clientWidth")
    sheets = set(re.findall(rb"/MediaBox \[([\d. ]+)\]", page.pdf(prefer_css_page_size=True)))
    assert len(sheets) == 1
    _, _, width, height = map(float, sheets.pop().split())
    assert (round(width), round(height)) == (842, 595)
