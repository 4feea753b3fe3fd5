"""The headline: the heading that the page's own title vouches for, as printed there."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from archive.arabic import find_date, key

from .blocks import Block
from .credits import is_nobody, read_credit
from .identity import TITLE_SEPARATOR
from .lines import is_caption
from .structured import Structured
from .tree import Element, holds_less, start_of, upwards

if TYPE_CHECKING:
    from .sheet import Sheet

_WORDS_OF_A_HEADLINE = 4
_WORDS_OF_A_LINE = 3
_WORDS_OF_A_PAPER = 5
_ABOVE = 8  # lines above the text among which an unvouched headline is looked for
_LONGEST_LINE = 220
_TITLES = re.compile(r"(?:^|[-_\s]|lbl|news|art\w*)(?:title|headline|heading|subject)", re.I)
_ENDS_SENTENCE = re.compile(r"[.؟!:]\s*$")
_LARGE = ("4", "5", "6", "7", "+1", "+2", "+3")
LINE_ABOVE = "line-above"
"""The rule's name: a heading that no title vouches for; only a credit or a date beside it makes it a story's."""
_LONG_PART = 20  # letters of a part of <title> that can be a headline
_SHORTEST = 8  # letters of a key that can vouch for a heading
_LONGEST = 400
_CUT = 20  # letters with which both begin, the one cut short
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
    title = structured.first("title")[:_LONGEST]
    parts, whole = TITLE_SEPARATOR.split(title), key(title)
    long = (key(part) for part in parts if len(part) >= _LONG_PART)
    keys = {folded.replace(" ", "") for folded in (*(folded for folded, _ in titles), *long)} - {""}
    if (found := _in_elements(blocks, sheet.named("headline"), keys)) is not None:
        return _spoken(sheet, found, sheet.voice)
    shortest, longest = _span(keys)
    fitting = [at for at, block in enumerate(blocks) if shortest <= len(block.text) <= longest]
    for level in range(1, 8):  # 7: a line that is no heading
        for at in fitting:
            block = blocks[at]
            if level == 7 and block.key == whole and len(whole.split()) < _WORDS_OF_A_HEADLINE:
                continue  # the paper's name is the whole title
            if (block.heading or 7) == level and not (block.is_link and level > 2):
                if any(_vouches(title, block.key.replace(" ", "")) for title in keys):
                    return _spoken(sheet, at, f"h{level}" if level < 7 else "text")
    shorter = {key(part).replace(" ", "") for part in parts}
    for at in reversed(range(len(blocks))):  # «الرأي الحر - كتاب ومقالات - للسيل ذاكرة»
        block = blocks[at]
        if block.heading in (1, 2) and not block.is_link and len(block.key) >= _SHORTEST:
            if block.key.replace(" ", "") in shorter and block.key not in sheet.papers | {whole}:
                return _spoken(sheet, at, f"h{block.heading}")
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


def is_vouched(sheet: Sheet) -> bool:
    """Whether the headline is a line of the page, or what machines are told; not the browser's title alone."""
    headline = sheet.headline
    if headline is None or (headline.at < 0 and sheet.evidence["headline"][0] == "title"):
        return False
    folded = key(headline.text)
    if headline.at >= 0 and len(folded.split()) < _WORDS_OF_A_LINE and not sheet.blocks[headline.at].heading:
        return False  # the name of a section may be all of a title
    return not _is_papers_name(sheet, headline.text)


def _is_papers_name(sheet: Sheet, line: str) -> bool:
    """Whether a line is the whole title and a paper's name: «وكالة معا الإخبارية» heads every page."""
    if key(line) != key(sheet.structured.first("title")) or not is_nobody(line, sheet.papers):
        return False
    words = line.split()  # of four or five the last must say so: «صحيفة تكشف أسرار اللقاء» is a headline
    return len(words) <= _WORDS_OF_A_LINE or (len(words) <= _WORDS_OF_A_PAPER and is_nobody(words[-1], sheet.papers))


def find_line_above(sheet: Sheet) -> Headline | None:
    """Where no title vouches for any line (print versions, old sites): the line set apart right above the text."""
    first = sheet.text_at
    found, largest = -1, 0
    signed = False  # a date or a credit stands between the line and the text
    for at in range(first - 1, max(-1, first - 1 - _ABOVE), -1):
        block = sheet.blocks[at]
        if block.in_card or block.is_link or not 2 * _SHORTEST <= len(block.text) + 4 <= _LONGEST_LINE:
            continue
        is_signature = bool(find_date(block.text) or read_credit(block.text, sheet.papers))
        signed |= is_signature
        if len(block.key.split()) < _WORDS_OF_A_LINE or is_caption(block) or is_signature:
            continue
        if _is_papers_name(sheet, block.text):
            continue
        if block.heading:
            return _spoken(sheet, at, LINE_ABOVE)
        size = _set_apart(block)
        if not size and found < 0 and signed and not _ENDS_SENTENCE.search(block.text):
            found = at  # nothing sets it apart but its place
        elif size > largest:
            found, largest = at, size
    return None if found < 0 else _spoken(sheet, found, LINE_ABOVE)


def _set_apart(block: Block) -> int:
    """How far a line is set as headings are: 2 where it is named so, or large from end to end, 1 where it is bold."""
    for element in takewhile(lambda one: one.tag != "body", upwards(block.element, 2)):
        if _is_named_title(element) and holds_less(element, len(block.text) + _SHORTEST):
            return 2
    inside = islice(block.element.iter("b", "strong", "font", "span", "big"), 4)
    tags = [inner for inner in inside if start_of(inner, _LONGEST_LINE) == block.text]
    if any(inner.tag == "big" or inner.get("size") in _LARGE or _is_named_title(inner) for inner in tags):
        return 2
    return 1 if any(inner.tag in ("b", "strong") for inner in tags) else 0


def _is_named_title(element: Element) -> bool:
    return bool(_TITLES.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


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
    if len(shorter) >= _CUT and longer.startswith(shorter):
        return True  # a title that was cut short
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
