"""The element tree: lxml's loosely typed answers, given the types they have here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import cast

from cssselect import GenericTranslator
from lxml import etree

from archive.arabic import squeeze

Element = etree._Element
Text = etree._ElementUnicodeResult


def elements(xpath: str) -> Callable[[Element], list[Element]]:
    """A compiled XPath that finds elements."""
    return cast("Callable[[Element], list[Element]]", etree.XPath(xpath))


def texts(xpath: str) -> Callable[[Element], list[Text]]:
    """A compiled XPath that finds text or attributes, each of which knows its element."""
    return cast("Callable[[Element], list[Text]]", etree.XPath(xpath))


def string(xpath: str) -> Callable[[Element], str]:
    """A compiled XPath of the form string(…)."""
    return cast("Callable[[Element], str]", etree.XPath(xpath))


@lru_cache(maxsize=500)
def compile_selector(css: str) -> Callable[[Element], list[Element]]:
    """A finder of elements by CSS. Raises cssselect.SelectorError."""
    return elements(GenericTranslator().css_to_xpath(css))


def select(root: Element, css: str) -> list[Element]:
    """Elements by CSS selector in the order of the page."""
    return compile_selector(css)(root)


def raw_text(element: Element) -> str:
    """All text in an element as it stands."""
    return "".join(cast("Iterable[str]", element.itertext()))


def text_of(element: Element) -> str:
    """All text in an element, spaces single."""
    return squeeze(raw_text(element))
