"""Dates learnt from other pages: an undated story takes the date under which lists and sidebars name it.

The address decides; a headline only where the teaser bears no address. Where teasers name two different days the
story stays undated: no date is better than a wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone as clock

from archive.arabic import PrintedDate
from archive.models import Story, Teaser

from .reading import chunks

DATE_FIELDS = ("published_at", "published_on", "utc_offset", "date_precision", "date_source", "date_printed")


_UNDATED = Story.objects.filter(published_on=None).exclude(corrections__field="published_at")
"""Stories that wait for a date; an editor may have taken one away for good."""


def date_stories(stories: list[Story], teasers: Iterable[tuple[int, str, str]]) -> int:
    """Dates undated stories among `stories` and those that `teasers` (publisher id, address, headline) name.

    Returns how many stories took a date.
    """
    own = {story.pk: story for story in stories if story.published_on is None}
    undated = {pk: own[pk] for pk in _UNDATED.filter(pk__in=own).values_list("pk", flat=True)}
    named = list(teasers)
    addresses = {address for _, address, _ in named if address}
    headlines = {headline for _, address, headline in named if headline and not address}
    for names in chunks(sorted(addresses)):
        undated |= {s.pk: s for s in _UNDATED.filter(url_key__in=names)}
    for names in chunks(sorted(headlines)):
        undated |= {s.pk: s for s in _UNDATED.filter(headline_key__in=names)}
    found = _teasers_of(undated.values())
    dated = [story for story in undated.values() if _take(story, found.get(story.pk, []))]
    Story.objects.bulk_update(dated, [*DATE_FIELDS, "indexed", "updated_at"], batch_size=200)
    return len(dated)


def _teasers_of(stories: Iterable[Story]) -> dict[int, list[Teaser]]:
    """Teasers of each story: those with its address, else those with its headline and no address."""
    rows = list(stories)
    by_address: dict[Any, list[Teaser]] = defaultdict(list)
    by_headline: dict[Any, list[Teaser]] = defaultdict(list)
    for names in chunks(sorted({story.url_key for story in rows if story.url_key})):
        for teaser in Teaser.objects.filter(url_key__in=names):
            by_address[teaser.publisher_id, teaser.url_key].append(teaser)
    for names in chunks(sorted({story.headline_key for story in rows if story.headline_key})):
        for teaser in Teaser.objects.filter(Q(url_key=""), headline_key__in=names):
            by_headline[teaser.publisher_id, teaser.headline_key].append(teaser)
    return {
        story.pk: by_address.get((story.publisher_id, story.url_key))
        or by_headline.get((story.publisher_id, story.headline_key), [])
        for story in rows
    }


def _take(story: Story, teasers: list[Teaser]) -> bool:
    """Gives the story the most precise of its teasers' dates, if all of them name one day."""
    dates = [(PrintedDate.from_iso(teaser.published), teaser.printed) for teaser in teasers]
    days = {date.on for date, _ in dates if date.day is not None}
    if len(days) != 1:
        return False
    date, printed = max(dates, key=lambda row: (row[0].hour is not None, row[0].day is not None))
    if date.on not in days or date.on > story.captured_at.date():
        return False
    for name, value in date_fields(date, "teaser", printed).items():
        setattr(story, name, value)
    story.indexed, story.updated_at = False, clock.now()
    return True


def moment_of(date: PrintedDate | None) -> datetime | None:
    """The moment of a printed date; where the page names no zone, in the archive's."""
    return date.at(ZoneInfo(settings.TIME_ZONE)) if date else None


def date_fields(date: PrintedDate | None, source: str, printed: str) -> dict[str, Any]:
    """The story's date columns; all empty but the printed text when there is no date."""
    return {
        "published_at": moment_of(date),
        "published_on": date.on if date else None,
        "utc_offset": date.utc_offset if date else None,
        "date_precision": date.precision if date else "",
        "date_source": source if date else "",
        "date_printed": printed[:300],
    }
