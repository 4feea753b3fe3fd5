"""When the pages of a story were saved: a line of time that runs like the text, each page a mark on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi

from archive.models import Capture
from archive.taste import in_digits
from archive.templatetags.charts import Label, from_start
from archive.templatetags.dates import day, moment

register = template.Library()

MARGIN = 8
"""Per cent on either side, so that a mark at the end and its date stay within the picture."""
WIDTH = 100 - 2 * MARGIN
FEWEST_YEARS_APART = 12
"""Per cent between two years that are written."""


class Mark(NamedTuple):
    x: str
    url: str
    title: str


@register.filter
def spans_days(captures: Sequence[Capture]) -> bool:
    """Whether there is anything to draw: pages saved on one day are one point."""
    return len({timezone.localdate(capture.captured_at) for capture in captures}) > 1


@register.inclusion_tag("_timeline.html")
def timeline(captures: Sequence[Capture], head: str) -> dict[str, Any]:
    """Captures newest first, as the table beside lists them; the marks follow each other in order of time."""
    last, first = timezone.localtime(captures[0].captured_at), timezone.localtime(captures[-1].captured_at)
    span = (last - first).total_seconds()

    def x(at: datetime) -> str:
        return from_start(MARGIN + (at - first).total_seconds() / span * WIDTH)

    marks = [
        Mark(x(capture.captured_at), reverse("capture", args=[capture.pk]), moment(capture.captured_at))
        for capture in reversed(captures)
    ]
    years = [timezone.make_aware(datetime(year, 1, 1)) for year in range(first.year + 1, last.year + 1)]
    every = max(1, -(-FEWEST_YEARS_APART * len(years) // WIDTH))
    ticks = [Label(x(at), in_digits(at.year), wide=False) for at in years[::every] if first < at < last]
    sides = ("100%", "0") if get_language_bidi() else ("0", "100%")
    ends = [Label(side, day(at), wide=False) for side, at in zip(sides, (first, last), strict=True)]
    return {"captures": captures, "marks": marks, "ticks": ticks, "ends": ends, "head": head}
