"""A page as a reader sees it: one run of text after another, each with the element it stands in.

A block is what lies between two line breaks: a paragraph, a heading, a menu entry, a line ended by <br>. Zones that
are never text of an article (menus, footers, forms, share bars) are left out of the walk as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from archive.arabic import fold, key, squeeze

from .document import Document
from .tree import Element, raw_text

_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q s samp small span
    strike strong sub sup time tt u var wbr
    """.split()
)
_UNSEEN = frozenset(
    """
    script style noscript template select option button svg math iframe object embed video audio canvas map input
    textarea head title meta link area applet frame frameset datalist dialog
    """.split()
)
_ZONE_TAGS = frozenset("nav footer aside form menu".split())
_ZONE_ROLES = frozenset("navigation contentinfo complementary search banner dialog".split())
_ZONE_WORDS = re.compile(
    r"(?:.*[-_])?(?:"
    r"comm|comments?|respond|disqus|share\w*|sharing|social\w*|addthis\w*|a2a|related\w*|recommend\w*|similar|breadcrumbs?|crumbs?|"
    r"sidebar\w*|widgets?|menus?|navbar|navigation|nav|footer|foot|popular|mostread|trending|ads?|advert\w*|banners?|"
    r"sponsor\w*|newsletter|subscribe|copyrights?|pagination|pager|tagcloud|taglist|toolbar|readmore|cookies?|popup|modal|"
    r"poll|login|signin|authorbox|ticker|prev|next|about|about-us|bookmark\w*|signup\w*|twitter-tweet|instagram-media|fb-post|tiktok-embed"
    r")(?:[-_].*)?",
    re.I,
)
_ZONE_NAMES = frozenset(
    """
    hidden hide hideme d-none sr-only visually-hidden screen-reader-text print no-print tools rating tags tag-list
    latest-news breaking-news breaking most-read author-box author-bio prev-next post-navigation skip-link
    """.split()
)
"""Words that say so only as a whole name: «field-label-hidden» hides nothing."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_NAMES = frozenset(("hidden", "d-none", "hide", "visually-hidden", "sr-only", "print-only"))
_DEEPEST = 400
_MOST_TOPS = 20  # main headings of a page: more are no headings
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Block:
    __slots__ = ("_folded", "_heading", "_key", "element", "in_card", "linked", "links", "text")

    def __init__(self, text: str, element: Element, links: list[tuple[str, str]]) -> None:
        self.text = text
        self.element = element
        """the nearest element that is no mere styling"""
        self.links = links
        """(href, text) of its links"""
        self.linked = sum([len(words) for _, words in links]) if links else 0
        """how many of its characters are links"""
        self.in_card = False
        """stands in a box that shows another story"""
        self._heading = -1
        self._key: str | None = None
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    @property
    def key(self) -> str:
        if self._key is None:
            self._key = key(self.text)
        return self._key

    @property
    def heading(self) -> int:
        """1-6 for a heading, else 0."""
        if self._heading < 0:
            self._heading = _heading_level(self.element)
        return self._heading

    @property
    def is_link(self) -> bool:
        """Nothing but links, but for a bullet or a dash."""
        return self.linked >= max(1, len(self.text) - 3)


def _heading_level(element: Element) -> int:
    tag = element.tag
    if tag not in _HEADINGS:
        parent = element.getparent()
        tag = parent.tag if parent is not None else ""
    return int(tag[1]) if tag in _HEADINGS else 0


@lru_cache(maxsize=20_000)
def names_zone(names: str) -> bool:
    """Whether class or id says that an element is no article text."""
    return any(name.lower() in _ZONE_NAMES or _ZONE_WORDS.fullmatch(name) for name in names.split())


def is_zone(element: Element, above_heading: Collection[Element], leniently: bool = False) -> bool:
    """Whether an element is never text of an article, unless it is one of those around the main heading.

    `leniently`: a form or a name alone is not held against it.
    """
    tag, named = element.tag, element.keys()
    if tag in _ZONE_TAGS:
        if tag == "footer":  # an article's own footer holds its date and writer
            return next(element.iterancestors("article"), None) is None
        # ASP.NET sets whole pages into one form
        return tag != "form" or (not leniently and element not in above_heading)
    for name in named:
        if name == "class" or name == "id":
            if not leniently and names_zone(element.get(name) or ""):
                return element not in above_heading
        elif name == "style":
            if _HIDDEN_STYLE.search(element.get(name) or ""):
                return True
        elif name == "hidden" or (name == "role" and element.get(name) in _ZONE_ROLES):
            return True
    return False


def _is_hidden(element: Element) -> bool:
    """Whether an element is there for another screen, or for none."""
    classes = element.get("class")
    return bool(classes and not _HIDDEN_NAMES.isdisjoint(classes.lower().split()))


class _Walk:
    """One pass over the tree; `parts` is the run of text that is being gathered."""

    def __init__(self, above_heading: Collection[Element], leniently: bool) -> None:
        self.above_heading, self.leniently = above_heading, leniently
        self.blocks: list[Block] = []
        self.zones: list[tuple[int, Element]] = []
        self.parts: list[str] = []
        self.links: list[tuple[str, str]] = []

    def flush(self, element: Element) -> None:
        text = squeeze("".join(self.parts))
        if text:
            links = [(href, squeeze(words)) for href, words in self.links]
            self.blocks.append(Block(text, element, links))
        self.parts.clear()
        if self.links:
            self.links = []

    def visit(self, element: Element, owner: Element, href: str, depth: int) -> None:
        parts = self.parts
        text = element.text
        if text and (parts or not text.isspace()):
            parts.append(text)
        for child in element:
            tag = child.tag
            if tag in _INLINE:
                self.inline(child, owner, href, depth)
            elif tag == "br" or tag == "hr":
                if owner.tag in _HEADINGS:
                    parts.append(" ")  # a heading is one line, however it is broken
                elif parts:
                    self.flush(owner)
            elif tag not in _UNSEEN:
                if parts:
                    self.flush(owner)
                if is_zone(child, self.above_heading, self.leniently):
                    self.zones.append((len(self.blocks), child))
                else:
                    if depth < _DEEPEST:
                        self.visit(child, child, href, depth + 1)
                    else:
                        parts.append(raw_text(child))
                    if parts:
                        if href:
                            self.links.append((href, "".join(parts)))
                        self.flush(child)
            tail = child.tail
            if tail and (parts or not tail.isspace()):
                parts.append(tail)

    def inline(self, element: Element, owner: Element, href: str, depth: int) -> None:
        parts = self.parts
        if (look := element.get("style")) and _HIDDEN_STYLE.search(look):
            self.zones.append((len(self.blocks), element))
            return
        if element.tag == "i" and "icon" in (element.get("class") or ""):
            return  # a sign drawn by its name: «schedule», «person»
        if depth >= _DEEPEST:
            parts.append(raw_text(element))
        elif element.tag == "a":
            at, target = len(parts), element.get("href") or ""
            self.visit(element, owner, target, depth + 1)
            if target and len(parts) > at:
                self.links.append((target, "".join(parts[at:])))
        else:
            self.visit(element, owner, href, depth + 1)


def read_blocks(document: Document, leniently: bool = False) -> tuple[list[Block], list[tuple[int, Element]]]:
    """The blocks of a page in order, and the zones between them, each with the place of the block that follows it."""
    tops = [list(heading.iterancestors()) for heading in document.survey.of("h1")[:_MOST_TOPS]]
    shown = [around for around in tops if not any(_is_hidden(one) for one in around)]
    walk = _Walk({above for around in shown or tops for above in around}, leniently)
    body = document.root.find("body")
    if body is not None:
        walk.visit(body, body, "", 0)
        if walk.parts:
            walk.flush(body)
    return walk.blocks, walk.zones
