"""A page as a reader sees it: one run of text after another, each with the element it stands in.

A block is what lies between two line breaks: a paragraph, a heading, a menu entry, a line ended by <br>. Zones that
are never text of an article (menus, footers, forms, share bars) are left out of the walk as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.arabic import squeeze

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
    r"comments?|respond|disqus|share\w*|sharing|social\w*|addthis\w*|a2a|related\w*|recommend\w*|similar|breadcrumbs?|crumbs?|"
    r"sidebar\w*|widgets?|menus?|navbar|navigation|nav|footer|foot|popular|mostread|trending|ads?|advert\w*|banners?|"
    r"sponsor\w*|newsletter|subscribe|copyrights?|pagination|pager|tagcloud|taglist|toolbar|readmore|cookies?|popup|modal|"
    r"poll|login|signin|authorbox|ticker|prev|next"
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
_DEEPEST = 400
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Block:
    text: str
    element: Element
    """the nearest element that is no mere styling"""
    linked: int
    """how many of its characters are links"""
    links: tuple[tuple[str, str], ...]
    """(href, text) of its links"""

    @property
    def heading(self) -> int:
        """1-6 for a heading, else 0."""
        for element in (self.element, self.element.getparent()):
            if element is not None and element.tag in _HEADINGS:
                return int(element.tag[1])
        return 0

    @property
    def is_link(self) -> bool:
        """Nothing but links, but for a bullet or a dash."""
        return self.linked >= max(1, len(self.text) - 3)


@lru_cache(maxsize=20_000)
def names_zone(names: str) -> bool:
    """Whether class or id says that an element is no article text."""
    return any(name.lower() in _ZONE_NAMES or _ZONE_WORDS.fullmatch(name) for name in names.split())


def is_zone(element: Element) -> bool:
    get = element.get
    if element.tag in _ZONE_TAGS or get("role") in _ZONE_ROLES or get("hidden") is not None:
        if element.tag == "footer":  # an article's own footer holds its date and writer
            return next(element.iterancestors("article"), None) is None
        # ASP.NET sets whole pages into one form
        return element.tag != "form" or element.find(".//h1") is None
    names, style = f"{get('class') or ''} {get('id') or ''}", get("style")
    if names != " " and names_zone(names):
        return element.find(".//h1") is None
    return bool(style and _HIDDEN_STYLE.search(style))


class _Walk:
    """One pass over the tree; `parts` is the run of text that is being gathered."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.links: list[tuple[str, str]] = []

    def flush(self, element: Element) -> None:
        if self.parts:
            text = squeeze("".join(self.parts))
            if text:
                links = tuple((href, squeeze(words)) for href, words in self.links)
                linked = sum(len(words) for _, words in links)
                self.blocks.append(Block(text, element, linked, links))
            self.parts, self.links = [], []

    def visit(self, element: Element, owner: Element, href: str, depth: int) -> None:
        text = element.text
        if text:
            self.parts.append(text)
        for child in element:
            tag = child.tag
            if tag == "br" or tag == "hr":
                self.flush(owner)
            elif tag in _INLINE:
                if (look := child.get("style")) and _HIDDEN_STYLE.search(look):
                    pass
                elif tag == "a" and depth < _DEEPEST:
                    at, target = len(self.parts), child.get("href") or ""
                    self.visit(child, owner, target, depth + 1)
                    if target and len(self.parts) > at:
                        self.links.append((target, "".join(self.parts[at:])))
                elif depth < _DEEPEST:
                    self.visit(child, owner, href, depth + 1)
                else:
                    self.parts.append(raw_text(child))
            elif tag not in _UNSEEN and isinstance(tag, str):
                self.flush(owner)
                if not is_zone(child):
                    if depth < _DEEPEST:
                        self.visit(child, child, href, depth + 1)
                    else:
                        self.parts.append(raw_text(child))
                    if href and self.parts:
                        self.links.append((href, "".join(self.parts)))
                    self.flush(child)
            if child.tail:
                self.parts.append(child.tail)


def read_blocks(root: Element) -> list[Block]:
    """The blocks of a page in order."""
    walk = _Walk()
    body = root.find("body")
    if body is not None:
        walk.visit(body, body, "", 0)
        walk.flush(body)
    return walk.blocks
