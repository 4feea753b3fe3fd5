"""Other stories as a page lists them: the dates they are given here may be printed nowhere else."""

from __future__ import annotations

import re
from datetime import datetime

from archive.arabic import find_date, key, squeeze

from .article import Teaser
from .credits import read_credit
from .document import Document
from .tree import Element, text_of, texts

# Only text that holds a year can hold a date; the search for it runs in C.
_find_years = texts(
    "//body//text()[string-length(.) < 160 and (contains(., '20') or contains(., '19') or contains(., '٢٠'))]"
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "title", "option", "textarea"))
_LEVELS = 5
_SHORTEST_HEADLINE = 12
_MOST = 200


def read_teasers(document: Document, own: Element | None, captured_at: datetime) -> list[Teaser]:
    """Dated teasers: a date and the one story that shares the smallest box around it.

    A box that holds links to two stories says nothing of either. `own` is the article's own text, left out.
    """
    found: dict[tuple[str, str], Teaser] = {}
    boxes = _Boxes()
    around = set(own.iterancestors()) if own is not None else set()
    for text in _find_years(document.root):
        element = text.getparent()
        if element is not None and text.is_tail:
            element = element.getparent()
        if element is None or element.tag in _UNSEEN or len(found) >= _MOST:
            continue
        printed = squeeze(text)
        dated = find_date(printed, captured_at)
        if not dated or len(key(dated[1])) > 40 or dated[0].on > captured_at.date():
            continue
        box = boxes.around(element)
        if box is None or box is own or box in around or (own is not None and own in box.iterancestors()):
            continue
        href, headline = boxes.story(box)
        if len(headline) >= _SHORTEST_HEADLINE:
            url = document.link(href)
            found.setdefault((url, headline), Teaser(headline, url, dated[0], printed))
    return list(found.values())


def read_undated(
    document: Document, headings: list[Element], credits: list[Element], papers: frozenset[str], known: set[str]
) -> list[Teaser]:
    """Teasers without a date, by the headings that the layout names; with the place that their box names."""
    found: list[Teaser] = []
    boxes = _Boxes()
    for heading in headings:
        href, headline = boxes.story(heading)
        if not href or len(headline) < _SHORTEST_HEADLINE or headline in known:
            continue
        box = heading.getparent()
        lines = [text_of(line) for line in credits if box is not None and line.getparent() is box]
        credit = next(filter(None, (read_credit(line, papers, "place-first") for line in lines)), None)
        place = credit.places[0] if credit and credit.places else ""
        found.append(Teaser(headline, document.link(href), None, "", place))
    return found


class _Boxes:
    """Boxes of one page; the words of a link are read once, however many boxes it lies in."""

    def __init__(self) -> None:
        self._links: dict[Element, list[tuple[str, str]]] = {}

    def links(self, box: Element) -> list[tuple[str, str]]:
        """(href, words) of the links in a box that could be headlines."""
        if box not in self._links:
            rows = ((link.get("href"), words_of(link)) for link in box.iter("a"))
            self._links[box] = [(href, words) for href, words in rows if href and len(words) >= _SHORTEST_HEADLINE]
        return self._links[box]

    def around(self, element: Element) -> Element | None:
        """The smallest element around a date in which a story is linked; null when it links to several."""
        here: Element | None = element
        for _ in range(_LEVELS):
            if here is None or here.tag in ("body", "html"):
                return None
            if links := self.links(here):
                return here if len({href for href, _ in links}) == 1 else None
            here = here.getparent()
        return None

    def story(self, box: Element) -> tuple[str, str]:
        """(href, headline) of the longest link in a box; no headline when the link is but a date."""
        href, words = max(self.links(box), key=lambda link: len(link[1]), default=("", ""))
        dated = find_date(words)
        return href, words if not dated or len(key(dated[1])) > 20 else ""


def words_of(link: Element) -> str:
    return re.sub(r"^[•\-–›»]\s*", "", text_of(link))
