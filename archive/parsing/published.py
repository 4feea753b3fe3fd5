"""When a story appeared, by the sources in a fixed order.

1. the element that the publisher's layout names; 2. JSON-LD, article:published_time, other meta tags, microdata;
3. <time> in the article; 4. a date printed between headline and text; 5. the issue's date and number in the page's
head; 6. the address.

The day is the day in the page's own zone: where machines say UTC and the printed line says the next day, the line
wins. Page clocks, comments and sidebars lie outside the article's own blocks and are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from archive.arabic import PrintedDate, find_date, fold, parse_date

from .blocks import Block
from .lines import is_caption, style
from .sheet import Sheet, is_near
from .structured import Structured
from .tree import Element, start_of, text_of, upwards

_UPDATE = re.compile(r"تحديث|تعديل|حدث|updated|modified")
_OTHER_DATE = re.compile(r"اليوم هو|الان|التقويم|تسجيل|انضم|عضو")
_CLOCK = re.compile(
    r"clock|today|now\b|current|header-?_?date|topdate|date-?_?(?:top|time-?now)|hijri|weather|ticker", re.I
)
_RELATIVE = re.compile(r"(?:^|\W)(?:قبل|منذ)\s")
_LONGEST_RELATIVE = 80
_MOST_TIMES = 60
_MOST_PIECES = 12
_PUBLISHED = re.compile(r"تاريخ النشر|نشر(?:ت)? (?:في|بتاريخ|يوم)|(?:^|\W)نشر\W")
_STAMPS = re.compile(r"(?=(?:[آا]خر|تم)\s+(?:ال)?(?:تحديث|تعديل))|(?=تاريخ النشر|ن[ُ]?شر(?:ت)? (?:في|بتاريخ))")
_AFTER = 6  # blocks after the text in which a labelled date is looked for
_DATE_LINE = re.compile(r"\d\d? ?: ?\d\d|نشر|تاريخ|قراء[هات]|مشاهد[هات]|زيار[هات]|تعليق")
_OWN_DATE = re.compile(r"(?:post|entry|article|news|story|item)[-_]?date|^date-?header|publish|pubdate", re.I)
_LITTLE = 3  # letters beside a date on a line of its own
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_LONGEST_LINE = 120
_ISSUE = re.compile(r"العدد ?:? ?\(?\d{2,}")
_LONGEST_ISSUE = 300
_HEAD_OF_A_PAGE = 60  # lines above a headline that may name the issue
_LONGEST_REST = 60

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
    modified = _first(structured, "modified", captured_at)[0] or modified
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
        (said, text, voice, where), changed = _in_times(sheet)
        modified = modified or changed
    if printed and (said is None or _zone_moved_the_day(said, printed[1])):
        (at, line), found = printed
        sheet.say("published_at", "printed", sheet.where(at))
        return Published(found, line, modified)
    if said:
        sheet.say("published_at", voice, where)
        return Published(said, text, modified)
    if issue := _issue_line(sheet):
        (at, line), found = issue
        sheet.say("published_at", "issue-line", sheet.where(at))
        return Published(found, line, modified)
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
    found = _date_lines(sheet, sheet.between(start, first if first > at else min(at + 4, len(blocks))))
    found = [row for row in found if not (is_caption(blocks[row[0]]) or sheet.is_named("caption", blocks[row[0]]))]
    if first >= 0:
        # a line set as the text is belongs to it («الرياض 26 شوال 1436 هـ … واس»), unless it can be nothing else
        found = [
            row
            for row in found
            if style(blocks[row[0]]) != style(blocks[first])
            or _DATE_LINE.search(blocks[row[0]].folded)
            or _is_bare_date(blocks[row[0]])
        ]
    if at > 0 and not found:
        box: Element | None = blocks[at].element
        for _ in range(3):
            parent = box.getparent() if box is not None else None
            box = parent if parent is not None and parent.tag != "body" else box
        above = [
            n
            for n in range(max(0, at - 4), at)
            if (box is not None and box in blocks[n].element.iterancestors()) or _OWN_DATE.search(style(blocks[n])[1])
        ]
        found = _date_lines(sheet, above)
    if not found and sheet.body and sheet.body.last > 0:
        last = sheet.body.last
        after = _date_lines(sheet, range(max(first, last - 1), min(len(blocks), last + 1 + _AFTER)))
        found = [row for row in after if _PUBLISHED.search(blocks[row[0]].folded)]
    return found


def _is_bare_date(block: Block) -> bool:
    """Whether a line is a date and nothing else."""
    dated = find_date(block.text)
    return bool(dated and len(re.sub(r"\W+", "", dated[1])) <= _LITTLE)


def _date_lines(sheet: Sheet, places: Iterable[int]) -> list[Line]:
    """The blocks that are a date line: short, and little else once the date is taken out."""
    found: list[Line] = []
    captured_at = sheet.document.page.captured_at
    for at in places:
        block = sheet.blocks[at]
        if block.in_card:
            continue
        relative = len(block.text) <= _LONGEST_RELATIVE and bool(_RELATIVE.search(block.text))
        if len(block.text) <= _LONGEST_LINE and (relative or any(letter.isdigit() for letter in block.text)):
            for text in (block.text, *_pieces(block)):
                dated = find_date(text, captured_at if relative else None)
                if dated and len(re.sub(r"\W+", "", dated[1])) <= _LONGEST_REST and not _is_clock(block):
                    found.append((at, text))
                    break
    return found


def _pieces(block: Block) -> Iterator[str]:
    """The parts of a line that are set apart in it: nothing but their style may part a name from a date."""
    for piece in islice(block.element.iter("span", "time", "small", "i", "em", "a"), _MOST_PIECES):
        yield start_of(piece, _LONGEST_LINE)


def _is_clock(block: Block) -> bool:
    """Whether a printed date is the page's own: today's, the calendar's."""
    around = upwards(block.element, 3)
    names = (f"{one.get('class') or ''} {one.get('id') or ''}" for one in around if one.tag not in ("body", "html"))
    return bool(_OTHER_DATE.search(block.folded)) or any(_CLOCK.search(name) for name in names)


