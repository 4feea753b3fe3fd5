"""The headline: the heading that the page's own title vouches for, as printed there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archive.arabic import key

from .blocks import Block
from .identity import TITLE_SEPARATOR
from .structured import Structured
from .tree import Element

_SHORTEST = 8  # letters of a key that can vouch for a heading
_LONGEST = 400
_SHARED = 0.6  # share of the longer of two titles that the shorter must be


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    at: int
    """its place among the blocks; -1 when no block holds it"""
    source: str


def find_headline(
    blocks: list[Block], structured: Structured, papers: Collection[str], chosen: list[Element], layout: str
) -> Headline | None:
    """The headline, by decreasing trust: the layout's heading, a heading that a title vouches for, a title alone.

    `chosen` are the elements that the layout names.
    """
    titles = _titles(structured, papers)
    if (found := _in_elements(blocks, chosen, titles)) is not None:
        return Headline(blocks[found].text, found, layout)
    keys = {title.replace(" ", "") for title, _ in titles}
    shortest, longest = _span(keys)
    vouched = [
        (at, block.heading or 7)
        for at, block in enumerate(blocks)
        if shortest <= len(block.text) <= longest
        and not (block.is_link and not 0 < block.heading <= 2)
        and any(_vouches(title, block.key.replace(" ", "")) for title in keys)
    ]
    if vouched:
        at = min(vouched, key=lambda row: (row[1], row[0]))[0]
        return Headline(blocks[at].text, at, f"h{blocks[at].heading}" if blocks[at].heading else "text")
    if titles and len(titles[0][0]) >= _SHORTEST:
        return Headline(
            titles[0][1], -1, structured.all("headline")[0].voice if structured.all("headline") else "title"
        )
    tops = [
        at
        for at, block in enumerate(blocks)
        if block.heading == 1 and not block.is_link and len(block.key) >= _SHORTEST
    ]
    return Headline(blocks[tops[0]].text, tops[0], "h1") if len(tops) == 1 else None


def _titles(structured: Structured, papers: Collection[str]) -> list[tuple[str, str]]:
    """(folded, as printed) of all that the page calls its title, the site's name taken off."""
    said = [s.value for s in structured.all("headline") if isinstance(s.value, str)] + [structured.first("title")]
    found: list[tuple[str, str]] = []
    for title in dict.fromkeys(said):
        plain = without_site(title, papers)
        if plain and key(plain) and key(plain) not in papers:
            found.append((key(plain), plain))
    return found


def without_site(title: str, papers: Collection[str]) -> str:
    """A title without the paper's name at its beginning or end."""
    while True:
        separators = list(TITLE_SEPARATOR.finditer(title))
        if not separators:
            return title.strip(" -|»«:")
        first, last = separators[0], separators[-1]
        head, tail = title[: first.start()], title[last.end() :]
        if key(tail) in papers or not key(tail):
            title = title[: last.start()]
        elif key(head) in papers or not key(head):
            title = title[first.end() :]
        else:
            return title.strip()


def _vouches(title: str, heading: str) -> bool:
    """Whether a title and a heading are the same letters, the one perhaps cut short or longer by the site's name.

    Letters, not words: quotation marks part words in one of them.
    """
    if not heading or not title:
        return False
    if heading == title:
        return True
    shorter, longer = sorted((heading, title), key=len)
    return len(shorter) >= max(_SHORTEST, _SHARED * len(longer)) and shorter in longer


def _span(titles: Collection[str]) -> tuple[int, int]:
    """The lengths between which a printed line may be one of these titles; marks and stretching make it longer."""
    lengths = [len(title) for title in titles] or [0]
    return int(min(_SHORTEST, *lengths, _SHARED * min(lengths))), min(_LONGEST, int(3 * max(lengths) / _SHARED))


def _in_elements(blocks: list[Block], chosen: list[Element], titles: list[tuple[str, str]]) -> int | None:
    """The first block of the chosen elements that a title vouches for, else the only one that could be a headline."""
    places = {
        id(element): at
        for at, block in reversed(list(enumerate(blocks)))
        for element in (block.element, block.element.getparent())
    }
    found = [places[id(element)] for element in chosen if id(element) in places]
    found = [at for at in found if not blocks[at].is_link and _SHORTEST <= len(blocks[at].key) <= _LONGEST]
    for at in found:
        if any(_vouches(title.replace(" ", ""), blocks[at].key.replace(" ", "")) for title, _ in titles):
            return at
    return found[0] if len(found) == 1 else None
