"""What an index keeps of a story's text: its words in every form, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from .analysis import Terms, words
from .copies import bands_of

_PAIRS = 2**20 - 1
PAIRED = 150
"""Words, headline and lead included, of which it is kept which follow which."""
BEGINNING = 30
"""Words of a text that tell what it is about: papers put the news first."""


Texts = tuple[str, str, str, tuple[str, ...], str]
"""headline, lead, body, captions, and what its near-copies have beyond them"""


class Indexed(NamedTuple):
    fields: dict[str, str]
    """field → its terms in order, a space apart: `surface` and `exact` of all of it; `stem` of all of it, twice more of
    lead and beginning and three times of the headline, where a word weighs more; `pair`, two stems that follow each
    other; `head` and `head_exact`, stems and folded words of the headline"""
    bands: tuple[int, ...]
    """what near-copies share (`copies`)"""


def index_text(texts: Texts) -> Indexed:
    headline, lead, body, captions, more = texts
    head, opening, own = words(headline), words(lead), words(body)
    every = [*head, *opening, *own, *(word for text in (*captions, more) for word in words(text))]
    telling = [*head, *head, *head, *opening, *opening, *own[:BEGINNING], *own[:BEGINNING]]
    fields = {
        "surface": _line(every, 0),
        "exact": _line(every, 1),
        "stem": _line([*every, *telling], 2),
        "pair": " ".join(pairs_of(every[:PAIRED])),
        "head": _line(head, 2),
        "head_exact": _line(head, 1),
    }
    return Indexed(fields, bands_of(own))


def index_texts(texts: Iterable[Texts]) -> list[Indexed]:
    return [index_text(one) for one in texts]


def pairs_of(found: Sequence[Terms]) -> Iterator[str]:
    """Each two telling words that follow each other, as one term: what lies near costs no more than what is there.

    The term is a number of twenty bits: spelled out, the pairs of a text would take more room than the text. That two
    pairs share a number does no harm, as a pair only adds to the rank of what its words have found.
    """
    numbers = [word.number for word in found if word.tells]
    return (f"{(31 * one ^ two) & _PAIRS:x}" for one, two in pairwise(numbers))


def _line(found: Sequence[Terms], form: int) -> str:
    return " ".join(map(itemgetter(form), found))