def _printed(lines: list[Line], captured_at: datetime) -> tuple[tuple[Line, PrintedDate] | None, PrintedDate | None]:
    """The first printed date that is no stamp of an update, with its line; and the first that is one."""
    published: tuple[Line, PrintedDate] | None = None
    modified: PrintedDate | None = None
    stamps = ((at, part) for at, text in lines for part in _STAMPS.split(text) if part)
    for line in stamps:
        found = parse_date(line[1], captured_at)
        if not found or not _possible(found, captured_at):
            continue
        if _UPDATE.search(fold(line[1])):
            modified = modified or found
        elif published is None:
            published = line, found
    return published, modified


def _issue_line(sheet: Sheet) -> tuple[Line, PrintedDate] | None:
    """The date of a newspaper's issue in the head of a page that names its number: «10 سبتمبر 2013م - العدد 16514».
    That of the day of saving is of today's issue, whatever the story's."""
    captured_at = sheet.document.page.captured_at
    for at, block in enumerate(sheet.blocks[: min(sheet.headline_at, _HEAD_OF_A_PAGE)]):
        if len(block.text) <= _LONGEST_ISSUE and (number := _ISSUE.search(block.folded)):
            line = block.text[: _LONGEST_LINE + number.end()]
            found = parse_date(line[:_LONGEST_LINE], captured_at)
            if found and found.day and _possible(found, captured_at) and abs((captured_at.date() - found.on).days) > 1:
                return (at, line), found
    return None


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


def _in_times(sheet: Sheet) -> tuple[_Found, PrintedDate | None]:
    """What <time> in the article says of its appearance and of its change."""
    captured_at, published, modified = sheet.document.page.captured_at, None, None
    for element in sheet.document.survey.of("time")[:_MOST_TIMES]:
        text = element.get("datetime") or ""
        found = parse_date(text, captured_at)
        if not found or not _possible(found, captured_at) or not is_near(element, sheet):
            continue
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if "modified" in names or "updated" in names.split():
            modified = modified or found
        else:
            published = published or (found, text, "time-element", element)
    return published or (None, "", "", ""), modified


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
    return found.on - captured_at.date() <= timedelta(days=2)


def _zone_moved_the_day(said: PrintedDate, printed: PrintedDate) -> bool:
    return said.utc_offset == 0 and printed.day is not None and abs((said.on - printed.on).days) == 1
