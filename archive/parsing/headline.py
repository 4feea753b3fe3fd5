"""The headline: the heading that the page's own title vouches for, as printed there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.arabic import key

from .blocks import Block
from .identity import TITLE_SEPARATOR
from .structured import Structured
from .tree import Element

if TYPE_CHECKING:
    from .sheet import Sheet

_WORDS_OF_A_HEADLINE = 4
_LONG_PART = 20  # letters of a part of <title> that can be a headline
_SHORTEST = 8  # letters of a key that can vouch for a heading
_LONGEST = 400
_SHARED = 0.6  # share of the longer of two titles that the shorter must be


@dataclass(frozen=True, slots=True)
class Headline:
    text: str
    at: int
    """its place among the blocks; -1 when no block holds it"""


def find_headline(sheet: Sheet) -> Headline | None:
    """The headline, by decreasing trust: the layout's heading, a heading that a title vouches for, the one heading that
    could be it, a title alone."""
    blocks, structured = sheet.blocks, sheet.structured
    titles = _titles(structured, sheet.papers)
    parts = (part for part in TITLE_SEPARATOR.split(structured.first("title")[:_LONGEST]) if len(part) >= _LONG_PART)
    keys = {title.replace(" ", "") for title in (*(title for title, _ in titles), *map(key, parts))} - {""}
    if (found := _in_elements(blocks, sheet.named("headline"), keys)) is not None:
        return _spoken(sheet, found, sheet.voice)
    shortest, longest = _span(keys)
    fitting = [at for at, block in enumerate(blocks) if shortest <= len(block.text) <= longest]
    for level in range(1, 8):  # 7: a line that is no heading
        for at in fitting:
            block = blocks[at]
            if (block.heading or 7) == level and not (block.is_link and level > 2):
                if any(_vouches(title, block.key.replace(" ", "")) for title in keys):
                    return _spoken(sheet, at, f"h{level}" if level < 7 else "text")
    for at in fitting:  # old themes link a story's heading to itself
        if blocks[at].is_link and blocks[at].key in {title for title, _ in titles}:
            return _spoken(sheet, at, "text")
    tops = [at for at, one in enumerate(blocks) if one.heading == 1 and not one.is_link and len(one.key) >= _SHORTEST]
    if len(tops) == 1 and (not titles or len(blocks[tops[0]].key.split()) >= _WORDS_OF_A_HEADLINE):
        return _spoken(sheet, tops[0], "h1")
    if titles and len(titles[0][0]) >= _SHORTEST:
        said = next(iter(structured.all("headline")), None)
        sheet.say("headline", said.voice if said else "title", said.name if said else "title")
        return Headline(titles[0][1], -1)
    return None


def _spoken(sheet: Sheet, at: int, rule: str) -> Headline:
    sheet.say("headline", rule, sheet.where(at))
    return Headline(sheet.blocks[at].text, at)


def _titles(structured: Structured, papers: Collection[str]) -> list[tuple[str, str]]:
    """(folded, as printed) of all that the page calls its title, the site's name taken off."""
    said = [s.value for s in structured.all("headline") if isinstance(s.value, str)] + [structured.first("title")]
    found: list[tuple[str, str]] = []
    for title in dict.fromkeys(title for title in said if len(title) <= _LONGEST):
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


def _in_elements(blocks: list[Block], chosen: list[Element], titles: Collection[str]) -> int | None:
    """The first block of the chosen elements that a title vouches for, else the only one that could be a headline."""
    if not chosen:
        return None
    places = {
        element: at
        for at, block in reversed(list(enumerate(blocks)))
        for element in (block.element, block.element.getparent())
        if element is not None
    }
    found = [places[element] for element in chosen if element in places]
    found = [at for at in found if not blocks[at].is_link and _SHORTEST <= len(blocks[at].key) <= _LONGEST]
    for at in found:
        if any(_vouches(title, blocks[at].key.replace(" ", "")) for title in titles):
            return at
    return found[0] if len(found) == 1 else None
