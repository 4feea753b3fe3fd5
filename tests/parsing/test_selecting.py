"""Selectors of layouts: the index answers as cssselect's XPath does."""

from __future__ import annotations

import pytest

from archive.parsing.document import Document, open_document
from archive.parsing.selecting import compile_selector, select

from .conftest import page

HTML = """<html><body><div id="a" class="box first"><h1 class="t">1</h1><p class="t x">2</p>
<div class="box in"><h1>3</h1><span class="t">4</span></div></div><h1>5</h1>
<ul class="box"><li class="t">6</li><li id="b">7</li></ul></body></html>"""


@pytest.mark.parametrize(
    "css",
    [
        ".t", "h1.t", "#a", "div#a", ".box h1", "#a .box .t", ".t, #b", "li#b, .t.x", ".none", "div.first h1, ul .t",
        "div > h1", "h1", ".t:not(.x)", "[id=b]", ".box *", "span, .x", ".box .box h1", "ul.box li",
    ],
)  # fmt: skip
def test_the_same_elements_in_the_same_order(css: str) -> None:
    document = open_document(page(HTML))
    assert isinstance(document, Document)
    expected = [element.text for element in compile_selector(css)(document.root)]
    assert [element.text for element in select(document.survey, css)] == expected
