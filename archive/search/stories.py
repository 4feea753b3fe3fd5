"""Story ↔ engine: an editor's request in, stories with marked passages, exact totals and facets out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from archive.models import Author, Place, Publisher, Section, Story

from .engine import FACETS, Answer, IndexMissing, Question, engine
from .highlight import Fragment, highlight, snippet
from .indexing import MINUTES_A_DAY
from .query import ReadQuery, read_query

DEEPEST = 10_000
"""Hits that can be paged through; totals and facets count all."""


@dataclass(frozen=True)
class SearchRequest:
    """What is asked: a text in any shape and filters; an empty text lists all that the filters leave."""

    text: str = ""
    publisher: str = ""
    """slug"""
    section: int | None = None
    author: int | None = None
    place: int | None = None
    date_from: date | None = None
    date_to: date | None = None
    sort: Literal["relevance", "newest", "oldest"] = "relevance"
    page: int = 1
    size: int = 20


@dataclass(frozen=True)
class Hit:
    story: Story
    headline: list[Fragment]
    snippet: list[Fragment]


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class SearchResults:
    request: SearchRequest
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    reading: list[str] = field(default_factory=list)
    available: bool = True
    """false while there is no index of today's analysis"""


def search_stories(request: SearchRequest) -> SearchResults:
    """One path for count, list and facets. Never raises for any text."""
    query = read_query(request.text)
    question = _question(request, query)
    reading = list(query.reading)
    if question is None:
        return SearchResults(request, reading=reading)
    try:
        answer = engine().search(question)
    except IndexMissing:
        return SearchResults(request, reading=reading, available=False)
    stories = Story.objects.listed().select_related("body").in_bulk(answer.ids)
    hits = [_hit(stories[pk], query) for pk in answer.ids if pk in stories]
    return SearchResults(request, answer.total, hits, _facets(request, answer), reading)


def _question(request: SearchRequest, query: ReadQuery) -> Question | None:
    """Null when a filter names what does not exist, or the text holds nothing that can be found."""
    filters: dict[str, int] = {}
    if request.publisher:
        slug = request.publisher.encode("utf-8", "replace").decode().replace("\x00", "")
        publisher = Publisher.objects.filter(slug=slug).values_list("pk", flat=True).first()
        if publisher is None:
            return None
        filters["publisher"] = publisher
    for name in ("section", "author", "place"):
        if (value := getattr(request, name)) is not None:
            filters[name] = value
    if request.text.strip() and query.is_empty:
        return None
    offset = max(0, request.page - 1) * request.size
    return Question(
        words=query.words,
        phrases=query.phrases,
        without=query.without,
        filters={name: max(0, min(value, 2**62)) for name, value in filters.items()},
        since=request.date_from.toordinal() * MINUTES_A_DAY if request.date_from else None,
        until=(request.date_to.toordinal() + 1) * MINUTES_A_DAY - 1 if request.date_to else None,
        sort="newest" if query.is_empty and request.sort == "relevance" else request.sort,
        offset=min(offset, DEEPEST),
        limit=max(1, request.size),
        facets=FACETS,
    )


def _hit(story: Story, query: ReadQuery) -> Hit:
    marks = query.marks
    return Hit(story, highlight(story.headline, marks), snippet(story.body.text.replace("\n", " "), marks))


def _facets(request: SearchRequest, answer: Answer) -> dict[str, list[FacetValue]]:
    labels: dict[str, Callable[[list[int]], dict[int, tuple[str, str]]]] = {
        "publisher": lambda ids: {row.pk: (row.slug, row.name) for row in Publisher.objects.filter(pk__in=ids)},
        "section": _section_labels,
        "author": lambda ids: {row.pk: (str(row.pk), row.name) for row in Author.objects.filter(pk__in=ids)},
        "place": lambda ids: {row.pk: (str(row.pk), row.name) for row in Place.objects.filter(pk__in=ids)},
        "year": lambda ids: {year: (str(year), str(year)) for year in ids},
    }
    facets: dict[str, list[FacetValue]] = {}
    for name, counts in answer.facets.items():
        named = labels[name](list(counts))
        chosen = _chosen(request, name)
        values = [FacetValue(*named[pk], count, named[pk][0] == chosen) for pk, count in counts.items() if pk in named]
        newest_first = name == "year"
        facets[name] = sorted(values, key=lambda v: (-int(v.value),) if newest_first else (-v.count, v.label))
    return facets


def _section_labels(ids: list[int]) -> dict[int, tuple[str, str]]:
    """Sections by name; where papers share a name, with the paper's."""
    rows = list(Section.objects.filter(pk__in=ids).select_related("publisher"))
    often = Counter(row.key for row in rows)
    return {r.pk: (str(r.pk), f"{r.name} ({r.publisher.name})" if often[r.key] > 1 else r.name) for r in rows}


def _chosen(request: SearchRequest, name: str) -> str:
    if name == "year":
        first, last = request.date_from, request.date_to
        whole = (
            first
            and last
            and first.year == last.year
            and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        )
        return str(first.year) if first and whole else ""
    value = getattr(request, name)
    return "" if value is None else str(value)
