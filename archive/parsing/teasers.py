"""Other stories as a page lists them: the dates they are given here may be printed nowhere else."""

from __future__ import annotations

import re
from datetime import datetime

from archive.arabic import find_date, key, squeeze

from .article import Teaser
from .credits import read_credit
from .document import Document
from .tree import Element, start_of, text_of, upwards

_LEVELS = 5
_SHORTEST_HEADLINE = 12
_LONGEST_HEADLINE = 500
_MOST_LINKS = 12  # to one story in one box
_MOST = 200
_MOST_DATES = 2_000
_MOST_LOOKED_AT = 100  # links in one box
_MOST_BESIDE_A_DATE = 40  # letters
_BULLETS = "•-–›» "
_DIGIT = re.compile(r"\d")


def read_teasers(document: Document, own: Element | None, captured_at: datetime) -> list[Teaser]:
    """Dated teasers: a date and the one story that shares the smallest box around it.

    A box that holds links to two stories says nothing of either. `own` is the article's own text, left out.
    """
    found: dict[tuple[str, str], Teaser] = {}
    boxes = _Boxes()
    around = set(own.iterancestors()) if own is not None else set()
    latest = captured_at.date()
    for element, text in document.survey.dated[:_MOST_DATES]:
        printed = squeeze(text)
        dated = find_date(printed, captured_at)
        if not dated or not _is_little(dated[1]) or dated[0].on > latest:
            continue
        box, links = boxes.around(element)
        if box is None or box is own or box in around or (own is not None and own in box.iterancestors()):
            continue
        href, headline = boxes.story(links)
        if len(headline) >= _SHORTEST_HEADLINE:
            url = document.link(href)
            found.setdefault((url, headline), Teaser(headline, url, dated[0], printed))
            if len(found) >= _MOST:
                break
    return list(found.values())


def read_undated(
    document: Document, headings: list[Element], credits: list[Element], papers: frozenset[str], known: set[str]
) -> list[Teaser]:
    """Teasers without a date, by the headings that the layout names; with the place that their box names."""
    found: list[Teaser] = []
    boxes = _Boxes()
    for heading in headings:
        href, headline = boxes.story(list(heading.iter("a")))
        if not href or len(headline) < _SHORTEST_HEADLINE or headline in known:
            continue
        box = heading.getparent()
        lines = [text_of(line) for line in credits if box is not None and line.getparent() is box]
        credit = next(filter(None, (read_credit(line, papers, "place-first") for line in lines)), None)
        place = credit.places[0] if credit and credit.places else ""
        found.append(Teaser(headline, document.link(href), None, "", place))
    return found


def _is_little(rest: str) -> bool:
    """Whether hardly a word stands beside a date."""
    return len(rest) <= _MOST_BESIDE_A_DATE or len(key(rest)) <= _MOST_BESIDE_A_DATE


class _Boxes:
    """Boxes of one page; the words of a link are read once, however many boxes it lies in."""

    def __init__(self) -> None:
        self._words: dict[Element, str] = {}
        self._links: dict[Element, list[Element] | None] = {}

    def words(self, link: Element) -> str:
        if link not in self._words:
            self._words[link] = start_of(link, _LONGEST_HEADLINE).lstrip(_BULLETS)
        return self._words[link]

    def around(self, element: Element) -> tuple[Element | None, list[Element]]:
        """The smallest element around a date that links to one story, and the links to it; null when to several."""
        for here in upwards(element, _LEVELS):
            if here.tag in ("body", "html"):
                break
            if here not in self._links:  # many dates share a box
                self._links[here] = self._links_in(here)
            links = self._links[here]
            if links is None:
                break
            if links:
                return here, links
        return None, []

    def _links_in(self, box: Element) -> list[Element] | None:
        """The links of a box to its one story; null where it links to several, or holds too much to be one's."""
        links: list[Element] = []
        only = ""
        for looked_at, link in enumerate(box.iter("a")):
            href = link.get("href")
            if looked_at > _MOST_LOOKED_AT:
                return None
            if href and len(self.words(link)) >= _SHORTEST_HEADLINE:
                if (only and href != only) or len(links) >= _MOST_LINKS:
                    return None
                only = href
                links.append(link)
        return links

    def story(self, links: list[Element]) -> tuple[str, str]:
        """(href, headline) of the longest of some links; no headline when the link is but a date."""
        rows = ((link.get("href") or "", self.words(link)) for link in links)
        href, words = max((row for row in rows if row[0]), key=lambda row: len(row[1]), default=("", ""))
        dated = find_date(words) if _DIGIT.search(words) else None
        return href, words if not dated or len(key(dated[1])) > 20 else ""
