"""Why a search found nothing, and what would find something: for the reader who sees an empty page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from archive.models import Capture, Story

from .engine import IndexMissing, engine
from .grammar import read_query
from .loosening import plainly, without
from .quarantine import kept_with
from .spelling import total_of
from .stories import SearchRequest, resolve

Change = Literal["publisher", "section", "author", "place", "dates", "typed dates", "typed names", "filters", "quotes",
                 "any", "text"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One thing asked less, and how many results that would give; null while there is no index."""

    change: Change
    request: SearchRequest
    total: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the archive has of the days that were asked for."""

    since: date | None
    until: date | None
    count: int | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Nothing:
    ways: list[Way] = field(default_factory=list)
    """each filter dropped alone, then all of them; then the words asked for less strictly"""
    coverage: Coverage = field(default_factory=lambda: Coverage(None, None, None, None, None))
    quarantine: list[Capture] = field(default_factory=list)
    """rejected pages that have the words; only for who may see quarantine"""


def why_nothing(request: SearchRequest, *, staff: bool = False) -> Nothing:
    """Why a request finds nothing. Never raises for any request."""
    ways = [Way(change, changed, _total(changed)) for change, changed in _changes(request)]
    return Nothing(ways, _coverage(request), kept_with(request.text) if staff else [])


def _changes(request: SearchRequest) -> list[tuple[Change, SearchRequest]]:
    request = replace(request, page=1, after=None)
    reading = read_query(request.text)
    dated, named = reading.since or reading.until, reading.names
    drop: dict[Change, Callable[[SearchRequest], SearchRequest]] = {
        "publisher": lambda asked: replace(asked, publisher=""),
        "section": lambda asked: replace(asked, section=None),
        "author": lambda asked: replace(asked, author=None),
        "place": lambda asked: replace(asked, place=None),
        "dates": lambda asked: replace(asked, date_from=None, date_to=None),
        "typed dates": lambda asked: replace(asked, text=without(asked.text, "dates")) if dated else asked,
        "typed names": lambda asked: replace(asked, text=without(asked.text, "names")) if named else asked,
    }
    changes = [(name, changed) for name, less in drop.items() if (changed := less(request)) != request]
    if len(changes) > 1:
        everything = request
        for less in drop.values():
            everything = less(everything)
        changes.append(("filters", everything))
    loose = plainly(request.text)
    unquoted = plainly(request.text, only_quotes=True)
    if unquoted != request.text:
        changes.append(("quotes", replace(request, text=unquoted)))
    if loose not in (unquoted, request.text):
        changes.append(("any", replace(request, text=loose)))
    if request.text and changes and not (dated or named):
        changes.append(("text", replace(request, text="")))
    return [(name, changed) for name, changed in changes if _asks(changed)]


def _asks(request: SearchRequest) -> bool:
    """Whether anything is left to look for; the whole archive is no answer."""
    return request != SearchRequest(size=request.size, sort=request.sort, copies=request.copies, fresh=request.fresh,
                                    literally=request.literally)  # fmt: skip


def _total(request: SearchRequest) -> int | None:
    try:
        return total_of(request)
    except IndexMissing:
        return None


def _coverage(request: SearchRequest) -> Coverage:
    reading = read_query(request.text)
    since = max((day for day in (request.date_from, reading.since) if day), default=None)
    until = min((day for day in (request.date_to, reading.until) if day), default=None)
    days = Story.objects.visible().filter(published_on__isnull=False)
    if since:
        days = days.filter(published_on__gte=since)
    if until:
        days = days.filter(published_on__lte=until)
    first = days.order_by("published_on").values_list("published_on", flat=True).first()
    last = days.order_by("-published_on").values_list("published_on", flat=True).first()
    try:
        between = next(iter(resolve(SearchRequest(date_from=since, date_to=until)).filters), None)
        count: int | None = engine().count(between) if first else 0
    except IndexMissing:
        count = None
    return Coverage(since, until, count, first, last)
