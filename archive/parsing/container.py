"""The container: which box of a page holds the text of its story.

Dense lines (sentences, hardly a link) add their weight to every element around them; from the top one walks down to
the element that still holds nearly all of it. It knows the place of the headline and nothing else of the story; what
in the box is no part of it, `body` tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from .blocks import Block
from .lines import DENSE_FROM, MARKS, is_caption, is_dense
from .tree import Element, upwards, within

ENOUGH = 200  # letters that a named or marked element must hold to be the body
_HEAVIEST = 600  # letters of one paragraph that count
_HOLDS = 0.66  # share of its parent's text that an element must hold to be entered
_LONGEST_END = 60  # letters of a line that begins what follows the text
_BEFORE_HEADLINE = 0.1  # weight of text that stands before the headline
_AFTER_END = 0.2  # weight of text that follows the mark of an end
_LIST = 4  # links in a row, after which the text is over
_LINE_OF_A_LIST = 25
_ROWS = ("tr", "tbody", "table")
_ROW = 60  # letters that make a row one of text
_SHARE_OF_A_ROW = 0.1  # of the letters of the first row: less is a notice below a table
_TEXT_TAGS = frozenset("p li ul ol blockquote h1 h2 h3 h4 h5 h6 dd dt dl pre center figure figcaption".split())


def find_container(blocks: list[Block], headline_at: int, counts: Callable[[Block], bool] = is_dense) -> Element | None:
    """The element that holds nearly all text that counts after the headline; null when there is none.

    What follows the mark of an end, a list of links or the headline's own <article> counts for little: comments and a
    second story may be longer than the first.
    """
    weights: dict[Element, float] = defaultdict(float)
    root: Element | None = None
    seen, share = 0, _BEFORE_HEADLINE
    own_article = _own_article(blocks, headline_at)
    links = 0
    for at, block in enumerate(blocks):
        if at == headline_at + 1:
            share = 1.0
        links = links + 1 if block.is_link and len(block.text) >= _LINE_OF_A_LIST else 0
        if links >= _LIST and seen and share == 1.0:
            share = _AFTER_END
        if seen > ENOUGH and len(block.text) < _LONGEST_END and share == 1.0 and _ends(block):
            share = _AFTER_END
        if not counts(block) or is_caption(block):
            continue
        seen += len(block.text) if at > headline_at else 0
        weight = min(len(block.text), _HEAVIEST) * share
        if own_article is not None and not within(block.element, own_article):
            weight *= _AFTER_END  # another story, printed below this one
        for element in upwards(block.element):
            weights[element] += weight
            root = element
    if root is None:
        return None
    headed = {around for block in blocks if block.heading > 1 for around in block.element.iterancestors()}
    above_headline = set(blocks[headline_at].element.iterancestors()) if headline_at >= 0 else set()
    here = root
    while True:
        best = max((child for child in here if child in weights), key=lambda child: weights[child], default=None)
        own = next((child for child in here if child in above_headline), None)
        if own is not None and weights.get(own, 0) >= ENOUGH and _has_likes(own, weights):
            here = own  # the others of its make hold answers to it, or further stories
            continue
        if best is None or best.tag in _TEXT_TAGS or weights[best] < _HOLDS * weights[here]:
            if own is not None and weights.get(own, 0) >= DENSE_FROM and _others_have_headings(own, weights, headed):
                here = own  # a short story, with other matter below it
                continue
            return here
        if best.tag in _ROWS and _is_row_of_text(best, weights):
            return here
        here = best


def _others_have_headings(own: Element, weights: Mapping[Element, float], headed: Collection[Element]) -> bool:
    """Whether all text beside the box of the headline stands below headings of its own."""
    parent = own.getparent()
    others = [] if parent is None else [one for one in parent if one is not own and weights.get(one, 0) > 0]
    return bool(others) and all(one in headed for one in others)


def _has_likes(box: Element, weights: Mapping[Element, float]) -> bool:
    """Whether others of a box's make beside it hold text, too."""
    parent = box.getparent()
    others = [] if parent is None else [one for one in parent if one is not box and one in weights]
    return any((one.tag, one.get("class")) == (box.tag, box.get("class")) for one in others)


def _own_article(blocks: list[Block], headline_at: int) -> Element | None:
    """The <article> that the headline opens, where it holds text of its own."""
    if headline_at < 0:
        return None
    own = next(blocks[headline_at].element.iterancestors("article"), None)
    text = (one for one in blocks[headline_at + 1 :] if own is not None and within(one.element, own) and is_dense(one))
    return own if next(text, None) is not None else None


def _ends(block: Block) -> bool:
    marked = MARKS.match(block.folded)
    return bool(marked and marked.lastgroup == "end")


def _is_row_of_text(row: Element, weights: Mapping[Element, float]) -> bool:
    """Whether a text goes on in the next row of a table."""
    others = [one for one in row.itersiblings() if one in weights] if row.getparent() is not None else []
    return any(weights[one] > max(_ROW, _SHARE_OF_A_ROW * weights[row]) for one in others)
