"""When a story appeared, by the sources in a fixed order.

1. the element that the publisher's layout names; 2. JSON-LD, article:published_time, other meta tags, microdata;
3. <time> in the article; 4. a date printed between headline and text; 5. the address.

The day is the day in the page's own zone: where machines say UTC and the printed line says the next day, the line
wins. Page clocks, comments and sidebars lie outside the article's own blocks and are never looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from archive.arabic import PrintedDate, find_date, fold, parse_date

from .blocks import Block
from .body import is_caption, style
from .sheet import Sheet
from .structured import Structured
from .tree import Element, text_of

_UPDATE = re.compile(r"تحديث|تعديل|حدث|updated|modified")
_OTHER_DATE = re.compile(r"اليوم هو|الان|التقويم")
_DATE_LINE = re.compile(r"\d\d? ?: ?\d\d|نشر|تاريخ")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_LONGEST_LINE = 120
_LONGEST_REST = 60
_LISTS = ("aside", "li", "nav", "footer")

Line = tuple[int, str]
"""a printed line: its place among the blocks, its text"""


@dataclass(frozen=True, slots=True)
class Published:
    date: PrintedDate | None = None
    printed: str = ""
    """the text the date was read from; where all dates were refused, the first of them"""
    modified: PrintedDate | None = None


def find_published(sheet: Sheet, lines: list[Line]) -> Published:
    """When the story appeared and changed. `lines` are the printed lines around headline and text."""
    captured_at, structured = sheet.document.page.captured_at, sheet.structured
    printed, modified = _printed(lines, captured_at)
    if said := _first(structured, "modified", captured_at)[0]:
        modified = said
    named = sheet.named("date")
    own = {sheet.blocks[at].element for at, _ in lines}  # a class of dates may also date other stories
    for element in named if len(named) == 1 else [one for one in named if one in own]:
        text = element.get("datetime") or text_of(element)
        if (found := parse_date(text, captured_at)) and _possible(found, captured_at):
            sheet.say("published_at", sheet.voice, element)
            return Published(found, text, modified)
    said, text, voice, where = _first(structured, "published", captured_at)
    refused = text if said is None else ""
    if said is None:
        said, text, voice, where = _in_times(sheet)
    if printed and (said is None or _zone_moved_the_day(said, printed[1])):
        (at, line), found = printed
        sheet.say("published_at", "printed", sheet.where(at))
        return Published(found, line, modified)
    if said:
        sheet.say("published_at", voice, where)
        return Published(said, text, modified)
    if found := _in_address(sheet.url, captured_at):
        sheet.say("published_at", "address", sheet.url)
        return Published(found, sheet.url, modified)
    unread = next((line for line in [refused, *(text for _, text in lines)] if re.search(r"\d{4}", line)), "")
    return Published(None, unread, modified)


def find_date_lines(sheet: Sheet) -> list[Line]:
    """Date lines of the article itself: between headline and text, or right above the headline in its own box."""
    at, first, blocks = sheet.headline_at, sheet.text_at, sheet.blocks
    if at < 0 and first < 0:
        return []
    start = at + 1 if at >= 0 else max(0, first - 6)
    found = _date_lines(blocks, range(start, first if first > at else min(at + 4, len(blocks))))
    found = [row for row in found if not (is_caption(blocks[row[0]]) or sheet.is_named("caption", blocks[row[0]]))]
    if first >= 0:
        # a line set as the text is belongs to it («الرياض 26 شوال 1436 هـ … واس»), unless it can be nothing else
        found = [
            row
            for row in found
            if style(blocks[row[0]]) != style(blocks[first]) or _DATE_LINE.search(blocks[row[0]].folded)
        ]
    if at > 0 and not found:
        box: Element | None = blocks[at].element
        for _ in range(3):
            parent = box.getparent() if box is not None else None
            box = parent if parent is not None and parent.tag != "body" else box
        above = [n for n in range(max(0, at - 4), at) if box is not None and box in blocks[n].element.iterancestors()]
        found = _date_lines(blocks, range(above[0], at)) if above else []
    return found


def _date_lines(blocks: list[Block], places: range) -> list[Line]:
    """The blocks that are a date line: short, and little else once the date is taken out."""
    found: list[Line] = []
    for at in places:
        text = blocks[at].text
        if len(text) <= _LONGEST_LINE and any(character.isdigit() for character in text):
            dated = find_date(text)
            if dated and len(re.sub(r"\W+", "", dated[1])) <= _LONGEST_REST:
                if not _OTHER_DATE.search(blocks[at].folded):
                    found.append((at, text))
    return found


def _printed(lines: list[Line], captured_at: datetime) -> tuple[tuple[Line, PrintedDate] | None, PrintedDate | None]:
    """The first printed date that is no stamp of an update, with its line; and the first that is one."""
    published: tuple[Line, PrintedDate] | None = None
    modified: PrintedDate | None = None
    for line in lines:
        found = parse_date(line[1], captured_at)
        if not found or not _possible(found, captured_at):
            continue
        if _UPDATE.search(fold(line[1])):
            modified = modified or found
        elif published is None:
            published = line, found
    return published, modified


_Found = tuple[PrintedDate | None, str, str, Element | str]
"""(date, printed text, rule, where)"""


def _first(structured: Structured, name: str, captured_at: datetime) -> _Found:
    refused = ""
    for said in structured.all(name):
        if isinstance(said.value, str):
            found = parse_date(said.value, captured_at)
            if found and _possible(found, captured_at):
                return found, said.value, said.voice, said.name
            refused = refused or said.value
    return None, refused, "", ""


def _in_times(sheet: Sheet) -> _Found:
    captured_at = sheet.document.page.captured_at
    for element in sheet.document.survey.of("time"):
        names = element.get("class") or ""
        if "modified" in names or "updated" in names.split() or not _is_near(element, sheet):
            continue
        text = element.get("datetime") or ""
        if (found := parse_date(text, captured_at)) and _possible(found, captured_at):
            return found, text, "time-element", element
    return None, "", "", ""


def _is_near(element: Element, sheet: Sheet) -> bool:
    """Whether an element stands in the smallest box around headline and text, and in no list inside it."""
    if sheet.headline_at < 0 or sheet.body is None or sheet.body.element is None:
        return False
    around = set(sheet.body.element.iterancestors())
    box: Element | None = sheet.blocks[sheet.headline_at].element
    while box is not None and box not in around:
        box = box.getparent()
    above = list(element.iterancestors())
    if box is None or box.tag == "body" or box not in above:
        return False
    return not any(one.tag in _LISTS for one in above[: above.index(box)])


def _in_address(url: str, captured_at: datetime) -> PrintedDate | None:
    if match := _IN_ADDRESS.search(url):
        year, month, day = map(int, match.groups())
        try:
            date(year, month, day)
        except ValueError:
            return None
        found = PrintedDate(year, month, day)
        return found if _possible(found, captured_at) else None
    return None


def _possible(found: PrintedDate, captured_at: datetime) -> bool:
    """No story appears after its page was saved (two days' grace: zones, and dumps that only know a day)."""
    return found.on <= captured_at.date() + timedelta(days=2)


def _zone_moved_the_day(said: PrintedDate, printed: PrintedDate) -> bool:
    return said.utc_offset == 0 and printed.day is not None and abs((said.on - printed.on).days) == 1
