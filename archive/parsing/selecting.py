"""Elements by CSS selector, as layouts name them.

Most selectors are of few kinds («div.text», «#story», «.head h1»): these are answered from the page's list of
classes and ids, at a fraction of what an XPath over the whole tree costs; any other by cssselect's XPath.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from cssselect import GenericTranslator
from lxml import etree

from .survey import Survey
from .tree import Element

_STEP = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)")


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a selector: an element of a tag (any, when empty) with these classes and ids."""

    tag: str
    names: tuple[str, ...]
    """«.class» and «#id»"""

    def fits(self, element: Element) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        own = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        return own.issuperset(self.names)


@lru_cache(maxsize=500)
def compile_selector(css: str) -> Callable[[Element], list[Element]]:
    """A finder of elements by any CSS selector. Raises cssselect.SelectorError."""
    return cast("Callable[[Element], list[Element]]", etree.XPath(GenericTranslator().css_to_xpath(css)))


@lru_cache(maxsize=500)
def _steps(css: str) -> tuple[tuple[Step, ...], ...]:
    """The alternatives of a selector, each as its steps from the outside in; none where it is of another kind."""
    alternatives = []
    for alternative in css.split(","):
        parts = [found for part in alternative.split() if (found := _STEP.fullmatch(part))]
        steps = tuple(Step(part[1] or "", tuple(re.findall(r"[.#][\w-]+", part[2]))) for part in parts)
        if len(steps) != len(alternative.split()) or not any(step.names for step in steps[-2:]):
            return ()
        alternatives.append(steps)
    if len(alternatives) > 1 and not all(steps[-1].names for steps in alternatives):
        return ()  # elements without a name have no place in that list
    return tuple(alternatives)


def select(survey: Survey, css: str) -> list[Element]:
    """Elements by CSS selector in the order of the page."""
    alternatives = _steps(css)
    if not alternatives:
        return compile_selector(css)(survey.root)
    found = dict.fromkeys(element for steps in alternatives for element in _found(survey, steps))
    if len(found) < 2 or len(alternatives) < 2:
        return list(found)
    return [element for element, _ in survey.rows if element in found]


def _found(survey: Survey, steps: tuple[Step, ...]) -> list[Element]:
    *around, last = steps
    if last.names:
        elements = [one for one in survey.named(last.names[0][1:]) if last.fits(one)]
    else:  # «.head h1»: from the box that is named, down
        boxes = [one for one in survey.named(around[-1].names[0][1:]) if around[-1].fits(one)]
        elements = [one for box in boxes for one in box.iter(last.tag)]
    return [one for one in elements if _lies_in(one, around)]


def _lies_in(element: Element, around: list[Step]) -> bool:
    """Whether the steps, from the innermost out, fit elements around this one."""
    waiting = list(around)
    for outer in element.iterancestors():
        if not waiting:
            break
        if waiting[-1].fits(outer):
            waiting.pop()
    return not waiting
