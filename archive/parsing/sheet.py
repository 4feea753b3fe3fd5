"""A page under reading: what is known of it so far, passed from one rule to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from .blocks import Block
from .body import Body
from .credits import Order
from .document import Document
from .headline import Headline
from .identity import Identity
from .publisher import Layout
from .selecting import select
from .structured import Structured
from .tree import Element, upwards

_NEAR = 60  # lines next to headline or text that may be credit or date
_LISTS = ("aside", "li", "nav", "footer")


@dataclass(slots=True)
class Sheet:
    document: Document
    structured: Structured
    identity: Identity
    url: str
    blocks: list[Block] = field(default_factory=list)
    zones: list[tuple[int, Element]] = field(default_factory=list)
    """what is never text of an article, each with the place of the block that follows it"""
    headline: Headline | None = None
    body: Body | None = None
    taken: set[int] = field(default_factory=set)
    """places of the blocks that are credit or date"""
    unsure: bool = False
    """a credit line could be read if the order of the site's lines were known"""
    evidence: dict[str, tuple[str, Element | str]] = field(default_factory=dict)
    """field → the rule that spoke it, and the element or statement it was read from"""
    _named: dict[str, list[Element]] = field(default_factory=dict)

    @property
    def layout(self) -> Layout | None:
        return self.identity.layout

    @property
    def voice(self) -> str:
        """What the layout's rules are called in `sources`."""
        return self.layout.name if self.layout else ""

    @property
    def order(self) -> Order:
        """The order of credit lines that was learnt from other pages of the site."""
        return self.identity.order

    @property
    def papers(self) -> frozenset[str]:
        return self.identity.papers

    @property
    def title(self) -> str:
        """The headline's text; empty when there is none."""
        return self.headline.text if self.headline else ""

    @property
    def headline_at(self) -> int:
        """Place of the headline among the blocks; -1 when none holds it."""
        return self.headline.at if self.headline else -1

    @property
    def text_at(self) -> int:
        """Place of the first full paragraph; -1 when there is none."""
        return self.body.first_dense if self.body else -1

    def between(self, start: int, end: int) -> list[int]:
        """Places between headline and text; of very many (a menu lies there), those next to either."""
        if end - start <= 2 * _NEAR:
            return list(range(start, end))
        return [*range(start, start + _NEAR), *range(end - _NEAR, end)]

    def say(self, name: str, rule: str, where: Element | str = "") -> None:
        """Notes who spoke a field. The last word stands."""
        self.evidence[name] = rule, where

    def where(self, at: int) -> Element | str:
        """The element of a block; empty for no block."""
        return self.blocks[at].element if 0 <= at < len(self.blocks) else ""

    def named(self, rule: str) -> list[Element]:
        """Elements that a rule of the layout names, in the order of the page; none without a layout or rule."""
        selector = getattr(self.layout, rule) if self.layout else ""
        if not selector:
            return []
        if rule not in self._named:
            self._named[rule] = select(self.document.survey, selector)
        return self._named[rule]

    def classed(self, word: str) -> list[Element]:
        """Elements in whose class or id a word stands, in the order of the page."""
        if word.encode() not in self.document.source:
            return []
        return self.document.survey.named(word)

    def is_named(self, rule: str, block: Block) -> bool:
        return any(block.element is element for element in self.named(rule))


def is_near(element: Element, sheet: Sheet) -> bool:
    """Whether an element stands in the smallest box around headline and text, and in no list, zone or other article
    inside it. Where that box is the whole page, it must share the branch of the one or the other."""
    if sheet.headline_at < 0 or sheet.body is None or sheet.body.element is None:
        return False
    heading = sheet.blocks[sheet.headline_at].element
    around, own = list(upwards(sheet.body.element)), list(upwards(heading))
    box = next((one for one in own if one in around), None)
    above = list(element.iterancestors())
    if box is None or box not in above:
        return False
    between = above[: above.index(box)]
    if box.tag == "body" and not (between and (between[-1] in own or between[-1] in around)):
        return False
    zones = {zone for _, zone in sheet.zones}
    return not any(one.tag in _LISTS or one in zones or (one.tag == "article" and one not in around) for one in between)
