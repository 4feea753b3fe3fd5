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
from .structured import Structured
from .tree import Element

_UPDATE = re.compile(r"تحديث|تعديل|حدث|updated|modified")
_OTHER_DATE = re.compile(r"اليوم هو|الان|التقويم")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_LONGEST_LINE = 120
_LONGEST_REST = 60


@dataclass(frozen=True, slots=True)
class Published:
    date: PrintedDate | None = None
    printed: str = ""
    source: str = ""
    modified: PrintedDate | None = None


def find_published(
    structured: Structured,
    lines: list[str],
    named: list[str],
    times: list[Element],
    url: str,
    captured_at: datetime,
    layout: str,
) -> Published:
    """`lines` are the printed lines around headline and text, `named` those that the layout names."""
    printed, modified = _printed(lines, captured_at)
    modified = _first(structured, "modified", captured_at)[0] or modified
    for text in named:
        if (found := parse_date(text, captured_at)) and _possible(found, captured_at):
            return Published(found, text, layout, modified)
    said, text, voice = _first(structured, "published", captured_at)
    refused = text if said is None else ""
    if said is None:
        said, text, voice = _in_times(times, captured_at)
    if said and printed and _zone_moved_the_day(said, printed[0]):
        return Published(printed[0], printed[1], "printed", modified)
    if said:
        return Published(said, text, voice, modified)
    if printed:
        return Published(printed[0], printed[1], "printed", modified)
    if found := _in_address(url, captured_at):
        return Published(found, url, "address", modified)
    unread = next((line for line in [*named, refused, *lines] if re.search(r"\d{4}", line)), "")
    return Published(None, unread, "", modified)


def date_lines(blocks: list[Block], places: range) -> list[tuple[int, str]]:
    """(place, text) of the blocks that are a date line: short, and little else once the date is taken out."""
    found: list[tuple[int, str]] = []
    for at in places:
        text = blocks[at].text
        if len(text) <= _LONGEST_LINE and any(character.isdigit() for character in text):
            dated = find_date(text)
            if dated and len(re.sub(r"\W+", "", dated[1])) <= _LONGEST_REST and not _OTHER_DATE.search(fold(text)):
                found.append((at, text))
    return found


def _printed(lines: list[str], captured_at: datetime) -> tuple[tuple[PrintedDate, str] | None, PrintedDate | None]:
    published: tuple[PrintedDate, str] | None = None
    modified: PrintedDate | None = None
    for line in lines:
        found = parse_date(line, captured_at)
        if not found or not _possible(found, captured_at):
            continue
        if _UPDATE.search(fold(line)):
            modified = modified or found
        elif published is None:
            published = (found, line)
    return published, modified


def _first(structured: Structured, name: str, captured_at: datetime) -> tuple[PrintedDate | None, str, str]:
    refused = ""
    for said in structured.all(name):
        if isinstance(said.value, str):
            found = parse_date(said.value, captured_at)
            if found and _possible(found, captured_at):
                return found, said.value, said.voice
            refused = refused or said.value
    return None, refused, ""


def _in_times(times: list[Element], captured_at: datetime) -> tuple[PrintedDate | None, str, str]:
    for element in times:
        text = element.get("datetime") or ""
        if "modified" in (element.get("class") or "") or "updated" in (element.get("class") or "").split():
            continue
        if (found := parse_date(text, captured_at)) and _possible(found, captured_at):
            return found, text, "time-element"
    return None, "", ""


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
