"""Markup and styles put together at random, written anew, before a browser that is allowed everything."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from archive.dumps import Locator, Page
from archive.parsing import Document, open_document
from archive.replay.inert import inert_page

from .conftest import OpenPage
from .test_saved_pages import Elsewhere, elsewhere  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser
ROUNDS, PIECES = 150, 25
MARKUP = (
    "<svg>", "</svg>", "<math>", "</math>", "<style>", "</style>", "<title>", "</title>", "<textarea>",
    "</textarea>", "<p>", "</p>", "<table>", "<tr><td>", "</table>", "<select>", "</select>", "<option>",
    "<noscript>", "</noscript>", "<template>", "</template>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<desc>",
    "<foreignobject>", "<mtext>", "<mglyph>", "<form>", "</form>", "<a href=", '<div id="', "<div class='", ">",
    '"', "'", "`", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "&lt;", "&quot;", "&#39;",
    "<img src=x onerror=harm()>", "<img src=FAR>", "<svg onload=harm()>", "<script>harm()</script>",
    "<iframe src='javascript:parent.harm()'></iframe>", "<link rel=stylesheet href=FAR>", "<image href=FAR>",
    "<use href=FAR>", "<input type=image src=FAR>", "<video poster=FAR>", "<p style='background:url(FAR)'>",
    "<body background=FAR onload=harm()>", "<style>p{background:url(FAR)}", "<plaintext>", "<frameset>",
    "<object data=FAR>", "<embed src=FAR>", "\x00", "<br/", "</",
)  # fmt: skip
STYLES = (
    "url(", "URL(", "u\\72l(", "\\75 rl(", "FAR", "'FAR'", '"FAR"', ")", "(", "{", "}", ";", ":", "*", "p",
    "background", "\n", "\\", "'", '"', "/*", "*/", "@import ", "@im\\70ort ", "@font-face", "src:",
    "font-family:x", "image-set(", "-webkit-image-set(", " 1x", ",", "<!--", "-->", "</style>",
    "p{background:url(FAR)}", "*{background:", "content:", "\\)", "\r", "\x0c", "\x00", "@media all{",
    "--x:url(FAR);background:var(--x)", "cursor:", ", auto", "!important", "\\\n", "&", "#",
)  # fmt: skip


def document(html: str) -> Document | None:
    page = Page("", datetime(2020, 1, 1, tzinfo=UTC), html.encode(), "text/html; charset=utf-8", Locator("x"))
    opened = open_document(page)
    return opened if isinstance(opened, Document) else None


@pytest.mark.parametrize("kind", ["markup", "styles"])
def test_nothing_acts(open_page: OpenPage, elsewhere: Elsewhere, kind: str) -> None:  # noqa: F811
    page, chance = open_page(watched=False), random.Random(f"{kind} 1")
    page.goto("about:blank")
    for turn in range(ROUNDS):
        if kind == "markup":
            text = "<html><body><p>x</p>" + "".join(chance.choices(MARKUP, k=PIECES))
        else:
            sheets = ("".join(chance.choices(STYLES, k=PIECES)) for _ in range(20))
            text = "<html><head>" + "".join(f"<style>{sheet}</style>" for sheet in sheets) + "</head><body><p>x</p>"
        opened = document(text.replace("FAR", f"{elsewhere.url}/{turn}"))
        if opened is None:
            continue
        shown = inert_page(opened, lambda reference, kinds: "")
        page.set_content(f"<script>harm = () => {{ window.harmed = true }}</script>{shown}")
        assert not page.evaluate("window.harmed"), shown
        assert not elsewhere.knocks, shown
    page.wait_for_timeout(300)
    assert not elsewhere.knocks
