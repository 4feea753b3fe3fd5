"""The element tree: lxml's loosely typed answers, given the types they have here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import cast

from lxml import etree

from archive.arabic import squeeze

Element = etree._Element


def upwards(element: Element, levels: int | None = None) -> Iterator[Element]:
    """An element and those around it, from the inside out; no more than so many."""
    return islice(chain((element,), element.iterancestors()), levels)


def within(element: Element, container: Element) -> bool:
    """Whether an element is a container or lies in it."""
    return any(here is container for here in upwards(element))


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
