"""What holds for every page, before a reader sees it."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, resolve

from archive.urls import urlpatterns

from .conftest import OpenPage

pytestmark = pytest.mark.browser

NO_PAGES = {
    *"api-search api-suggest cite favicon healthz logout manifest opensearch robots search-csv search-json".split(),
    *"logo sitemap sitemap-index story-permalink taste-css".split(),
    *"feed-author feed-latest feed-place feed-publisher feed-search feed-section".split(),
}
"""Addresses that answer with something else than a page."""
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def test_no_address_is_left_out(every_page: dict[str, str]) -> None:
    """A new page is not looked at by any test here, nor drawn, before it stands in the library."""
    named = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    seen = {resolve(unquote(urlsplit(address).path)).url_name for address in every_page.values()}
    assert named - NO_PAGES - seen == set()
    assert named >= NO_PAGES


def test_no_template_is_left_out(every_page: dict[str, str], client: Client) -> None:
    used = {template.name for address in every_page.values() for template in client.get(address).templates}
    assert {template.name for template in TEMPLATES.glob("*.html")} - used == set()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_it_loads_without_trouble_and_never_scrolls_sideways(
    every_page: dict[str, str], open_page: OpenPage, width: int
) -> None:
    page = open_page(width)
    too_wide = {}
    for name, address in every_page.items():
        page.goto(address, wait_until="load")
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            too_wide[name] = over
    assert not too_wide


def test_it_reads_without_javascript(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    for address in library.values():
        page.goto(address)
        assert page.locator("main h1").count() == 1
    page.goto("/")
    page.fill("input[name=q]", "الخطة")
    page.click("header button:has-text('بحث')")
    assert page.locator(".hits .item").count() == 12


def test_its_letters_come_from_our_own_fonts(library: dict[str, str], open_page: OpenPage) -> None:
    """Arabic and Latin alike: with one file missing, half of a line falls to another face."""
    page = open_page()
    page.goto(library["story"])
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + ' ' + f.weight)")
    assert {face.replace('"', "") for face in loaded} >= {"Plex 400", "Plex 700", "Naskh 400 700"}
    assert len(loaded) == 6


def test_it_has_one_heading_and_the_landmarks(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    for name, address in library.items():
        page.goto(address)
        assert page.locator("h1").count() == 1, name
        assert page.locator("body > header, body > main, body > footer, nav[aria-label]").count() >= 4, name
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)), (name, levels)


def test_every_field_has_a_label_and_every_link_a_name(library: dict[str, str], open_page: OpenPage) -> None:
    page = open_page()
    for name, address in library.items():
        page.goto(address)
        nameless = page.evaluate(
            """[...document.querySelectorAll('input:not([type=hidden]), textarea, select, button, a[href]')]
            .filter(e => !e.matches('a[tabindex="-1"]'))
            .filter(e => !(e.labels?.length || e.getAttribute('aria-label') || e.textContent.trim()))
            .map(e => e.outerHTML)"""
        )
        assert not nameless, name
        doubled = page.evaluate(
            "(ids => ids.filter((id, i) => ids.indexOf(id) < i))([...document.querySelectorAll('[id]')].map(e => e.id))"
        )
        assert not doubled, name


def test_what_one_taps_is_large_enough(library: dict[str, str], open_page: OpenPage) -> None:
    """WCAG 2.2: 24 by 24, but for links inside a sentence and those that the page repeats in a table."""
    page = open_page(390)
    for name, address in library.items():
        page.goto(address)
        small = page.evaluate(
            """tapped => [...document.querySelectorAll(tapped)]
            .filter(e => e.type !== 'hidden' && e.getClientRects().length && !e.closest('svg'))
            .filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML)""",
            "nav a, .kicker a, .meta a, .tally a, .chip, .pager a, button, input, textarea, select, summary",
        )
        assert not small, name
