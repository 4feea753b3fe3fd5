"""Cards: the boxes in which a page shows its other stories, a headline that is a link with an excerpt or a date below.

One knows them by their number: several boxes of one make side by side, each with a link for a headline and little
else. Their excerpts are the only dense text on a page that is no story's own, and on short stories they outweigh it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

from .blocks import Block
from .lines import MARKS, style
from .tree import Element, upwards

_LEVELS = 6  # how far above a headline its card may begin
_MANY = 3  # boxes of one make that are cards
_SHORTEST_HEAD = 12  # letters of a link that can be a headline
_SHORTEST_HEADING = 5  # letters that do where the link is a heading
_MOST_TEXT = 600  # letters of a card beside its headline: more is a story
_MOST_EXCERPTS = 2  # paragraphs below a headline in a list without boxes
_PARAGRAPH = 60  # letters from which a line is one
_LONGEST_HEAD = 400
_LONGEST_CLASS = 200
_EXCERPT = 25  # letters from which a line without a link is one
_SENTENCE = re.compile(r"[^.…]\.$")
"""How no headline ends: a paragraph may be a link from end to end, too."""


def mark_cards(blocks: Sequence[Block]) -> None:
    """Marks the blocks that lie in cards."""
    heads = [block for block in blocks if is_head(block)]
    if len(heads) < _MANY:
        return
    if boxes := _boxes(heads):
        _mark_boxed(blocks, boxes)
    _mark_listed(blocks, {id(head) for head in heads})


def is_head(block: Block) -> bool:
    """Whether a line may be a card's headline: hardly a word beside its link, and no sentence."""
    if not block.links or block.heading == 1 or not block.linked >= 0.6 * len(block.text):
        return False
    if len(block.text) > _LONGEST_HEAD:
        return False
    if block.heading:
        return len(block.text) >= _SHORTEST_HEADING
    return len(block.text) >= _SHORTEST_HEAD and not _SENTENCE.search(block.text)


def _boxes(heads: list[Block]) -> set[Element]:
    """The boxes of one make, side by side, each with a head."""
    makes: dict[tuple[Element, str, str], set[Element]] = defaultdict(set)
    seen: set[Element] = set()
    for head in heads:
        for box, parent in pairwise(upwards(head.element, _LEVELS + 1)):
            if box.tag == "body" or box in seen:
                break  # what is above a box that was seen has been seen, too, or lies too far above
            seen.add(box)
            makes[parent, str(box.tag), (box.get("class") or "")[:_LONGEST_CLASS]].add(box)
    return {box for boxes in makes.values() if len(boxes) >= _MANY for box in boxes}


def _mark_boxed(blocks: Sequence[Block], boxes: set[Element]) -> None:
    inside: dict[Element, list[Block]] = defaultdict(list)
    for block in blocks:
        for element in upwards(block.element, _LEVELS):
            if element in boxes:
                inside[element].append(block)
    for lines in inside.values():
        text = sum(len(block.text) - block.linked for block in lines)
        paragraphs = sum(1 for block in lines if len(block.text) - block.linked >= _PARAGRAPH)
        if text <= _MOST_TEXT and paragraphs <= _MOST_EXCERPTS and not any(block.heading == 1 for block in lines):
            for block in lines:
                block.in_card = True


def _mark_listed(blocks: Sequence[Block], heads: Collection[int]) -> None:
    """Heads with a line or two below each, that stand in one box: nothing but their turn tells them."""
    cards: list[list[Block]] = []
    above: Block | None = None
    for block in [*blocks, None]:
        if block is not None and id(block) in heads:
            cards.append([block])
        elif block is not None and cards and not block.heading and not block.in_card and _has_room(cards[-1], block):
            cards[-1].append(block)
        else:
            _mark_list(cards, above)
            cards = []
        above = block if not cards else above


def _mark_list(cards: list[list[Block]], above: Block | None) -> None:
    """Marks the lines of several cards; of the last no more than the others have, for a story may go on below it.

    Not where a text set as their excerpts goes on from above, sentence after sentence: a story with links in it.
    """
    if len(cards) < _MANY:
        return
    cards = [card for card in cards if not MARKS.match(card[0].folded)]
    excerpts = [[line for line in card[1:] if len(line.text) >= _EXCERPT] for card in cards]
    shown = [lines[-1] for lines in excerpts if lines]
    if len(shown) < _MANY:
        return
    finished = sum(1 for line in shown if _SENTENCE.search(line.text))
    if above is not None and len(above.text) >= _EXCERPT and 2 * finished > len(shown):
        if all(_is_set_like(line, above) for line in shown):
            return
    usual = max(map(len, cards[:-1]))
    for line in (line for card in cards for line in card[:usual]):
        line.in_card = True


def _is_set_like(block: Block, other: Block) -> bool:
    """Whether two lines stand in one box and are set alike."""
    one, two = block.element, other.element
    return one is two or (one.getparent() is two.getparent() and style(block) == style(other))


def _has_room(card: list[Block], block: Block) -> bool:
    excerpts = [line for line in card[1:] if len(line.text) >= _EXCERPT]
    return len(card) <= _MOST_EXCERPTS + 2 and (len(excerpts) < _MOST_EXCERPTS or len(block.text) < _EXCERPT)
