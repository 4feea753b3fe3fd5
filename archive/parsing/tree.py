"""The element tree: lxml's loosely typed answers, given the types they have here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import cast

from cssselect import GenericTranslator
from lxml import etree

from archive.arabic import squeeze

Element = etree._Element


def elements(xpath: str) -> Callable[[Element], list[Element]]:
    """A compiled XPath that finds elements."""
    return cast("Callable[[Element], list[Element]]", etree.XPath(xpath))


@lru_cache(maxsize=500)
def compile_selector(css: str) -> Callable[[Element], list[Element]]:
    """A finder of elements by CSS. Raises cssselect.SelectorError."""
    return elements(GenericTranslator().css_to_xpath(css))


def select(root: Element, css: str) -> list[Element]:
    """Elements by CSS selector in the order of the page."""
    return compile_selector(css)(root)


@lru_cache(maxsize=500)
def names_in(css: str) -> list[list[bytes]]:
    """The classes and ids that a page must hold for a selector to find anything, for each of its alternatives."""
    if "(" in css:  # «:not(.ad)» needs no such name
        return [[]]
    return [[name.encode() for name in re.findall(r"[.#]([\w-]+)", one)] for one in css.split(",")]


def raw_text(element: Element) -> str:
    """All text in an element as it stands."""
    return "".join(cast("Iterable[str]", element.itertext()))


def holds_less(element: Element, letters: int) -> bool:
    """Whether an element holds less text than so many letters, spaces apart; read no further than that."""
    for text in cast("Iterable[str]", element.itertext()):
        letters -= len(text.strip())
        if letters <= 0:
            return False
    return True


def start_of(element: Element, letters: int) -> str:
    """The text in an element, spaces single; read no further than so many letters."""
    parts: list[str] = []
    for text in cast("Iterable[str]", element.itertext()):
        parts.append(text)
        letters -= len(text)
        if letters <= 0:
            break
    return squeeze("".join(parts))


def text_of(element: Element) -> str:
    """All text in an element, spaces single."""
    return squeeze(raw_text(element))
