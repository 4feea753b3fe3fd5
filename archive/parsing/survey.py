"""All that rules ask for on a page, gathered in one pass over its elements: a pass for each would cost a parse."""

from __future__ import annotations

from dataclasses import dataclass, field

from .tree import Element

_KINDS = ("a", "base", "img", "figure", "time", "meta", "script", "link", "title", "h1", "h2", "h3")
_SILENT = frozenset(("script", "style", "noscript", "template", "title", "option", "textarea"))
_LONGEST_DATED = 160


@dataclass(slots=True)
class Survey:
    root: Element
    kinds: dict[str, list[Element]] = field(default_factory=dict)
    dated: list[tuple[Element, str]] = field(default_factory=list)
    """short texts that may hold a year, with the element that each stands in"""
    _named: list[tuple[Element, str]] | None = None

    def of(self, kind: str) -> list[Element]:
        """The elements of one tag."""
        return self.kinds[kind]

    @property
    def rows(self) -> list[tuple[Element, str]]:
        """Elements that have a class or an id, with both, in the order of the page."""
        if self._named is None:
            rows = ((one, f"{one.get('class') or ''} {one.get('id') or ''}") for one in self.root.iter())
            self._named = [row for row in rows if row[1] != " "]
        return self._named

    def named(self, word: str) -> list[Element]:
        """Elements in whose class or id a word stands, in the order of the page."""
        return [element for element, names in self.rows if word in names]


def take_survey(root: Element) -> Survey:
    survey = Survey(root, {kind: [] for kind in _KINDS})
    kinds, dated = survey.kinds, survey.dated
    for element in root.iter(*_KINDS):
        kinds[element.tag].append(element)
    body = root.find("body")
    for element in body.iter() if body is not None else ():  # one of the busiest loops of all: written out, not called
        text = element.text if element.tag not in _SILENT else None
        if text and len(text) < _LONGEST_DATED and ("20" in text or "19" in text or "٢٠" in text):
            dated.append((element, text))
        text = element.tail
        if text and len(text) < _LONGEST_DATED and ("20" in text or "19" in text or "٢٠" in text):
            if (parent := element.getparent()) is not None:
                dated.append((parent, text))
    return survey
