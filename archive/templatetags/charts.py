"""Charts as SVG drawn on the server: time runs the way of the text around it, from right to left in Arabic.

Widths are percentages and heights pixels, so that a chart fits a phone without shrinking its letters.
Each chart is a picture for the eye and the mouse; the table beside it is for everyone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import get_language_bidi

from archive.taste import in_digits
from archive.templatetags.counts import counted
from archive.templatetags.dates import day as day_in_words
from archive.templatetags.dates import month_label

register = template.Library()

BARS_HEIGHT = 96
CELL = 15
SATURDAY = 5


@dataclass(frozen=True)
class Bar:
    label: str
    count: int
    url: str = ""
    selected: bool = False


class Rect(NamedTuple):
    x: str
    width: str
    y: float
    height: float
    url: str
    title: str
    shade: str


class Label(NamedTuple):
    x: str
    text: str
    wide: bool  # only where there is room


def from_start(place: float, width: float = 0) -> str:
    """Where something begins that lies so far from where time begins: the one place that knows which side that is."""
    return f"{100 - place - width if get_language_bidi() else place:.2f}%"


@register.inclusion_tag("_bars.html")
def bar_chart(bars: Sequence[Bar], head: str, noun: str = "story", table: bool = True) -> dict[str, Any]:
    """One bar a year or day, in order of time, with the same figures as a table unless the page has one beside it."""
    bars = [replace(bar, label=in_digits(bar.label)) for bar in bars]
    step = 100 / max(len(bars), 8)
    tallest = max((bar.count for bar in bars), default=0) or 1
    every, every_wide = math.ceil(14 / step), math.ceil(6 / step)
    rects, labels = list[Rect](), list[Label]()
    for i, bar in enumerate(bars):
        start = i * step
        height = max(bar.count / tallest * BARS_HEIGHT, 2) if bar.count else 0
        rects.append(
            Rect(
                from_start(start + step * 0.14, step * 0.72), f"{step * 0.72:.2f}%",
                round(BARS_HEIGHT - height, 1), round(height, 1),
                bar.url, f"{bar.label}: {counted(bar.count, noun)}", "picked" if bar.selected else "",
            )
        )  # fmt: skip
        before_last = len(bars) - 1 - i
        if before_last % every == 0 or before_last % every_wide == 0 and every % every_wide == 0:
            labels.append(Label(from_start(start + step / 2), bar.label, before_last % every != 0))
    return {
        "bars": bars, "rects": rects, "labels": labels, "head": head, "noun": noun, "table": table,
        "baseline": BARS_HEIGHT, "height": BARS_HEIGHT + 24,
    }  # fmt: skip


def shade(count: int, most: int) -> str:
    """Five shades by the square root, so that thin days stay visible beside heavy ones."""
    return f"s{min(4, 1 + int((count / most) ** 0.5 * 3.99))}" if count else "s0"


@register.inclusion_tag("_calendar.html")
def day_calendar(days: Mapping[date, int], first: date, last: date, head: str, table: bool = True) -> dict[str, Any]:
    """Each day a cell, each week a column, from Saturday down to Friday; months in the table."""
    blank = (first.weekday() - SATURDAY) % 7
    cells = (last - first).days + 1
    step, most = 100 / -(-(blank + cells) // 7), max(days.values(), default=1)
    rects, labels, months = list[Rect](), list[Label](), dict[date, int]()
    for offset in range(blank, blank + cells):
        on = first + timedelta(offset - blank)
        count, start = days.get(on, 0), offset // 7 * step
        months[on.replace(day=1)] = months.get(on.replace(day=1), 0) + count
        if on.day == 1 and start + step * 4 < 100:
            labels.append(Label(from_start(start + step * 2), month_label(on), len(labels) % 2 == 1))
        rects.append(
            Rect(
                from_start(start + step * 0.08, step * 0.84), f"{step * 0.84:.2f}%", 22 + offset % 7 * CELL, CELL - 2,
                reverse("day", args=[on.year, on.month, on.day]) if count else "",
                f"{day_in_words(on)}: {counted(count, 'story')}", shade(count, most),
            )
        )  # fmt: skip
    return {"rects": rects, "labels": labels, "months": months, "head": head, "table": table, "height": 22 + 7 * CELL}
