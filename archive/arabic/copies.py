"""Near-copies: texts that share most of their four-word runs, as agency stories do across papers.

MinHash with banding (Broder, "On the resemblance and containment of documents", 1997): texts whose runs overlap by 0.7
share one of ten bands with a probability of .99, unrelated ones hardly ever. A shared band is a suspicion; `likeness`
decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import compress
from operator import itemgetter

from rensa import RMinHash

from .analysis import Terms

ALIKE = 0.7
"""Share of runs from which two texts are copies of each other."""
_RUN = 4
_FEWEST = 12
"""Runs of the shortest text that can be told from others."""
_BANDS, _ROWS = 10, 3
_SEED = 1


def runs_of(words: list[Terms]) -> list[str]:
    """The four-word runs of a text."""
    return list(map(" ".join, _fours(words)))


def _fours(words: list[Terms]) -> Iterator[tuple[str, ...]]:
    exact = list(map(itemgetter(1), words))
    return zip(exact, exact[1:], exact[2:], exact[3:], strict=False)


def bands_of(words: list[Terms]) -> tuple[int, ...]:
    """Numbers of which near-copies share at least one; none for a text too short to tell."""
    if len(words) < _FEWEST + _RUN - 1:
        return ()
    # every second run will do: which ones, the words themselves say, so that copies choose alike
    runs = list(map(" ".join, compress(_fours(words), [word.number & 1 for word in words])))
    if not runs:
        return ()
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(runs)
    least = sketch.digest()
    return tuple(_number(band, least[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS))


def likeness(one: list[Terms], other: list[Terms]) -> float:
    """The share of runs that two texts have in common (Jaccard); 0 where one of them is too short to tell."""
    mine, theirs = set(runs_of(one)), set(runs_of(other))
    if min(len(mine), len(theirs)) < _FEWEST:
        return 0.0
    return len(mine & theirs) / len(mine | theirs)


def _number(band: int, least: list[int]) -> int:
    """A band as a number that an index can keep (62 bits, never negative)."""
    digest = blake2b(f"{band}:{least}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2
